//! GHASH's field in NEON registers (SP 800-38D §6.3), by PMULL: of a block, or a power of H, the two halves as
//! big-endian numbers, the upper half first.
use crate::cpu::neon::load16;
use core::arch::aarch64::{
    uint64x2_t, vdupq_n_u64, veorq_u64, vextq_u64, vgetq_lane_u64, vmull_high_p64, vmull_p64,
    vreinterpretq_p64_u64, vreinterpretq_u64_p128, vreinterpretq_u64_u8, vrev64q_u8, vzip1q_u64, vzip2q_u64,
};

/// A sum of products not yet reduced.
#[derive(Clone, Copy)]
pub(crate) struct Sum {
    low: uint64x2_t,
    /// The products of the sums of both halves (Karatsuba).
    middle: uint64x2_t,
    high: uint64x2_t,
}

#[inline]
#[target_feature(enable = "neon")]
pub(crate) fn nothing() -> Sum {
    let zero = vdupq_n_u64(0);
    Sum { low: zero, middle: zero, high: zero }
}
/// Adds the product of `x` and `h`.
#[inline]
#[target_feature(enable = "aes")]
pub(crate) fn add(sum: Sum, x: uint64x2_t, h: uint64x2_t) -> Sum {
    let middle = multiply_first(half_sums(x, x), half_sums(h, h));
    Sum { middle: veorq_u64(sum.middle, middle), ..add_ends(sum, x, h) }
}
/// Adds the products of two pairs, with the half sums of both powers.
#[inline]
#[target_feature(enable = "aes")]
pub(crate) fn add_pair(
    sum: Sum,
    [x, y]: [uint64x2_t; 2],
    [g, h]: [uint64x2_t; 2],
    middles: uint64x2_t,
) -> Sum {
    let halves = half_sums(x, y);
    let middle = veorq_u64(multiply_first(halves, middles), multiply_second(halves, middles));
    Sum { middle: veorq_u64(sum.middle, middle), ..add_ends(add_ends(sum, x, g), y, h) }
}
/// The sum, reduced: (low + middle x^64 + high x^128) / x^128 modulo P.
///
/// With q the low half, adding q P clears that half. As P = 1 + x^64 (0xc2 << 56) + x^128, what remains after division
/// by x^64 is the other half, with q as the new upper half (together: the halves swapped), and q (0xc2 << 56). That
/// twice.
#[inline]
#[target_feature(enable = "aes")]
pub(crate) fn reduced(Sum { low, middle, high }: Sum) -> uint64x2_t {
    let poly = vdupq_n_u64(0xc2 << 56);
    let middle = veorq_u64(middle, veorq_u64(low, high));
    let middle = veorq_u64(middle, veorq_u64(swapped(low), multiply_first(low, poly)));
    // Swapped at last: the upper half first.
    veorq_u64(middle, swapped(veorq_u64(high, multiply_first(middle, poly))))
}
/// The sums of both halves of `x` and of `y`.
#[inline]
#[target_feature(enable = "neon")]
pub(crate) fn half_sums(x: uint64x2_t, y: uint64x2_t) -> uint64x2_t {
    veorq_u64(vzip1q_u64(x, y), vzip2q_u64(x, y))
}
/// A block as an element of the field.
#[inline]
#[target_feature(enable = "neon")]
pub(crate) fn element(block: &[u8; 16]) -> uint64x2_t {
    vreinterpretq_u64_u8(vrev64q_u8(load16(block)))
}

#[inline]
#[target_feature(enable = "aes")]
fn add_ends(sum: Sum, x: uint64x2_t, h: uint64x2_t) -> Sum {
    let (low, high) = (veorq_u64(sum.low, multiply_second(x, h)), veorq_u64(sum.high, multiply_first(x, h)));
    Sum { low, high, ..sum }
}
#[inline]
#[target_feature(enable = "aes")]
fn multiply_first(a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
    vreinterpretq_u64_p128(vmull_p64(vgetq_lane_u64::<0>(a), vgetq_lane_u64::<0>(b)))
}
#[inline]
#[target_feature(enable = "aes")]
fn multiply_second(a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
    vreinterpretq_u64_p128(vmull_high_p64(vreinterpretq_p64_u64(a), vreinterpretq_p64_u64(b)))
}
#[inline]
#[target_feature(enable = "neon")]
fn swapped(x: uint64x2_t) -> uint64x2_t {
    vextq_u64::<1>(x, x)
}
