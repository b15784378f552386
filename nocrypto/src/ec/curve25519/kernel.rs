//! Arithmetic in GF(2^255 - 19) on four 64-bit limbs, lazily reduced. What a kernel does not do better is done here,
//! portably.
//!
//! Two ranges of representatives: *any* is [0, 2^256), what sums and differences are; *weak* is [0, 2^255 + 2^23), what
//! products are. 2^256 weighs 38 and 2^255 weighs 19; only [`canonical`] gives the one value below p.
use crate::ct::{self, Choice};
use crate::ec::limbs::{self, mask, mul_add};

/// An element of the field. The limbs of equal elements may differ.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(32))]
pub(super) struct Fe(pub(super) [u64; 4]);

impl Fe {
    pub(super) const ZERO: Self = Self([0; 4]);
    pub(super) const ONE: Self = Self([1, 0, 0, 0]);

    /// 255 bits, little-endian; the last is ignored (RFC 7748 §5).
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut own = limbs::from_le_bytes(bytes);
        own[3] &= u64::MAX >> 1;
        Self(own)
    }
}

/// A backend of the field. The value is the proof that the backend may run, and has no size.
pub(super) trait Kernel: Copy {
    /// `a·b`: any and any give weak.
    #[inline(always)]
    fn mul(self, a: &Fe, b: &Fe) -> Fe {
        let mut product = [0; 8];
        for (i, b) in b.0.iter().enumerate() {
            let mut carry = 0;
            for (j, a) in a.0.iter().enumerate() {
                (product[i + j], carry) = mul_add(*a, *b, product[i + j], carry);
            }
            product[i + 4] = carry;
        }
        let [p0, p1, p2, p3, p4, p5, p6, p7] = product;
        let (r0, carry) = mul_add(p4, 38, p0, 0);
        let (r1, carry) = mul_add(p5, 38, p1, carry);
        let (r2, carry) = mul_add(p6, 38, p2, carry);
        let (r3, carry) = mul_add(p7, 38, p3, carry);
        fold([r0, r1, r2, r3], carry)
    }
    /// `a²`: any gives weak.
    #[inline(always)]
    fn square(self, a: &Fe) -> Fe {
        self.mul(a, a)
    }
    /// `a + 121665·e`: any and any give weak.
    #[inline(always)]
    fn add_121665(self, a: &Fe, e: &Fe) -> Fe {
        let mut sum = [0; 4];
        let mut carry = 0;
        for ((s, a), e) in sum.iter_mut().zip(&a.0).zip(&e.0) {
            (*s, carry) = mul_add(*e, 121_665, *a, carry);
        }
        fold(sum, carry)
    }
    /// `a + b`: any and weak give any. A sum past 2^256 leaves less than 2^255 + 2^23, so 38 more cannot overflow.
    #[inline(always)]
    fn add(self, a: &Fe, b: &Fe) -> Fe {
        let (sum, carry) = limbs::add(&a.0, &b.0);
        Fe(limbs::add(&sum, &[38 & mask(carry), 0, 0, 0]).0)
    }
    /// `a + b`: weak and weak give any. As before, with less than 2^24 left: 38 more cannot carry.
    #[inline(always)]
    fn add_weak(self, a: &Fe, b: &Fe) -> Fe {
        self.add(a, b)
    }
    /// `a - b`: any less weak gives any. A difference below zero is at least 2^256 - 2^255 - 2^23 once wrapped.
    #[inline(always)]
    fn sub(self, a: &Fe, b: &Fe) -> Fe {
        let (difference, borrow) = limbs::sub(&a.0, &b.0);
        Fe(limbs::sub(&difference, &[38 & mask(borrow), 0, 0, 0]).0)
    }
    /// `a/b`, canonical; zero where b is zero.
    fn divide(self, a: &Fe, b: &Fe) -> [u64; 4] {
        canonical(&self.mul(a, &invert(self, b)))
    }
    /// `if_true` or `if_false`.
    #[inline(always)]
    fn select(self, choice: Choice, if_true: &Fe, if_false: &Fe) -> Fe {
        let mut out = *if_false;
        ct::assign(choice, &mut out.0, &if_true.0);
        out
    }
    /// Puts `table[index]` into `out`, if there is such an entry, reading all of the table.
    #[inline(always)]
    fn lookup(self, table: &[[[u64; 4]; 3]], index: u64, out: &mut [[u64; 4]; 3]) {
        for (i, entry) in (0u64..).zip(table) {
            ct::assign(ct::is_zero(i ^ index), out.as_flattened_mut(), entry.as_flattened());
        }
    }
}

