//! A few blocks of ChaCha20 as soon as possible: a row of two blocks in each register, no transposition
//! (RFC 8439 §2.3).
use super::eight::turns;
use crate::cipher::chacha20::{SIGMA, words};
use crate::cpu::vector::{fence32x2, load32};
use crate::mac::poly1305::State;
use core::arch::x86_64::{
    __m256i, _mm_setr_epi32, _mm256_add_epi32, _mm256_broadcastsi128_si256, _mm256_or_si256,
    _mm256_permute2x128_si256, _mm256_setr_epi32, _mm256_shuffle_epi8, _mm256_shuffle_epi32,
    _mm256_slli_epi32, _mm256_srli_epi32, _mm256_xor_si256,
};

/// The halves of `2 PAIRS` blocks of key stream.
pub(super) type KeyStream<const PAIRS: usize> = [[[__m256i; 2]; 2]; PAIRS];

/// Blocks from `at` on, while Poly1305 absorbs the whole blocks of `pending`: two a double round, and the rest after it.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
pub(super) fn rows<const PAIRS: usize>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    at: u32,
    mut poly1305: Option<&mut State>,
    pending: &[u8],
) -> KeyStream<PAIRS> {
    // Behind a fence: or LLVM, which knows these shuffles, splits each in two.
    let [turn16, turn8] = fence32x2(turns());
    let key = load32(key);
    let mut last = [at, 0, 0, 0];
    words(nonce, &mut last[1..]);
    let start_a = row(SIGMA);
    let start_b = _mm256_permute2x128_si256::<0x00>(key, key);
    let start_c = _mm256_permute2x128_si256::<0x11>(key, key);
    let mut start_d = [row(last); PAIRS];
    let mut place = _mm256_setr_epi32(0, 0, 0, 0, 1, 0, 0, 0);
    for d in &mut start_d {
        *d = _mm256_add_epi32(*d, place);
        place = _mm256_add_epi32(place, _mm256_setr_epi32(2, 0, 0, 0, 2, 0, 0, 0));
    }
    let (mut a, mut b, mut c, mut d) = ([start_a; PAIRS], [start_b; PAIRS], [start_c; PAIRS], start_d);
    macro_rules! each { ($i:ident: $($body:tt)*) => { for $i in 0..PAIRS { $($body)* } } }
    macro_rules! round { () => {
        each!(i: a[i] = _mm256_add_epi32(a[i], b[i]); d[i] = _mm256_shuffle_epi8(_mm256_xor_si256(d[i], a[i]), turn16));
        each!(i: c[i] = _mm256_add_epi32(c[i], d[i]); b[i] = xor_turn::<12, 20>(b[i], c[i]));
        each!(i: a[i] = _mm256_add_epi32(a[i], b[i]); d[i] = _mm256_shuffle_epi8(_mm256_xor_si256(d[i], a[i]), turn8));
        each!(i: c[i] = _mm256_add_epi32(c[i], d[i]); b[i] = xor_turn::<7, 25>(b[i], c[i]));
    } }
    let pending = pending.as_chunks().0;
    let (pairs, _) = pending.as_chunks::<2>();
    let in_loop = pairs.len().min(10);
    let mut absorb = |blocks: &[[u8; 16]]| {
        if let Some(state) = &mut poly1305 {
            state.blocks(blocks);
        }
    };
    for i in 0..10 {
        if let Some(pair) = pairs.get(i) {
            absorb(pair);
        }
        round!();
        // The diagonals become columns: b, which is ready last, stays, and the others turn around it.
        each!(i: a[i] = _mm256_shuffle_epi32::<0x93>(a[i]); d[i] = _mm256_shuffle_epi32::<0x4e>(d[i]);
            c[i] = _mm256_shuffle_epi32::<0x39>(c[i]));
        round!();
        each!(i: a[i] = _mm256_shuffle_epi32::<0x39>(a[i]); d[i] = _mm256_shuffle_epi32::<0x4e>(d[i]);
            c[i] = _mm256_shuffle_epi32::<0x93>(c[i]));
    }
    absorb(&pending[2 * in_loop..]);
    let mut stream = [[[start_a; 2]; 2]; PAIRS];
    for (i, two) in stream.iter_mut().enumerate() {
        let (a, b) = (_mm256_add_epi32(a[i], start_a), _mm256_add_epi32(b[i], start_b));
        let (c, d) = (_mm256_add_epi32(c[i], start_c), _mm256_add_epi32(d[i], start_d[i]));
        two[0] = [_mm256_permute2x128_si256::<0x20>(a, b), _mm256_permute2x128_si256::<0x20>(c, d)];
        two[1] = [_mm256_permute2x128_si256::<0x31>(a, b), _mm256_permute2x128_si256::<0x31>(c, d)];
    }
    stream
}

/// Four words, twice.
#[inline]
#[target_feature(enable = "avx2")]
fn row([w, x, y, z]: [u32; 4]) -> __m256i {
    _mm256_broadcastsi128_si256(_mm_setr_epi32(
        w.cast_signed(),
        x.cast_signed(),
        y.cast_signed(),
        z.cast_signed(),
    ))
}
/// x + y, each word turned left by `LEFT` bits; `RIGHT` is 32 - `LEFT`.
#[inline]
#[target_feature(enable = "avx2")]
fn xor_turn<const LEFT: i32, const RIGHT: i32>(x: __m256i, y: __m256i) -> __m256i {
    let x = _mm256_xor_si256(x, y);
    _mm256_or_si256(_mm256_slli_epi32::<LEFT>(x), _mm256_srli_epi32::<RIGHT>(x))
}
