//! The AEADs: every backend against the portable one, and against forgers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::{
    Aead, Aes128Gcm, Aes192Gcm, Aes256Gcm, AesCcm, AesGcm, ChaCha20Poly1305, Forged, TooLong, Unfit,
    XChaCha20Poly1305,
};
use nocrypto::cipher::EndOfStream;
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cpu::Features;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

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
    let beyond = (1029..3200).step_by(19).chain([1350, 2048, 4095, 4096, 8192, 16384, 16401, 33333, 100_003]);
    for length in beyond {
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

#[test]
fn a_text_too_long_for_the_counter_of_ccm_is_refused() {
    let ccm = AesCcm::<16, 13, 16>::new(&[1; 16]);
    let mut text = vec![7; 65536];
    assert_eq!(ccm.seal(&[2; 13], &[], &mut text), Err(TooLong));
    assert!(text.iter().all(|byte| *byte == 7));
    assert_eq!(ccm.open(&[2; 13], &[], &mut text, &[0; 16]), Err(Forged));
    assert!(text.iter().all(|byte| *byte == 0));
    let tag = ccm.seal(&[2; 13], &[], &mut text[..65535]).unwrap();
    assert_eq!(ccm.open(&[2; 13], &[], &mut text[..65535], &tag), Ok(()));
}

#[test]
fn a_tag_may_stand_behind_its_text() {
    fn check<A: OnArm>(arm: Features) {
        let (aead, nonce) = (A::on(arm, &[7; 32][..A::KEY]), vec![5; size_of::<A::Nonce>()]);
        let nonce = nonce[..].try_into().unwrap();
        for length in [0, 1, 100] {
            let (mut apart, mut sealed) = (vec![3; length], Vec::with_capacity(length + 16));
            sealed.extend(&apart);
            let tag = aead.seal(&nonce, b"aad", &mut apart).unwrap();
            aead.seal_appending(&nonce, b"aad", &mut sealed).unwrap();
            assert_eq!(sealed, [&apart[..], &tag].concat(), "{arm:?}");
            let mut forged = sealed.clone();
            assert_eq!(aead.open_appended(&nonce, b"aad", &mut sealed).unwrap(), vec![3; length], "{arm:?}");
            forged[length] ^= 1;
            assert_eq!(aead.open_appended(&nonce, b"aad", &mut forged), Err(Forged), "{arm:?}");
            assert_eq!(forged[..length], vec![0; length], "{arm:?}");
        }
        for short in 0..16 {
            assert_eq!(aead.open_appended(&nonce, b"aad", &mut vec![1; short]), Err(Forged), "{short}");
        }
    }
    for arm in Features::arms() {
        check::<Aes256Gcm>(arm);
        check::<ChaCha20Poly1305>(arm);
        check::<XChaCha20Poly1305>(arm);
    }
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

/// Ones everywhere are what lazily reduced limbs have most trouble with.
#[test]
fn a_ciphertext_of_ones_has_one_tag_on_every_backend() {
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    for length in [64, 500, 1000, 1350, 5000, 20_000, 70_000].into_iter().cycle().take(140) {
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        let portable = ChaCha20Poly1305::with(&key, Features::none());
        let (nonce, ones) = ([0xff; 12], vec![0xff; length]);
        let mut plain = vec![0; length];
        portable.seal(&nonce, &ones, &mut plain).unwrap();
        plain.iter_mut().for_each(|byte| *byte = !*byte);
        let tag = portable.seal(&nonce, &ones, &mut plain.clone()).unwrap();
        for arm in Features::arms() {
            let (aead, mut text) = (ChaCha20Poly1305::with(&key, arm), plain.clone());
            assert_eq!(aead.seal(&nonce, &ones, &mut text), Ok(tag), "{length} {arm:?}");
            assert!(text == ones, "{length} {arm:?}");
            assert_eq!(aead.open(&nonce, &ones, &mut text, &tag), Ok(()), "{length} {arm:?}");
        }
    }
}

#[test]
fn printing_shows_no_key() {
    assert_eq!(format!("{:?}", ChaCha20::new(&[1; 32])), "ChaCha20(..)");
    assert_eq!(format!("{:?}", Aes128Gcm::new(&[1; 16])), "Aes128Gcm(..)");
    assert_eq!(format!("{:?}", Aes256Gcm::new(&[1; 32])), "Aes256Gcm(..)");
    assert_eq!(format!("{:?}", ChaCha20Poly1305::new(&[1; 32])), "ChaCha20Poly1305(..)");
}
