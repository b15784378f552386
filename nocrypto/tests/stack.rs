//! What a call leaves on the stack when it returns: no piece of a key, of a keyed block, or of key stream that was used.
//!
//! AES-GCM and ChaCha20-Poly1305 are held to it when their key is dropped: see SOUNDNESS.md.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code, reason = "a look at memory that nobody owns any more")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]
use core::hint::black_box;
use core::mem::MaybeUninit;
use core::num::NonZeroU32;
use nocrypto::aead::{Aead, AesCcm, AesGcm, ChaCha20Poly1305};
use nocrypto::cipher::aes::Aes;
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cipher::legacy::{Rc2, Rc4, TripleDes};
use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::HmacDrbg;
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::Sha3_256;
use nocrypto::hash::{Hash, Sha256, Sha512};
use nocrypto::kdf::hkdf::Prk;
use nocrypto::kdf::{pbkdf2, tls12_prf};
use nocrypto::mac::{Cmac, Hmac, Poly1305};
use std::collections::HashSet;

/// More than any of the calls needs.
const DEPTH: usize = 64 * 1024;
type Piece = [u8; 8];

#[inline(never)]
fn paint() {
    black_box(&mut [0xee_u8; DEPTH]);
}
/// How many of the pieces stand on the stack below, at any word of 32 bits.
#[inline(never)]
fn found(pieces: &HashSet<Piece>) -> usize {
    let below = MaybeUninit::<[u32; DEPTH / 4]>::uninit();
    let below = black_box(below.as_ptr().cast::<u32>());
    let mut two = [0; 2];
    let words = (0..DEPTH / 4).filter(|at| {
        // SAFETY: inside of `below`; painted, or written by a call since.
        two = [two[1], unsafe { below.wrapping_add(*at).read_volatile() }];
        let [first, second] = two.map(u32::to_ne_bytes);
        pieces.contains(&[first, second].concat()[..])
    });
    words.count()
}
fn left_by(pieces: &HashSet<Piece>, call: &dyn Fn()) -> usize {
    paint();
    call();
    found(pieces)
}

/// All windows of these bytes, as they are and as words of the other order.
fn add(pieces: &mut HashSet<Piece>, secret: &[u8]) {
    for width in [1, 4, 8, 16] {
        let turned: Vec<u8> = secret.chunks(width).flat_map(|word| word.iter().rev()).copied().collect();
        pieces.extend(turned.windows(8).map(|window| Piece::try_from(window).unwrap()));
    }
}
/// Of the key: itself, both pads of HMAC, the first blocks of AES in counter mode (which are H, the mask of the tag, and
/// key stream), the one-time key and the first block of ChaCha20.
fn pieces() -> HashSet<Piece> {
    let mut all = HashSet::new();
    for pad in [0, 0x36, 0x5c] {
        add(&mut all, &KEY.map(|byte| byte ^ pad));
    }
    fn of_aes<const N: usize>(all: &mut HashSet<Piece>) {
        let mut blocks = [[0; 16]; 5];
        (0..).zip(&mut blocks).for_each(|(i, block)| block[15] = i);
        Aes::<N>::with(KEY.first_chunk().unwrap(), Features::none()).encrypt_blocks(&mut blocks);
        blocks.iter().for_each(|block| add(all, block));
    }
    of_aes::<16>(&mut all);
    of_aes::<32>(&mut all);
    let mut stream = [0; 128];
    ChaCha20::new(&KEY).apply(&[0; 12], 0, &mut stream).unwrap();
    add(&mut all, &stream[..32]);
    add(&mut all, &stream[64..]);
    all
}

#[test]
fn what_is_left_is_found() {
    #[inline(never)]
    fn careless() {
        // Deeper than what the search itself stands on.
        let mut frame = [0; 1024];
        frame[500..532].copy_from_slice(&KEY.map(|byte| byte ^ 0x36));
        black_box(&mut frame);
    }
    assert!(left_by(&pieces(), &careless) >= 7);
}

