//! The hash functions: every arm and every way to part a message against the portable code and the whole.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]
mod arm;

use nocrypto::cpu::Features;
use nocrypto::hash::sha3::{Shake128, Shake256};
use nocrypto::hash::{Hash, Sha256};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// SHAKE128 or SHAKE256.
fn shake(bits: usize, message: &[u8], out: &mut [u8]) {
    if bits == 128 {
        let mut shake = Shake128::new();
        shake.update(message);
        shake.squeeze().fill(out);
    } else {
        let mut shake = Shake256::new();
        shake.update(message);
        shake.squeeze().fill(out);
    }
}
#[test]
fn shake_is_the_same_in_any_pieces_and_begins_anew_when_its_output_is_let_go() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let (mut message, mut whole) = ([0; 500], [0; 700]);
    rng.fill_bytes(&mut message);
    shake(128, &message, &mut whole);
    let mut sponge = Shake128::new();
    for _ in 0..200 {
        let mut rest = message.as_slice();
        while !rest.is_empty() {
            let (piece, next) = rest.split_at(rng.next_u32() as usize % (rest.len().min(200) + 1));
            sponge.update(piece);
            rest = next;
        }
        let mut output = sponge.squeeze();
        let mut out = [0; 700];
        let mut rest = out.as_mut_slice();
        while !rest.is_empty() {
            let (piece, next) = rest.split_at_mut(rng.next_u32() as usize % (rest.len().min(200) + 1));
            output.fill(piece);
            rest = next;
        }
        assert_eq!(out, whole);
    }
}

fn arms_and_pieces<H: Hash>() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut message = [0; 1024];
    rng.fill_bytes(&mut message);
    for length in 0..=message.len() {
        let message = &message[..length];
        arm::set(Features::none());
        let mut whole = H::new();
        whole.update(message);
        let digest = whole.finish();
        for features in Features::arms() {
            arm::set(features);
            let mut hash = H::new();
            let mut rest = message;
            while !rest.is_empty() {
                // Pieces up to two blocks and a bit, empty ones among them.
                let longest = rest.len().min(2 * H::BLOCK + 3);
                let (piece, next) = rest.split_at(rng.next_u32() as usize % (longest + 1));
                hash.update(piece);
                rest = next;
            }
            assert_eq!(hash.take(), digest, "{length} bytes, {features:?}");
            // What was taken is gone, and the object is as new.
            hash.update(message);
            assert_eq!(hash.clone().finish(), digest, "{length} bytes again, {features:?}");
            let mut cut = [0xee; 80];
            let (short, tail) = cut.split_at_mut(length % 80);
            hash.take_into(short);
            let n = short.len().min(H::OUTPUT);
            assert_eq!(short[..n], digest.as_ref()[..n]);
            assert!(short[n..].iter().chain(&*tail).all(|b| *b == 0xee));
        }
    }
}
#[test]
fn every_arm_and_every_split_gives_the_digest_of_the_whole_in_portable_code() {
    for hash in arm::HASHES {
        assert!(by_hash!(hash, arms_and_pieces()));
    }
}

#[test]
fn printing_a_hash_shows_nothing_of_its_state() {
    assert_eq!(format!("{:?}", Sha256::new()), "Sha256(..)");
    assert_eq!(format!("{:?}", Shake128::new()), "Shake128(..)");
    assert_eq!(format!("{:?}", Shake128::new().squeeze()), "Squeeze128(..)");
}
