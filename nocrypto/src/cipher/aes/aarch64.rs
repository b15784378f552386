//! AES with the AES extension, eight blocks at a time (FIPS 197; DDI 0487, C7.2: AESE, AESMC, AESD, AESIMC).
//!
//! AESE is AddRoundKey, then SubBytes and ShiftRows; AESMC is MixColumns. Cores take the two as one where they are
//! neighbours.
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use super::{RoundKeys, schedule};
use crate::cpu::AesClmul;
use crate::cpu::neon::{load16, store16};
use core::arch::aarch64::{
    vaesdq_u8, vaeseq_u8, vaesimcq_u8, vaesmcq_u8, vdupq_n_u8, vdupq_n_u32, veorq_u8, vgetq_lane_u32,
    vreinterpretq_u8_u32, vreinterpretq_u32_u8,
};

/// KeyExpansion (FIPS 197 §5.2).
pub(crate) fn expand<const N: usize>(key: &[u8; N], keys: &mut RoundKeys<N>, _: AesClmul) {
    // SAFETY: the proof says that the AES extension is there.
    schedule::expand(key, keys, |word| unsafe { sub_word(word) });
}
/// Encrypts each block in place, eight at a time.
pub(super) fn encrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]], _: AesClmul) {
    // SAFETY: the proof says that the AES extension is there.
    unsafe { encrypt(keys, blocks) }
}
/// Decrypts each block in place, eight at a time.
pub(super) fn decrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]], _: AesClmul) {
    // SAFETY: the proof says that the AES extension is there.
    unsafe { decrypt(keys, blocks) }
}

#[target_feature(enable = "aes")]
fn encrypt<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
    let (eights, rest) = blocks.as_chunks_mut::<8>();
    for eight in eights {
        encrypt_some(keys, eight);
    }
    let (pairs, last) = rest.as_chunks_mut::<2>();
    for pair in pairs {
        encrypt_some(keys, pair);
    }
    for one in last {
        encrypt_some(keys, core::array::from_mut(one));
    }
}
#[inline]
#[target_feature(enable = "aes")]
fn encrypt_some<const N: usize, const B: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]; B]) {
    let [before_last, last] =
        [RoundKeys::<N>::ROUNDS - 1, RoundKeys::<N>::ROUNDS].map(|r| load16(&keys.0[r]));
    let mut states = blocks.each_ref().map(load16);
    for key in &keys.0[..RoundKeys::<N>::ROUNDS - 1] {
        let key = load16(key);
        for state in &mut states {
            *state = vaesmcq_u8(vaeseq_u8(*state, key));
        }
    }
    for (state, block) in states.into_iter().zip(blocks) {
        store16(block, veorq_u8(vaeseq_u8(state, before_last), last));
    }
}

/// By the equivalent inverse cipher (FIPS 197 §5.3.5), whose round keys are made on the way.
#[target_feature(enable = "aes")]
fn decrypt<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
    let (eights, rest) = blocks.as_chunks_mut::<8>();
    for eight in eights {
        decrypt_some(keys, eight);
    }
    for one in rest {
        decrypt_some(keys, core::array::from_mut(one));
    }
}
#[inline]
#[target_feature(enable = "aes")]
fn decrypt_some<const N: usize, const B: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]; B]) {
    let mut states = blocks.each_ref().map(load16);
    let mut key = load16(&keys.0[RoundKeys::<N>::ROUNDS]);
    for next in keys.0[1..RoundKeys::<N>::ROUNDS].iter().rev() {
        for state in &mut states {
            *state = vaesimcq_u8(vaesdq_u8(*state, key));
        }
        key = vaesimcq_u8(load16(next));
    }
    for (state, block) in states.into_iter().zip(blocks) {
        store16(block, veorq_u8(vaesdq_u8(state, key), load16(&keys.0[0])));
    }
}

/// With the word in all columns: ShiftRows leaves four equal columns alone.
#[inline]
#[target_feature(enable = "aes")]
fn sub_word(word: &mut [u8; 4]) {
    let columns = vreinterpretq_u8_u32(vdupq_n_u32(u32::from_le_bytes(*word)));
    let columns = vaeseq_u8(columns, vdupq_n_u8(0));
    *word = vgetq_lane_u32::<0>(vreinterpretq_u32_u8(columns)).to_le_bytes();
}
