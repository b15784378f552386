//! RSA keys as PKCS#1 writes them (RFC 8017 §A.1).
use super::error::KeyError;
use alloc::vec::Vec;
use asn1::{Encode as _, ErrorKind, Unsigned};
use nocrypto::sign::rsa;
use zeroize::Zeroizing;

/// A modulus or private exponent of up to 16,384 bits, so that nocrypto says which sizes it takes.
type Modulus<'a> = Unsigned<'a, 2048>;
/// A prime factor, or a number below one.
type Prime<'a> = Unsigned<'a, 1024>;
/// A public exponent.
type Exponent<'a> = Unsigned<'a, 8>;

asn1::sequence! {
    /// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`
    pub(super) struct RsaPublicKey<'a> {
        n: Modulus<'a>,
        e: Exponent<'a>,
    }
}

impl RsaPublicKey<'_> {
    pub(super) fn key(&self) -> Result<rsa::PublicKey, KeyError> {
        Ok(rsa::PublicKey::new(self.n.as_bytes(), self.e.as_bytes())?)
    }
}

/// The RSAPublicKey.
pub(super) fn public_key_der(key: &rsa::PublicKey) -> Result<Vec<u8>, ErrorKind> {
    Ok(RsaPublicKey { n: Unsigned::new(key.n())?, e: Unsigned::new(key.e())? }.to_der())
}

asn1::sequence! {
    /// ```text
    /// RSAPrivateKey ::= SEQUENCE {
    ///     version           Version,
    ///     modulus           INTEGER,  -- n
    ///     publicExponent    INTEGER,  -- e
    ///     privateExponent   INTEGER,  -- d
    ///     prime1            INTEGER,  -- p
    ///     prime2            INTEGER,  -- q
    ///     exponent1         INTEGER,  -- d mod (p-1)
    ///     exponent2         INTEGER,  -- d mod (q-1)
    ///     coefficient       INTEGER,  -- (inverse of q) mod p
    ///     otherPrimeInfos   OtherPrimeInfos OPTIONAL }
    /// ```
    /// Version 1, of more than two primes, is refused.
    pub(super) struct RsaPrivateKey<'a> {
        version: u8,
        n: Modulus<'a>,
        e: Exponent<'a>,
        d: Modulus<'a>,
        p: Prime<'a>,
        q: Prime<'a>,
        dp: Prime<'a>,
        dq: Prime<'a>,
        qinv: Prime<'a>,
    }
}

impl RsaPrivateKey<'_> {
    /// The key, if its numbers belong together.
    pub(super) fn key(&self) -> Result<rsa::PrivateKey, KeyError> {
        if self.version != TWO_PRIMES {
            return Err(KeyError::Version);
        }
        Ok(rsa::PrivateKey::from_components(&rsa::Components {
            n: self.n.as_bytes(),
            e: self.e.as_bytes(),
            d: self.d.as_bytes(),
            p: self.p.as_bytes(),
            q: self.q.as_bytes(),
            dp: self.dp.as_bytes(),
            dq: self.dq.as_bytes(),
            qinv: self.qinv.as_bytes(),
        })?)
    }
}

/// The RSAPrivateKey.
pub(super) fn private_key_der(key: &rsa::PrivateKey) -> Result<Zeroizing<Vec<u8>>, ErrorKind> {
    let numbers = key.components();
    let grammar = RsaPrivateKey {
        version: TWO_PRIMES,
        n: Unsigned::new(numbers.n)?,
        e: Unsigned::new(numbers.e)?,
        d: Unsigned::new(numbers.d)?,
        p: Unsigned::new(numbers.p)?,
        q: Unsigned::new(numbers.q)?,
        dp: Unsigned::new(numbers.dp)?,
        dq: Unsigned::new(numbers.dq)?,
        qinv: Unsigned::new(numbers.qinv)?,
    };
    Ok(Zeroizing::new(grammar.to_der()))
}

const TWO_PRIMES: u8 = 0;
