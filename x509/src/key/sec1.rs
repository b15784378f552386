//! ECDSA keys as SEC 1 writes them (RFC 5915).
use super::algorithm::P256;
use super::error::KeyError;
use alloc::vec::Vec;
use asn1::{Any, BitString, Encode as _, ErrorKind, Explicit, OctetString};
use nocrypto::sign::ecdsa::{P256PrivateKey, P256PublicKey};
use zeroize::Zeroizing;

asn1::sequence! {
    /// ```text
    /// ECPrivateKey ::= SEQUENCE {
    ///     version        INTEGER { ecPrivkeyVer1(1) },
    ///     privateKey     OCTET STRING,
    ///     parameters [0] ECParameters OPTIONAL,
    ///     publicKey  [1] BIT STRING OPTIONAL }
    /// ```
    pub(super) struct EcPrivateKey<'a> {
        version: u8,
        scalar: OctetString<'a, 66>,
        parameters: Option<Explicit<0, Any<'a>>>,
        public: Option<Explicit<1, BitString<'a, 133>>>,
    }
}

impl EcPrivateKey<'_> {
    /// The key, on the curve that it names itself: so it is without PKCS#8 around it.
    pub(super) fn key_of_named_curve(&self) -> Result<P256PrivateKey, KeyError> {
        if self.parameters.is_none() { Err(KeyError::Parameters) } else { self.key() }
    }
    /// The key, on P-256; that is what `parameters` must say, if they are there.
    pub(super) fn key(&self) -> Result<P256PrivateKey, KeyError> {
        if self.version != VERSION {
            return Err(KeyError::Version);
        }
        if self.parameters.is_some_and(|curve| curve != Explicit(P256)) {
            return Err(KeyError::UnsupportedCurve);
        }
        let scalar = self.scalar.as_bytes().try_into().map_err(|_| KeyError::Invalid)?;
        let key = P256PrivateKey::from_scalar(scalar)?;
        if let Some(Explicit(public)) = self.public {
            let public = P256PublicKey::from_sec1(public.whole_bytes().ok_or(KeyError::Invalid)?)?;
            if public != *key.public_key() {
                return Err(KeyError::Mismatch);
            }
        }
        Ok(key)
    }
}

/// The ECPrivateKey, with the public key, and without the curve, which PKCS#8 says around it.
pub(super) fn private_key_der(key: &P256PrivateKey) -> Result<Zeroizing<Vec<u8>>, ErrorKind> {
    let public = key.public_key().to_uncompressed();
    let grammar = EcPrivateKey {
        version: VERSION,
        scalar: OctetString::new(key.scalar().expose())?,
        parameters: None,
        public: Some(Explicit(BitString::new(&public)?)),
    };
    Ok(Zeroizing::new(grammar.to_der()))
}

const VERSION: u8 = 1;
