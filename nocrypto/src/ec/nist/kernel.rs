//! Field arithmetic of one curve on one backend. What a kernel does not do better is done here, portably.
use super::{Curve, Fe};
use crate::ct::{self, Choice};
use core::marker::PhantomData;

/// A backend of a curve. The value is the proof that the backend may run, and has no size.
pub(crate) trait Kernel<const N: usize>: Copy {
    /// The curve.
    type Curve: Curve<N>;

    /// `a·b`.
    #[inline(always)]
    fn mul(self, a: &Fe<N>, b: &Fe<N>) -> Fe<N> {
        Fe(Self::Curve::FIELD.mul(&a.0, &b.0))
    }
    /// `a²`.
    #[inline(always)]
    fn square(self, a: &Fe<N>) -> Fe<N> {
        self.mul(a, a)
    }
    /// `a + b`.
    #[inline(always)]
    fn add(self, a: &Fe<N>, b: &Fe<N>) -> Fe<N> {
        Fe(Self::Curve::FIELD.add(&a.0, &b.0))
    }
    /// `a - b`.
    #[inline(always)]
    fn sub(self, a: &Fe<N>, b: &Fe<N>) -> Fe<N> {
        Fe(Self::Curve::FIELD.sub(&a.0, &b.0))
    }
    /// `3a/2`.
    #[inline(always)]
    fn three_halves(self, a: &Fe<N>) -> Fe<N> {
        self.add(a, &Fe(Self::Curve::FIELD.halve(&a.0)))
    }
    /// `1/a`, zero for zero.
    fn invert(self, a: &Fe<N>) -> Fe<N> {
        Fe(Self::Curve::FIELD.invert(&a.0))
    }
    /// `1/a` modulo the order n, plain in and out; zero for zero.
    fn invert_scalar(self, a: &[u64; N]) -> [u64; N] {
        let n = Self::Curve::ORDER;
        let inverse = n.invert(&n.mul(a, &n.rr));
        n.mul(&inverse, &super::point::unit())
    }
    /// Puts `from` into `to` where `choice` is true.
    #[inline(always)]
    fn assign(self, choice: Choice, to: &mut Fe<N>, from: &Fe<N>) {
        ct::assign(choice, &mut to.0, &from.0);
    }
    /// Puts `-a` in the place of `a` where `choice` is true.
    #[inline(always)]
    fn negate_if(self, choice: Choice, a: &mut Fe<N>) {
        let negative = self.sub(&Fe::ZERO, a);
        self.assign(choice, a, &negative);
    }
    /// `table[index]`, reading all of the table.
    #[inline(always)]
    fn lookup<const C: usize>(self, table: &[[[u64; N]; C]], index: u64) -> [[u64; N]; C] {
        let mut out = [[0; N]; C];
        for (i, entry) in (0u64..).zip(table) {
            ct::assign(ct::is_zero(i ^ index), out.as_flattened_mut(), entry.as_flattened());
        }
        out
    }
}

/// The backend for every CPU.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable<C>(pub(in crate::ec) PhantomData<C>);

impl<C: Curve<N>, const N: usize> Kernel<N> for Portable<C> {
    type Curve = C;
}

/// Whether `a` is zero.
#[inline(always)]
pub(super) fn is_zero<const N: usize>(a: &Fe<N>) -> Choice {
    ct::is_zero(a.0.iter().fold(0, |all, limb| all | limb))
}
