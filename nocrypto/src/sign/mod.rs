//! Signatures.
pub mod ecdsa;
pub mod ed25519;
pub mod rsa;

/// The signature is not one of this message under this key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BadSignature;
impl core::fmt::Display for BadSignature {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the signature does not belong to this message and key")
    }
}
impl core::error::Error for BadSignature {}

/// The numbers are no key of the algorithm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidKey;
impl core::fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the numbers are no key of the algorithm")
    }
}
impl core::error::Error for InvalidKey {}
