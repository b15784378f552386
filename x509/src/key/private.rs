//! [`PrivateKey`]: from PKCS#8 (RFC 5958, RFC 5208), PKCS#1 and SEC 1, to PKCS#8, and in use.
//!
//! The caller's bytes are borrowed, and the secret goes from them straight into nocrypto's boxes. What is written is
//! measured first and wiped behind.
use super::algorithm::{AlgorithmIdentifier, KeyKind, SignatureAlgorithm};
use super::ecdsa;
use super::error::{KeyError, SignError};
use super::pkcs1::{self, RsaPrivateKey};
use super::public::{Key as Public, PublicKey};
use super::sec1::{self, EcPrivateKey};
use crate::pem::{self, Label};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use asn1::{Any, BitString, Decode as _, Encode as _, ErrorKind, Implicit, OctetString, SetOf};
use nocrypto::hash::{Sha256, Sha384, Sha512};
use nocrypto::sign::ecdsa::P256PrivateKey;
use nocrypto::sign::{ed25519, rsa};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

asn1::sequence! {
    /// ```text
    /// OneAsymmetricKey ::= SEQUENCE {
    ///     version             INTEGER { v1(0), v2(1) },
    ///     privateKeyAlgorithm AlgorithmIdentifier,
    ///     privateKey          OCTET STRING,
    ///     attributes      [0] IMPLICIT SET OF Attribute OPTIONAL,
    ///     publicKey       [1] IMPLICIT BIT STRING OPTIONAL }
    /// ```
    struct OneAsymmetricKey<'a> {
        version: u8,
        algorithm: AlgorithmIdentifier<'a>,
        key: OctetString<'a, 0x4000>,
        attributes: Option<Implicit<0, SetOf<Any<'a>, 16>>>,
        public: Option<Implicit<1, BitString<'a, 4096>>>,
    }
}
/// `CurvePrivateKey ::= OCTET STRING` (RFC 8410 §7).
type CurvePrivateKey<'a> = OctetString<'a, 32>;

/// A key that signs. Its secret is boxed, never shown, and wiped when it goes.
#[derive(Debug)]
pub struct PrivateKey(Key);

#[derive(Debug)]
enum Key {
    Rsa(Box<rsa::PrivateKey>),
    EcdsaP256(P256PrivateKey),
    Ed25519(ed25519::PrivateKey),
}

