//! A few blocks of ChaCha20 as soon as possible: a row of four blocks in each register (RFC 8439 §2.3).
use super::sixteen::transpose_quarters;
use crate::cipher::chacha20::{SIGMA, words};
use crate::cpu::vector::load32;
use core::arch::x86_64::{
    __m512i, _mm_setr_epi32, _mm512_add_epi32, _mm512_broadcast_i32x4, _mm512_castsi256_si512,
    _mm512_rol_epi32, _mm512_setr_epi32, _mm512_shuffle_epi32, _mm512_shuffle_i32x4, _mm512_xor_si512,
};

/// `4 FOURS` blocks of key stream, from block `at` on.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn rows<const FOURS: usize>(key: &[u8; 32], nonce: &[u8; 12], at: u32) -> [[__m512i; 4]; FOURS] {
    let key = _mm512_castsi256_si512(load32(key));
    let mut place = [at, 0, 0, 0];
    words(nonce, &mut place[1..]);
    let start_a = row(SIGMA);
    let start_b = _mm512_shuffle_i32x4::<0x00>(key, key);
    let start_c = _mm512_shuffle_i32x4::<0x55>(key, key);
    let mut start_d = [row(place); FOURS];
    let mut place = _mm512_setr_epi32(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0);
    for d in &mut start_d {
        *d = _mm512_add_epi32(*d, place);
        place = _mm512_add_epi32(place, row([4, 0, 0, 0]));
    }
    let (mut a, mut b, mut c, mut d) = ([start_a; FOURS], [start_b; FOURS], [start_c; FOURS], start_d);
    macro_rules! each { ($i:ident: $($body:tt)*) => { for $i in 0..FOURS { $($body)* } } }
    macro_rules! round { () => {
        each!(i: a[i] = _mm512_add_epi32(a[i], b[i]); d[i] = xor_turn::<16>(d[i], a[i]));
        each!(i: c[i] = _mm512_add_epi32(c[i], d[i]); b[i] = xor_turn::<12>(b[i], c[i]));
        each!(i: a[i] = _mm512_add_epi32(a[i], b[i]); d[i] = xor_turn::<8>(d[i], a[i]));
        each!(i: c[i] = _mm512_add_epi32(c[i], d[i]); b[i] = xor_turn::<7>(b[i], c[i]));
    } }
    for _ in 0..10 {
        round!();
        // The diagonals become columns: b, which is ready last, stays, and the others turn around it.
        each!(i: a[i] = _mm512_shuffle_epi32::<0x93>(a[i]); d[i] = _mm512_shuffle_epi32::<0x4e>(d[i]);
            c[i] = _mm512_shuffle_epi32::<0x39>(c[i]));
        round!();
        each!(i: a[i] = _mm512_shuffle_epi32::<0x39>(a[i]); d[i] = _mm512_shuffle_epi32::<0x4e>(d[i]);
            c[i] = _mm512_shuffle_epi32::<0x93>(c[i]));
    }
    let mut stream = [[start_a; 4]; FOURS];
    for (i, four) in stream.iter_mut().enumerate() {
        let (a, b) = (_mm512_add_epi32(a[i], start_a), _mm512_add_epi32(b[i], start_b));
        let (c, d) = (_mm512_add_epi32(c[i], start_c), _mm512_add_epi32(d[i], start_d[i]));
        *four = transpose_quarters([a, b, c, d]);
    }
    stream
}

/// Four words, four times.
#[inline]
#[target_feature(enable = "avx512f")]
fn row([w, x, y, z]: [u32; 4]) -> __m512i {
    let four = _mm_setr_epi32(w.cast_signed(), x.cast_signed(), y.cast_signed(), z.cast_signed());
    _mm512_broadcast_i32x4(four)
}
/// x + y, each word turned left by `TURN` bits.
#[inline]
#[target_feature(enable = "avx512f")]
fn xor_turn<const TURN: i32>(x: __m512i, y: __m512i) -> __m512i {
    _mm512_rol_epi32::<TURN>(_mm512_xor_si512(x, y))
}
