//! SHA-256's compression function (FIPS 180-4 §6.2.2) by the SHA extensions.
//!
//! SHA256RNDS2 is a chain of two rounds with a latency of four cycles: all else fits in its shadow.
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use super::constants::K32;
use crate::cpu::Sha;
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_set_epi64x, _mm_sha256msg1_epu32, _mm_sha256msg2_epu32,
    _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32,
};

#[inline]
pub(super) fn compress32(_: Sha, state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    // SAFETY: the proof says that the CPU has these features.
    unsafe { compress(state, blocks) }
}

#[target_feature(enable = "sha,ssse3,sse4.1")]
fn compress(state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    let [a, b, c, d, e, f, g, h] = *state;
    let mut abef = vector([f, e, b, a]);
    let mut cdgh = vector([h, g, d, c]);
    for block in blocks {
        let (abef_before, cdgh_before) = (abef, cdgh);
        // The last 16 words of the message schedule.
        let block = block.as_chunks().0;
        let mut w = [load(block[0]), load(block[1]), load(block[2]), load(block[3])];
        for (i, k) in K32.as_chunks::<4>().0.iter().enumerate() {
            let wk = _mm_add_epi32(w[0], vector(*k));
            let next = if i < 12 { schedule(w) } else { w[0] };
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32::<0b1110>(wk));
            w = [w[1], w[2], w[3], next];
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    let ([f, e, b, a], [h, g, d, c]) = (words(abef), words(cdgh));
    *state = [a, b, c, d, e, f, g, h];
}

/// The four words that follow the sixteen of `w`.
#[inline]
#[target_feature(enable = "sha,ssse3,sse4.1")]
fn schedule(w: [__m128i; 4]) -> __m128i {
    let w_9 = _mm_alignr_epi8::<4>(w[3], w[2]);
    _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]), w_9), w[3])
}

/// Four big-endian words.
#[inline]
#[target_feature(enable = "sha,ssse3,sse4.1")]
fn load(bytes: [u8; 16]) -> __m128i {
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    // SAFETY: both are 16 bytes, and every value of them is valid.
    let words = unsafe { core::mem::transmute::<[u8; 16], __m128i>(bytes) };
    _mm_shuffle_epi8(words, big_endian)
}

/// `words[0]` is the lowest.
#[inline]
fn vector(words: [u32; 4]) -> __m128i {
    // SAFETY: both are 16 bytes, and every value of them is valid.
    unsafe { core::mem::transmute(words) }
}
#[inline]
fn words(vector: __m128i) -> [u32; 4] {
    // SAFETY: both are 16 bytes, and every value of them is valid.
    unsafe { core::mem::transmute(vector) }
}
