//! SHA-1's compression function (FIPS 180-4 §6.1.2) by the SHA extensions: four rounds an instruction.
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use crate::cpu::Sha;
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_set_epi64x, _mm_sha1msg1_epu32, _mm_sha1msg2_epu32, _mm_sha1nexte_epu32,
    _mm_sha1rnds4_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_xor_si128,
};
use core::mem::transmute;

#[inline]
pub(super) fn compress(_: Sha, state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    // SAFETY: the proof says that the CPU has these features.
    unsafe { rounds(state, blocks) }
}

#[target_feature(enable = "sha,ssse3,sse4.1")]
fn rounds(state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    let ([first_four], [last]) = state.as_chunks_mut() else { return };
    let mut abcd = _mm_shuffle_epi32::<0b00_01_10_11>(from_words(*first_four));
    let mut e = from_words([0, 0, 0, *last]);
    for block in blocks {
        let block = block.as_chunks().0;
        let w = [load(block[0]), load(block[1]), load(block[2]), load(block[3])];
        let mut at = Rounds { abcd, before: abcd, e_and_w: _mm_add_epi32(e, w[0]), w };
        for _ in 0..5 {
            at = four::<0>(at);
        }
        for _ in 0..5 {
            at = four::<1>(at);
        }
        for _ in 0..5 {
            at = four::<2>(at);
        }
        for _ in 0..5 {
            at = four::<3>(at);
        }
        abcd = _mm_add_epi32(at.abcd, abcd);
        e = _mm_sha1nexte_epu32(at.before, e);
    }
    *first_four = to_words(_mm_shuffle_epi32::<0b00_01_10_11>(abcd));
    [_, _, _, *last] = to_words(e);
}

/// Between groups of four rounds. The first word of four is the highest of its vector.
struct Rounds {
    abcd: __m128i,
    /// What abcd was four rounds before: its a makes the next e.
    before: __m128i,
    /// The sum of e and the next four words of the schedule.
    e_and_w: __m128i,
    /// The next 16 words.
    w: [__m128i; 4],
}

/// Four rounds with function and constant number `F`.
#[inline]
#[target_feature(enable = "sha,ssse3,sse4.1")]
fn four<const F: i32>(Rounds { abcd, e_and_w, w, .. }: Rounds) -> Rounds {
    // The rounds go first, for what waits longest is taken first, and the schedule has time.
    let after = _mm_sha1rnds4_epu32::<F>(abcd, e_and_w);
    let e_and_w = _mm_sha1nexte_epu32(abcd, w[1]);
    let next = _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w[0], w[1]), w[2]), w[3]);
    Rounds { abcd: after, before: abcd, e_and_w, w: [w[1], w[2], w[3], next] }
}

/// Four big-endian words, the first one highest.
#[inline]
#[target_feature(enable = "ssse3")]
fn load(bytes: [u8; 16]) -> __m128i {
    let reversed = _mm_set_epi64x(0x0001_0203_0405_0607, 0x0809_0a0b_0c0d_0e0f);
    // SAFETY: both are 16 bytes, and every value of them is valid.
    let bytes = unsafe { transmute::<[u8; 16], __m128i>(bytes) };
    _mm_shuffle_epi8(bytes, reversed)
}
#[inline]
fn from_words(words: [u32; 4]) -> __m128i {
    // SAFETY: both are 16 bytes, and every value of them is valid.
    unsafe { transmute(words) }
}
#[inline]
fn to_words(vector: __m128i) -> [u32; 4] {
    // SAFETY: both are 16 bytes, and every value of them is valid.
    unsafe { transmute(vector) }
}
