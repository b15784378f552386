//! Scalars: numbers modulo the order n of the group, plain (not in Montgomery form).
use super::Curve;
use super::kernel::Kernel;
use crate::ct::Choice;
use crate::ec::limbs;
use core::marker::PhantomData;
use zeroize::Zeroize;

/// A number below n, wiped when it goes.
pub(crate) struct Scalar<C: Curve<N>, const N: usize>([u64; N], PhantomData<C>);

impl<C: Curve<N>, const N: usize> Scalar<C, N> {
    /// Reads 8·N big-endian bytes; the choice says whether the number is in [1, n-1]. Where it is not, the scalar
    /// must not be used.
    pub(crate) fn from_be_bytes(bytes: &[u8]) -> (Self, Choice) {
        let own = Self::from_limbs(limbs::from_be_bytes(bytes));
        let below = Choice::from_lsb(limbs::sub(&own.0, &C::ORDER.m).1);
        let valid = below & !own.is_zero();
        (own, valid)
    }

    /// The leftmost 64·N bits of a digest as a number, modulo n (FIPS 186-5 §6.4.1 step 2).
    pub(crate) fn from_digest(digest: &[u8]) -> Self {
        let leftmost = digest.get(..8 * N).unwrap_or(digest);
        Self::from_limbs(limbs::from_be_bytes(leftmost)).reduced()
    }

    /// A number in [1, n-1] from 8·N + 16 random bytes: modulo n the bias is below 2^-128 (FIPS 186-5 §A.2.1 asks for
    /// 64 bits more than n has). Zero, which no working generator gives, becomes one.
    pub(crate) fn from_random(random: &[u8]) -> Self {
        let (high, low) = random.split_at(random.len().saturating_sub(8 * N));
        // high·R² / R is what the high part weighs.
        let high = Self::from_limbs(C::ORDER.mul(&limbs::from_be_bytes(high), &C::ORDER.rr));
        let mut own = high.add(&Self::from_limbs(limbs::from_be_bytes(low)).reduced());
        own.0[0] |= own.is_zero().mask() & 1;
        own
    }

    /// Writes 8·N big-endian bytes.
    pub(crate) fn to_be_bytes(&self, out: &mut [u8]) {
        limbs::to_be_bytes(&self.0, out);
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        Self::from_limbs(C::ORDER.add(&self.0, &other.0))
    }

    pub(crate) fn mul(&self, other: &Self) -> Self {
        let montgomery = Self::from_limbs(C::ORDER.mul(&self.0, &C::ORDER.rr));
        Self::from_limbs(C::ORDER.mul(&montgomery.0, &other.0))
    }

    /// `1/self`; zero for zero.
    pub(crate) fn invert<K: Kernel<N, Curve = C>>(&self, k: K) -> Self {
        Self::from_limbs(k.invert_scalar(&self.0))
    }

    /// `self` if it is odd, and else the odd number n - `self`; and whether it was even.
    pub(super) fn odd(&self) -> (Self, Choice) {
        let even = !Choice::from_lsb(self.0[0]);
        let opposite = Self::from_limbs(limbs::sub(&C::ORDER.m, &self.0).0);
        (Self::from_limbs(limbs::select(even.mask(), &opposite.0, &self.0)), even)
    }

    pub(crate) fn is_zero(&self) -> Choice {
        crate::ct::is_zero(self.0.iter().fold(0, |all, limb| all | limb))
    }

    pub(crate) fn limbs(&self) -> &[u64; N] {
        &self.0
    }

    pub(super) fn from_limbs(limbs: [u64; N]) -> Self {
        Self(limbs, PhantomData)
    }

    /// For a number below 2n: any of N limbs is.
    pub(super) fn reduced(&self) -> Self {
        Self::from_limbs(limbs::reduce_once(0, &self.0, &C::ORDER.m))
    }
}

impl<C: Curve<N>, const N: usize> Drop for Scalar<C, N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
