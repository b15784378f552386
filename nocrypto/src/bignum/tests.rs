//! The laws of the integers, against num-bigint, at lengths and limbs where carries go wrong.
use super::{Limbs, Modulus, Powers, division, limbs};
use crate::cpu::{Feature, Features};
use alloc::{vec, vec::Vec};
use num_bigint::BigUint;
use proptest::prelude::*;

/// The arms that differ here: with AVX2 and without.
fn arms() -> [Features; 2] {
    [Features::detect(), Features::detect().without(Feature::Avx2)]
}
/// Limbs that make carries run: all zeros and all ones, and their neighbours, half of the time.
fn limb() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(u64::MAX),
        Just(u64::MAX - 1),
        Just(1 << 63),
        any::<u64>(),
        any::<u64>(),
        any::<u64>()
    ]
}
fn number(len: usize) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(limb(), len)
}
/// Lengths of the sizes in use, and some between.
fn length() -> impl Strategy<Value = usize> {
    prop_oneof![
        1..6usize,
        Just(15),
        Just(16),
        Just(17),
        Just(24),
        Just(25),
        Just(32),
        Just(33),
        Just(48),
        Just(64)
    ]
}
fn big(x: &[u64]) -> BigUint {
    BigUint::from_bytes_le(&x.iter().flat_map(|limb| limb.to_le_bytes()).collect::<Vec<_>>())
}
/// An odd modulus whose highest limb is not zero, made of `n`.
fn modulus(mut n: Vec<u64>) -> Modulus {
    n[0] |= 1;
    let last = n.len() - 1;
    if n[last] == 0 {
        n[last] = 1;
    }
    let bits = usize::try_from(big(&n).bits()).unwrap();
    Modulus::new(Limbs::from_words(&n, n.len()), bits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn sums_differences_and_products_are_those_of_the_integers(
        (a, b) in length().prop_flat_map(|len| (number(len), number(len)))
    ) {
        let all = BigUint::from(1u8) << (64 * a.len());
        let mut x = a.clone();
        let carry = limbs::add(&mut x, &b);
        prop_assert_eq!(big(&x) + carry * &all, big(&a) + big(&b));
        let mut x = a.clone();
        let borrow = limbs::subtract(&mut x, &b);
        prop_assert_eq!(big(&x) + big(&b), big(&a) + borrow * &all);
        prop_assert_eq!(limbs::less_than(&a, &b).reveal(), big(&a) < big(&b));
        prop_assert_eq!(limbs::eq(&a, &b).reveal(), a == b);
        prop_assert_eq!(big(&limbs::multiply(&a, &b)), big(&a) * big(&b));
        let mut x = a.clone();
        let carry = limbs::double(&mut x, 1);
        prop_assert_eq!(big(&x) + carry * &all, big(&a) * 2u8 + 1u8);
        limbs::halve(&mut x, carry);
        prop_assert_eq!(x, a);
    }
    #[test]
    fn bytes_come_back(x in length().prop_flat_map(number), zeros in 0..9usize) {
        let mut bytes = vec![0; zeros];
        bytes.extend(big(&x).to_bytes_be());
        let read = Limbs::from_be_bytes(&bytes, x.len()).unwrap();
        prop_assert_eq!(&*read, &*x);
        let mut out = vec![0xaa; 8 * x.len() + zeros];
        read.write_be_bytes(&mut out);
        prop_assert_eq!(BigUint::from_bytes_be(&out), big(&x));
        let mut longer = vec![1];
        longer.extend(&out);
        prop_assert!(Limbs::from_be_bytes(&longer, x.len()).is_none());
    }
    #[test]
    fn quotient_and_remainder_are_those_of_the_integers(
        (x, m) in (length(), 1..4usize).prop_flat_map(|(a, b)| (number(a), number(b)))
    ) {
        prop_assume!(m.iter().any(|limb| *limb != 0));
        let (quotient, remainder) = division::divide(&x, &m);
        prop_assert_eq!(big(&quotient), big(&x) / big(&m));
        prop_assert_eq!(big(&remainder), big(&x) % big(&m));
    }
    #[test]
    fn the_greatest_common_divisor_is_euclids(
        (mut a, mut b, mut c) in (1..4usize).prop_flat_map(|len| (number(len), number(len), number(len)))
    ) {
        for x in [&mut a, &mut b, &mut c] {
            x[0] |= 1;
        }
        let (a, b) = (limbs::multiply(&a, &c), limbs::multiply(&b, &c));
        let (mut x, mut y) = (big(&a), big(&b));
        while y != BigUint::ZERO {
            (x, y) = (y.clone(), x % y);
        }
        prop_assert_eq!(big(&division::gcd_of_odd(&a, &b)), x);
    }
    #[test]
    fn a_small_divisor_is_seen(x in length().prop_flat_map(number), m in any::<u64>(), small in any::<u8>()) {
        for m in [m | 1, u64::from(small) | 1, 3, u64::MAX] {
            prop_assert_eq!(division::divides(m, &x).reveal(), big(&x) % m == BigUint::ZERO);
            prop_assert!(division::divides(m, &limbs::multiply(&x, &[m])).reveal());
        }
    }
    #[test]
    fn residues_are_a_ring(
        (n, a, b) in length().prop_flat_map(|len| (number(len), number(2 * len + 1), number(len)))
    ) {
        let modulus = modulus(n.clone());
        let n = big(modulus.value());
        let (x, y) = (modulus.residue(&a), modulus.residue(&b));
        prop_assert_eq!(big(&modulus.number(&x)), big(&a) % &n);
        let mut sum = x.clone();
        modulus.add(&mut sum, &y);
        prop_assert_eq!(big(&modulus.number(&sum)), (big(&a) + big(&b)) % &n);
        modulus.subtract(&mut sum, &y);
        prop_assert!(sum.eq(&x).reveal());
        let product = modulus.multiply(&x, &y);
        prop_assert_eq!(big(&modulus.number(&product)), big(&a) * big(&b) % &n);
        prop_assert_eq!(big(&modulus.number(modulus.one())), BigUint::from(1u8) % &n);
        let number = modulus.number(&y);
        let inverse = modulus.number(&modulus.inverse(&number));
        if let Some(expected) = big(&number).modinv(&n) {
            prop_assert_eq!(big(&inverse), expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn powers_are_those_of_the_integers(
        (n, base, x) in length().prop_flat_map(|len| (number(len), number(len), number(len))),
        public in 1..1u64 << 33
    ) {
        for features in arms() {
            let modulus = modulus(n.clone());
            let powers = Powers::choose(&modulus, features);
            let n = big(modulus.value());
            // Exponents have no more bits than the modulus.
            let below = BigUint::from(1u8) << modulus.bits();
            let x = Limbs::from_words(&(big(&x) % &below).to_u64_digits(), modulus.value().len());
            let number = big(&base) % &n;
            let base = modulus.number(&modulus.residue(&base));
            let power = powers.power(&modulus, &base, &x);
            prop_assert_eq!(big(&power), number.modpow(&big(&x), &n));
            prop_assert_eq!(big(&powers.power_vartime(&modulus, &base, public)), number.modpow(&public.into(), &n));
        }
    }
}
