//! The random bit generators: what a seed and a request must change, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]

use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::{HmacDrbg, Refused};
use nocrypto::hash::Sha256;
use rand_chacha::rand_core::TryRng;
use std::collections::HashSet;

fn first(seed: &[&[u8]]) -> [u8; 32] {
    let mut out = [0; 32];
    Generator::new(seed).fill(&mut out);
    out
}

#[test]
fn fortuna_is_a_generator_of_rand_core() {
    let (mut own, mut theirs) = (Generator::new(&[b"seed"]), Generator::new(&[b"seed"]));
    let random: &mut dyn rand_chacha::rand_core::CryptoRng = &mut theirs;
    let (mut a, mut b) = ([0; 44], [0; 32]);
    own.fill(&mut a[..4]);
    own.fill(&mut a[4..12]);
    own.fill(&mut a[12..]);
    assert_eq!(a[..4], random.next_u32().to_le_bytes());
    assert_eq!(a[4..12], random.next_u64().to_le_bytes());
    random.fill_bytes(&mut b);
    assert_eq!(a[12..], b);
}

#[test]
fn every_bit_of_the_seed_changes_half_of_the_output() {
    let seed: [u8; 64] = core::array::from_fn(|i| i as u8);
    let before = first(&[&seed]);
    let (mut changed, mut least) = (0, u32::MAX);
    for bit in 0..8 * seed.len() {
        let mut other = seed;
        other[bit / 8] ^= 1 << (bit % 8);
        let distance: u32 = first(&[&other]).iter().zip(before).map(|(a, b)| (a ^ b).count_ones()).sum();
        least = least.min(distance);
        changed += distance;
    }
    // 256 bits of output: 128 expected each time; 72 is seven standard deviations away.
    assert!(least > 72, "{least}");
    assert!((125..=131).contains(&(changed / 512)), "{changed}");
}

#[test]
fn no_request_repeats_another() {
    let mut generator = Generator::new(&[b"seed"]);
    let mut seen = HashSet::new();
    for _ in 0..1000 {
        let mut out = [0; 16];
        generator.fill(&mut out);
        assert!(seen.insert(out));
    }
}

#[test]
fn copies_that_are_stirred_differently_part_and_others_do_not() {
    let after = |fresh| {
        let mut generator = Generator::new(&[b"snapshot"]);
        generator.stir(fresh);
        let mut out = [0; 48];
        // The second request is under a new key: what parted does not meet again.
        generator.fill(&mut out[..16]);
        generator.fill(&mut out[16..]);
        out
    };
    assert_eq!(after(7), after(7));
    let streams: HashSet<_> =
        (0..100).map(after).flat_map(|out| [out[..16].to_vec(), out[16..32].to_vec()]).collect();
    assert_eq!(streams.len(), 200);
}

#[test]
fn printing_a_generator_shows_nothing_of_its_state() {
    assert_eq!(format!("{:?}", Generator::new(&[b"secret"])), "Generator(..)");
}

#[test]
fn hmac_drbg_fills_what_is_longer_by_one_request_after_the_other() {
    let new = || HmacDrbg::<Sha256>::new(b"entropy", b"nonce", b"");
    let (mut one, mut other) = (new(), new());
    let (mut filled, mut generated) = (vec![0; 65536 + 100], vec![0; 65536 + 100]);
    one.try_fill_bytes(&mut filled).unwrap();
    let (first, second) = generated.split_at_mut(65536);
    other.generate(first, b"").unwrap();
    other.generate(second, b"").unwrap();
    assert!(filled == generated);
    let mut eight = [0; 8];
    other.generate(&mut eight, b"").unwrap();
    assert_eq!(one.try_next_u64(), Ok(u64::from_le_bytes(eight)));
    other.generate(&mut eight[..4], b"").unwrap();
    assert_eq!(one.try_next_u32().unwrap().to_le_bytes(), eight[..4]);
}
#[test]
fn hmac_drbg_refuses_more_than_65536_bytes_at_once_and_then_goes_on() {
    let mut drbg = HmacDrbg::<Sha256>::new(b"entropy", b"nonce", b"personalization");
    let mut other = HmacDrbg::<Sha256>::new(b"ent", b"ropynonceperson", b"alization");
    let (mut out, mut same) = (vec![0; 65537], vec![0; 65536]);
    assert_eq!(drbg.generate(&mut out, b""), Err(Refused::TooLong));
    assert!(out.iter().all(|byte| *byte == 0));
    assert_eq!(drbg.generate(&mut out[..65536], b""), Ok(()));
    assert_eq!(other.generate(&mut same, b""), Ok(()));
    assert_eq!(out[..65536], same, "the parts of the seed are one string");
    assert_eq!(format!("{drbg:?}"), "HmacDrbg(..)");
}
