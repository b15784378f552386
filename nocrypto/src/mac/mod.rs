//! Message authentication codes: one trait, implemented by all that take a message in pieces.
use crate::hash::Hash;

mod cmac;
pub(crate) mod ghash;
mod hmac;
pub(crate) mod poly1305;

pub use cmac::Cmac;
pub use hmac::Hmac;
pub use poly1305::Poly1305;

/// A message authentication code: a key, and a message in pieces.
pub trait Mac: Sized {
    /// `[u8; N]`, or `[u8]` where any length will do.
    type Key: ?Sized;
    /// `[u8; N]`.
    type Tag: AsRef<[u8]>;
    /// Takes a key, for a message of which nothing is known yet.
    fn new(key: &Self::Key) -> Self;
    /// Adds `input` to the message.
    fn update(&mut self, input: &[u8]);
    /// The tag of the message.
    fn finish(self) -> Self::Tag;
    /// Compares the message's whole tag with `tag`, in constant time.
    ///
    /// # Errors
    /// [`Forged`] if they differ, be it in length.
    fn verify(self, tag: &[u8]) -> Result<(), Forged>;
}

/// What these types do of themselves, as the trait.
macro_rules! macs {
    ($( [$($generic:tt)*] $name:ty: $key:ty, $tag:ty; )*) => { $(
        impl<$($generic)*> Mac for $name {
            type Key = $key;
            type Tag = $tag;
            fn new(key: &$key) -> Self {
                Self::new(key)
            }
            fn update(&mut self, input: &[u8]) {
                self.update(input);
            }
            fn finish(self) -> $tag {
                self.finish()
            }
            fn verify(self, tag: &[u8]) -> Result<(), Forged> {
                self.verify(tag)
            }
        }
    )* };
}
macs! {
    [H: Hash] Hmac<H>: [u8], H::Output;
    [const N: usize] Cmac<N>: [u8; N], [u8; 16];
    [] Poly1305: [u8; 32], [u8; 16];
}

/// The tag does not belong to this key and message (for an AEAD: nonce, associated data and ciphertext).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Forged;
impl core::fmt::Display for Forged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the tag does not belong to this key and message")
    }
}
impl core::error::Error for Forged {}
