//! The random bit generators against known answers, and what a seed and a request must change.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]

mod arm;

use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::{HmacDrbg, Refused};
use nocrypto::hash::{Hash, Sha256};
use std::collections::HashSet;
use test_vectors::{Record, records, text};

#[test]
fn the_generator_gives_what_an_independent_one_gives() {
    let all = records(&text("made/fortuna.txt"));
    for features in Features::arms() {
        let mut generator = Generator::with(&[], features);
        let (mut heading, mut fills) = ("", 0);
        for r in &all {
            let begins = heading != r.heading;
            heading = &r.heading;
            match r.text("Call") {
                "reseed" if begins => generator = Generator::with(&[&r.bytes("Seed")], features),
                "reseed" => {
                    let seed = r.bytes("Seed");
                    let (head, tail) = seed.split_at(seed.len() / 3);
                    generator.reseed(&[head, &[], tail]);
                }
                "stir" => generator.stir(r.text("Fresh").parse().unwrap()),
                _ => {
                    let mut out = vec![0xee; r.number("Length")];
                    generator.fill(&mut out);
                    assert_eq!(out[..out.len().min(64)], r.bytes("Start"), "{r:?} {features:?}");
                    assert_eq!(Sha256::digest(&out).as_slice(), r.bytes("SHA256"), "{r:?} {features:?}");
                    fills += 1;
                }
            }
        }
        assert_eq!(fills, 19);
    }
}

fn first(seed: &[&[u8]]) -> [u8; 32] {
    let mut out = [0; 32];
    Generator::new(seed).fill(&mut out);
    out
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

fn hmac_drbg<H: Hash>(r: &Record) {
    let mut drbg = HmacDrbg::<H>::new(&r.bytes("EntropyInput"), &r.bytes("Nonce"), &[]);
    if r.get("EntropyInputReseed").is_some() {
        drbg.reseed(&r.bytes("EntropyInputReseed"), &r.bytes("AdditionalInputReseed"));
    }
    let expected = r.bytes("ReturnedBits");
    let mut out = vec![0; expected.len()];
    for additional in ["AdditionalInput1", "AdditionalInput2"] {
        drbg.generate(&mut out, &r.bytes(additional)).unwrap();
    }
    assert_eq!(out, expected);
}
#[test]
fn hmac_drbg_gives_the_bits_of_nist() {
    let all = records(&text("nist/hmac_drbg.txt"));
    for r in &all {
        assert!(on_both_arms!(r.text("Hash"), hmac_drbg(r)));
    }
    assert_eq!(all.len(), 5);
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
