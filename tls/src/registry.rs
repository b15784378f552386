//! Code points (IANA "TLS Parameters"): the vocabulary, and no behaviour. This file is a table.

macro_rules! code_points {
    ($( $(#[$doc:meta])* $name:ident: $repr:ty { $( $variant:ident = $code:literal, )* } )*) => { $(
        $(#[$doc])*
        ///
        /// The names are IANA's.
        #[allow(missing_docs, reason = "IANA's names, explained by the registry")]
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum $name {
            $( $variant, )*
            /// A code that has no name here.
            Unknown($repr),
        }
        impl From<$repr> for $name {
            fn from(code: $repr) -> Self {
                match code {
                    $( $code => Self::$variant, )*
                    code => Self::Unknown(code),
                }
            }
        }
        impl From<$name> for $repr {
            fn from(name: $name) -> $repr {
                match name {
                    $( $name::$variant => $code, )*
                    $name::Unknown(code) => code,
                }
            }
        }
    )* };
}

code_points! {
    /// What a record carries (RFC 5246 §6.2.1).
    ContentType: u8 {
        ChangeCipherSpec = 20,
        Alert = 21,
        Handshake = 22,
        ApplicationData = 23,
    }
    /// Kinds of handshake messages (RFC 5246 §7.4).
    HandshakeType: u8 {
        HelloRequest = 0,
        ClientHello = 1,
        ServerHello = 2,
        NewSessionTicket = 4,
        Certificate = 11,
        ServerKeyExchange = 12,
        CertificateRequest = 13,
        ServerHelloDone = 14,
        CertificateVerify = 15,
        ClientKeyExchange = 16,
        Finished = 20,
    }
    /// What is wrong, or `CloseNotify` (RFC 5246 §7.2, RFC 6066 §9, RFC 7301 §3.2, RFC 7507 §2, RFC 8446 §6).
    AlertDescription: u8 {
        CloseNotify = 0,
        UnexpectedMessage = 10,
        BadRecordMac = 20,
        DecryptionFailed = 21,
        RecordOverflow = 22,
        DecompressionFailure = 30,
        HandshakeFailure = 40,
        NoCertificate = 41,
        BadCertificate = 42,
        UnsupportedCertificate = 43,
        CertificateRevoked = 44,
        CertificateExpired = 45,
        CertificateUnknown = 46,
        IllegalParameter = 47,
        UnknownCa = 48,
        AccessDenied = 49,
        DecodeError = 50,
        DecryptError = 51,
        ExportRestriction = 60,
        ProtocolVersion = 70,
        InsufficientSecurity = 71,
        InternalError = 80,
        InappropriateFallback = 86,
        UserCanceled = 90,
        NoRenegotiation = 100,
        MissingExtension = 109,
        UnsupportedExtension = 110,
        CertificateUnobtainable = 111,
        UnrecognizedName = 112,
        BadCertificateStatusResponse = 113,
        BadCertificateHashValue = 114,
        UnknownPskIdentity = 115,
        CertificateRequired = 116,
        NoApplicationProtocol = 120,
    }
    /// Extensions of hellos (RFC 6066, RFC 8422, RFC 5246 §7.4.1.4, RFC 7301, RFC 7627, RFC 5077, RFC 8446 §4.2, RFC 5746).
    ExtensionType: u16 {
        ServerName = 0,
        SupportedGroups = 10,
        EcPointFormats = 11,
        SignatureAlgorithms = 13,
        ApplicationLayerProtocolNegotiation = 16,
        ExtendedMasterSecret = 23,
        SessionTicket = 35,
        SupportedVersions = 43,
        RenegotiationInfo = 0xff01,
    }
    /// Cipher suites (RFC 5289 §3.2, RFC 7905 §2) and two signals that travel among them (RFC 5746 §3.3, RFC 7507 §2).
    CipherSuite: u16 {
        EmptyRenegotiationInfoScsv = 0x00ff,
        FallbackScsv = 0x5600,
        EcdheEcdsaWithAes128GcmSha256 = 0xc02b,
        EcdheEcdsaWithAes256GcmSha384 = 0xc02c,
        EcdheRsaWithAes128GcmSha256 = 0xc02f,
        EcdheRsaWithAes256GcmSha384 = 0xc030,
        EcdheRsaWithChacha20Poly1305Sha256 = 0xcca8,
        EcdheEcdsaWithChacha20Poly1305Sha256 = 0xcca9,
    }
    /// Groups for key exchange and curves of keys (RFC 8422 §5.1.1).
    NamedGroup: u16 {
        Secp256r1 = 23,
        Secp384r1 = 24,
        X25519 = 29,
    }
    /// Signature schemes (RFC 8446 §4.2.3); TLS 1.2 reads the same numbers as pairs of hash and signature.
    SignatureScheme: u16 {
        RsaPkcs1Sha256 = 0x0401,
        EcdsaSecp256r1Sha256 = 0x0403,
        RsaPkcs1Sha384 = 0x0501,
        EcdsaSecp384r1Sha384 = 0x0503,
        RsaPkcs1Sha512 = 0x0601,
        EcdsaSecp521r1Sha512 = 0x0603,
        RsaPssRsaeSha256 = 0x0804,
        RsaPssRsaeSha384 = 0x0805,
        RsaPssRsaeSha512 = 0x0806,
        Ed25519 = 0x0807,
    }
    /// Kinds of client certificates that a TLS 1.2 server may ask for (RFC 8422 §5.5).
    ClientCertificateType: u8 {
        RsaSign = 1,
        EcdsaSign = 64,
    }
    /// `client_version`, `server_version` and the version of a record (RFC 5246 §6.2.1).
    ProtocolVersion: u16 {
        Ssl30 = 0x0300,
        Tls10 = 0x0301,
        Tls11 = 0x0302,
        Tls12 = 0x0303,
        Tls13 = 0x0304,
    }
}

impl ProtocolVersion {
    /// As two bytes on the wire.
    pub(crate) fn to_bytes(self) -> [u8; 2] {
        u16::from(self).to_be_bytes()
    }
    /// From two bytes on the wire.
    pub(crate) fn from_bytes(bytes: [u8; 2]) -> Self {
        Self::from(u16::from_be_bytes(bytes))
    }
}

/// Which end we are. Consulted where a key schedule is made; after that there is only "ours" and "theirs".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Side {
    /// The end that speaks first.
    Client,
    /// The end that answers.
    Server,
}

impl HandshakeType {
    /// The most bytes of body that are buffered for one message of this kind: more is refused before a byte of it is stored.
    ///
    /// A certificate list gets what sixteen generous certificates need, and a list of authorities as much, for some servers
    /// name every one that they know; everything else is a fraction of that.
    #[must_use]
    pub const fn cap(self) -> usize {
        match self {
            Self::Certificate | Self::CertificateRequest => 64 << 10,
            Self::ClientHello | Self::NewSessionTicket => 16 << 10,
            Self::ServerHello | Self::ServerKeyExchange | Self::CertificateVerify => 8 << 10,
            Self::ClientKeyExchange
            | Self::HelloRequest
            | Self::ServerHelloDone
            | Self::Finished
            | Self::Unknown(_) => 256,
        }
    }
}
