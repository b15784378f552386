//! Which algorithm, and its parameters to the letter: RFC 4055 for RSA, RFC 5758 §3.2 for ECDSA, RFC 8410 §3 for
//! Ed25519.
use super::error::KeyError;
use crate::oid;
use alloc::vec::Vec;
use asn1::{Any, Encode as _, Explicit, Oid};

asn1::sequence! {
    /// ```text
    /// AlgorithmIdentifier ::= SEQUENCE {
    ///     algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
    /// ```
    pub struct AlgorithmIdentifier<'a> {
        /// Which algorithm.
        pub algorithm: Oid<'a>,
        /// What else there is to say, in a form that `algorithm` decides.
        pub parameters: Option<Any<'a>>,
    }
}

/// A way to sign with which certificates and handshakes are accepted.
#[derive(Clone, Copy, Eq, PartialEq, Debug)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaPkcs1Sha512,
    /// RSASSA-PSS with SHA-256, also in MGF1, and a salt of 32 bytes.
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, also in MGF1, and a salt of 48 bytes.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, also in MGF1, and a salt of 64 bytes.
    RsaPssSha512,
    /// ECDSA with SHA-256 on the curve of the key.
    EcdsaSha256,
    /// ECDSA with SHA-384 on the curve of the key.
    EcdsaSha384,
    /// ECDSA with SHA-512 on the curve of the key.
    EcdsaSha512,
    /// Ed25519.
    Ed25519,
}

/// What kind of key it is.
#[derive(Clone, Copy, Eq, PartialEq, Debug)]
pub enum KeyKind {
    /// RSA, for either padding.
    Rsa,
    /// A point of P-256, or its scalar.
    EcdsaP256,
    /// A point of P-384. There are no private keys of this kind here.
    EcdsaP384,
    /// A key of Ed25519.
    Ed25519,
}

impl SignatureAlgorithm {
    /// The algorithm that `identifier` says, if it is one of these and its parameters are right.
    ///
    /// SHA-1 and MD5 are none of these. RFC 4055 §2.1 and §5 want NULL for RSA, and make readers accept nothing
    /// instead.
    #[must_use]
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'_>) -> Option<Self> {
        let parameters = identifier.parameters;
        let null_or_nothing = parameters.is_none_or(|any| any == Any::NULL);
        Some(match identifier.algorithm {
            oid::SHA256_WITH_RSA if null_or_nothing => Self::RsaPkcs1Sha256,
            oid::SHA384_WITH_RSA if null_or_nothing => Self::RsaPkcs1Sha384,
            oid::SHA512_WITH_RSA if null_or_nothing => Self::RsaPkcs1Sha512,
            oid::RSASSA_PSS => parameters?.decode_as::<PssParameters<'_>>().ok()?.algorithm()?,
            oid::ECDSA_WITH_SHA256 if parameters.is_none() => Self::EcdsaSha256,
            oid::ECDSA_WITH_SHA384 if parameters.is_none() => Self::EcdsaSha384,
            oid::ECDSA_WITH_SHA512 if parameters.is_none() => Self::EcdsaSha512,
            oid::ED25519 if parameters.is_none() => Self::Ed25519,
            _ => return None,
        })
    }
    /// The AlgorithmIdentifier, in DER.
    #[must_use]
    pub fn to_identifier_der(self) -> Vec<u8> {
        match self {
            Self::RsaPkcs1Sha256 => with_null(oid::SHA256_WITH_RSA).to_der(),
            Self::RsaPkcs1Sha384 => with_null(oid::SHA384_WITH_RSA).to_der(),
            Self::RsaPkcs1Sha512 => with_null(oid::SHA512_WITH_RSA).to_der(),
            Self::RsaPssSha256 => PssIdentifier::new(oid::SHA256, 32).to_der(),
            Self::RsaPssSha384 => PssIdentifier::new(oid::SHA384, 48).to_der(),
            Self::RsaPssSha512 => PssIdentifier::new(oid::SHA512, 64).to_der(),
            Self::EcdsaSha256 => alone(oid::ECDSA_WITH_SHA256).to_der(),
            Self::EcdsaSha384 => alone(oid::ECDSA_WITH_SHA384).to_der(),
            Self::EcdsaSha512 => alone(oid::ECDSA_WITH_SHA512).to_der(),
            Self::Ed25519 => alone(oid::ED25519).to_der(),
        }
    }
}

