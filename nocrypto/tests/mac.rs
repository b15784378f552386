//! The message authentication codes against their definitions, and against forgers.
#![allow(clippy::indexing_slicing, reason = "a test stops where it fails")]
mod arm;

use nocrypto::hash::{Hash, Sha256};
use nocrypto::mac::{Cmac, Forged, Hmac, Mac, Poly1305};

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

#[test]
fn every_mac_does_as_the_trait_what_it_does_of_itself() {
    fn tag<M: Mac>(key: &M::Key) -> Vec<u8> {
        let with = |text: &[u8]| {
            let mut mac = M::new(key);
            mac.update(text);
            mac
        };
        let tag = with(b"message").finish();
        assert_eq!(with(b"message").verify(tag.as_ref()), Ok(()));
        assert_eq!(with(b"massage").verify(tag.as_ref()), Err(Forged));
        tag.as_ref().to_vec()
    }
    let mut cmac = Cmac::<24>::new(&[1; 24]);
    cmac.update(b"message");
    assert_eq!(tag::<Cmac<24>>(&[1; 24]), cmac.finish());
    let mut poly = Poly1305::new(&[1; 32]);
    poly.update(b"message");
    assert_eq!(tag::<Poly1305>(&[1; 32]), poly.finish());
    assert_eq!(tag::<Hmac<Sha256>>(b"key"), Hmac::<Sha256>::tag(b"key", b"message"));
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
        let mut mac = Hmac::<H>::new(&key);
        assert_eq!(mac.tag_with(b"message"), tag, "{length}");
        mac.update(b"mess");
        assert_eq!(mac.tag_with(b"age"), tag, "{length}");
        mac.update(b"age");
        assert_eq!(mac.clone().finish(), tag, "{length}");
        assert_eq!(mac.verify(tag.as_ref()), Ok(()), "{length}");
        assert_eq!(Hmac::<H>::tag(&key, b"message"), tag, "{length}");
    }
}
#[test]
fn keys_of_every_length_around_the_block_are_taken_as_rfc_2104_says() {
    for hash in arm::HASHES {
        assert!(by_hash_on_every_arm!(hash, by_definition()));
    }
}