#[test]
fn nothing_of_a_key_is_left() {
    let pieces = pieces();
    let key = KEY.first_chunk().unwrap();
    macro_rules! clean {
        ($($name:literal: $call:expr;)*) => { $(
            let left = left_by(&pieces, &|| {
                let _ = black_box($call);
            });
            assert_eq!(left, 0, "{}", $name);
        )* };
    }
    for length in [100, 1000] {
        let message: Vec<u8> = (1..=255).cycle().take(length).collect();
        let text = || message.clone();
        clean! {
            "HMAC-SHA-256": hmac::<Sha256>(&message);
            "HMAC-SHA-512": hmac::<Sha512>(&message);
            "HMAC-SHA3-256": hmac::<Sha3_256>(&message);
            "HMAC-SHA-1": hmac::<Sha1>(&message);
            "HMAC-MD5": hmac::<Md5>(&message);
            "HMAC in one call": Hmac::<Sha256>::tag(&KEY, &message);
            "HKDF": Prk::<Sha256>::extract(&[], &KEY).expand(&[b"info"], &mut text());
            "HKDF-Expand": Prk::<Sha512>::from_bytes(&KEY).expand(&[b"info"], &mut text());
            "PRF of TLS 1.2": tls12_prf::<Sha256>(&KEY, b"label", &[b"seed"], &mut text());
            "PBKDF2": pbkdf2::<Sha256>(&KEY, b"salt", NonZeroU32::new(2).unwrap(), &mut text());
            "HMAC_DRBG": HmacDrbg::<Sha256>::new(&KEY, b"", b"").generate(&mut text(), b"");
            "Poly1305": {
                let mut mac = Poly1305::new(&KEY);
                mac.update(&message);
                mac.finish()
            };
            "Triple DES": TripleDes::new(key).decrypt_cbc(&[0; 8], text().as_chunks_mut().0);
            "RC2": Rc2::new(&KEY[..16], 128).unwrap().decrypt_cbc(&[0; 8], text().as_chunks_mut().0);
            "RC4": Rc4::new(&KEY[..16]).unwrap().apply(&mut text());
        }
        for arm in Features::arms() {
            clean! {
                "AES-128-GCM": AesGcm::<16>::with(KEY.first_chunk().unwrap(), arm)
                    .seal(&[0; 12], b"aad", &mut text());
                "AES-256-GCM": AesGcm::<32>::with(&KEY, arm).open(&[0; 12], b"aad", &mut text(), &[0; 16]);
                "ChaCha20-Poly1305": ChaCha20Poly1305::with(&KEY, arm).seal(&[0; 12], b"aad", &mut text());
                "ChaCha20-Poly1305 back": ChaCha20Poly1305::with(&KEY, arm)
                    .open(&[0; 12], b"aad", &mut text(), &[0; 16]);
                "CTR": Aes::<16>::with(KEY.first_chunk().unwrap(), arm).apply_ctr(&[0; 16], &mut text());
                "CBC": Aes::<32>::with(&KEY, arm).encrypt_cbc(&[0; 16], text().as_chunks_mut().0);
                "CBC back": Aes::<16>::with(KEY.first_chunk().unwrap(), arm)
                    .decrypt_cbc(&[0; 16], text().as_chunks_mut().0);
                "CMAC": {
                    let mut mac = Cmac::<16>::with(KEY.first_chunk().unwrap(), arm);
                    mac.update(&message);
                    mac.finish()
                };
                "CCM": AesCcm::<16, 12, 16>::with(KEY.first_chunk().unwrap(), arm)
                    .seal(&[0; 12], b"aad", &mut text());
                "ChaCha20": ChaCha20::with(&KEY, arm).apply(&[0; 12], 0, &mut text());
                "Fortuna": Generator::with(&[&KEY], arm).fill(&mut text());
            }
        }
    }
}
fn hmac<H: Hash>(message: &[u8]) -> H::Output {
    let mut mac = Hmac::<H>::new(&KEY);
    mac.update(message);
    mac.finish()
}

static KEY: [u8; 32] = *b"\x9d\x61\xb1\x9d\xef\xfd\x5a\x60\xba\x84\x4a\xf4\x92\xec\x2c\xc4\x44\x49\xc5\x69\x7b\x32\x69\x19\x70\x3b\xac\x03\x1c\xae\x7f\x61";
