//! Which key signs by which scheme (RFC 8446 §4.2.3 as TLS 1.2 reads it, RFC 8422 §5.1.3 and §5.10).
use crate::registry::{ClientCertificateType, NamedGroup, SignatureScheme};
use x509::{KeyKind, SignatureAlgorithm};

impl SignatureScheme {
    /// The algorithm behind the code. TLS 1.2 binds no curve to an ECDSA scheme.
    #[must_use]
    pub const fn algorithm(self) -> Option<SignatureAlgorithm> {
        use SignatureAlgorithm as A;
        Some(match self {
            Self::RsaPkcs1Sha256 => A::RsaPkcs1Sha256,
            Self::RsaPkcs1Sha384 => A::RsaPkcs1Sha384,
            Self::RsaPkcs1Sha512 => A::RsaPkcs1Sha512,
            Self::RsaPssRsaeSha256 => A::RsaPssSha256,
            Self::RsaPssRsaeSha384 => A::RsaPssSha384,
            Self::RsaPssRsaeSha512 => A::RsaPssSha512,
            Self::EcdsaSecp256r1Sha256 => A::EcdsaSha256,
            Self::EcdsaSecp384r1Sha384 => A::EcdsaSha384,
            Self::EcdsaSecp521r1Sha512 => A::EcdsaSha512,
            Self::Ed25519 => A::Ed25519,
            Self::Unknown(_) => return None,
        })
    }
    /// The schemes by which a key of this kind signs in TLS 1.2, the best first.
    #[must_use]
    pub const fn of(key: KeyKind) -> &'static [Self] {
        match key {
            KeyKind::Rsa => &[
                Self::RsaPssRsaeSha256,
                Self::RsaPssRsaeSha384,
                Self::RsaPssRsaeSha512,
                Self::RsaPkcs1Sha256,
                Self::RsaPkcs1Sha384,
                Self::RsaPkcs1Sha512,
            ],
            KeyKind::EcdsaP256 => {
                &[Self::EcdsaSecp256r1Sha256, Self::EcdsaSecp384r1Sha384, Self::EcdsaSecp521r1Sha512]
            }
            KeyKind::EcdsaP384 => {
                &[Self::EcdsaSecp384r1Sha384, Self::EcdsaSecp256r1Sha256, Self::EcdsaSecp521r1Sha512]
            }
            KeyKind::Ed25519 => &[Self::Ed25519],
        }
    }
    /// The best scheme of a key of this kind among those that a peer verifies.
    pub(crate) fn choose(key: KeyKind, verified: &[Self]) -> Option<Self> {
        Self::of(key).iter().copied().find(|scheme| verified.contains(scheme))
    }
}

/// The group that a TLS 1.2 client must have offered before it can be shown such a key (RFC 8422 §5.1).
pub(crate) const fn curve(key: KeyKind) -> Option<NamedGroup> {
    match key {
        KeyKind::EcdsaP256 => Some(NamedGroup::Secp256r1),
        KeyKind::EcdsaP384 => Some(NamedGroup::Secp384r1),
        KeyKind::Rsa | KeyKind::Ed25519 => None,
    }
}

/// The kind of client certificate that such a key is in (RFC 8422 §5.5, §5.10).
pub(crate) const fn certificate_type(key: KeyKind) -> ClientCertificateType {
    match key {
        KeyKind::Rsa => ClientCertificateType::RsaSign,
        KeyKind::EcdsaP256 | KeyKind::EcdsaP384 | KeyKind::Ed25519 => ClientCertificateType::EcdsaSign,
    }
}

/// Every scheme that we verify, the one that we like best first.
pub(crate) const SCHEMES: [SignatureScheme; 10] = [
    SignatureScheme::Ed25519,
    SignatureScheme::EcdsaSecp256r1Sha256,
    SignatureScheme::EcdsaSecp384r1Sha384,
    SignatureScheme::EcdsaSecp521r1Sha512,
    SignatureScheme::RsaPssRsaeSha256,
    SignatureScheme::RsaPssRsaeSha384,
    SignatureScheme::RsaPssRsaeSha512,
    SignatureScheme::RsaPkcs1Sha256,
    SignatureScheme::RsaPkcs1Sha384,
    SignatureScheme::RsaPkcs1Sha512,
];
