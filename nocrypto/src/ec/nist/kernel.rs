//! Field arithmetic of one curve on one backend. What a kernel does not do better is done here, portably.
use super::{Curve, Fe};
use crate::ct::{self, Choice};
use crate::ec::limbs;
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
        n.mul(&inverse, &limbs::unit())
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
    /// `table[index]`, an affine point, reading all of the table.
    #[inline(always)]
    fn lookup_affine(self, table: &[[[u64; N]; 2]], index: u64) -> [[u64; N]; 2] {
        lookup(table, index)
    }
    /// `table[index]`, a Chudnovsky point, reading all of the table.
    #[inline(always)]
    fn lookup_chudnovsky(self, table: &[[[u64; N]; 5]], index: u64) -> [[u64; N]; 5] {
        lookup(table, index)
    }
}

/// The backend for every CPU.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable<C>(pub(in crate::ec) PhantomData<C>);

impl<C: Curve<N>, const N: usize> Kernel<N> for Portable<C> {
    type Curve = C;
}

#[inline(always)]
fn lookup<const N: usize, const C: usize>(table: &[[[u64; N]; C]], index: u64) -> [[u64; N]; C] {
    let mut out = [[0; N]; C];
    for (i, entry) in (0u64..).zip(table) {
        ct::assign(ct::is_zero(i ^ index), out.as_flattened_mut(), entry.as_flattened());
    }
    out
}

