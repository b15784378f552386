//! Hashes in one call.
use super::Plan;
use crate::measure::{Row, Work};
use crate::place::{Place, Placed};
use nocrypto::hash::legacy::Sha1;
use nocrypto::hash::{Hash, Sha256, Sha384, Sha512};
use std::hint::black_box;

pub(super) fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for hash in ["sha1", "sha256", "sha384", "sha512"] {
        for bytes in [64, 1024, 16384] {
            plans.push(Plan::new(format!("hash/{hash}/{bytes}"), move |name| row(name, hash, bytes)));
        }
    }
    plans
}

fn row(name: String, hash: &str, bytes: usize) -> Row {
    let contenders = contenders(hash).into_iter().map(|(who, digest)| {
        let mut input = Placed::new(bytes, Place::Target(0));
        let work: Work = Box::new(move || digest(black_box(input.bytes())));
        (who, work)
    });
    Row { name, bytes, contenders: contenders.collect() }
}

type Digest = fn(&[u8]);

fn contenders(hash: &str) -> Vec<(&'static str, Digest)> {
    macro_rules! all {
        ($ours:ident, $algorithm:ident, $rustcrypto:ty, $openssl:ident $(, $graviola:ident)?) => { vec![
            ("ours", ours::<$ours>),
            ("ring", |input| { black_box(ring::digest::digest(&ring::digest::$algorithm, input)); }),
            ("aws_lc_rs", |input| { black_box(aws_lc_rs::digest::digest(&aws_lc_rs::digest::$algorithm, input)); }),
            $(("graviola", graviola::<graviola::hashing::$graviola>),)?
            ("RustCrypto", rustcrypto::<$rustcrypto>),
            #[cfg(feature = "openssl")]
            ("openssl", super::openssl::$openssl),
        ] };
    }
    match hash {
        "sha1" => all!(Sha1, SHA1_FOR_LEGACY_USE_ONLY, sha1::Sha1, sha1),
        "sha256" => all!(Sha256, SHA256, sha2::Sha256, sha256, Sha256),
        "sha384" => all!(Sha384, SHA384, sha2::Sha384, sha384, Sha384),
        _ => all!(Sha512, SHA512, sha2::Sha512, sha512, Sha512),
    }
}
fn ours<H: Hash>(input: &[u8]) {
    black_box(H::digest(input));
}
fn graviola<H: graviola::hashing::Hash>(input: &[u8]) {
    black_box(H::hash(input));
}
fn rustcrypto<H: sha2::Digest>(input: &[u8]) {
    black_box(H::digest(input));
}
