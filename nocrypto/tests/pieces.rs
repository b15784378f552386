//! What is fed in pieces gives the same for every way to part the message, on every arm.
#![allow(clippy::indexing_slicing, clippy::as_conversions, reason = "a test may stop at once")]
mod arm;

use arm::On;
use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256, ShaD256};
use nocrypto::kdf::hkdf::Prk;
use nocrypto::kdf::tls12_prf;
use nocrypto::mac::{Cmac, Hmac, Poly1305};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What becomes of a message of these pieces.
type Fed = fn(Features, &[&[u8]]) -> Vec<u8>;

const ALL: &[(&str, Fed)] = &[
    ("MD5", hash::<Md5>),
    ("SHA-1", hash::<Sha1>),
    ("SHA-224", hash::<Sha224>),
    ("SHA-256", hash::<Sha256>),
    ("SHA-384", hash::<Sha384>),
    ("SHA-512", hash::<Sha512>),
    ("SHA-512/256", hash::<Sha512_256>),
    ("SHAd-256", hash::<ShaD256>),
    ("SHA3-224", hash::<Sha3_224>),
    ("SHA3-256", hash::<Sha3_256>),
    ("SHA3-384", hash::<Sha3_384>),
    ("SHA3-512", hash::<Sha3_512>),
    ("SHAKE128", |_, pieces| {
        let mut shake = Shake128::new();
        pieces.iter().for_each(|piece| shake.update(piece));
        let (mut output, mut out) = (shake.squeeze(), vec![0; 500]);
        in_pieces_of(&mut out, pieces).into_iter().for_each(|piece| output.fill(piece));
        out
    }),
    ("SHAKE256", |_, pieces| {
        let mut shake = Shake256::new();
        pieces.iter().for_each(|piece| shake.update(piece));
        let (mut output, mut out) = (shake.squeeze(), vec![0; 500]);
        in_pieces_of(&mut out, pieces).into_iter().for_each(|piece| output.fill(piece));
        out
    }),
    ("HMAC-SHA-1", hmac::<Sha1>),
    ("HMAC-SHA-256", hmac::<Sha256>),
    ("HMAC-SHA-384", hmac::<Sha384>),
    ("HMAC-SHA3-224", hmac::<Sha3_224>),
    ("CMAC with AES-128", cmac::<16>),
    ("CMAC with AES-256", cmac::<32>),
    ("Poly1305", |_, pieces| {
        let mut mac = Poly1305::new(&[0xa5; 32]);
        pieces.iter().for_each(|piece| mac.update(piece));
        mac.finish().to_vec()
    }),
    ("info of HKDF-SHA-256", |arm, pieces| {
        arm::set(arm);
        let mut out = vec![0; 70];
        assert!(Prk::<On<Sha256>>::from_bytes(&[3; 32]).expand(pieces, &mut out).is_ok());
        out
    }),
    ("seed of the PRF of TLS 1.2, SHA-384", |arm, pieces| {
        arm::set(arm);
        let mut out = vec![0; 100];
        tls12_prf::<On<Sha384>>(b"secret", b"label", pieces, &mut out);
        out
    }),
    ("seed of Fortuna", |arm, pieces| {
        let mut out = vec![0; 40];
        Generator::with(pieces, arm).fill(&mut out);
        out
    }),
];

fn hash<H: Hash>(arm: Features, pieces: &[&[u8]]) -> Vec<u8> {
    let mut hash = H::with(arm);
    pieces.iter().for_each(|piece| hash.update(piece));
    hash.finish().as_ref().to_vec()
}
fn hmac<H: Hash>(arm: Features, pieces: &[&[u8]]) -> Vec<u8> {
    arm::set(arm);
    let mut mac = Hmac::<On<H>>::new(b"key");
    pieces.iter().for_each(|piece| mac.update(piece));
    mac.finish().as_ref().to_vec()
}
fn cmac<const N: usize>(arm: Features, pieces: &[&[u8]]) -> Vec<u8> {
    let mut mac = Cmac::<N>::with(&[0xa5; N], arm);
    pieces.iter().for_each(|piece| mac.update(piece));
    mac.finish().to_vec()
}
/// Pieces of the same lengths, as far as there is something, and the rest.
fn in_pieces_of<'a>(mut out: &'a mut [u8], pieces: &[&[u8]]) -> Vec<&'a mut [u8]> {
    let mut parts = Vec::new();
    for piece in pieces {
        let (part, rest) = out.split_at_mut(piece.len().min(out.len()));
        parts.push(part);
        out = rest;
    }
    parts.push(out);
    parts
}

fn message(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    ChaCha8Rng::seed_from_u64(7).fill_bytes(&mut bytes);
    bytes
}

#[test]
fn a_message_in_two_pieces_is_the_whole_wherever_it_is_parted() {
    // Around the blocks of every hash: 64, 72, 104, 128, 136, 144, 168 bytes.
    for length in [0, 1, 16, 17, 63, 64, 65, 129, 145, 170, 273, 337] {
        let message = message(length);
        for (name, fed) in ALL {
            let expected = fed(Features::none(), &[&message]);
            for arm in Features::arms() {
                for at in 0..=length {
                    let (head, tail) = message.split_at(at);
                    assert!(
                        fed(arm, &[head, tail]) == expected,
                        "{name} of {length} parted at {at}, {arm:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_message_in_many_pieces_is_the_whole() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    for (length, longest) in [(100, 5), (600, 60), (3000, 300), (20_000, 9000)] {
        let message = message(length);
        for (name, fed) in ALL {
            let expected = fed(Features::none(), &[&message]);
            for arm in Features::arms() {
                for _ in 0..4 {
                    let (mut rest, mut pieces) = (&message[..], vec![]);
                    while !rest.is_empty() {
                        // Some of no length at all.
                        let (piece, behind) =
                            rest.split_at(rng.next_u32() as usize % (rest.len().min(longest) + 1));
                        pieces.push(piece);
                        rest = behind;
                    }
                    assert!(fed(arm, &pieces) == expected, "{name} of {length} in {}, {arm:?}", pieces.len());
                }
            }
        }
    }
}
