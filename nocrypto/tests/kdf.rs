//! The limits of the key derivation functions.
#![allow(clippy::indexing_slicing, reason = "a test stops where it fails")]
use nocrypto::hash::{Sha256, Sha384};
use nocrypto::kdf::TooLong;
use nocrypto::kdf::hkdf::Prk;

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

#[test]
fn a_prk_is_printed_without_its_bytes() {
    assert_eq!(format!("{:?}", Prk::<Sha384>::extract(b"s", b"k")), "Prk(Hmac(..))");
}
