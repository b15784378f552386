//! Why a connection ended, sorted by guilt (RFC 5246 §7.2.2): each reason has one alert, or a written `None`.
mod display;

use crate::registry::{AlertDescription, ContentType, ExtensionType, HandshakeType};
use x509::PathErrorKind;

/// Why a connection is over. It stays over: every later call returns the same.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Error {
    /// Not TLS: this structure could not be read.
    Decode(Structure),
    /// TLS, but not now.
    Unexpected {
        /// The state that had no use for it.
        state: &'static str,
        /// What came.
        got: Got,
    },
    /// TLS, and now, but the peer broke a MUST.
    Misbehaved(Misbehaviour),
    /// Both are honest and have too little in common.
    Incompatible(Incompatible),
    /// The peer's first certificate is not a certificate that we can read.
    BadCertificate,
    /// The peer's certificates lead nowhere. The whole search was shown to the observer ([`crate::Trace::PathRefused`]).
    Path(PathErrorKind),
    /// A record did not open: it was damaged, forged, or made with other keys.
    BadRecord,
    /// A record longer than TLS allows (RFC 5246 §6.2).
    RecordTooLong,
    /// The peer gave up, with this reason; `CloseNotify` if it left before the handshake was done.
    PeerAlert(AlertDescription),
    /// The transport ended, and the peer had not said that it would.
    Truncated,
    /// We closed before there was a connection.
    Cancelled,
    /// Whoever answers our questions said no.
    Declined(Declined),
}

/// A structure of the presentation language, for saying what could not be read.
#[allow(missing_docs, reason = "the RFCs' names")]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Structure {
    Alert,
    Handshake(HandshakeType),
    Extension(ExtensionType),
    /// Bytes that are no record of any TLS.
    Record,
}

/// What came when it was not its time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Got {
    /// A handshake message.
    Handshake(HandshakeType),
    /// A ChangeCipherSpec.
    ChangeCipherSpec,
    /// A record of this type.
    Record(ContentType),
    /// An answer that nobody had asked for.
    Answer,
}

/// A MUST that the peer broke.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Misbehaviour {
    /// `verify_data` is wrong: the two ends have not heard the same handshake (RFC 5246 §7.4.9).
    BadFinished,
    /// The signature over the handshake is wrong (RFC 5246 §7.4.3, §7.4.8).
    BadSignature,
    /// The public share of the key exchange is no point of its group, or a bad one (RFC 8422 §5.10, §5.11).
    BadShare,
    /// Something stands inside a message, or behind the last message of a flight.
    NotAligned,
    /// More messages, warnings or empty records in a row than anyone needs.
    Flood,
    /// A ChangeCipherSpec that is not the single byte 1 (RFC 5246 §7.1).
    BadChangeCipherSpec,
    /// An empty record of a type that must not be empty (RFC 5246 §6.2.1).
    EmptyRecord,
    /// A handshake message longer than its kind may be ([`HandshakeType::cap`]).
    MessageTooLong,
    /// A record of another version than the negotiated one (RFC 5246 §6.2.1).
    RecordVersion,
    /// A suite that was not offered, or another one than the resumed session's.
    WrongSuite,
    /// A group that was not offered.
    WrongGroup,
    /// A signature scheme that was not offered, or that the key cannot sign with.
    WrongScheme,
    /// A certificate whose key does not fit the suite, or is on a curve that was not offered (RFC 8422 §5.3).
    WrongKey,
    /// Compression other than none, or none not offered (RFC 5246 §7.4.1.2).
    WrongCompression,
    /// Uncompressed points are not among the point formats (RFC 8422 §5.1.2).
    WrongPointFormats,
    /// The same extension twice (RFC 5246 §7.4.1.4).
    DuplicateExtension,
    /// An extension in a ServerHello that the ClientHello did not have (RFC 5246 §7.4.1.4).
    UnsolicitedExtension,
    /// A host name that is no DNS name (RFC 6066 §3).
    BadServerName,
    /// An application protocol that was not offered (RFC 7301 §3.2).
    WrongProtocol,
    /// `renegotiated_connection` is not empty, though this is the first handshake (RFC 5746 §3.4, §3.6).
    BadRenegotiationInfo,
    /// A session that has an extended master secret was resumed without the extension (RFC 7627 §5.3).
    ExtendedMasterSecretLost,
    /// A server's certificate list is empty (RFC 5246 §7.4.2).
    EmptyCertificate,
    /// The client has shown no certificate, and one was required (RFC 5246 §7.4.6).
    CertificateRequired,
}

