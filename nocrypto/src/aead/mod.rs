//! Authenticated encryption: one trait, implemented by all.

/// Authenticated encryption with associated data (RFC 5116), in place, with the tag apart.
pub trait Aead: Sized {
    /// `[u8; N]`.
    type Key;
    /// `[u8; N]`: never twice under one key.
    type Nonce;
    /// `[u8; N]`.
    type Tag;
    /// Expands `key` on the heap, for the best backend of this CPU. Nothing allocates after this.
    fn new(key: &Self::Key) -> Self;
    /// Encrypts in place and gives the tag.
    ///
    /// # Errors
    /// [`TooLong`] if `in_out` or `aad` is beyond the algorithm's limit; then nothing has happened.
    fn seal(&self, nonce: &Self::Nonce, aad: &[u8], in_out: &mut [u8]) -> Result<Self::Tag, TooLong>;
    /// Checks the tag and decrypts in place.
    ///
    /// # Errors
    /// [`Forged`] if the tag is not right; then `in_out` is all zeros.
    fn open(&self, nonce: &Self::Nonce, aad: &[u8], in_out: &mut [u8], tag: &Self::Tag)
    -> Result<(), Forged>;
}

/// The input is longer than the algorithm allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLong;
/// The tag does not belong to this key, nonce, associated data and ciphertext.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Forged;
