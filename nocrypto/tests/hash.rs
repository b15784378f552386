//! The hash functions against NIST's and the RFC's vectors, and their arms and pieces against each other.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]
mod arm;

use core::ops::RangeInclusive;
use nocrypto::cpu::Features;
use nocrypto::hash::sha3::{Shake128, Shake256};
use nocrypto::hash::{Hash, Sha256};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use test_vectors::{Record, records, shared, text};

const ARCHIVE: &str = "nist-cavp-subset.tar.xz";

fn example<H: Hash>(message: &str, times: usize, digest: &[u8]) {
    let mut hash = H::new();
    for _ in 0..times {
        hash.update(message.as_bytes());
    }
    assert_eq!(hash.finish().as_ref(), digest, "{times} of {message}");
}
#[test]
fn the_published_examples_have_their_digests() {
    let mut count = 0;
    for file in ["nist/sha1.txt", "nist/sha2.txt", "nist/sha3.txt", "rfc/rfc1321.txt"] {
        for r in records(&text(file)) {
            let (message, times, digest) = (r.text("Msg"), r.number("Times"), r.bytes("MD"));
            assert!(on_both_arms!(r.heading.as_str(), example(message, times, &digest)), "{}", r.heading);
            count += 1;
        }
    }
    assert_eq!(count, 4 + 20 + 16 + 7);
}

fn short<H: Hash>(message: &[u8], digest: &[u8]) {
    assert_eq!(H::digest(message).as_ref(), digest, "{message:02x?}");
}
/// The Monte Carlo test of a validation system: each checkpoint is 1000 hashes, each of the last `behind` together
/// (SHAVS §6.4: three; SHA3VS §6.2.3: one).
fn monte<H: Hash>(behind: usize, seed: &[u8], checkpoints: &[Vec<u8>]) {
    let mut digest = H::digest(b"");
    digest.as_mut().copy_from_slice(seed);
    for expected in checkpoints {
        let mut last = [digest; 3];
        for _ in 0..1000 {
            let mut hash = H::new();
            last[3 - behind..].iter().for_each(|digest| hash.update(digest.as_ref()));
            last = [last[1], last[2], hash.take()];
        }
        digest = last[2];
        assert_eq!(digest.as_ref(), expected);
    }
}
#[test]
fn the_validation_files_of_nist_agree() {
    let (mut messages, mut chains) = (0, 0);
    for name in arm::HASHES.into_iter().filter(|name| *name != "MD5") {
        let (folder, behind, file) = match name {
            "SHA-1" => ("SHA1", 3, "SHA1".to_owned()),
            n if n.starts_with("SHA3") => ("SHA3", 1, n.replace('-', "_")),
            n => ("SHA2", 3, n.replace("SHA-", "SHA").replace('/', "_")),
        };
        let Some(list) = shared(ARCHIVE, &format!("hashes/{folder}/{file}ShortMsg.rsp")) else { return };
        for r in records(&list) {
            let (message, digest) = (r.bytes("Msg"), r.bytes("MD"));
            assert!(on_both_arms!(name, short(&message[..r.number("Len") / 8], &digest)));
            messages += 1;
        }
        let list = records(&shared(ARCHIVE, &format!("hashes/{folder}/{file}Monte.rsp")).unwrap());
        let seed = list.iter().find_map(|r| r.get("Seed")).map(|s| hex::decode(s).unwrap()).unwrap();
        let checkpoints: Vec<_> =
            list.iter().filter(|r| r.get("MD").is_some()).map(|r| r.bytes("MD")).collect();
        assert!(on_both_arms!(name, monte(behind, &seed, &checkpoints)));
        chains += checkpoints.len();
    }
    println!("NIST SHA: {messages} messages and {chains} Monte Carlo checkpoints on 2 arms");
    assert_eq!((messages, chains), (1042, 1000));
}

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
fn shake_is(bits: usize, message: &[u8], output: &[u8]) {
    let mut out = vec![0; output.len()];
    shake(bits, message, &mut out);
    assert_eq!(out, output, "SHAKE{bits} {message:02x?}");
}
#[test]
fn shake_gives_the_outputs_of_nist() {
    for r in records(&text("nist/shake.txt")) {
        let bits = r.heading.trim_start_matches("SHAKE").parse().unwrap();
        shake_is(bits, &r.bytes("Byte").repeat(r.number("Times")), &r.bytes("Output"));
    }
    let (mut outputs, mut chains) = (0, 0);
    for bits in [128, 256] {
        for kind in ["ShortMsg", "VariableOut"] {
            let Some(list) = shared(ARCHIVE, &format!("hashes/SHAKE/SHAKE{bits}{kind}.rsp")) else { return };
            for r in records(&list).iter().filter(|r| r.get("Output").is_some()) {
                // An empty message is written as a byte, with a length of zero.
                let message = if r.get("Len") == Some("0") { vec![] } else { r.bytes("Msg") };
                shake_is(bits, &message, &r.bytes("Output"));
                outputs += 1;
            }
        }
        let list = shared(ARCHIVE, &format!("hashes/SHAKE/SHAKE{bits}Monte.rsp")).unwrap();
        // The limits are in the headings, in bits.
        let limit = |which| {
            let line = list.lines().find(|line| line.starts_with(which)).unwrap();
            line.trim_end_matches(']').rsplit(' ').next().unwrap().parse::<usize>().unwrap() / 8
        };
        let limits = limit("[Minimum")..=limit("[Maximum");
        let list = records(&list);
        let message = list.iter().find_map(|r| r.get("Msg")).map(|m| hex::decode(m).unwrap()).unwrap();
        let checkpoints: Vec<_> = list.iter().filter(|r| r.get("Output").is_some()).collect();
        shake_monte(bits, &limits, message, &checkpoints);
        chains += checkpoints.len();
    }
    println!("NIST SHAKE: {outputs} outputs and {chains} Monte Carlo checkpoints");
    assert!(outputs > 1000 && chains == 200);
}
/// SHA3VS §6.3.3: the last two bytes of an output say how long the next one is, its first 16 are the next message.
fn shake_monte(bits: usize, limits: &RangeInclusive<usize>, mut output: Vec<u8>, checkpoints: &[&Record]) {
    let (least, most) = (*limits.start(), *limits.end());
    let mut length = most;
    for checkpoint in checkpoints {
        for _ in 0..1000 {
            output.resize(output.len().max(16), 0);
            let mut next = vec![0; length];
            shake(bits, &output[..16], &mut next);
            let end = u16::from_be_bytes([next[length - 2], next[length - 1]]);
            length = least + usize::from(end) % (most - least + 1);
            output = next;
        }
        assert_eq!(output, checkpoint.bytes("Output"));
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
    for hash in arm::HASHES {
        assert!(on_both_arms!(hash, arms_and_pieces()));
    }
}

#[test]
fn printing_a_hash_shows_nothing_of_its_state() {
    assert_eq!(format!("{:?}", Sha256::new()), "Sha256(..)");
    assert_eq!(format!("{:?}", Shake128::new()), "Shake128(..)");
    assert_eq!(format!("{:?}", Shake128::new().squeeze()), "Squeeze128(..)");
}
