//! Division and greatest common divisor of secret numbers, one bit at a time: slow, and used on keys only.
use super::limbs::{self, Limbs};
use super::montgomery::negative_inverse;
use crate::ct::{self, Choice};

/// Quotient (as long as `x`) and remainder (as long as `m`) of `x` by `m`, which is not zero.
pub(crate) fn divide(x: &[u64], m: &[u64]) -> (Limbs, Limbs) {
    let (mut quotient, mut remainder) = (Limbs::zero(x.len()), Limbs::zero(m.len()));
    for i in (0..64 * x.len()).rev() {
        let top = limbs::double(&mut remainder, limbs::bit(x, i));
        let fits = Choice::from_lsb(top) | !limbs::less_than(&remainder, m);
        limbs::subtract_masked(&mut remainder, m, fits.mask());
        quotient[i / 64] |= (fits.mask() & 1) << (i % 64);
    }
    (quotient, remainder)
}

/// The greatest common divisor of two odd numbers of one length.
///
/// Binary (Stein): each step takes a bit off one of the two, so as many steps as both have bits are enough.
pub(crate) fn gcd_of_odd(a: &[u64], b: &[u64]) -> Limbs {
    let (mut a, mut b) = (Limbs::from_words(a, a.len()), Limbs::from_words(b, b.len()));
    for _ in 0..128 * a.len() {
        let odd = Choice::from_lsb(a[0]);
        ct::swap(odd & limbs::less_than(&a, &b), &mut a, &mut b);
        limbs::subtract_masked(&mut a, &b, odd.mask());
        limbs::halve(&mut a, 0);
    }
    b
}

/// Whether the odd, public `m` divides the secret `x`.
///
/// Division from the low end (Hensel): with `x + c 2^(64 len) = m q`, `m` divides `x` if it divides `c`, and `c ≤ m`.
pub(crate) fn divides(m: u64, x: &[u64]) -> Choice {
    let inverse = negative_inverse(m).wrapping_neg();
    let c = x.iter().fold(0, |c, limb| {
        let (low, borrow) = limbs::subtract_limb(*limb, c, 0);
        limbs::multiply_add(0, low.wrapping_mul(inverse), m, 0).1 + borrow
    });
    ct::is_zero(c) | ct::is_zero(c ^ m)
}
