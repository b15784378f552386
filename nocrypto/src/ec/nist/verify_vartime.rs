//! The check of ECDSA verification, x(u₁G + u₂Q) ≡ r mod n (FIPS 186-5 §6.4.2). Variable time: all is public.
use super::kernel::{Kernel, is_zero};
use super::point::{Affine, Chudnovsky, Differences, Jacobian, from_plain};
use super::scalar::Scalar;
use super::{Curve, Fe};
use crate::ec::limbs;
use crate::ec::wnaf_vartime::Wnaf;

/// Widths of the non-adjacent forms: 32 odd multiples of G are constants, 8 of Q are made here.
const WIDTH_G: usize = 7;
const WIDTH_Q: usize = 5;

/// Whether u₁G + u₂Q has an x coordinate, and it is `r` modulo n.
pub(crate) fn x_is<K: Kernel<N>, const N: usize>(
    k: K,
    u1: &Scalar<K::Curve, N>,
    u2: &Scalar<K::Curve, N>,
    q: &Affine<N>,
    r: &Scalar<K::Curve, N>,
) -> bool {
    let multiples_of_q = odd_multiples(k, q);
    let (digits_g, digits_q) = (Wnaf::new(u1.limbs(), WIDTH_G), Wnaf::new(u2.limbs(), WIDTH_Q));
    // Straus: one chain of doublings for both.
    let mut sum = Sum(None);
    for at in (0..digits_g.len().max(digits_q.len())).rev() {
        sum.double(k);
        if let Some((index, negative)) = digits_q.digit(at) {
            let mut addend = multiples_of_q[index];
            if negative {
                addend.y = k.sub(&Fe::ZERO, &addend.y);
            }
            sum.add(k, &addend);
        }
        if let Some((index, negative)) = digits_g.digit(at) {
            let mut addend = Affine::from_limbs(K::Curve::ODD_MULTIPLES_OF_G[index]);
            if negative {
                addend.y = k.sub(&Fe::ZERO, &addend.y);
            }
            sum.add_affine(k, &addend);
        }
    }
    let Some(point) = sum.0 else { return false };
    // X = x·Z² for x = r, or for x = r + n if that is below p: no inversion.
    let zz = k.square(&point.z);
    let is = |x: &[u64; N]| k.mul(&from_plain(k, x), &zz) == point.x;
    let (with_n, carry) = limbs::add(r.limbs(), &K::Curve::ORDER.m);
    is(r.limbs()) || (carry == 0 && K::Curve::FIELD.contains(&with_n) && is(&with_n))
}

/// Q, 3Q, 5Q … 15Q: never infinity, the order being a large prime, so no exception on the way.
fn odd_multiples<K: Kernel<N>, const N: usize>(k: K, q: &Affine<N>) -> [Chudnovsky<N>; 1 << (WIDTH_Q - 2)] {
    let mut multiple = Jacobian::from_affine(k, q);
    let mut twice = multiple;
    twice.double(k);
    let twice = twice.to_chudnovsky(k);
    let mut table = [multiple.to_chudnovsky(k); 1 << (WIDTH_Q - 2)];
    for entry in table.iter_mut().skip(1) {
        multiple.add(k, &twice);
        *entry = multiple.to_chudnovsky(k);
    }
    table
}

/// A sum of points that handles every exception, by looking: `None` is the point at infinity.
struct Sum<const N: usize>(Option<Jacobian<N>>);

impl<const N: usize> Sum<N> {
    #[inline(always)]
    fn double<K: Kernel<N>>(&mut self, k: K) {
        if let Some(point) = &mut self.0 {
            point.double(k);
        }
    }

    #[inline(always)]
    fn add<K: Kernel<N>>(&mut self, k: K, other: &Chudnovsky<N>) {
        match &mut self.0 {
            None => self.0 = Some(Jacobian { x: other.x, y: other.y, z: other.z }),
            Some(point) => {
                let before = *point;
                let differences = point.add(k, other);
                self.settle(k, &before, &differences);
            }
        }
    }

    #[inline(always)]
    fn add_affine<K: Kernel<N>>(&mut self, k: K, other: &Affine<N>) {
        match &mut self.0 {
            None => self.0 = Some(Jacobian::from_affine(k, other)),
            Some(point) => {
                let before = *point;
                let differences = point.add_affine(k, other);
                self.settle(k, &before, &differences);
            }
        }
    }

    /// After an addition to `before`: equal points are doubled instead, opposite ones give infinity.
    #[inline(always)]
    fn settle<K: Kernel<N>>(&mut self, k: K, before: &Jacobian<N>, differences: &Differences<N>) {
        if is_zero(&differences.x).reveal() {
            let same = is_zero(&differences.y).reveal();
            self.0 = same.then_some(*before);
            self.double(k);
        }
    }
}
