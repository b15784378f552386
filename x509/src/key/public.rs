//! [`PublicKey`]: SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) of RSA (RFC 3279 §2.3.1), ECDSA (RFC 5480) and Ed25519
//! (RFC 8410).
use super::algorithm::{AlgorithmIdentifier, KeyKind, SignatureAlgorithm};
use super::error::{KeyError, SignatureError};
use super::{ecdsa, pkcs1};
use alloc::vec::Vec;
use asn1::{BitString, Decode as _, Encode as _};
use nocrypto::hash::{Sha256, Sha384, Sha512};
use nocrypto::sign::ecdsa::{P256PublicKey, P384PublicKey};
use nocrypto::sign::{ed25519, rsa};

asn1::sequence! {
    /// ```text
    /// SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
    /// ```
    pub(crate) struct SubjectPublicKeyInfo<'a> {
        pub(crate) algorithm: AlgorithmIdentifier<'a>,
        pub(crate) key: BitString<'a, 4096>,
    }
}

/// A key that verifies signatures: a number or point that passed the checks of its algorithm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicKey(pub(super) Key);

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Key {
    Rsa(rsa::PublicKey),
    EcdsaP256(P256PublicKey),
    EcdsaP384(P384PublicKey),
    Ed25519(ed25519::PublicKey),
}

impl PublicKey {
    /// The key whose SubjectPublicKeyInfo `der` is, the whole of it.
    ///
    /// Points may be compressed (RFC 5480 §2.2).
    ///
    /// # Errors
    /// Anything but strict DER of a key of [`KeyKind`], with exactly the parameters that its algorithm asks for;
    /// among RSA keys, those that [`rsa::PublicKey::new`] refuses.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        let SubjectPublicKeyInfo { algorithm, key } = SubjectPublicKeyInfo::from_der(der)?;
        let bytes = key.whole_bytes().ok_or(KeyError::Invalid)?;
        Ok(Self(match KeyKind::of(&algorithm)? {
            KeyKind::Rsa => Key::Rsa(key.decode_as::<pkcs1::RsaPublicKey<'_>>()?.key()?),
            KeyKind::EcdsaP256 => Key::EcdsaP256(P256PublicKey::from_sec1(bytes)?),
            KeyKind::EcdsaP384 => Key::EcdsaP384(P384PublicKey::from_sec1(bytes)?),
            KeyKind::Ed25519 => {
                let bytes = bytes.try_into().map_err(|_| KeyError::Invalid)?;
                Key::Ed25519(ed25519::PublicKey::from_bytes(bytes)?)
            }
        }))
    }
    /// The SubjectPublicKeyInfo; points are uncompressed.
    #[must_use]
    pub fn to_spki_der(&self) -> Vec<u8> {
        let (algorithm, key) = (self.kind().identifier(), self.to_bytes());
        let info = BitString::new(&key).map(|key| SubjectPublicKeyInfo { algorithm, key });
        info.map(|info| info.to_der()).unwrap_or_default()
    }
    /// The contents of the subjectPublicKey. No key is longer than the grammars let it be.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Key::Rsa(key) => pkcs1::public_key_der(key).unwrap_or_default(),
            Key::EcdsaP256(key) => key.to_uncompressed().to_vec(),
            Key::EcdsaP384(key) => key.to_uncompressed().to_vec(),
            Key::Ed25519(key) => key.to_bytes().to_vec(),
        }
    }
    /// What kind of key it is.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        match &self.0 {
            Key::Rsa(_) => KeyKind::Rsa,
            Key::EcdsaP256(_) => KeyKind::EcdsaP256,
            Key::EcdsaP384(_) => KeyKind::EcdsaP384,
            Key::Ed25519(_) => KeyKind::Ed25519,
        }
    }
    /// How many bits the modulus has, if it is an RSA key.
    #[must_use]
    pub fn modulus_bits(&self) -> Option<usize> {
        match &self.0 {
            Key::Rsa(key) => {
                let unused = key.n().first().map_or(0, |first| first.leading_zeros());
                key.n().len().checked_mul(8)?.checked_sub(usize::try_from(unused).ok()?)
            }
            Key::EcdsaP256(_) | Key::EcdsaP384(_) | Key::Ed25519(_) => None,
        }
    }
    /// Checks the signature of `message`. Those of ECDSA are ECDSA-Sig-Values in DER.
    ///
    /// # Errors
    /// [`SignatureError::WrongKey`] if the algorithm is not for this kind of key; else
    /// [`SignatureError::BadSignature`] if it is not a signature of `message`.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        use SignatureAlgorithm as A;
        let result = match (&self.0, algorithm) {
            (Key::Rsa(key), A::RsaPkcs1Sha256) => key.verify_pkcs1::<Sha256>(message, signature),
            (Key::Rsa(key), A::RsaPkcs1Sha384) => key.verify_pkcs1::<Sha384>(message, signature),
            (Key::Rsa(key), A::RsaPkcs1Sha512) => key.verify_pkcs1::<Sha512>(message, signature),
            (Key::Rsa(key), A::RsaPssSha256) => key.verify_pss::<Sha256>(message, signature, 32),
            (Key::Rsa(key), A::RsaPssSha384) => key.verify_pss::<Sha384>(message, signature, 48),
            (Key::Rsa(key), A::RsaPssSha512) => key.verify_pss::<Sha512>(message, signature, 64),
            (Key::EcdsaP256(key), A::EcdsaSha256) => key.verify::<Sha256>(message, &fixed(signature)?),
            (Key::EcdsaP256(key), A::EcdsaSha384) => key.verify::<Sha384>(message, &fixed(signature)?),
            (Key::EcdsaP256(key), A::EcdsaSha512) => key.verify::<Sha512>(message, &fixed(signature)?),
            (Key::EcdsaP384(key), A::EcdsaSha256) => key.verify::<Sha256>(message, &fixed(signature)?),
            (Key::EcdsaP384(key), A::EcdsaSha384) => key.verify::<Sha384>(message, &fixed(signature)?),
            (Key::EcdsaP384(key), A::EcdsaSha512) => key.verify::<Sha512>(message, &fixed(signature)?),
            (Key::Ed25519(key), A::Ed25519) => {
                let signature = signature.try_into().map_err(|_| SignatureError::BadSignature)?;
                key.verify(message, signature)
            }
            (
                Key::EcdsaP256(_) | Key::EcdsaP384(_) | Key::Ed25519(_),
                A::RsaPkcs1Sha256
                | A::RsaPkcs1Sha384
                | A::RsaPkcs1Sha512
                | A::RsaPssSha256
                | A::RsaPssSha384
                | A::RsaPssSha512,
            )
            | (Key::Rsa(_) | Key::Ed25519(_), A::EcdsaSha256 | A::EcdsaSha384 | A::EcdsaSha512)
            | (Key::Rsa(_) | Key::EcdsaP256(_) | Key::EcdsaP384(_), A::Ed25519) => {
                return Err(SignatureError::WrongKey);
            }
        };
        result.map_err(|_| SignatureError::BadSignature)
    }
}

/// r ‖ s of an ECDSA-Sig-Value.
fn fixed<const LENGTH: usize>(signature: &[u8]) -> Result<[u8; LENGTH], SignatureError> {
    ecdsa::fixed(signature).map_err(|_| SignatureError::BadSignature)
}
