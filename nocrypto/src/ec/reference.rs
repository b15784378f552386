//! For tests: the same arithmetic with `num_bigint`, and numbers at which carries go wrong.
use super::limbs;
use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

pub(super) fn big<const N: usize>(limbs: &[u64; N]) -> BigUint {
    limbs.iter().rev().fold(BigUint::ZERO, |number, limb| (number << 64) + *limb)
}

/// The limbs of a number that fits.
pub(super) fn small<const N: usize>(number: &BigUint) -> [u64; N] {
    limbs::from_be_bytes(&number.to_bytes_be())
}

/// 1/a modulo a prime; zero for zero.
pub(super) fn inverse(a: &BigUint, prime: &BigUint) -> BigUint {
    a.modinv(prime).unwrap_or_default()
}

/// Limbs of which many are at an edge, so that carries run far.
pub(super) fn any_limbs<const N: usize>() -> impl Strategy<Value = [u64; N]> {
    let limb = prop_oneof![
        Just(0),
        Just(1),
        Just(u64::MAX),
        Just(u64::MAX - 1),
        (0..64u32).prop_map(|k| 1 << k),
        (0..64u32).prop_map(|k| (1 << k) - 1),
        any::<u64>(),
        any::<u64>(),
    ];
    proptest::collection::vec(limb, N).prop_map(|limbs| core::array::from_fn(|i| limbs[i]))
}

/// 0, 1, 2, powers of two and their neighbours, and what is near `modulus`, its half, and R modulo it; all below.
pub(super) fn edges<const N: usize>(modulus: &[u64; N]) -> Vec<[u64; N]> {
    let modulus = big(modulus);
    let one = BigUint::from(1u8);
    let mut centres: Vec<BigUint> = (0..64 * N).map(|k| &one << k).collect();
    centres.extend([modulus.clone(), &modulus >> 1, (&one << (64 * N)) % &modulus]);
    let mut all = Vec::new();
    for centre in centres {
        for offset in 0..5u8 {
            let value = (&centre + &modulus + offset - 2u8) % &modulus;
            all.push(small(&value));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// So many cases of a property of few operations.
pub(super) fn many() -> ProptestConfig {
    ProptestConfig::with_cases(2000)
}

/// And of one that takes long.
pub(super) fn few() -> ProptestConfig {
    ProptestConfig::with_cases(48)
}

/// The group law of y² = x³ - 3x + b as the schoolbook has it; `None` is infinity.
pub(super) type Point = Option<(BigUint, BigUint)>;

pub(super) fn add(p: &BigUint, a: &Point, b: &Point) -> Point {
    let (Some((x1, y1)), Some((x2, y2))) = (a, b) else { return a.clone().or_else(|| b.clone()) };
    let (over, under) = if x1 != x2 {
        (p + y2 - y1, p + x2 - x1)
    } else if y1 == y2 {
        (x1 * x1 * 3u8 + p - 3u8, y1 * 2u8)
    } else {
        return None;
    };
    let slope = over * inverse(&(under % p), p) % p;
    let x3 = (&slope * &slope + p + p - x1 - x2) % p;
    let y3 = (slope * (p + x1 - &x3) + p - y1) % p;
    Some((x3, y3))
}

pub(super) fn multiply(p: &BigUint, scalar: &BigUint, a: &Point) -> Point {
    (0..scalar.bits()).rev().fold(None, |sum, bit| {
        let doubled = add(p, &sum, &sum);
        if scalar.bit(bit) { add(p, &doubled, a) } else { doubled }
    })
}
