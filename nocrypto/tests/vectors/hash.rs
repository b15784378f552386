//! Hashes: FIPS 180-4, FIPS 202, RFC 1321; NIST's validation systems SHAVS and SHA3VS.
use crate::table::{Case, Count, File, each};
use crate::{arm, by_hash};
use nocrypto::cpu::Features;
use nocrypto::hash::Hash;
use nocrypto::hash::sha3::{Shake128, Shake256};
use test_vectors::{Record, records};

fn example<H: Hash>(message: &str, times: usize, digest: &[u8]) {
    let mut hash = H::new();
    for _ in 0..times {
        hash.update(message.as_bytes());
    }
    assert_eq!(hash.finish().as_ref(), digest, "{times} of {message}");
}
/// A message is a text, some times over; the heading names the hash.
pub(crate) fn examples(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        let (message, times, digest) = (r.text("Msg"), r.number("Times"), r.bytes("MD"));
        assert!(by_hash!(r.heading.as_str(), example(message, times, &digest)), "{}", r.heading);
        Ok(())
    })
}

/// The hash that a file of NIST is named for.
fn hash_of(file: &File) -> String {
    let name = file.name.rsplit('/').next().unwrap();
    let name = name.trim_end_matches(".rsp").trim_end_matches("ShortMsg").trim_end_matches("Monte");
    match name.strip_prefix("SHA3_") {
        Some(bits) => format!("SHA3-{bits}"),
        None => name.replace("SHA", "SHA-").replace('_', "/"),
    }
}

fn whole<H: Hash>(message: &[u8], digest: &[u8]) {
    assert_eq!(H::digest(message).as_ref(), digest, "{message:02x?}");
}
/// Messages of whole bytes; their length is in bits.
pub(crate) fn messages(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        if !r.number("Len").is_multiple_of(8) {
            return Err("not whole bytes");
        }
        let (message, digest) = (r.bytes("Msg"), r.bytes("MD"));
        let name = hash_of(file);
        assert!(by_hash!(name.as_str(), whole(&message[..r.number("Len") / 8], &digest)), "{name}");
        Ok(())
    })
}

/// Each checkpoint is 1000 hashes, each of the last `behind` together (SHAVS §6.4: three; SHA3VS §6.2.3: one).
pub(crate) fn monte(file: &File, arm: Features) -> Count {
    arm::set(arm);
    let all = records(&file.text);
    let seed = all.iter().find(|r| r.get("Seed").is_some()).unwrap().bytes("Seed");
    let checkpoints: Vec<_> = all.iter().filter(|r| r.get("MD").is_some()).map(|r| r.bytes("MD")).collect();
    let name = hash_of(file);
    let behind = if name.starts_with("SHA3") { 1 } else { 3 };
    assert!(by_hash!(name.as_str(), chain(behind, &seed, &checkpoints)), "{name}");
    checkpoints.iter().map(|_| Ok(())).collect()
}
fn chain<H: Hash>(behind: usize, seed: &[u8], checkpoints: &[Vec<u8>]) {
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

fn bits_of(name: &str) -> usize {
    if name.contains("SHAKE128") { 128 } else { 256 }
}
/// SHAKE128 or SHAKE256.
fn squeezed(arm: Features, bits: usize, message: &[u8], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    if bits == 128 {
        let mut shake = Shake128::with(arm);
        shake.update(message);
        shake.squeeze().fill(&mut out);
    } else {
        let mut shake = Shake256::with(arm);
        shake.update(message);
        shake.squeeze().fill(&mut out);
    }
    out
}
fn output_of(arm: Features, bits: usize, message: &[u8], r: &Record) -> Case {
    let output = r.bytes("Output");
    assert_eq!(squeezed(arm, bits, message, output.len()), output, "{r:?}");
    Ok(())
}
/// A message is a byte, some times over.
pub(crate) fn shake_examples(file: &File, arm: Features) -> Count {
    each(file, |r| output_of(arm, bits_of(&r.heading), &r.bytes("Byte").repeat(r.number("Times")), r))
}
/// Messages of all lengths, and outputs of all lengths.
pub(crate) fn shake(file: &File, arm: Features) -> Count {
    let all = records(&file.text);
    let outputs = all.iter().filter(|r| r.get("Output").is_some()).map(|r| {
        if ["Len", "Outputlen"].iter().any(|bits| r.get(bits).is_some_and(|_| r.number(bits) % 8 != 0)) {
            return Err("not whole bytes");
        }
        // An empty message is written as a byte, with a length of zero.
        let message = if r.get("Len") == Some("0") { vec![] } else { r.bytes("Msg") };
        output_of(arm, bits_of(&file.name), &message, r)
    });
    outputs.collect()
}
/// SHA3VS §6.3.3: the last two bytes of an output say how long the next one is, its first 16 are the next message.
pub(crate) fn shake_monte(file: &File, arm: Features) -> Count {
    // The limits are in the headings, in bits.
    let limit = |which| {
        let line = file.text.lines().find(|line| line.starts_with(which)).unwrap();
        line.trim_end_matches(']').rsplit(' ').next().unwrap().parse::<usize>().unwrap() / 8
    };
    let (least, most) = (limit("[Minimum"), limit("[Maximum"));
    let all = records(&file.text);
    let mut output = all.iter().find(|r| r.get("Msg").is_some()).unwrap().bytes("Msg");
    let mut length = most;
    let checkpoints = all.iter().filter(|r| r.get("Output").is_some()).map(|checkpoint| {
        for _ in 0..1000 {
            output.resize(output.len().max(16), 0);
            output = squeezed(arm, bits_of(&file.name), &output[..16], length);
            let end = u16::from_be_bytes(*output.last_chunk().unwrap());
            length = least + usize::from(end) % (most - least + 1);
        }
        assert_eq!(output, checkpoint.bytes("Output"));
        Ok(())
    });
    checkpoints.collect()
}
