//! [`Limbs`], a boxed integer that wipes itself, and plain arithmetic on slices of 64-bit limbs, lowest first.
use crate::ct::{self, Choice};
use alloc::{boxed::Box, vec};
use core::ops::{Deref, DerefMut};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

/// An integer of a fixed, public number of limbs, wiped when it goes. It never grows, so it leaves no copy behind.
#[derive(Clone)]
pub(crate) struct Limbs(Box<[u64]>);

impl Limbs {
    pub(crate) fn zero(len: usize) -> Self {
        Self(vec![0; len].into_boxed_slice())
    }
    /// `words`, with zeros above or the (zero) rest cut off.
    pub(crate) fn from_words(words: &[u64], len: usize) -> Self {
        let mut own = Self::zero(len);
        own.iter_mut().zip(words).for_each(|(to, from)| *to = *from);
        own
    }
    pub(crate) fn random(len: usize, rng: &mut dyn CryptoRng) -> Self {
        let mut own = Self::zero(len);
        let mut bytes = Zeroizing::new([0; 8]);
        for limb in own.iter_mut() {
            rng.fill_bytes(&mut *bytes);
            *limb = u64::from_le_bytes(*bytes);
        }
        own
    }
    /// The big-endian number `bytes`; `None` if it does not fit. Leading zeros are nothing.
    pub(crate) fn from_be_bytes(bytes: &[u8], len: usize) -> Option<Self> {
        let mut own = Self::zero(len);
        let mut beyond = 0;
        for (i, byte) in bytes.iter().rev().enumerate() {
            match own.get_mut(i / 8) {
                Some(limb) => *limb |= u64::from(*byte) << (8 * (i % 8)),
                None => beyond |= u64::from(*byte),
            }
        }
        ct::is_zero(beyond).reveal().then_some(own)
    }
    /// Writes the number big-endian over all of `out`; bytes that do not fit are lost.
    pub(crate) fn write_be_bytes(&self, out: &mut [u8]) {
        for (i, byte) in out.iter_mut().rev().enumerate() {
            *byte = self.get(i / 8).map_or(0, |limb| (limb >> (8 * (i % 8))) as u8);
        }
    }
}
impl Deref for Limbs {
    type Target = [u64];
    fn deref(&self) -> &[u64] {
        &self.0
    }
}
impl DerefMut for Limbs {
    fn deref_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }
}
impl Drop for Limbs {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
impl core::fmt::Debug for Limbs {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Limbs({}; ..)", self.len())
    }
}

/// `x + a b + c` as low and high limb: it always fits.
#[inline(always)]
pub(crate) const fn multiply_add(x: u64, a: u64, b: u64, c: u64) -> (u64, u64) {
    let wide = (a as u128) * (b as u128) + (x as u128) + (c as u128);
    (wide as u64, (wide >> 64) as u64)
}

/// `a - b - borrow` and the next borrow, 0 or 1.
#[inline(always)]
pub(crate) const fn subtract_limb(a: u64, b: u64, borrow: u64) -> (u64, u64) {
    let wide = (a as u128).wrapping_sub(b as u128).wrapping_sub(borrow as u128);
    (wide as u64, (wide >> 64) as u64 & 1)
}

/// `a += b`, and the carry. `b` is not longer than `a`.
pub(crate) fn add(a: &mut [u64], b: &[u64]) -> u64 {
    add_masked(a, b, u64::MAX)
}

/// `a += b & mask` (each limb), and the carry.
pub(crate) fn add_masked(a: &mut [u64], b: &[u64], mask: u64) -> u64 {
    debug_assert!(b.len() <= a.len());
    let mut carry = 0;
    let b = b.iter().copied().chain(core::iter::repeat(0));
    for (x, y) in a.iter_mut().zip(b) {
        let wide = u128::from(*x) + u128::from(y & mask) + u128::from(carry);
        (*x, carry) = (wide as u64, (wide >> 64) as u64);
    }
    carry
}

/// `a -= b`, and the borrow. `b` is not longer than `a`.
pub(crate) fn subtract(a: &mut [u64], b: &[u64]) -> u64 {
    subtract_masked(a, b, u64::MAX)
}

/// `a -= b & mask` (each limb), and the borrow.
pub(crate) fn subtract_masked(a: &mut [u64], b: &[u64], mask: u64) -> u64 {
    debug_assert!(b.len() <= a.len());
    let mut borrow = 0;
    let b = b.iter().copied().chain(core::iter::repeat(0));
    for (x, y) in a.iter_mut().zip(b) {
        (*x, borrow) = subtract_limb(*x, y & mask, borrow);
    }
    borrow
}

/// Whether `a < b`; both of one length.
pub(crate) fn less_than(a: &[u64], b: &[u64]) -> Choice {
    debug_assert_eq!(a.len(), b.len());
    let borrow = a.iter().zip(b).fold(0, |borrow, (x, y)| subtract_limb(*x, *y, borrow).1);
    Choice::from_lsb(borrow)
}

/// Whether `a == b`; the shorter has zeros above.
pub(crate) fn eq(a: &[u64], b: &[u64]) -> Choice {
    let zeros = core::iter::repeat(&0);
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    ct::is_zero(long.iter().zip(short.iter().chain(zeros)).fold(0, |any, (x, y)| any | (x ^ y)))
}

/// `a b`, as long as both together.
pub(crate) fn multiply(a: &[u64], b: &[u64]) -> Limbs {
    let mut out = Limbs::zero(a.len() + b.len());
    for (i, y) in b.iter().enumerate() {
        let mut carry = 0;
        let (row, above) = out[i..].split_at_mut(a.len());
        for (to, x) in row.iter_mut().zip(a) {
            (*to, carry) = multiply_add(*to, *x, *y, carry);
        }
        above[0] = carry;
    }
    out
}

/// `a = a / 2`, with `top` (0 or 1) as the new highest bit.
pub(crate) fn halve(a: &mut [u64], mut top: u64) {
    for limb in a.iter_mut().rev() {
        let low = *limb & 1;
        *limb = *limb >> 1 | top << 63;
        top = low;
    }
}

/// `a = 2 a + low` (0 or 1), and the bit that falls out.
pub(crate) fn double(a: &mut [u64], mut low: u64) -> u64 {
    for limb in a {
        let top = *limb >> 63;
        *limb = *limb << 1 | low;
        low = top;
    }
    low
}

/// Bit `i`, which is public.
pub(crate) fn bit(a: &[u64], i: usize) -> u64 {
    a[i / 64] >> (i % 64) & 1
}