/// Whether `a` is zero.
#[inline(always)]
pub(super) fn is_zero<const N: usize>(a: &Fe<N>) -> Choice {
    ct::is_zero(a.0.iter().fold(0, |all, limb| all | limb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ec::p256::{self, P256, on};
    use crate::ec::p384::P384;
    use crate::ec::reference::{any_limbs, big, edges, inverse, many, small};
    use num_bigint::BigUint;
    use proptest::prelude::*;

    /// Everything a kernel can do with two elements, against the same with `num_bigint`.
    fn laws<K: Kernel<N>, const N: usize>(k: K, a: &[u64; N], b: &[u64; N]) {
        let p = big(&K::Curve::FIELD.m);
        let r = (BigUint::from(1u8) << (64 * N)) % &p;
        let (x, y) = (big(a) % &p, big(b) % &p);
        let (a, b) = (Fe(small(&x)), Fe(small(&y)));
        let is = |got: Fe<N>, expected: BigUint| assert_eq!(got.0, small(&expected), "{x:x} {y:x}");
        // The value behind a is a/R: the product a·b/R is checked times R.
        assert!(big(&k.mul(&a, &b).0) < p && big(&k.mul(&a, &b).0) * &r % &p == &x * &y % &p, "{x:x} {y:x}");
        is(k.square(&a), big(&k.mul(&a, &a).0));
        is(k.add(&a, &b), (&x + &y) % &p);
        is(k.sub(&a, &b), (&p + &x - &y) % &p);
        is(k.three_halves(&a), &x * 3u8 * ((&p + 1u8) >> 1) % &p);
        for truth in [0, 1] {
            let mut value = a;
            k.negate_if(Choice::from_lsb(truth), &mut value);
            // p itself may stand for -0 here: no point has the coordinate that is negated at zero.
            is(Fe(small(&(big(&value.0) % &p))), if truth == 1 { (&p - &x) % &p } else { x.clone() });
            let mut value = a;
            k.assign(Choice::from_lsb(truth), &mut value, &b);
            is(value, if truth == 1 { y.clone() } else { x.clone() });
        }
        assert_eq!(is_zero(&a).reveal(), x == BigUint::ZERO);
    }

    fn inverses<K: Kernel<N>, const N: usize>(k: K, a: &[u64; N]) {
        let (p, n) = (big(&K::Curve::FIELD.m), big(&K::Curve::ORDER.m));
        let a_mod_p = Fe(small(&(big(a) % &p)));
        let product = k.mul(&k.invert(&a_mod_p), &a_mod_p);
        let one = if is_zero(&a_mod_p).reveal() { [0; N] } else { K::Curve::FIELD.one };
        assert_eq!(product.0, one, "{a:x?}");
        let a = big(a) % &n;
        assert_eq!(k.invert_scalar(&small(&a)), small(&inverse(&a, &n)), "{a:x}");
    }

    fn lookups<K: Kernel<4>>(k: K) {
        fn table<const C: usize>(length: usize) -> std::vec::Vec<[[u64; 4]; C]> {
            let limb = |i: usize, c: usize, j: usize| !((i * C + c) * 4 + j) as u64;
            (0..length).map(|i| core::array::from_fn(|c| core::array::from_fn(|j| limb(i, c, j)))).collect()
        }
        for length in [2, 16, 32] {
            let (affine, chudnovsky) = (table::<2>(length), table::<5>(length));
            for i in 0..length {
                assert_eq!(k.lookup_affine(&affine, i as u64), affine[i]);
                assert_eq!(k.lookup_chudnovsky(&chudnovsky, i as u64), chudnovsky[i]);
            }
        }
    }

    /// Calls a test with each kernel of each curve, and as many limbs of the arguments as it takes.
    macro_rules! on_every_kernel {
        ($test:ident $(, $argument:ident)*) => {{
            for backend in p256::Backend::all() {
                on!(backend, k => $test(k $(, $argument.first_chunk().unwrap())*));
            }
            $test(Portable::<P384>(PhantomData) $(, &$argument)*);
        }};
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn arithmetic_agrees_with_big_integers(a in any_limbs::<6>(), b in any_limbs::<6>()) {
            on_every_kernel!(laws, a, b);
        }
        #[test]
        fn inversion_agrees_with_big_integers(a in any_limbs::<6>()) {
            on_every_kernel!(inverses, a);
        }
    }

    #[test]
    fn arithmetic_agrees_with_big_integers_at_every_edge() {
        fn on<K: Kernel<N>, const N: usize>(k: K) {
            for m in [K::Curve::FIELD.m, K::Curve::ORDER.m] {
                let edges = edges(&m);
                for (i, a) in edges.iter().enumerate() {
                    // Each edge with seven others, and all with one another in the end.
                    for b in edges.iter().cycle().skip(i).step_by(edges.len() / 7).take(7) {
                        laws(k, a, b);
                    }
                }
                for a in edges.iter().step_by(29) {
                    inverses(k, a);
                }
                inverses(k, &[0; N]);
            }
        }
        on_every_kernel!(on);
    }

    #[test]
    fn every_entry_is_found_in_its_table() {
        for backend in p256::Backend::all() {
            on!(backend, k => lookups(k));
        }
    }

    #[test]
    fn the_moduli_are_what_the_curves_say() {
        // SP 800-186 §3.2.1.3 and §3.2.1.4.
        let one = BigUint::from(1u8);
        let two = |k: u32| &one << k;
        assert_eq!(big(&P256::FIELD.m), two(256) - two(224) + two(192) + two(96) - &one);
        assert_eq!(big(&P384::FIELD.m), two(384) - two(128) - two(96) + two(32) - &one);
        fn moduli<C: Curve<N>, const N: usize>() {
            for m in [C::FIELD, C::ORDER] {
                let (big_m, r) = (big(&m.m), BigUint::from(1u8) << (64 * N));
                assert_eq!(m.m[0].wrapping_mul(m.neg_inv), u64::MAX);
                assert_eq!(big(&m.one), &r % &big_m);
                assert_eq!(big(&m.rr), &r * &r % &big_m);
                assert!(big_m > r >> 1);
                // Fermat, to a few bases.
                for base in [2u8, 3, 5, 7] {
                    assert_eq!(BigUint::from(base).modpow(&(&big_m - 1u8), &big_m), BigUint::from(1u8));
                }
            }
        }
        moduli::<P256, 4>();
        moduli::<P384, 6>();
    }
}