/// The backend for every CPU.
#[derive(Clone, Copy, Debug)]
pub(super) struct Portable;

impl Kernel for Portable {}

/// `n` squarings.
pub(super) fn square_times<K: Kernel>(k: K, a: &Fe, n: usize) -> Fe {
    let mut out = *a;
    for _ in 0..n {
        out = k.square(&out);
    }
    out
}

/// The one representative below p of any `a`.
pub(super) fn canonical(a: &Fe) -> [u64; 4] {
    let weak = fold(a.0, 0);
    // Below 2^255 + 19 = p + 38.
    limbs::reduce_once(0, &weak.0, &P)
}

/// Whether two elements are the same.
pub(super) fn same(a: &Fe, b: &Fe) -> Choice {
    let (a, b) = (canonical(a), canonical(b));
    ct::is_zero(a.iter().zip(&b).fold(0, |all, (a, b)| all | (a ^ b)))
}

/// `a + top·2^256` for a `top` below 2^18, weak.
#[inline(always)]
fn fold(a: [u64; 4], top: u64) -> Fe {
    let [a0, a1, a2, a3] = a;
    let excess = 19 * (top << 1 | a3 >> 63);
    Fe(limbs::add(&[a0, a1, a2, a3 & (u64::MAX >> 1)], &[excess, 0, 0, 0]).0)
}

/// a^(p-2), zero for zero.
fn invert<K: Kernel>(k: K, a: &Fe) -> Fe {
    let (power, eleventh) = power_250(k, a);
    k.mul(&square_times(k, &power, 5), &eleventh)
}

/// a^(2^250 - 1), and a^11.
pub(super) fn power_250<K: Kernel>(k: K, a: &Fe) -> (Fe, Fe) {
    let a2 = k.square(a);
    let a9 = k.mul(&square_times(k, &a2, 2), a);
    let a11 = k.mul(&a9, &a2);
    // e(n) is a^(2^n - 1); e(m + n) = e(m)^(2^n)·e(n).
    let e5 = k.mul(&k.square(&a11), &a9);
    let e10 = k.mul(&square_times(k, &e5, 5), &e5);
    let e20 = k.mul(&square_times(k, &e10, 10), &e10);
    let e40 = k.mul(&square_times(k, &e20, 20), &e20);
    let e50 = k.mul(&square_times(k, &e40, 10), &e10);
    let e100 = k.mul(&square_times(k, &e50, 50), &e50);
    let e200 = k.mul(&square_times(k, &e100, 100), &e100);
    (k.mul(&square_times(k, &e200, 50), &e50), a11)
}

