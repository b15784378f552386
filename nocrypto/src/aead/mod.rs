//! Authenticated encryption: one trait, implemented by all.
use crate::ct;
use crate::secret::wipe;
use alloc::vec::Vec;

mod aes_ccm;
mod aes_gcm;
mod chacha20_poly1305;
mod gmac;
pub mod key_wrap;
mod xchacha20_poly1305;

pub use crate::mac::Forged;
pub use aes_ccm::{Aes128Ccm, Aes128Ccm8, Aes256Ccm, Aes256Ccm8, AesCcm};
pub use aes_gcm::{Aes128Gcm, Aes192Gcm, Aes256Gcm, AesGcm};
pub use chacha20_poly1305::ChaCha20Poly1305;
pub use gmac::Gmac;
pub use xchacha20_poly1305::XChaCha20Poly1305;

/// Authenticated encryption with associated data (RFC 5116), in place, with the tag apart or behind the text.
pub trait Aead: Sized {
    /// `[u8; N]`.
    type Key;
    /// `[u8; N]`: never twice under one key.
    type Nonce;
    /// `[u8; N]`.
    type Tag: AsRef<[u8]> + for<'a> TryFrom<&'a [u8]>;
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
    /// Encrypts `text` in place and puts the tag behind it. Allocates nothing if there is room for the tag.
    ///
    /// # Errors
    /// As [`Aead::seal`].
    fn seal_appending(&self, nonce: &Self::Nonce, aad: &[u8], text: &mut Vec<u8>) -> Result<(), TooLong> {
        let tag = self.seal(nonce, aad, text)?;
        text.extend_from_slice(tag.as_ref());
        Ok(())
    }
    /// The text of what [`Aead::seal_appending`] made: decrypted in place, if the tag behind it is right.
    ///
    /// # Errors
    /// As [`Aead::open`], also if `in_out` is too short for a tag; then there is no text to erase.
    fn open_appended<'a>(
        &self,
        nonce: &Self::Nonce,
        aad: &[u8],
        in_out: &'a mut [u8],
    ) -> Result<&'a mut [u8], Forged> {
        let length = in_out.len().checked_sub(size_of::<Self::Tag>()).ok_or(Forged)?;
        let (text, tag) = in_out.split_at_mut(length);
        let tag = Self::Tag::try_from(tag).map_err(|_| Forged)?;
        self.open(nonce, aad, text, &tag)?;
        Ok(text)
    }
}

/// The input is longer than the algorithm allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLong;
impl core::fmt::Display for TooLong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the input is longer than the algorithm allows")
    }
}
impl core::error::Error for TooLong {}

/// What cannot be sealed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unfit {
    /// The nonce is empty.
    NoNonce,
    /// As [`TooLong`].
    TooLong,
}
impl core::fmt::Display for Unfit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoNonce => f.write_str("the nonce is empty"),
            Self::TooLong => TooLong.fmt(f),
        }
    }
}
impl core::error::Error for Unfit {}

/// The end of every `open`: what has been decrypted stays only if the tags are the same.
fn verify<const TAG: usize>(computed: &[u8; TAG], tag: &[u8; TAG], in_out: &mut [u8]) -> Result<(), Forged> {
    let difference = computed.iter().zip(tag).fold(0, |difference, (a, b)| difference | (a ^ b));
    if ct::is_zero(u64::from(difference)).reveal() {
        return Ok(());
    }
    wipe(in_out);
    Err(Forged)
}
