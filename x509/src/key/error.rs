//! Why bytes are not a key, and why a key does not sign or a signature does not hold.
use crate::pem::PemError;
use core::fmt;

/// Why bytes are not a key that can be used here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyError {
    /// It is not in strict DER, or not of the structure that was asked for.
    Der(asn1::Error),
    /// There is no PEM, or none with a private key in it.
    Pem(PemError),
    /// There is more than one private key in the PEM.
    SeveralKeys,
    /// The private key is encrypted (RFC 5958 §3).
    Encrypted,
    /// The structure is of a version that does not exist, or does not fit its contents.
    Version,
    /// An algorithm other than RSA, ECDSA and Ed25519, or of which only public keys can be used here (P-384).
    UnsupportedAlgorithm,
    /// A curve other than P-256 and P-384, or one that is not given by its name (RFC 5480 §2.1.1).
    UnsupportedCurve,
    /// The parameters of the algorithm are not those of RFC 3279 §2.3.1, RFC 5480 §2.1 and RFC 8410 §3.
    Parameters,
    /// The numbers are no key: a point off its curve, a modulus of the wrong size, a scalar or string of the wrong
    /// length, secret numbers that do not belong together.
    Invalid,
    /// The public key that the file gives is not that of the private key.
    Mismatch,
}

/// Why a signature was not made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignError {
    /// The algorithm is not for this kind of key.
    WrongKey,
    /// The computation went wrong; its result was thrown away, because it would have betrayed the key.
    Fault,
}

/// Why a signature does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignatureError {
    /// The algorithm is not for this kind of key.
    WrongKey,
    /// It is malformed, or not one of this message under this key.
    BadSignature,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Der(error) => write!(f, "no key in DER: {error}"),
            Self::Pem(error) => error.fmt(f),
            Self::SeveralKeys => f.write_str("there is more than one private key"),
            Self::Encrypted => f.write_str("the private key is encrypted"),
            Self::Version => f.write_str("unknown version of the structure around the key"),
            Self::UnsupportedAlgorithm => f.write_str("the algorithm of the key is not supported"),
            Self::UnsupportedCurve => f.write_str("the curve of the key is not supported"),
            Self::Parameters => f.write_str("the algorithm of the key has the wrong parameters"),
            Self::Invalid => f.write_str("the numbers are not a key"),
            Self::Mismatch => f.write_str("the public key is not that of the private key"),
        }
    }
}
impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongKey => "the signature algorithm is not for this kind of key",
            Self::Fault => "the computation of the signature went wrong",
        })
    }
}
impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongKey => "the signature algorithm is not for this kind of key",
            Self::BadSignature => "the signature is not one of this message under this key",
        })
    }
}
impl core::error::Error for KeyError {}
impl core::error::Error for SignError {}
impl core::error::Error for SignatureError {}

impl From<asn1::Error> for KeyError {
    fn from(error: asn1::Error) -> Self {
        Self::Der(error)
    }
}
impl From<PemError> for KeyError {
    fn from(error: PemError) -> Self {
        Self::Pem(error)
    }
}
impl From<nocrypto::sign::InvalidKey> for KeyError {
    fn from(_: nocrypto::sign::InvalidKey) -> Self {
        Self::Invalid
    }
}
