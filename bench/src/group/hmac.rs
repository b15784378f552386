//! HMAC: with a fresh key for each message, and with a key that has been taken before.
use super::Plan;
use crate::measure::{Row, Work};
use crate::place::{Place, Placed};
use ::hmac::{KeyInit, Mac};
use nocrypto::hash::legacy::Sha1;
use nocrypto::hash::{Hash, Sha256, Sha384};
use nocrypto::mac::Hmac;
use std::hint::black_box;

pub(super) fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for hash in ["sha1", "sha256", "sha384"] {
        for (when, fresh) in [("fresh", true), ("precomputed", false)] {
            for bytes in [64, 1024, 16384] {
                let name = format!("hmac/{hash}/{when}/{bytes}");
                plans.push(Plan::new(name, move |name| row(name, hash, fresh, bytes)));
            }
        }
    }
    plans
}

fn row(name: String, hash: &str, fresh: bool, bytes: usize) -> Row {
    macro_rules! all {
        ($ours:ident, $algorithm:ident, $rustcrypto:ty $(, $graviola:ident)?) => { vec![
            ("ours", ours::<$ours>(fresh)),
            ("ring", ring(fresh, ring::hmac::$algorithm)),
            ("aws_lc_rs", aws_lc_rs(fresh, aws_lc_rs::hmac::$algorithm)),
            $(("graviola", graviola::<graviola::hashing::$graviola>(fresh)),)?
            ("RustCrypto", rustcrypto::<::hmac::Hmac<$rustcrypto>>(fresh)),
            #[cfg(feature = "openssl")]
            ("openssl", super::openssl::hmac(hash, &KEY, fresh)),
        ] };
    }
    let all: Vec<(&'static str, Tag)> = match hash {
        "sha1" => all!(Sha1, HMAC_SHA1_FOR_LEGACY_USE_ONLY, sha1::Sha1),
        "sha256" => all!(Sha256, HMAC_SHA256, sha2::Sha256, Sha256),
        _ => all!(Sha384, HMAC_SHA384, sha2::Sha384, Sha384),
    };
    let contenders = all.into_iter().map(|(who, tag)| {
        let mut input = Placed::new(bytes, Place::Target(0));
        let work: Work = Box::new(move || tag(black_box(input.bytes())));
        (who, work)
    });
    Row { name, bytes, contenders: contenders.collect() }
}

type Tag = Box<dyn Fn(&[u8])>;

fn ours<H: Hash + 'static>(fresh: bool) -> Tag {
    if fresh {
        return Box::new(|input| {
            black_box(Hmac::<H>::tag(black_box(&KEY), input));
        });
    }
    let key = Hmac::<H>::new(&KEY);
    Box::new(move |input| {
        black_box(key.tag_with(input));
    })
}
macro_rules! ring_like {
    ($name:ident) => {
        fn $name(fresh: bool, algorithm: $name::hmac::Algorithm) -> Tag {
            use $name::hmac::{Key, sign};
            if fresh {
                return Box::new(move |input| {
                    black_box(sign(&Key::new(algorithm, black_box(&KEY)), input));
                });
            }
            let key = Key::new(algorithm, &KEY);
            Box::new(move |input| {
                black_box(sign(&key, input));
            })
        }
    };
}
ring_like!(ring);
ring_like!(aws_lc_rs);
fn graviola<H: graviola::hashing::Hash + Clone + 'static>(fresh: bool) -> Tag {
    use graviola::hashing::hmac::Hmac;
    let tag = |mut mac: Hmac<H>, input: &[u8]| {
        mac.update(input);
        black_box(mac.finish());
    };
    if fresh {
        return Box::new(move |input| tag(Hmac::new(black_box(&KEY)), input));
    }
    let key = Hmac::<H>::new(KEY);
    Box::new(move |input| tag(key.clone(), input))
}
fn rustcrypto<M: Mac + KeyInit + Clone + 'static>(fresh: bool) -> Tag {
    let new = || <M as KeyInit>::new_from_slice(black_box(&KEY)).expect("any length will do");
    let tag = |mut mac: M, input: &[u8]| {
        mac.update(input);
        black_box(mac.finalize());
    };
    if fresh {
        return Box::new(move |input| tag(new(), input));
    }
    let key = new();
    Box::new(move |input| tag(key.clone(), input))
}

const KEY: [u8; 32] = [7; 32];