/// p = 2^255 - 19.
pub(super) const P: [u64; 4] =
    limbs::hex("7fffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffed");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ec::curve25519::{Backend, on};
    use crate::ec::reference::{any_limbs, big, inverse, many, small};
    use num_bigint::BigUint;
    use proptest::prelude::*;
    use std::vec::Vec;

    fn p() -> BigUint {
        (BigUint::from(1u8) << 255) - 19u8
    }
    /// The first number that is not weak.
    fn weak_end() -> BigUint {
        (BigUint::from(1u8) << 255) + (1u32 << 23)
    }
    /// What `limbs` stand for when weak is asked for.
    fn weak(limbs: &[u64; 4]) -> Fe {
        Fe(small(&(big(limbs) % weak_end())))
    }
    fn is_any(got: &Fe, expected: &BigUint) {
        assert_eq!(big(&got.0) % p(), expected % p(), "{got:x?}");
        assert_eq!(big(&canonical(got)), expected % p(), "{got:x?}");
    }
    fn is_weak(got: &Fe, expected: &BigUint) {
        assert!(big(&got.0) < weak_end(), "{got:x?}");
        is_any(got, expected);
    }

    /// Everything a kernel can do with two elements, against the same with `num_bigint`, ranges included.
    fn laws<K: Kernel>(k: K, a: &[u64; 4], b: &[u64; 4]) {
        let (any_a, any_b, weak_a, weak_b) = (Fe(*a), Fe(*b), weak(a), weak(b));
        let (x, y, wx, wy) = (big(a), big(b), big(&weak_a.0), big(&weak_b.0));
        is_weak(&k.mul(&any_a, &any_b), &(&x * &y));
        is_weak(&k.square(&any_a), &(&x * &x));
        is_weak(&k.add_121665(&any_a, &any_b), &(&x + &y * 121_665u32));
        is_any(&k.add(&any_a, &weak_b), &(&x + &wy));
        is_any(&k.add_weak(&weak_a, &weak_b), &(&wx + &wy));
        is_any(&k.sub(&any_a, &weak_b), &(&x + p() * 3u8 - &wy));
        for truth in [0, 1] {
            let expected = if truth == 1 { a } else { b };
            assert_eq!(k.select(Choice::from_lsb(truth), &any_a, &any_b).0, *expected);
        }
        assert_eq!(same(&any_a, &any_b).reveal(), &x % p() == &y % p());
    }

    fn divides<K: Kernel>(k: K, a: &[u64; 4], b: &[u64; 4]) {
        let expected = big(a) * inverse(&(big(b) % p()), &p()) % p();
        assert_eq!(k.divide(&Fe(*a), &Fe(*b)), small(&expected), "{a:x?} {b:x?}");
    }

    /// 2^k, multiples of p, the end of weak, and what is near.
    fn edges() -> Vec<[u64; 4]> {
        let one = BigUint::from(1u8);
        let mut centres: Vec<BigUint> = (2..256).map(|k| &one << k).collect();
        centres.extend([p(), p() * 2u8, weak_end(), (&one << 256) - 38u8, (&one << 256) - 3u8]);
        let around = centres.iter().flat_map(|centre| (0..5u8).map(move |offset| centre + offset - 2u8));
        around.map(|number| small(&number)).collect()
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn arithmetic_agrees_with_big_integers(a in any_limbs(), b in any_limbs()) {
            for backend in Backend::all() {
                on!(backend, k => laws(k, &a, &b));
                on!(backend, k => divides(k, &a, &b));
            }
        }
    }

    #[test]
    fn arithmetic_agrees_with_big_integers_at_every_edge() {
        let edges = edges();
        for backend in Backend::all() {
            for (i, a) in edges.iter().enumerate() {
                for b in edges.iter().cycle().skip(i).step_by(edges.len() / 7).take(7) {
                    on!(backend, k => laws(k, a, b));
                }
                if i % 7 == 0 {
                    on!(backend, k => divides(k, &[3, 0, 0, 0], a));
                }
            }
            on!(backend, k => divides(k, &[3, 0, 0, 0], &[0; 4]));
            on!(backend, k => divides(k, &[3, 0, 0, 0], &P));
        }
    }

    #[test]
    fn every_entry_is_found_in_its_table_and_nothing_beyond_it() {
        let table: [[[u64; 4]; 3]; 16] = core::array::from_fn(|i| [[i as u64 + 1; 4]; 3]);
        for backend in Backend::all() {
            for (i, entry) in (0..).zip(&table) {
                let mut out = [[77; 4]; 3];
                on!(backend, k => k.lookup(&table, i, &mut out));
                assert_eq!(out, *entry);
            }
            for index in [16, u64::MAX] {
                let mut out = [[77; 4]; 3];
                on!(backend, k => k.lookup(&table, index, &mut out));
                assert_eq!(out, [[77; 4]; 3]);
            }
        }
    }
}
