//! Records sealed and opened: AES-GCM and ChaCha20-Poly1305.
use super::Plan;
use crate::measure::{Row, Work};
use crate::place::{Place, Placed};
use aes_gcm::aead::{AeadInOut, KeyInit};
use nocrypto::aead::{Aead, Aes128Gcm, Aes256Gcm, ChaCha20Poly1305};
use std::hint::black_box;
use std::rc::Rc;

pub(super) fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes256Gcm, Algorithm::ChaCha20Poly1305] {
        for direction in [Direction::Seal, Direction::Open] {
            for bytes in [64, 1350, 8192, 16384] {
                for (aad, offset) in [(5, 0), (13, 0), (5, 5), (13, 5)] {
                    let [a, d] = [algorithm.name(), direction.name()];
                    let name = format!("aead/{a}/{d}/{bytes}/aad{aad}/offset{offset}");
                    plans.push(Plan::new(name, move |name| {
                        row(name, algorithm, direction, bytes, aad, offset)
                    }));
                }
            }
        }
    }
    plans
}

#[derive(Clone, Copy)]
enum Algorithm {
    Aes128Gcm,
    Aes256Gcm,
    ChaCha20Poly1305,
}
impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Aes128Gcm => "aes128gcm",
            Self::Aes256Gcm => "aes256gcm",
            Self::ChaCha20Poly1305 => "chacha20poly1305",
        }
    }
}
#[derive(Clone, Copy)]
enum Direction {
    Seal,
    Open,
}
impl Direction {
    fn name(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Open => "open",
        }
    }
}

/// One implementation with its key. The last 16 bytes of a message are its tag.
struct Contender {
    seal: OnMessage,
    open: OnMessage,
}
/// With associated data, and a message in place.
type OnMessage = Box<dyn Fn(&[u8], &mut [u8])>;

fn row(
    name: String,
    algorithm: Algorithm,
    direction: Direction,
    bytes: usize,
    aad: usize,
    offset: usize,
) -> Row {
    let contenders = contenders(algorithm).into_iter().map(|(who, contender)| {
        let aad = vec![1; aad];
        let mut target = Placed::new(bytes + TAG, Place::Target(offset));
        let work: Work = match direction {
            Direction::Seal => Box::new(move || {
                (contender.seal)(black_box(&aad), target.bytes());
                black_box(&target);
            }),
            Direction::Open => {
                let mut source = Placed::new(bytes + TAG, Place::Source);
                (contender.seal)(&aad, source.bytes());
                // The copy is in the time of all alike.
                Box::new(move || {
                    target.bytes().copy_from_slice(source.bytes());
                    (contender.open)(black_box(&aad), target.bytes());
                    black_box(&target);
                })
            }
        };
        (who, work)
    });
    Row { name, bytes, contenders: contenders.collect() }
}

fn contenders(algorithm: Algorithm) -> Vec<(&'static str, Contender)> {
    let key = KEY;
    let short: [u8; 16] = core::array::from_fn(|i| key[i]);
    let mut all = vec![match algorithm {
        Algorithm::Aes128Gcm => ours(Aes128Gcm::new(&short)),
        Algorithm::Aes256Gcm => ours(Aes256Gcm::new(&key)),
        Algorithm::ChaCha20Poly1305 => ours(ChaCha20Poly1305::new(&key)),
    }];
    all.push(ring(match algorithm {
        Algorithm::Aes128Gcm => &ring::aead::AES_128_GCM,
        Algorithm::Aes256Gcm => &ring::aead::AES_256_GCM,
        Algorithm::ChaCha20Poly1305 => &ring::aead::CHACHA20_POLY1305,
    }));
    all.push(aws_lc_rs(match algorithm {
        Algorithm::Aes128Gcm => &aws_lc_rs::aead::AES_128_GCM,
        Algorithm::Aes256Gcm => &aws_lc_rs::aead::AES_256_GCM,
        Algorithm::ChaCha20Poly1305 => &aws_lc_rs::aead::CHACHA20_POLY1305,
    }));
    all.push(match algorithm {
        Algorithm::Aes128Gcm => graviola_gcm(&short),
        Algorithm::Aes256Gcm => graviola_gcm(&key),
        Algorithm::ChaCha20Poly1305 => graviola_chacha(key),
    });
    all.push(match algorithm {
        Algorithm::Aes128Gcm => rustcrypto(aes_gcm::Aes128Gcm::new(&short.into())),
        Algorithm::Aes256Gcm => rustcrypto(aes_gcm::Aes256Gcm::new(&key.into())),
        Algorithm::ChaCha20Poly1305 => rustcrypto(chacha20poly1305::ChaCha20Poly1305::new(&key.into())),
    });
    #[cfg(feature = "openssl")]
    all.push(openssl(match algorithm {
        Algorithm::Aes128Gcm => super::openssl::Aead::aes128gcm(&short),
        Algorithm::Aes256Gcm => super::openssl::Aead::aes256gcm(&key),
        Algorithm::ChaCha20Poly1305 => super::openssl::Aead::chacha20poly1305(&key),
    }));
    all
}

