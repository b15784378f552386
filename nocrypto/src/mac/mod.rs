//! Message authentication codes.
mod hmac;

pub use hmac::Hmac;

/// The tag does not belong to this key and message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Forged;
impl core::fmt::Display for Forged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the tag does not belong to this key and message")
    }
}
impl core::error::Error for Forged {}
