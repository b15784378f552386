//! What a cipher suite of TLS 1.2 stands for (RFC 5289 §3.2, RFC 7905 §2): the names taken apart, once.
use crate::registry::CipherSuite;
use x509::KeyKind;

/// An ECDHE suite of TLS 1.2 that we speak.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Tls12Suite {
    pub(crate) code: CipherSuite,
    pub(crate) signer: Signer,
    pub(crate) cipher: BulkCipher,
    pub(crate) hash: HashAlgorithm,
}

/// Whose signature the server's key exchange needs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Signer {
    /// ECDSA, or Ed25519 (RFC 8422 §5.10).
    Ecdsa,
    Rsa,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BulkCipher {
    Aes128Gcm,
    Aes256Gcm,
    ChaCha20Poly1305,
}

/// The hash of the transcript and of the PRF.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum HashAlgorithm {
    Sha256,
    Sha384,
}

impl Tls12Suite {
    /// `None` for suites that we don't speak, and for what is no suite.
    pub(crate) const fn of(code: CipherSuite) -> Option<Self> {
        use BulkCipher::{Aes128Gcm, Aes256Gcm, ChaCha20Poly1305};
        use CipherSuite as C;
        use HashAlgorithm::{Sha256, Sha384};
        let (signer, cipher, hash) = match code {
            C::EcdheEcdsaWithAes128GcmSha256 => (Signer::Ecdsa, Aes128Gcm, Sha256),
            C::EcdheEcdsaWithAes256GcmSha384 => (Signer::Ecdsa, Aes256Gcm, Sha384),
            C::EcdheEcdsaWithChacha20Poly1305Sha256 => (Signer::Ecdsa, ChaCha20Poly1305, Sha256),
            C::EcdheRsaWithAes128GcmSha256 => (Signer::Rsa, Aes128Gcm, Sha256),
            C::EcdheRsaWithAes256GcmSha384 => (Signer::Rsa, Aes256Gcm, Sha384),
            C::EcdheRsaWithChacha20Poly1305Sha256 => (Signer::Rsa, ChaCha20Poly1305, Sha256),
            C::EmptyRenegotiationInfoScsv | C::FallbackScsv | C::Unknown(_) => return None,
        };
        Some(Self { code, signer, cipher, hash })
    }
}

impl Signer {
    /// Whether a key of this kind signs for such suites.
    pub(crate) const fn is(self, key: KeyKind) -> bool {
        match key {
            KeyKind::Rsa => matches!(self, Self::Rsa),
            KeyKind::EcdsaP256 | KeyKind::EcdsaP384 | KeyKind::Ed25519 => matches!(self, Self::Ecdsa),
        }
    }
}

/// Every suite that we speak, the one that we like best first.
pub(crate) const SUITES: [CipherSuite; 6] = [
    CipherSuite::EcdheEcdsaWithAes128GcmSha256,
    CipherSuite::EcdheEcdsaWithAes256GcmSha384,
    CipherSuite::EcdheEcdsaWithChacha20Poly1305Sha256,
    CipherSuite::EcdheRsaWithAes128GcmSha256,
    CipherSuite::EcdheRsaWithAes256GcmSha384,
    CipherSuite::EcdheRsaWithChacha20Poly1305Sha256,
];
