//! AES with AES-NI, eight blocks at a time, and with VAES, sixteen (FIPS 197; Intel SDM vol. 1 §12.13).
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use super::RoundKeys;
use crate::cpu::vector::{load16, load32, store16, store32};
use crate::cpu::{AesClmul, VaesAvx2};
use crate::secret::wipe;
use core::arch::x86_64::{
    __m128i, _mm_aesdec_si128, _mm_aesdeclast_si128, _mm_aesenc_si128, _mm_aesenclast_si128,
    _mm_aesimc_si128, _mm_set1_epi32, _mm_setzero_si128, _mm_shuffle_epi8, _mm_slli_si128, _mm_xor_si128,
    _mm256_aesenc_epi128, _mm256_aesenclast_epi128, _mm256_broadcastsi128_si256, _mm256_xor_si256,
};

/// KeyExpansion (FIPS 197 §5.2).
pub(crate) fn expand<const N: usize>(key: &[u8; N], keys: &mut RoundKeys<N>, _: AesClmul) {
    // SAFETY: the proof says that AES-NI and SSSE3 are there.
    unsafe { expand_ni(key, keys) }
}
/// Encrypts each block in place, eight at a time.
pub(super) fn encrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]], _: AesClmul) {
    // SAFETY: the proof says that AES-NI is there.
    unsafe { encrypt_ni(keys, blocks) }
}
/// Decrypts each block in place, eight at a time.
pub(super) fn decrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]], _: AesClmul) {
    // SAFETY: the proof says that AES-NI is there.
    unsafe { decrypt_ni(keys, blocks) }
}
/// Encrypts each block in place, sixteen at a time.
pub(super) fn encrypt_blocks_wide<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]], _: VaesAvx2) {
    // SAFETY: the proof says that VAES, AVX2 and AES-NI are there.
    unsafe { encrypt_vaes(keys, blocks) }
}

#[target_feature(enable = "aes")]
fn encrypt_ni<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
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
    let mut states = [load16(&keys.0[0]); B];
    for (state, block) in states.iter_mut().zip(&*blocks) {
        *state = _mm_xor_si128(*state, load16(block));
    }
    for key in &keys.0[1..RoundKeys::<N>::ROUNDS] {
        let key = load16(key);
        for state in &mut states {
            *state = _mm_aesenc_si128(*state, key);
        }
    }
    let key = load16(&keys.0[RoundKeys::<N>::ROUNDS]);
    for (state, block) in states.into_iter().zip(blocks) {
        store16(block, _mm_aesenclast_si128(state, key));
    }
}

/// By the equivalent inverse cipher (FIPS 197 §5.3.5), whose round keys are made on the way.
#[target_feature(enable = "aes")]
fn decrypt_ni<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
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
    let mut states = [load16(&keys.0[RoundKeys::<N>::ROUNDS]); B];
    for (state, block) in states.iter_mut().zip(&*blocks) {
        *state = _mm_xor_si128(*state, load16(block));
    }
    for key in keys.0[1..RoundKeys::<N>::ROUNDS].iter().rev() {
        let key = _mm_aesimc_si128(load16(key));
        for state in &mut states {
            *state = _mm_aesdec_si128(*state, key);
        }
    }
    let key = load16(&keys.0[0]);
    for (state, block) in states.into_iter().zip(blocks) {
        store16(block, _mm_aesdeclast_si128(state, key));
    }
}

#[target_feature(enable = "avx2,aes,vaes")]
fn encrypt_vaes<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
    let (sixteens, rest) = blocks.as_chunks_mut::<16>();
    for sixteen in sixteens {
        let pairs = sixteen.as_flattened_mut().as_chunks_mut::<32>().0;
        let mut states = [_mm256_broadcastsi128_si256(load16(&keys.0[0])); 8];
        for (state, pair) in states.iter_mut().zip(&*pairs) {
            *state = _mm256_xor_si256(*state, load32(pair));
        }
        for key in &keys.0[1..RoundKeys::<N>::ROUNDS] {
            let key = _mm256_broadcastsi128_si256(load16(key));
            for state in &mut states {
                *state = _mm256_aesenc_epi128(*state, key);
            }
        }
        let key = _mm256_broadcastsi128_si256(load16(&keys.0[RoundKeys::<N>::ROUNDS]));
        for (state, pair) in states.into_iter().zip(pairs) {
            store32(pair, _mm256_aesenclast_epi128(state, key));
        }
    }
    encrypt_ni(keys, rest);
}

