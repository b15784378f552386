//! RSA key generation (FIPS 186-5 §A.1.3): the demands of the standard, checked with other integers than ours.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
use core::convert::Infallible;
use nocrypto::cpu::{Feature, Features};
use nocrypto::hash::Sha256;
use nocrypto::sign::InvalidKey;
use nocrypto::sign::rsa::PrivateKey;
use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{SeedableRng, TryCryptoRng, TryRng};

/// The arms that differ here: with AVX2 and without.
fn arms() -> [Features; 2] {
    [Features::detect(), Features::detect().without(Feature::Avx2)]
}
fn generate(bits: usize, seed: u64) -> PrivateKey {
    PrivateKey::generate(bits, &mut ChaCha8Rng::seed_from_u64(seed)).unwrap()
}
fn is_prime(p: &BigUint) -> bool {
    let minus_one = p - 1u8;
    let odd = &minus_one >> minus_one.trailing_zeros().unwrap();
    (2u8..20).all(|base| {
        let mut power = BigUint::from(base).modpow(&odd, p);
        let mut exponent = odd.clone();
        while exponent < minus_one && power != minus_one && power != BigUint::from(1u8) {
            power = &power * &power % p;
            exponent <<= 1;
        }
        power == minus_one || exponent == odd && power == BigUint::from(1u8)
    })
}
fn gcd(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}
/// All that the standard and RFC 8017 §3.2 ask of a key.
fn check(key: &PrivateKey, bits: u64) {
    let c = key.components();
    let [n, e, d, p, q, dp, dq, qinv] =
        [c.n, c.e, c.d, c.p, c.q, c.dp, c.dq, c.qinv].map(BigUint::from_bytes_be);
    let one = BigUint::from(1u8);
    assert_eq!(e, BigUint::from(65537u32));
    assert_eq!(n.bits(), bits);
    assert_eq!(n, &p * &q);
    assert!(is_prime(&p) && is_prime(&q) && p > q);
    for prime in [&p, &q] {
        assert_eq!(prime.bits(), bits / 2);
        // prime ≥ sqrt(2) 2^(bits/2 - 1)
        assert!(prime * prime >= &one << (bits - 1));
        assert_eq!(gcd(prime - 1u8, e.clone()), one);
    }
    assert!(&p - &q > &one << (bits / 2 - 100));
    let multiple = (&p - 1u8) * (&q - 1u8) / gcd(&p - 1u8, &q - 1u8);
    assert!(d < multiple && d > &one << (bits / 2));
    assert_eq!(&e * &d % &multiple, one);
    assert_eq!((dp, dq), (&d % (&p - 1u8), &d % (&q - 1u8)));
    assert_eq!(&qinv * &q % &p, one);
    assert!(qinv < p);
}

#[test]
fn new_keys_are_what_the_standard_asks_for() {
    for seed in SEEDS_2048 {
        let key = generate(2048, seed);
        check(&key, 2048);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let signature = key.sign_pss::<Sha256>(b"message", &mut rng).unwrap();
        assert_eq!(key.public_key().verify_pss::<Sha256>(b"message", &signature, 32), Ok(()));
        let again = PrivateKey::from_components(&key.components()).unwrap();
        let signature = again.sign_pkcs1::<Sha256>(b"message", &mut rng).unwrap();
        assert_eq!(key.public_key().verify_pkcs1::<Sha256>(b"message", &signature), Ok(()));
    }
}
#[test]
fn longer_keys_are_what_the_standard_asks_for() {
    check(&generate(3072, SEED_3072), 3072);
    check(&generate(4096, SEED_4096), 4096);
}
#[test]
fn the_same_stream_gives_the_same_key_on_every_arm() {
    let key = generate(2048, SEEDS_2048[0]);
    for features in arms() {
        let mut rng = ChaCha8Rng::seed_from_u64(SEEDS_2048[0]);
        let again = PrivateKey::generate_with(2048, &mut rng, features).unwrap();
        assert_eq!(again.components().d, key.components().d);
        assert_eq!(again.public_key(), key.public_key());
    }
    assert_ne!(key.public_key(), generate(2048, SEEDS_2048[1]).public_key());
}
#[test]
fn other_lengths_are_refused() {
    for bits in [0, 1, 1024, 2047, 2049, 2056, 4095, 8192, usize::MAX] {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        assert_eq!(PrivateKey::generate(bits, &mut rng).err(), Some(InvalidKey));
    }
}
/// Yields one byte for ever.
struct Stuck(u8);
impl TryRng for Stuck {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_ne_bytes([self.0; 4]))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_ne_bytes([self.0; 8]))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.fill(self.0);
        Ok(())
    }
}
impl TryCryptoRng for Stuck {}

#[test]
fn a_stuck_source_of_randomness_is_given_up() {
    for byte in [0, 0x5a, 0xb7, 0xff] {
        assert_eq!(PrivateKey::generate(2048, &mut Stuck(byte)).err(), Some(InvalidKey));
    }
}

/// Streams in which primes come early.
const SEEDS_2048: [u64; 3] = [52, 120, 260];
const SEED_3072: u64 = 43;
const SEED_4096: u64 = 29;
