//! Cipher block chaining with AES (SP 800-38A §6.2), and the padding that goes with it (RFC 5652 §6.3).
use super::aes::Aes;
use crate::ct::{Choice, is_zero, less_than, publish_word};

impl<const N: usize> Aes<N> {
    /// Encrypts `blocks` in place, each xored with the ciphertext before it, the first with `iv`.
    pub fn encrypt_cbc(&self, iv: &[u8; 16], blocks: &mut [[u8; 16]]) {
        let mut before = *iv;
        for block in blocks {
            xor(block, &before);
            self.encrypt_block(block);
            before = *block;
        }
    }
    /// Decrypts in place what [`Aes::encrypt_cbc`] made with the same `iv`. There is no authentication in it.
    pub fn decrypt_cbc(&self, iv: &[u8; 16], blocks: &mut [[u8; 16]]) {
        let mut before = *iv;
        let mut ciphertext = [[0; 16]; AT_A_TIME];
        for some in blocks.chunks_mut(AT_A_TIME) {
            let ciphertext = &mut ciphertext[..some.len()];
            ciphertext.copy_from_slice(some);
            self.decrypt_blocks(some);
            for (block, next) in some.iter_mut().zip(ciphertext) {
                xor(block, &before);
                before = *next;
            }
        }
    }
}

/// Pads `buffer` behind the first `length` bytes: each byte of the rest says how long the rest is.
///
/// # Errors
/// [`BadPadding`] if the rest is not between 1 and 255 bytes; then nothing has happened.
pub fn pad(buffer: &mut [u8], length: usize) -> Result<(), BadPadding> {
    let rest = buffer.get_mut(length..).ok_or(BadPadding)?;
    let value = u8::try_from(rest.len()).map_err(|_| BadPadding)?;
    if value == 0 {
        return Err(BadPadding);
    }
    rest.fill(value);
    Ok(())
}

/// The text without its padding, of 1 to `BLOCK` bytes. Which byte is wrong does not show in the time; whether one is,
/// and how long the text was, is public from here on.
///
/// Never tell a peer whether the padding of something unauthenticated was right.
///
/// # Errors
/// [`BadPadding`] if `padded` does not end in a whole padding, or is not whole blocks.
pub fn unpad<const BLOCK: usize>(padded: &[u8]) -> Result<&[u8], BadPadding> {
    let (text, last) = padded.split_last_chunk::<BLOCK>().ok_or(BadPadding)?;
    let count = last.last().map_or(0, |byte| u64::from(*byte));
    let mut right = !is_zero(count) & less_than(count, BLOCK as u64 + 1);
    for (from_end, byte) in (0..).zip(last.iter().rev()) {
        // Outside of the padding, or the same as its last byte.
        right = right & (!less_than(from_end, count) | is_zero(u64::from(*byte) ^ count));
    }
    let whole = Choice::from_lsb(u64::from(text.len().is_multiple_of(BLOCK)));
    if !(right & whole).reveal() {
        return Err(BadPadding);
    }
    let count = usize::try_from(publish_word(count)).map_err(|_| BadPadding)?;
    padded.len().checked_sub(count).and_then(|kept| padded.get(..kept)).ok_or(BadPadding)
}

/// The padding is not that of RFC 5652 §6.3.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BadPadding;
impl core::fmt::Display for BadPadding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the padding is not that of RFC 5652 §6.3")
    }
}
impl core::error::Error for BadPadding {}

fn xor(block: &mut [u8; 16], other: &[u8; 16]) {
    *block = (u128::from_ne_bytes(*block) ^ u128::from_ne_bytes(*other)).to_ne_bytes();
}

/// Enough for AES to have many to do at once.
const AT_A_TIME: usize = 32;
