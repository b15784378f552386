//! Eight blocks of ChaCha20 at a time, word `i` of all of them in one register (RFC 8439 §2.3).
use crate::cipher::chacha20::{SIGMA, words};
use crate::cpu::vector::wipe32;
use crate::mac::poly1305::{Multiplier, State};
use crate::secret::wipe;
use core::arch::x86_64::{
    __m256i, _mm_setr_epi8, _mm256_add_epi32, _mm256_broadcastsi128_si256, _mm256_permute2x128_si256,
    _mm256_set1_epi32, _mm256_setr_epi32, _mm256_setzero_si256, _mm256_unpackhi_epi32, _mm256_unpackhi_epi64,
    _mm256_unpacklo_epi32, _mm256_unpacklo_epi64,
};
use x86_64::{Frame, twenty_rounds};

mod x86_64;

/// The halves of eight blocks of key stream.
pub(super) type KeyStream = [[__m256i; 2]; 8];

/// The state before its rounds.
pub(super) struct Eight {
    start: [__m256i; 16],
    frame: Frame,
}

impl Eight {
    /// From block 0 on.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn new(key: &[u8; 32], nonce: &[u8; 12]) -> Self {
        let mut state = [0; 16];
        state[..4].copy_from_slice(&SIGMA);
        words(key, &mut state[4..12]);
        words(nonce, &mut state[13..]);
        let mut start = [_mm256_setzero_si256(); 16];
        for (to, word) in start.iter_mut().zip(state) {
            *to = _mm256_set1_epi32(word.cast_signed());
        }
        wipe(&mut state);
        start[12] = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        Self { start, frame: Frame::new(turns()) }
    }
    /// Tells what Poly1305 multiplies by, once that is known.
    #[inline]
    pub(super) fn multiply_by(&mut self, r: Multiplier) {
        self.frame.r = r;
    }
    /// The next eight blocks, while Poly1305 absorbs `pending`: whole blocks, 32 at most.
    #[inline]
    #[target_feature(enable = "avx2,bmi2")]
    pub(super) fn next(&mut self, poly1305: &mut State, pending: &[u8]) -> KeyStream {
        let pending = pending.as_chunks().0;
        let (in_loop, after) = pending.split_at(pending.len().min(30) / 3 * 3);
        let mut s = twenty_rounds(&self.start, &mut self.frame, &mut poly1305.h, in_loop.as_chunks().0);
        for (word, start) in s.iter_mut().zip(&self.start) {
            *word = _mm256_add_epi32(*word, *start);
        }
        self.start[12] = _mm256_add_epi32(self.start[12], _mm256_set1_epi32(8));
        poly1305.blocks(after);
        let [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15] = s;
        let low = transpose([s0, s1, s2, s3, s4, s5, s6, s7]);
        let high = transpose([s8, s9, s10, s11, s12, s13, s14, s15]);
        let mut stream = [[_mm256_setzero_si256(); 2]; 8];
        for ((to, low), high) in stream.iter_mut().zip(low).zip(high) {
            *to = [low, high];
        }
        stream
    }
    /// To be called at the end. (A `Drop` would not be compiled for AVX.)
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn wipe(&mut self) {
        wipe32(&mut self.start);
        self.frame.wipe();
    }
}

/// Byte shuffles that turn each word left by 16 bits and by 8.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn turns() -> [__m256i; 2] {
    [
        _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)),
        _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)),
    ]
}

/// Word `i` of eight blocks in, eight words of block `i` out.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose([a, b, c, d, e, f, g, h]: [__m256i; 8]) -> [__m256i; 8] {
    let [x0, x1, x2, x3] = transpose_lanes(a, b, c, d);
    let [y0, y1, y2, y3] = transpose_lanes(e, f, g, h);
    [
        _mm256_permute2x128_si256::<0x20>(x0, y0),
        _mm256_permute2x128_si256::<0x20>(x1, y1),
        _mm256_permute2x128_si256::<0x20>(x2, y2),
        _mm256_permute2x128_si256::<0x20>(x3, y3),
        _mm256_permute2x128_si256::<0x31>(x0, y0),
        _mm256_permute2x128_si256::<0x31>(x1, y1),
        _mm256_permute2x128_si256::<0x31>(x2, y2),
        _mm256_permute2x128_si256::<0x31>(x3, y3),
    ]
}
/// The same for four words, within each half of a register.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose_lanes(a: __m256i, b: __m256i, c: __m256i, d: __m256i) -> [__m256i; 4] {
    let (ab_low, ab_high) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
    let (cd_low, cd_high) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
    [
        _mm256_unpacklo_epi64(ab_low, cd_low),
        _mm256_unpackhi_epi64(ab_low, cd_low),
        _mm256_unpacklo_epi64(ab_high, cd_high),
        _mm256_unpackhi_epi64(ab_high, cd_high),
    ]
}
