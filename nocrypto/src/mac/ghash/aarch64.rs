//! GHASH (SP 800-38D §6.3, §6.4) in NEON registers, by PMULL, eight blocks at a time: of a block, or a power of H, the
//! two halves as big-endian numbers, the upper half first.
use super::times_x;
use crate::cipher::part;
use crate::cpu::neon::{load16, store16};
use crate::secret::wipe;
use core::arch::aarch64::{
    uint64x2_t, vdupq_n_u64, veorq_u64, vextq_u64, vgetq_lane_u64, vmull_high_p64, vmull_p64,
    vreinterpretq_p64_u64, vreinterpretq_u8_u64, vreinterpretq_u64_p128, vreinterpretq_u64_u8, vrev64q_u8,
    vzip1q_u64, vzip2q_u64,
};

/// Powers of H. Wiped when they go.
pub(crate) struct Powers {
    /// Times x: from H^(B + 1) down to H.
    powers: [[u8; 16]; B + 1],
    /// For Karatsuba, the sums of both halves of two neighbours in `powers`, from H^B on.
    middles: [[u8; 16]; B / 2],
}

impl Powers {
    pub(crate) const fn zero() -> Self {
        Self { powers: [[0; 16]; B + 1], middles: [[0; 16]; B / 2] }
    }
    /// The powers of `h`, which is wiped.
    #[target_feature(enable = "aes")]
    pub(crate) fn set(&mut self, h: &mut [u8; 16]) {
        *h = times_x(h).to_be_bytes();
        let hx = element(h);
        wipe(h);
        let mut power = hx;
        for to in self.powers.iter_mut().rev() {
            store16(to, vreinterpretq_u8_u64(power));
            power = reduced(add(nothing(), power, hx));
        }
        for (to, pair) in self.middles.iter_mut().zip(self.powers[1..].as_chunks::<2>().0) {
            store16(to, vreinterpretq_u8_u64(half_sums(load(&pair[0]), load(&pair[1]))));
        }
    }
    /// The hash of what `hash` has seen, of `bytes`, padded with zeros to a block, and of `last`.
    #[inline]
    #[target_feature(enable = "aes")]
    pub(crate) fn absorb(&self, mut hash: uint64x2_t, bytes: &[u8], last: Option<&[u8; 16]>) -> uint64x2_t {
        let (batches, end) = bytes.as_chunks::<{ 16 * B }>();
        for batch in batches {
            hash = self.absorb_some(hash, batch, None);
        }
        if end.is_empty() && last.is_none() { hash } else { self.absorb_some(hash, end, last) }
    }
    /// The same of a batch, or less, at once.
    #[target_feature(enable = "aes")]
    fn absorb_some(&self, mut hash: uint64x2_t, bytes: &[u8], last: Option<&[u8; 16]>) -> uint64x2_t {
        let (whole, rest) = bytes.as_chunks();
        let padded = part::load(rest).to_le_bytes();
        let padded = (!rest.is_empty()).then_some(&padded);
        let count = whole.len() + usize::from(padded.is_some()) + usize::from(last.is_some());
        let mut sum = nothing();
        for (block, power) in whole.iter().chain(padded).chain(last).zip(&self.powers[B + 1 - count..]) {
            sum = add(sum, veorq_u64(hash, element(block)), load(power));
            hash = vdupq_n_u64(0);
        }
        reduced(sum)
    }
    /// Adds what blocks `2 i` and `2 i + 1` of a batch give.
    #[inline]
    #[target_feature(enable = "aes")]
    pub(crate) fn add_pair(&self, sum: Sum, i: usize, even: uint64x2_t, odd: uint64x2_t) -> Sum {
        let (halves, h) = (half_sums(even, odd), load(&self.middles[i]));
        let middle = veorq_u64(multiply_first(halves, h), multiply_second(halves, h));
        let sum = add_ends(sum, even, load(&self.powers[2 * i + 1]));
        let sum = add_ends(sum, odd, load(&self.powers[2 * i + 2]));
        Sum { middle: veorq_u64(sum.middle, middle), ..sum }
    }
}
impl Drop for Powers {
    fn drop(&mut self) {
        wipe(&mut self.powers);
        wipe(&mut self.middles);
    }
}

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
fn add(sum: Sum, x: uint64x2_t, h: uint64x2_t) -> Sum {
    let middle = multiply_first(half_sums(x, x), half_sums(h, h));
    Sum { middle: veorq_u64(sum.middle, middle), ..add_ends(sum, x, h) }
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
fn half_sums(x: uint64x2_t, y: uint64x2_t) -> uint64x2_t {
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
#[inline]
#[target_feature(enable = "neon")]
fn load(power: &[u8; 16]) -> uint64x2_t {
    vreinterpretq_u64_u8(load16(power))
}

/// Blocks in a batch.
pub(crate) const B: usize = 8;
