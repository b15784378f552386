//! Four blocks of ChaCha20 at a time with NEON: word `i` of all four in one register (RFC 8439 §2.3).
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use crate::cpu::Neon;
use crate::cpu::neon::{load_words, load16, store16};
use core::arch::aarch64::{
    uint8x16_t, uint32x4_t, vaddq_u32, vdupq_n_u32, veorq_u32, vqtbl1q_u8, vreinterpretq_u8_u32,
    vreinterpretq_u8_u64, vreinterpretq_u16_u32, vreinterpretq_u32_u8, vreinterpretq_u32_u16,
    vreinterpretq_u64_u32, vrev32q_u16, vshlq_n_u32, vsriq_n_u32, vtrn1q_u32, vtrn1q_u64, vtrn2q_u32,
    vtrn2q_u64,
};

/// The block with the counter of `state` and the three after it, one behind the other.
pub(super) fn blocks(state: &[u32; 16], out: &mut [u8; 256], _: Neon) {
    // SAFETY: the proof says that NEON is there.
    unsafe { four(state, out) }
}

#[target_feature(enable = "neon")]
fn four(state: &[u32; 16], out: &mut [u8; 256]) {
    let mut start = [[vdupq_n_u32(0); 4]; 4];
    for (to, word) in start.as_flattened_mut().iter_mut().zip(state) {
        *to = vdupq_n_u32(*word);
    }
    start[3][0] = vaddq_u32(start[3][0], load_words(&[0, 1, 2, 3]));
    let turn8 = load16(&TURN8);
    let [mut a, mut b, mut c, mut d] = start;
    // RFC 8439 §2.1, four times.
    macro_rules! each { ($i:ident: $($step:tt)*) => { for $i in 0..4 { $($step)* } } }
    macro_rules! quarter_rounds { () => {
        each!(i: a[i] = vaddq_u32(a[i], b[i]); d[i] = turned16(veorq_u32(d[i], a[i])));
        each!(i: c[i] = vaddq_u32(c[i], d[i]); b[i] = turned::<12, 20>(veorq_u32(b[i], c[i])));
        each!(i: a[i] = vaddq_u32(a[i], b[i]); d[i] = turned8(veorq_u32(d[i], a[i]), turn8));
        each!(i: c[i] = vaddq_u32(c[i], d[i]); b[i] = turned::<7, 25>(veorq_u32(b[i], c[i])));
    } }
    for _ in 0..10 {
        quarter_rounds!();
        // The diagonals become columns, and then columns again: other names, no instruction.
        (b, c, d) = ([b[1], b[2], b[3], b[0]], [c[2], c[3], c[0], c[1]], [d[3], d[0], d[1], d[2]]);
        quarter_rounds!();
        (b, c, d) = ([b[3], b[0], b[1], b[2]], [c[2], c[3], c[0], c[1]], [d[1], d[2], d[3], d[0]]);
    }
    let out = out.as_chunks_mut().0;
    for (i, (mut words, start)) in [a, b, c, d].into_iter().zip(start).enumerate() {
        each!(j: words[j] = vaddq_u32(words[j], start[j]));
        for (block, words) in transposed(words).into_iter().enumerate() {
            store16(&mut out[4 * block + i], words);
        }
    }
}

#[inline]
#[target_feature(enable = "neon")]
fn turned16(x: uint32x4_t) -> uint32x4_t {
    vreinterpretq_u32_u16(vrev32q_u16(vreinterpretq_u16_u32(x)))
}
#[inline]
#[target_feature(enable = "neon")]
fn turned8(x: uint32x4_t, turn8: uint8x16_t) -> uint32x4_t {
    vreinterpretq_u32_u8(vqtbl1q_u8(vreinterpretq_u8_u32(x), turn8))
}
#[inline]
#[target_feature(enable = "neon")]
fn turned<const LEFT: i32, const RIGHT: i32>(x: uint32x4_t) -> uint32x4_t {
    vsriq_n_u32::<RIGHT>(vshlq_n_u32::<LEFT>(x), x)
}

/// Four words of four blocks to four words of each block.
#[inline]
#[target_feature(enable = "neon")]
fn transposed([a, b, c, d]: [uint32x4_t; 4]) -> [uint8x16_t; 4] {
    let ab = [vtrn1q_u32(a, b), vtrn2q_u32(a, b)].map(|x| vreinterpretq_u64_u32(x));
    let cd = [vtrn1q_u32(c, d), vtrn2q_u32(c, d)].map(|x| vreinterpretq_u64_u32(x));
    let [first, second] = [vtrn1q_u64(ab[0], cd[0]), vtrn1q_u64(ab[1], cd[1])];
    let [third, fourth] = [vtrn2q_u64(ab[0], cd[0]), vtrn2q_u64(ab[1], cd[1])];
    [first, second, third, fourth].map(|x| vreinterpretq_u8_u64(x))
}

/// Turns each word left by 8.
const TURN8: [u8; 16] = [3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14];
