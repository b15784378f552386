//! The hash functions against NIST's vectors, and their arms and pieces against each other.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]
mod arm;

use nocrypto::cpu::Features;
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use test_vectors::{records, shared, text};

fn example<H: Hash>(message: &str, times: usize, digest: &[u8]) {
    let mut hash = H::new();
    for _ in 0..times {
        hash.update(message.as_bytes());
    }
    assert_eq!(hash.finish().as_ref(), digest, "{times} of {message}");
}
#[test]
fn the_examples_of_nist_have_their_digests() {
    let all = records(&text("nist/sha2.txt"));
    for r in &all {
        let (message, times, digest) = (r.text("Msg"), r.number("Times"), r.bytes("MD"));
        assert!(on_both_arms!(r.heading.as_str(), example(message, times, &digest)), "{}", r.heading);
    }
    assert_eq!(all.len(), 20);
}

fn short<H: Hash>(message: &[u8], digest: &[u8]) {
    assert_eq!(H::digest(message).as_ref(), digest, "{message:02x?}");
}
/// The Monte Carlo test of the SHA validation system, §6.4: each of 100 checkpoints is 1000 hashes of the last three.
fn monte<H: Hash>(seed: &[u8], checkpoints: &[Vec<u8>]) {
    let mut digest = H::digest(b"");
    digest.as_mut().copy_from_slice(seed);
    for expected in checkpoints {
        let mut last = [digest; 3];
        for _ in 0..1000 {
            let mut hash = H::new();
            last.iter().for_each(|digest| hash.update(digest.as_ref()));
            last = [last[1], last[2], hash.take()];
        }
        digest = last[2];
        assert_eq!(digest.as_ref(), expected);
    }
}
#[test]
fn the_validation_files_of_nist_agree() {
    const ARCHIVE: &str = "nist-cavp-subset.tar.xz";
    let (mut messages, mut chains) = (0, 0);
    for name in ["SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/256"] {
        let file = name.replace("SHA-", "SHA").replace('/', "_");
        let Some(list) = shared(ARCHIVE, &format!("hashes/SHA2/{file}ShortMsg.rsp")) else { return };
        for r in records(&list) {
            let (message, digest) = (r.bytes("Msg"), r.bytes("MD"));
            assert!(on_both_arms!(name, short(&message[..r.number("Len") / 8], &digest)));
            messages += 1;
        }
        let list = records(&shared(ARCHIVE, &format!("hashes/SHA2/{file}Monte.rsp")).unwrap());
        let seed = list.iter().find_map(|r| r.get("Seed")).map(|s| hex::decode(s).unwrap()).unwrap();
        let checkpoints: Vec<_> =
            list.iter().filter(|r| r.get("MD").is_some()).map(|r| r.bytes("MD")).collect();
        assert!(on_both_arms!(name, monte(&seed, &checkpoints)));
        chains += checkpoints.len();
    }
    println!("NIST SHA-2: {messages} messages and {chains} Monte Carlo checkpoints on 2 arms");
    assert!(messages > 300 && chains == 500);
}

fn arms_and_pieces<H: Hash>() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut message = [0; 1024];
    rng.fill_bytes(&mut message);
    for length in 0..=message.len() {
        let message = &message[..length];
        let mut whole = H::with(Features::none());
        whole.update(message);
        let digest = whole.finish();
        for features in Features::arms() {
            let mut hash = H::with(features);
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
    arms_and_pieces::<Sha224>();
    arms_and_pieces::<Sha256>();
    arms_and_pieces::<Sha384>();
    arms_and_pieces::<Sha512>();
    arms_and_pieces::<Sha512_256>();
}

#[test]
fn printing_a_hash_shows_nothing_of_its_state() {
    assert_eq!(format!("{:?}", Sha256::new()), "Sha256(..)");
}