#[target_feature(enable = "aes,ssse3")]
fn expand_ni<const N: usize>(key: &[u8; N], keys: &mut RoundKeys<N>) {
    if let Some(key) = key.first_chunk()
        && N == 16
    {
        expand128(key, &mut keys.0);
    } else if let Some(key) = key.first_chunk()
        && N == 24
    {
        expand192(key, &mut keys.0);
    } else if let Some(key) = key.first_chunk() {
        expand256(key, &mut keys.0);
    }
}
#[target_feature(enable = "aes,ssse3")]
fn expand128(key: &[u8; 16], keys: &mut [[u8; 16]; 15]) {
    keys[0] = *key;
    let mut w = load16(key);
    for (i, to) in keys[1..11].iter_mut().enumerate() {
        w = _mm_xor_si128(prefix_sums(w), sub_rot_word(w, RCON[i]));
        store16(to, w);
    }
}
/// Six words a step, so that steps and round keys meet every three round keys.
#[target_feature(enable = "aes,ssse3")]
fn expand192(key: &[u8; 24], keys: &mut [[u8; 16]; 15]) {
    let out = keys.as_flattened_mut();
    out[..24].copy_from_slice(key);
    let mut last = [0; 16];
    for (step, rcon) in RCON[..8].iter().enumerate() {
        let (before, after) = out[24 * step..].split_at_mut(24);
        last.copy_from_slice(&before[8..]);
        let turned = sub_rot_word(load16(&last), *rcon);
        store16(&mut last, turned);
        let mut word = [last[0], last[1], last[2], last[3]];
        for (old, to) in before.as_chunks::<4>().0.iter().zip(after.as_chunks_mut::<4>().0) {
            word = core::array::from_fn(|i| word[i] ^ old[i]);
            *to = word;
        }
    }
    wipe(&mut last);
}
#[target_feature(enable = "aes,ssse3")]
fn expand256(key: &[u8; 32], keys: &mut [[u8; 16]; 15]) {
    keys[..2].as_flattened_mut().copy_from_slice(key);
    let (mut a, mut b) = (load16(&keys[0]), load16(&keys[1]));
    for i in 0..7 {
        a = _mm_xor_si128(prefix_sums(a), sub_rot_word(b, RCON[i]));
        store16(&mut keys[2 * i + 2], a);
        if i < 6 {
            b = _mm_xor_si128(prefix_sums(b), sub_word(a));
            store16(&mut keys[2 * i + 3], b);
        }
    }
}
/// SubWord(RotWord(last word)) with the round constant, in all columns: ShiftRows leaves four equal columns alone.
#[inline]
#[target_feature(enable = "aes,ssse3")]
fn sub_rot_word(w: __m128i, rcon: i32) -> __m128i {
    _mm_aesenclast_si128(_mm_shuffle_epi8(w, _mm_set1_epi32(0x0c0f_0e0d)), _mm_set1_epi32(rcon))
}
/// SubWord(last word) in all columns.
#[inline]
#[target_feature(enable = "aes,ssse3")]
fn sub_word(w: __m128i) -> __m128i {
    _mm_aesenclast_si128(_mm_shuffle_epi8(w, _mm_set1_epi32(0x0f0e_0d0c)), _mm_setzero_si128())
}
/// Each word xored with all words before it.
#[inline]
#[target_feature(enable = "sse2")]
fn prefix_sums(w: __m128i) -> __m128i {
    let w = _mm_xor_si128(w, _mm_slli_si128::<4>(w));
    _mm_xor_si128(w, _mm_slli_si128::<8>(w))
}

/// Rcon of FIPS 197 §5.2: powers of x.
const RCON: [i32; 10] = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36];
