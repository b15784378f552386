//! Keys and signatures, from their encodings to nocrypto's numbers and back: SubjectPublicKeyInfo (RFC 5280 §4.1.2.7),
//! PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 §A.1), SEC 1 (RFC 5915) and ECDSA-Sig-Value (RFC 5480 appendix A).
mod algorithm;
mod ecdsa;
mod error;
mod pkcs1;
mod private;
mod public;
mod sec1;

pub use algorithm::{AlgorithmIdentifier, KeyKind, SignatureAlgorithm};
pub use error::{KeyError, SignError, SignatureError};
pub use private::PrivateKey;
pub use public::PublicKey;
