//! RustCrypto's traits give what our own functions give.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]
use ::aead::common::typenum::Unsigned;
use ::aead::inout::InOutBuf;
use ::aead::{AeadCore, AeadInOut, Error, Nonce, Tag};
use digest::{
    Digest, ExtendableOutput, FixedOutputReset, KeyInit, Mac, OutputSizeUser, Reset, Update, XofReader,
};
use nocrypto::aead::{Aead, Aes128Ccm8, Aes256Gcm, AesCcm, ChaCha20Poly1305, XChaCha20Poly1305};
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256};
use nocrypto::mac::{Cmac, Hmac, Poly1305};

const TEXT: [u8; 300] = [7; 300];

fn hashes<H: Hash + Digest + FixedOutputReset + Reset + digest::common::BlockSizeUser>() {
    let own = <H as Hash>::digest(&TEXT);
    assert_eq!((H::OUTPUT, H::BLOCK), (<H as OutputSizeUser>::output_size(), H::block_size()));
    assert_eq!(own.as_ref(), &<H as Digest>::digest(TEXT)[..]);
    let mut hash = <H as Digest>::new();
    Digest::update(&mut hash, TEXT);
    Digest::reset(&mut hash);
    Digest::update(&mut hash, &TEXT[..100]);
    Digest::update(&mut hash, &TEXT[100..]);
    for _ in 0..2 {
        assert_eq!(own.as_ref(), &hash.finalize_reset()[..]);
        Digest::update(&mut hash, TEXT);
    }
}

#[test]
fn a_digest_is_the_hash() {
    hashes::<Md5>();
    hashes::<Sha1>();
    hashes::<Sha224>();
    hashes::<Sha256>();
    hashes::<Sha384>();
    hashes::<Sha512>();
    hashes::<Sha512_256>();
    hashes::<Sha3_224>();
    hashes::<Sha3_256>();
    hashes::<Sha3_384>();
    hashes::<Sha3_512>();
}

#[test]
fn extendable_output_is_read_in_pieces() {
    let (mut own, mut theirs) = ([0; 500], [0; 500]);
    let mut shake = Shake256::new();
    shake.update(&TEXT);
    shake.squeeze().fill(&mut own);
    let mut shake = Shake256::default();
    Update::update(&mut shake, b"forgotten");
    Reset::reset(&mut shake);
    let mut output = shake.chain(TEXT).finalize_xof();
    for piece in theirs.chunks_mut(99) {
        output.read(piece);
    }
    assert_eq!(own, theirs);
    let mut shake = Shake128::new();
    shake.update(&TEXT);
    shake.squeeze().fill(&mut own);
    Shake128::digest_xof(TEXT, &mut theirs);
    assert_eq!(own, theirs);
}

fn macs<M: Mac + KeyInit>(key: &[u8], own: &[u8]) {
    let mac =
        <M as KeyInit>::new_from_slice(key).unwrap().chain_update(&TEXT[..33]).chain_update(&TEXT[33..]);
    assert_eq!(&mac.finalize().into_bytes()[..], own);
    let mac = |text| <M as KeyInit>::new_from_slice(key).unwrap().chain_update(text);
    assert!(mac(TEXT).verify_slice(own).is_ok());
    assert!(mac([8; 300]).verify_slice(own).is_err());
}

#[test]
fn a_mac_is_the_mac() {
    macs::<Hmac<Sha256>>(&[1; 200], &Hmac::<Sha256>::tag(&[1; 200], &TEXT));
    macs::<Hmac<Sha512>>(b"", &Hmac::<Sha512>::tag(b"", &TEXT));
    let mut cmac = Cmac::<24>::new(&[2; 24]);
    cmac.update(&TEXT);
    macs::<Cmac<24>>(&[2; 24], &cmac.finish());
    let mut poly = Poly1305::new(&[3; 32]);
    poly.update(&TEXT);
    macs::<Poly1305>(&[3; 32], &poly.finish());
    assert!(<Cmac<16> as KeyInit>::new_from_slice(&[0; 17]).is_err());
}

fn aeads<A>(key: &A::Key, nonce: &A::Nonce)
where
    A: Aead + AeadInOut,
    A::Nonce: AsRef<[u8]>,
    A::Tag: AsRef<[u8]>,
{
    let aead = <A as Aead>::new(key);
    let mut own = TEXT;
    let own_tag = aead.seal(nonce, b"aad", &mut own).unwrap();
    let nonce = Nonce::<A>::try_from(nonce.as_ref()).unwrap();

    let mut out = [0; 300];
    let both = InOutBuf::new(&TEXT, &mut out).unwrap();
    let tag = aead.encrypt_inout_detached(&nonce, b"aad", both).unwrap();
    assert_eq!((&own, own_tag.as_ref()), (&out, &tag[..]));

    let mut wrong = Tag::<A>::clone(&tag);
    wrong[0] ^= 1;
    let both = InOutBuf::new(&own, &mut out).unwrap();
    assert_eq!(aead.decrypt_inout_detached(&nonce, b"aad", both, &wrong), Err(Error));
    assert_eq!(out, [0; 300]);
    let both = InOutBuf::new(&own, &mut out).unwrap();
    assert_eq!(aead.decrypt_inout_detached(&nonce, b"aad", both, &tag), Ok(()));
    assert_eq!(out, TEXT);

    let sealed = ::aead::Aead::encrypt(&aead, &nonce, &TEXT[..]).unwrap();
    assert_eq!(sealed.len(), 300 + <A as AeadCore>::TagSize::to_usize());
    assert_eq!(::aead::Aead::decrypt(&aead, &nonce, &sealed[..]).unwrap(), TEXT);
    assert_eq!(::aead::Aead::decrypt(&aead, &nonce, &sealed[1..]), Err(Error));
}
#[test]
fn an_aead_is_the_aead() {
    aeads::<Aes256Gcm>(&[1; 32], &[2; 12]);
    aeads::<Aes128Ccm8>(&[1; 16], &[2; 12]);
    aeads::<AesCcm<24, 7, 10>>(&[1; 24], &[2; 7]);
    aeads::<ChaCha20Poly1305>(&[1; 32], &[2; 12]);
    aeads::<XChaCha20Poly1305>(&[1; 32], &[2; 24]);
}