impl KeyKind {
    /// The kind of key that `identifier` says, in SubjectPublicKeyInfo and in PKCS#8.
    ///
    /// # Errors
    /// Other algorithms and curves, and parameters other than NULL for RSA (RFC 3279 §2.3.1), a named curve for
    /// ECDSA (RFC 5480 §2.1.1), and none for Ed25519 (RFC 8410 §3).
    pub(super) fn of(identifier: &AlgorithmIdentifier<'_>) -> Result<Self, KeyError> {
        match (identifier.algorithm, identifier.parameters) {
            (oid::RSA_ENCRYPTION, Some(null)) if null == Any::NULL => Ok(Self::Rsa),
            (oid::EC_PUBLIC_KEY, Some(curve)) if curve == P256 => Ok(Self::EcdsaP256),
            (oid::EC_PUBLIC_KEY, Some(curve)) if curve == P384 => Ok(Self::EcdsaP384),
            (oid::EC_PUBLIC_KEY, Some(_)) => Err(KeyError::UnsupportedCurve),
            (oid::ED25519, None) => Ok(Self::Ed25519),
            (oid::RSA_ENCRYPTION | oid::EC_PUBLIC_KEY | oid::ED25519, _) => Err(KeyError::Parameters),
            _ => Err(KeyError::UnsupportedAlgorithm),
        }
    }
    /// The AlgorithmIdentifier of such a key.
    pub(super) const fn identifier(self) -> AlgorithmIdentifier<'static> {
        let (algorithm, parameters) = match self {
            Self::Rsa => (oid::RSA_ENCRYPTION, Some(Any::NULL)),
            Self::EcdsaP256 => (oid::EC_PUBLIC_KEY, Some(P256)),
            Self::EcdsaP384 => (oid::EC_PUBLIC_KEY, Some(P384)),
            Self::Ed25519 => (oid::ED25519, None),
        };
        AlgorithmIdentifier { algorithm, parameters }
    }
}

/// An algorithm whose parameters are NULL.
const fn with_null(algorithm: Oid<'_>) -> AlgorithmIdentifier<'_> {
    AlgorithmIdentifier { algorithm, parameters: Some(Any::NULL) }
}
/// An algorithm without parameters.
const fn alone(algorithm: Oid<'_>) -> AlgorithmIdentifier<'_> {
    AlgorithmIdentifier { algorithm, parameters: None }
}

asn1::sequence! {
    /// ```text
    /// RSASSA-PSS-params ::= SEQUENCE {
    ///     hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1Identifier,
    ///     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
    ///     saltLength       [2] INTEGER          DEFAULT 20,
    ///     trailerField     [3] INTEGER          DEFAULT 1 }
    /// ```
    /// (RFC 4055 §3.1.) What stands for SHA-1 is not read: those fields must be there.
    struct PssParameters<'a> {
        hash: Explicit<0, AlgorithmIdentifier<'a>>,
        mask: Explicit<1, MaskGeneration<'a>>,
        salt: Explicit<2, u8>,
        trailer: Explicit<3, u8> = Explicit(1),
    }
}
asn1::sequence! {
    /// `MaskGenAlgorithm ::= AlgorithmIdentifier`, for MGF1 with the hash as its parameter.
    struct MaskGeneration<'a> {
        function: Oid<'a>,
        hash: AlgorithmIdentifier<'a>,
    }
}
asn1::sequence! {
    /// The AlgorithmIdentifier of RSASSA-PSS.
    struct PssIdentifier<'a> {
        algorithm: Oid<'a>,
        parameters: PssParameters<'a>,
    }
}

impl PssParameters<'_> {
    /// One hash for all, and a salt as long as its output, as in TLS (RFC 8446 §4.2.3).
    fn algorithm(&self) -> Option<SignatureAlgorithm> {
        let Self { hash: Explicit(hash), mask: Explicit(mask), salt: Explicit(salt), trailer } = self;
        let same_hash = hash.algorithm == mask.hash.algorithm;
        // RFC 4055 §2.1: NULL, and readers accept nothing instead.
        let bare = [hash, &mask.hash].iter().all(|id| id.parameters.is_none_or(|any| any == Any::NULL));
        if !(bare && same_hash && mask.function == oid::MGF1 && *trailer == Explicit(1)) {
            return None;
        }
        match (hash.algorithm, salt) {
            (oid::SHA256, 32) => Some(SignatureAlgorithm::RsaPssSha256),
            (oid::SHA384, 48) => Some(SignatureAlgorithm::RsaPssSha384),
            (oid::SHA512, 64) => Some(SignatureAlgorithm::RsaPssSha512),
            _ => None,
        }
    }
}
impl PssIdentifier<'static> {
    fn new(hash: Oid<'static>, salt: u8) -> Self {
        let hash = with_null(hash);
        Self {
            algorithm: oid::RSASSA_PSS,
            parameters: PssParameters {
                hash: Explicit(hash.clone()),
                mask: Explicit(MaskGeneration { function: oid::MGF1, hash }),
                salt: Explicit(salt),
                trailer: Explicit(1),
            },
        }
    }
}

/// secp256r1 as the parameter of id-ecPublicKey (RFC 5480 §2.1.1.1): 1.2.840.10045.3.1.7.
pub(super) const P256: Any<'_> = Any::constant(b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07");
/// secp384r1: 1.3.132.0.34.
const P384: Any<'_> = Any::constant(b"\x06\x05\x2b\x81\x04\x00\x22");
