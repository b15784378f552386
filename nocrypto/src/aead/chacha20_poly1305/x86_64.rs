//! The door to the AVX2 kernel.
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use crate::cpu::Avx2;

mod avx2;
mod eight;
mod rows;

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
pub(super) fn crypt<const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
    _: Avx2,
) -> [u8; 16] {
    // SAFETY: the proof says that AVX2 and BMI2 are there.
    unsafe { avx2::crypt::<OPEN>(key, nonce, aad, text) }
}
