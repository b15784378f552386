//! RSA signing (RFC 8017 §8.1.1, §8.2.1) against OpenSSL's keys and signatures, and keys that must be refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]
use core::convert::Infallible;
use nocrypto::cpu::{Feature, Features};
use nocrypto::hash::{Sha256, Sha384, Sha512};
use nocrypto::sign::rsa::{Components, PrivateKey, PublicKey};
use nocrypto::sign::{BadSignature, InvalidKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{SeedableRng, TryCryptoRng, TryRng};
use test_vectors::{Record, records, text};

/// The numbers of a vector, in the order of [`lend`].
struct Numbers(Vec<Vec<u8>>);
impl Numbers {
    const NAMES: [&str; 8] = ["n", "e", "d", "p", "q", "dp", "dq", "qinv"];

    fn of(record: &Record) -> Self {
        Self(Self::NAMES.iter().map(|name| record.bytes(name)).collect())
    }
    fn lend(&self) -> Components<'_> {
        let [n, e, d, p, q, dp, dq, qinv] = [0, 1, 2, 3, 4, 5, 6, 7].map(|i| &*self.0[i]);
        Components { n, e, d, p, q, dp, dq, qinv }
    }
}
/// The arms that differ here: with AVX2 and without.
fn arms() -> [Features; 2] {
    [Features::detect(), Features::detect().without(Feature::Avx2)]
}
fn vectors() -> Vec<Record> {
    records(&text("made/rsa.txt"))
}
fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

#[test]
fn pkcs1_signatures_are_those_of_openssl() {
    for record in vectors().iter().filter(|r| r.number("bits") % 2 == 0) {
        let message = record.bytes("message");
        for features in arms() {
            let key = PrivateKey::with(&Numbers::of(record).lend(), features).unwrap();
            assert_eq!(key.sign_pkcs1::<Sha256>(&message, &mut rng()), Ok(record.bytes("pkcs1_sha256")));
            assert_eq!(key.sign_pkcs1::<Sha384>(&message, &mut rng()), Ok(record.bytes("pkcs1_sha384")));
            assert_eq!(key.sign_pkcs1::<Sha512>(&message, &mut rng()), Ok(record.bytes("pkcs1_sha512")));
        }
    }
}
#[test]
fn a_pss_signature_is_salted_and_verifies_under_its_own_message_alone() {
    for record in vectors().iter().filter(|r| r.number("bits") % 2 == 0) {
        for features in arms() {
            let key = PrivateKey::with(&Numbers::of(record).lend(), features).unwrap();
            let mut rng = rng();
            let one = key.sign_pss::<Sha384>(b"message", &mut rng).unwrap();
            let other = key.sign_pss::<Sha384>(b"message", &mut rng).unwrap();
            assert_ne!(one, other);
            for signature in [one, other] {
                let public = key.public_key();
                assert_eq!(public.verify_pss::<Sha384>(b"message", &signature, 48), Ok(()));
                assert_eq!(public.verify_pss::<Sha384>(b"messagf", &signature, 48), Err(BadSignature));
                assert_eq!(public.verify_pss::<Sha384>(b"message", &signature, 47), Err(BadSignature));
                assert_eq!(public.verify_pss::<Sha512>(b"message", &signature, 48), Err(BadSignature));
                assert_eq!(public.verify_pkcs1::<Sha384>(b"message", &signature), Err(BadSignature));
            }
        }
    }
}
#[test]
fn the_same_numbers_come_out_as_went_in() {
    for record in vectors().iter().filter(|r| r.number("bits") % 2 == 0) {
        let numbers = Numbers::of(record);
        let key = PrivateKey::from_components(&numbers.lend()).unwrap();
        let c = key.components();
        let strip = |bytes: &[u8]| bytes.iter().copied().skip_while(|b| *b == 0).collect::<Vec<_>>();
        let out = [c.n, c.e, c.d, c.p, c.q, c.dp, c.dq, c.qinv].map(strip);
        assert_eq!(out.to_vec(), numbers.0.iter().map(|bytes| strip(bytes)).collect::<Vec<_>>());
        assert!(PrivateKey::from_components(&c).is_ok());
        assert_eq!(*key.public_key(), PublicKey::new(c.n, c.e).unwrap());
    }
}
#[test]
fn a_key_with_any_number_changed_is_refused() {
    for record in vectors().iter().filter(|r| r.number("bits") % 2 == 0).take(3) {
        for which in 0..8 {
            for (at, flip) in [(0, 0x80), (0, 1), (1, 2), (7, 1)] {
                let mut numbers = Numbers::of(record);
                let bytes = &mut numbers.0[which];
                let last = bytes.len() - 1;
                bytes[last.saturating_sub(at)] ^= flip;
                let changed = PrivateKey::from_components(&numbers.lend());
                assert_eq!(changed.err(), Some(InvalidKey), "{} at {at}", Numbers::NAMES[which]);
            }
            let mut numbers = Numbers::of(record);
            numbers.0[which] = Vec::new();
            assert!(PrivateKey::from_components(&numbers.lend()).is_err());
            numbers.0[which] = vec![0xff; 1000];
            assert!(PrivateKey::from_components(&numbers.lend()).is_err());
        }
    }
}
#[test]
fn a_key_is_refused_if_its_halves_do_not_fit_each_other() {
    let record = &vectors()[0];
    // p for q and the other way round is right for all but 1/q.
    let mut swapped = Numbers::of(record);
    swapped.0.swap(3, 4);
    swapped.0.swap(5, 6);
    assert!(PrivateKey::from_components(&swapped.lend()).is_err());
    // n = p p.
    let mut square = Numbers::of(record);
    square.0[4] = square.0[3].clone();
    square.0[6] = square.0[5].clone();
    let p = num_bigint::BigUint::from_bytes_be(&square.0[3]);
    square.0[0] = (&p * &p).to_bytes_be();
    assert!(PrivateKey::from_components(&square.lend()).is_err());
    // An odd number of bits.
    let odd = vectors().into_iter().find(|r| r.number("bits") % 2 == 1).unwrap();
    assert!(PrivateKey::from_components(&Numbers::of(&odd).lend()).is_err());
}
#[test]
fn printing_a_key_shows_its_public_half_alone() {
    let key = PrivateKey::from_components(&Numbers::of(&vectors()[0]).lend()).unwrap();
    for printed in [format!("{key:?}"), format!("{:?}", key.components())] {
        let secret = format!("{:?}", key.components().p);
        assert!(!printed.contains(secret.trim_matches(['[', ']'])));
        assert!(printed.len() < 1500);
    }
}

/// Counts what is drawn.
struct Counted(ChaCha20Rng, usize);
impl TryRng for Counted {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.1 += 4;
        self.0.try_next_u32()
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.1 += 8;
        self.0.try_next_u64()
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.1 += out.len();
        self.0.try_fill_bytes(out)
    }
}
impl TryCryptoRng for Counted {}

#[test]
fn every_signature_draws_a_fresh_blinding_factor() {
    let key = PrivateKey::from_components(&Numbers::of(&vectors()[0]).lend()).unwrap();
    let mut rng = Counted(rng(), 0);
    let mut first = None;
    for i in 1..4 {
        let signature = key.sign_pkcs1::<Sha256>(b"message", &mut rng).unwrap();
        // For each prime its length, and 128 bits against a bias.
        assert_eq!(rng.1, i * 2 * (128 + 16));
        assert_eq!(*first.get_or_insert(signature.clone()), signature);
    }
}
