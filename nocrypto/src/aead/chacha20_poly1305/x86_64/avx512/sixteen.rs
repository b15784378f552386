//! Sixteen blocks of ChaCha20 at a time, word `i` of all of them in one register (RFC 8439 §2.3).
//!
//! The state is half of the registers, so nothing is spilled, and four quarter-rounds at once keep both vector units
//! busy: there is no need to put other work between them.
use crate::cipher::chacha20::{SIGMA, words};
use crate::cpu::vector::wipe64;
use crate::secret::wipe;
use core::arch::x86_64::{
    __m512i, _mm512_add_epi32, _mm512_rol_epi32, _mm512_set1_epi32, _mm512_setr_epi32, _mm512_setzero_si512,
    _mm512_shuffle_i32x4, _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32,
    _mm512_unpacklo_epi64, _mm512_xor_si512,
};

/// The state before its rounds.
pub(super) struct Sixteen {
    start: [__m512i; 16],
}

impl Sixteen {
    /// From block 0 on.
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn new(key: &[u8; 32], nonce: &[u8; 12]) -> Self {
        let mut state = [0; 16];
        state[..4].copy_from_slice(&SIGMA);
        words(key, &mut state[4..12]);
        words(nonce, &mut state[13..]);
        let mut start = [_mm512_setzero_si512(); 16];
        for (to, word) in start.iter_mut().zip(state) {
            *to = _mm512_set1_epi32(word.cast_signed());
        }
        wipe(&mut state);
        start[12] = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        Self { start }
    }
    /// The next sixteen blocks of key stream: given in place, so that they can be wiped.
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn next(&mut self, stream: &mut [__m512i; 16]) {
        let mut s = self.start;
        for _ in 0..10 {
            quarter_rounds(&mut s, [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]]);
            quarter_rounds(&mut s, [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]]);
        }
        for (word, start) in s.iter_mut().zip(&self.start) {
            *word = _mm512_add_epi32(*word, *start);
        }
        self.start[12] = _mm512_add_epi32(self.start[12], _mm512_set1_epi32(16));
        *stream = transpose(s);
    }
    /// To be called at the end. (A `Drop` would not be compiled for AVX-512.)
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn wipe(&mut self) {
        wipe64(&mut self.start);
    }
}

/// Four quarter-rounds, step by step (RFC 8439 §2.1).
#[inline]
#[target_feature(enable = "avx512f")]
fn quarter_rounds(s: &mut [__m512i; 16], words: [[usize; 4]; 4]) {
    step::<0, 1, 3, 16>(s, words);
    step::<2, 3, 1, 12>(s, words);
    step::<0, 1, 3, 8>(s, words);
    step::<2, 3, 1, 7>(s, words);
}
/// x += y; z ^= x; z <<<= TURN.
#[inline]
#[target_feature(enable = "avx512f")]
fn step<const X: usize, const Y: usize, const Z: usize, const TURN: i32>(
    s: &mut [__m512i; 16],
    words: [[usize; 4]; 4],
) {
    for four in words {
        let [x, y, z] = [four[X], four[Y], four[Z]];
        s[x] = _mm512_add_epi32(s[x], s[y]);
        s[z] = _mm512_rol_epi32::<TURN>(_mm512_xor_si512(s[z], s[x]));
    }
}

/// Word `i` of sixteen blocks in, sixteen words of block `i` out.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose(s: [__m512i; 16]) -> [__m512i; 16] {
    let mut quarters = s;
    for words in quarters.as_chunks_mut().0 {
        *words = transpose_words(*words);
    }
    let mut blocks = s;
    for i in 0..4 {
        let four = transpose_quarters([quarters[i], quarters[4 + i], quarters[8 + i], quarters[12 + i]]);
        for (j, block) in four.into_iter().enumerate() {
            blocks[4 * j + i] = block;
        }
    }
    blocks
}
/// A matrix of 4 by 4 words within each quarter of a register.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose_words([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    let (ab_low, ab_high) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    let (cd_low, cd_high) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    [
        _mm512_unpacklo_epi64(ab_low, cd_low),
        _mm512_unpackhi_epi64(ab_low, cd_low),
        _mm512_unpacklo_epi64(ab_high, cd_high),
        _mm512_unpackhi_epi64(ab_high, cd_high),
    ]
}
/// A matrix of 4 by 4 quarters.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn transpose_quarters([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    let (ab_low, ab_high) = (_mm512_shuffle_i32x4::<0x44>(a, b), _mm512_shuffle_i32x4::<0xee>(a, b));
    let (cd_low, cd_high) = (_mm512_shuffle_i32x4::<0x44>(c, d), _mm512_shuffle_i32x4::<0xee>(c, d));
    [
        _mm512_shuffle_i32x4::<0x88>(ab_low, cd_low),
        _mm512_shuffle_i32x4::<0xdd>(ab_low, cd_low),
        _mm512_shuffle_i32x4::<0x88>(ab_high, cd_high),
        _mm512_shuffle_i32x4::<0xdd>(ab_high, cd_high),
    ]
}
