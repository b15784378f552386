//! Message authentication codes.
mod cmac;
pub(crate) mod ghash;
mod hmac;
pub(crate) mod poly1305;

pub use cmac::Cmac;
pub use hmac::Hmac;
pub use poly1305::Poly1305;

/// The tag does not belong to this key and message (for an AEAD: nonce, associated data and ciphertext).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Forged;
impl core::fmt::Display for Forged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the tag does not belong to this key and message")
    }
}
impl core::error::Error for Forged {}