/// What the two ends do not have in common.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Incompatible {
    /// No common version of TLS.
    Version,
    /// A hello of SSL 2 (RFC 6176).
    Ssl2,
    /// The client fell back from a version that we would have spoken (RFC 7507 §3).
    Fallback,
    /// No common cipher suite that fits the certificate.
    Suite,
    /// No common group for the key exchange.
    Group,
    /// No common scheme by which our key could sign.
    Scheme,
    /// No common application protocol (RFC 7301 §3.2).
    Protocol,
    /// The server does not know RFC 5746, so another session's data might stand before ours (§4.1).
    SecureRenegotiation,
    /// The peer does not know RFC 7627, and our configuration requires it.
    ExtendedMasterSecret,
}

/// Which question was answered with a no.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Declined {
    /// There is no host for this ClientHello.
    Host,
    /// The key was not there, or did not want to sign.
    Signature,
}

/// Our caller's mistakes and moments: nothing has happened to the connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refused {
    /// The handshake is not done yet.
    NotYet,
    /// Our side is closed.
    Closed,
    /// The connection had failed before, or fails by this call.
    Failed(Error),
    /// The answer belongs to another question.
    WrongAnswer,
    /// Nothing was asked.
    NoQuestion,
    /// These write keys have sealed as many records as they may. TLS 1.2 has no others to offer: close.
    KeysExhausted,
}

impl Error {
    /// The alert that tells the peer; `None` where nobody listens, or nobody must be answered.
    #[must_use]
    pub const fn alert(self) -> Option<AlertDescription> {
        use AlertDescription as A;
        Some(match self {
            Self::PeerAlert(_) | Self::Truncated | Self::Cancelled => return None,
            Self::Decode(Structure::Record) => A::UnexpectedMessage,
            Self::Decode(Structure::Alert | Structure::Handshake(_) | Structure::Extension(_)) => {
                A::DecodeError
            }
            Self::Unexpected { .. } => A::UnexpectedMessage,
            Self::Misbehaved(misbehaviour) => misbehaviour.alert(),
            Self::Incompatible(incompatible) => incompatible.alert(),
            Self::BadCertificate => A::BadCertificate,
            Self::Path(kind) => path_alert(kind),
            Self::BadRecord => A::BadRecordMac,
            Self::RecordTooLong => A::RecordOverflow,
            Self::Declined(Declined::Host) => A::UnrecognizedName,
            Self::Declined(Declined::Signature) => A::HandshakeFailure,
        })
    }
}

impl Misbehaviour {
    const fn alert(self) -> AlertDescription {
        use AlertDescription as A;
        match self {
            Self::BadFinished | Self::BadSignature => A::DecryptError,
            Self::NotAligned | Self::Flood | Self::BadChangeCipherSpec | Self::EmptyRecord => {
                A::UnexpectedMessage
            }
            Self::RecordVersion => A::ProtocolVersion,
            Self::BadShare
            | Self::MessageTooLong
            | Self::WrongSuite
            | Self::WrongGroup
            | Self::WrongScheme
            | Self::WrongKey
            | Self::WrongCompression
            | Self::WrongPointFormats
            | Self::DuplicateExtension
            | Self::BadServerName
            | Self::WrongProtocol => A::IllegalParameter,
            Self::UnsolicitedExtension => A::UnsupportedExtension,
            Self::BadRenegotiationInfo | Self::ExtendedMasterSecretLost | Self::CertificateRequired => {
                A::HandshakeFailure
            }
            Self::EmptyCertificate => A::DecodeError,
        }
    }
}

impl Incompatible {
    const fn alert(self) -> AlertDescription {
        use AlertDescription as A;
        match self {
            Self::Version | Self::Ssl2 => A::ProtocolVersion,
            Self::Fallback => A::InappropriateFallback,
            Self::Suite
            | Self::Group
            | Self::Scheme
            | Self::SecureRenegotiation
            | Self::ExtendedMasterSecret => A::HandshakeFailure,
            Self::Protocol => A::NoApplicationProtocol,
        }
    }
}

/// RFC 5246 §7.2.2 on certificates.
const fn path_alert(kind: PathErrorKind) -> AlertDescription {
    use AlertDescription as A;
    use PathErrorKind as P;
    match kind {
        P::UnknownIssuer => A::UnknownCa,
        P::Expired | P::NotYetValid => A::CertificateExpired,
        P::UnsupportedAlgorithm | P::UnknownCritical | P::WrongUsage | P::EndEntityIsCa => {
            A::UnsupportedCertificate
        }
        P::NameMismatch
        | P::NotCa
        | P::PathLength
        | P::BadSignature
        | P::NameConstraint
        | P::Policy
        | P::Nonconforming
        | P::Budget => A::BadCertificate,
    }
}