fn contender<K: 'static>(
    key: K,
    seal: fn(&K, &[u8], &mut [u8]),
    open: fn(&K, &[u8], &mut [u8]),
) -> Contender {
    let key = Rc::new(key);
    let same = Rc::clone(&key);
    Contender {
        seal: Box::new(move |aad, message| seal(&key, aad, message)),
        open: Box::new(move |aad, message| open(&same, aad, message)),
    }
}
fn parts(message: &mut [u8]) -> (&mut [u8], &mut [u8; TAG]) {
    message.split_last_chunk_mut().unwrap_or_else(|| unreachable!("a message has a tag"))
}
const WRONG: &str = "a message is opened with the tag that it was sealed with";

fn ours<A: Aead<Nonce = [u8; 12], Tag = [u8; TAG]> + 'static>(key: A) -> (&'static str, Contender) {
    (
        "ours",
        contender(
            key,
            |key, aad, message| {
                let (text, tag) = parts(message);
                *tag = key.seal(&NONCE, aad, text).expect("short");
            },
            |key, aad, message| {
                let (text, tag) = parts(message);
                key.open(&NONCE, aad, text, tag).expect(WRONG);
            },
        ),
    )
}
macro_rules! ring_like {
    ($name:ident) => {
        fn $name(algorithm: &'static $name::aead::Algorithm) -> (&'static str, Contender) {
            use $name::aead::{Aad, LessSafeKey, Nonce, UnboundKey};
            let key = UnboundKey::new(algorithm, &KEY[..algorithm.key_len()]).expect("a key of its length");
            (
                stringify!($name),
                contender(
                    LessSafeKey::new(key),
                    |key, aad, message| {
                        let (text, to) = parts(message);
                        let nonce = Nonce::assume_unique_for_key(NONCE);
                        let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), text).expect("short");
                        to.copy_from_slice(tag.as_ref());
                    },
                    |key, aad, message| {
                        let nonce = Nonce::assume_unique_for_key(NONCE);
                        key.open_in_place(nonce, Aad::from(aad), message).expect(WRONG);
                    },
                ),
            )
        }
    };
}
ring_like!(ring);
ring_like!(aws_lc_rs);
macro_rules! graviola {
    ($name:ident($key:ty), $type:ident) => {
        fn $name(key: $key) -> (&'static str, Contender) {
            (
                "graviola",
                contender(
                    graviola::aead::$type::new(key),
                    |key, aad, message| {
                        let (text, tag) = parts(message);
                        key.encrypt(&NONCE, aad, text, tag);
                    },
                    |key, aad, message| {
                        let (text, tag) = parts(message);
                        key.decrypt(&NONCE, aad, text, tag).expect(WRONG);
                    },
                ),
            )
        }
    };
}
graviola!(graviola_gcm(&[u8]), AesGcm);
graviola!(graviola_chacha([u8; 32]), ChaCha20Poly1305);

fn rustcrypto<A: AeadInOut + 'static>(key: A) -> (&'static str, Contender) {
    (
        "RustCrypto",
        contender(
            key,
            |key, aad, message| {
                let (text, to) = parts(message);
                let nonce = (&NONCE[..]).try_into().expect("twelve bytes");
                let tag = key.encrypt_inout_detached(nonce, aad, text.into()).expect("short");
                to.copy_from_slice(&tag);
            },
            |key, aad, message| {
                let (text, tag) = parts(message);
                let nonce = (&NONCE[..]).try_into().expect("twelve bytes");
                let tag = (&tag[..]).try_into().expect("sixteen bytes");
                key.decrypt_inout_detached(nonce, aad, text.into(), tag).expect(WRONG);
            },
        ),
    )
}

#[cfg(feature = "openssl")]
fn openssl(key: super::openssl::Aead) -> (&'static str, Contender) {
    (
        "openssl",
        contender(
            key,
            |key, aad, message| {
                let (text, tag) = parts(message);
                key.seal(&NONCE, aad, text, tag);
            },
            |key, aad, message| {
                let (text, tag) = parts(message);
                assert!(key.open(&NONCE, aad, text, tag), "{WRONG}");
            },
        ),
    )
}

const TAG: usize = 16;
const KEY: [u8; 32] = [7; 32];
const NONCE: [u8; 12] = [9; 12];