impl PrivateKey {
    /// A fresh key: RSA of 2048 bits, P-256 or Ed25519.
    ///
    /// # Errors
    /// [`KeyError::UnsupportedAlgorithm`] for P-384; [`KeyError::Invalid`] if `rng` yields no primes.
    pub fn generate(kind: KeyKind, rng: &mut dyn CryptoRng) -> Result<Self, KeyError> {
        Ok(Self(match kind {
            KeyKind::Rsa => Key::Rsa(rsa::PrivateKey::generate(2048, rng)?.into()),
            KeyKind::EcdsaP256 => Key::EcdsaP256(P256PrivateKey::generate(rng)),
            KeyKind::EcdsaP384 => return Err(KeyError::UnsupportedAlgorithm),
            KeyKind::Ed25519 => Key::Ed25519(ed25519::PrivateKey::generate(rng)),
        }))
    }
    /// The key of a PrivateKeyInfo or OneAsymmetricKey, in the clear.
    ///
    /// # Errors
    /// Anything but strict DER of a key of RSA, P-256 or Ed25519; a public key within that is not the private key's.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        let info = OneAsymmetricKey::from_der(der)?;
        // RFC 5958 §2: version 2 if and only if there is a public key.
        if info.version != u8::from(info.public.is_some()) {
            return Err(KeyError::Version);
        }
        let key = Self(match KeyKind::of(&info.algorithm)? {
            KeyKind::Rsa => Key::Rsa(info.key.decode_as::<RsaPrivateKey<'_>>()?.key()?.into()),
            KeyKind::EcdsaP256 => Key::EcdsaP256(info.key.decode_as::<EcPrivateKey<'_>>()?.key()?),
            KeyKind::EcdsaP384 => return Err(KeyError::UnsupportedAlgorithm),
            KeyKind::Ed25519 => {
                let seed = info.key.decode_as::<CurvePrivateKey<'_>>()?;
                let seed = seed.as_bytes().try_into().map_err(|_| KeyError::Invalid)?;
                Key::Ed25519(ed25519::PrivateKey::from_seed(seed))
            }
        });
        match info.public {
            Some(Implicit(public)) if public.whole_bytes() != Some(&*key.public_key().to_bytes()) => {
                Err(KeyError::Mismatch)
            }
            _ => Ok(key),
        }
    }
    /// The key of an RSAPrivateKey (RFC 8017 §A.1.2).
    ///
    /// # Errors
    /// Anything but strict DER of a key of two primes, whose numbers belong together.
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(Key::Rsa(RsaPrivateKey::from_der(der)?.key()?.into())))
    }
    /// The key of an ECPrivateKey (RFC 5915) that names P-256.
    ///
    /// # Errors
    /// Anything but strict DER of such a key; a public key within that is not the private key's.
    pub fn from_sec1_der(der: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(Key::EcdsaP256(EcPrivateKey::from_der(der)?.key_of_named_curve()?)))
    }
    /// The one private key in a PEM file, whichever of the three forms it has. Certificates and parameters beside it
    /// are passed over.
    ///
    /// # Errors
    /// What is wrong with the PEM or with the key; [`KeyError::SeveralKeys`] if there is another,
    /// [`KeyError::Encrypted`] if it is.
    pub fn from_pem(text: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let mut blocks = pem::Blocks::new(text.as_ref());
        let mut key = None;
        for block in &mut blocks {
            let block = block?;
            let decode = match block.label {
                Some(Label::PrivateKey) => Self::from_pkcs8_der,
                Some(Label::RsaPrivateKey) => Self::from_pkcs1_der,
                Some(Label::EcPrivateKey) => Self::from_sec1_der,
                Some(Label::EncryptedPrivateKey) => return Err(KeyError::Encrypted),
                Some(
                    Label::Certificate
                    | Label::Crl
                    | Label::CertificateRequest
                    | Label::EcParameters
                    | Label::PublicKey,
                )
                | None => continue,
            };
            if key.replace(decode(&block.der)?).is_some() {
                return Err(KeyError::SeveralKeys);
            }
        }
        key.ok_or(KeyError::Pem(blocks.missing(Label::PrivateKey)))
    }
    /// The PrivateKeyInfo (version 1), wiped when it goes.
    #[must_use]
    pub fn to_pkcs8_der(&self) -> Zeroizing<Vec<u8>> {
        // No key is longer than the grammar lets it be.
        self.encode().unwrap_or_default()
    }
    /// The PrivateKeyInfo as PEM, wiped when it goes.
    #[must_use]
    pub fn to_pkcs8_pem(&self) -> Zeroizing<String> {
        Zeroizing::new(pem::encode(Label::PrivateKey, &self.to_pkcs8_der()))
    }
    fn encode(&self) -> Result<Zeroizing<Vec<u8>>, ErrorKind> {
        let key = match &self.0 {
            Key::Rsa(key) => pkcs1::private_key_der(key)?,
            Key::EcdsaP256(key) => sec1::private_key_der(key)?,
            Key::Ed25519(key) => Zeroizing::new(CurvePrivateKey::new(key.seed().expose())?.to_der()),
        };
        let algorithm = self.kind().identifier();
        let key = OctetString::new(&key)?;
        let info = OneAsymmetricKey { version: 0, algorithm, key, attributes: None, public: None };
        Ok(Zeroizing::new(info.to_der()))
    }

    /// What kind of key it is.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        match &self.0 {
            Key::Rsa(_) => KeyKind::Rsa,
            Key::EcdsaP256(_) => KeyKind::EcdsaP256,
            Key::Ed25519(_) => KeyKind::Ed25519,
        }
    }
    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(match &self.0 {
            Key::Rsa(key) => Public::Rsa(key.public_key().clone()),
            Key::EcdsaP256(key) => Public::EcdsaP256(*key.public_key()),
            Key::Ed25519(key) => Public::Ed25519(*key.public_key()),
        })
    }
    /// The signature of `message`. Those of ECDSA are ECDSA-Sig-Values in DER.
    ///
    /// # Errors
    /// [`SignError::WrongKey`] if the algorithm is not for this kind of key; [`SignError::Fault`] if the computation
    /// went wrong.
    pub fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, SignError> {
        use SignatureAlgorithm as A;
        let fault = |_| SignError::Fault;
        match (&self.0, algorithm) {
            (Key::Rsa(key), A::RsaPkcs1Sha256) => key.sign_pkcs1::<Sha256>(message, rng).map_err(fault),
            (Key::Rsa(key), A::RsaPkcs1Sha384) => key.sign_pkcs1::<Sha384>(message, rng).map_err(fault),
            (Key::Rsa(key), A::RsaPkcs1Sha512) => key.sign_pkcs1::<Sha512>(message, rng).map_err(fault),
            (Key::Rsa(key), A::RsaPssSha256) => key.sign_pss::<Sha256>(message, rng).map_err(fault),
            (Key::Rsa(key), A::RsaPssSha384) => key.sign_pss::<Sha384>(message, rng).map_err(fault),
            (Key::Rsa(key), A::RsaPssSha512) => key.sign_pss::<Sha512>(message, rng).map_err(fault),
            (Key::EcdsaP256(key), A::EcdsaSha256) => sig_value(key.sign::<Sha256>(message, rng)),
            (Key::EcdsaP256(key), A::EcdsaSha384) => sig_value(key.sign::<Sha384>(message, rng)),
            (Key::EcdsaP256(key), A::EcdsaSha512) => sig_value(key.sign::<Sha512>(message, rng)),
            (Key::Ed25519(key), A::Ed25519) => Ok(key.sign(message).to_vec()),
            (
                Key::EcdsaP256(_) | Key::Ed25519(_),
                A::RsaPkcs1Sha256
                | A::RsaPkcs1Sha384
                | A::RsaPkcs1Sha512
                | A::RsaPssSha256
                | A::RsaPssSha384
                | A::RsaPssSha512,
            )
            | (Key::Rsa(_) | Key::Ed25519(_), A::EcdsaSha256 | A::EcdsaSha384 | A::EcdsaSha512)
            | (Key::Rsa(_) | Key::EcdsaP256(_), A::Ed25519) => Err(SignError::WrongKey),
        }
    }
}

fn sig_value(fixed: [u8; 64]) -> Result<Vec<u8>, SignError> {
    ecdsa::der(&fixed).map_err(|_| SignError::Fault)
}
