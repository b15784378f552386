//! OpenSSL, as one more peer: by the fastest of its interfaces that the crate `openssl` reaches.
use ::openssl::cipher::{Cipher, CipherRef};
use ::openssl::cipher_ctx::CipherCtx;
use ::openssl::hash::MessageDigest;
use ::openssl::pkey::PKey;
use ::openssl::sign::Signer;
use std::cell::RefCell;
use std::hint::black_box;

/// A key of an AEAD, which remembers its schedule from message to message.
pub(super) struct Aead {
    seal: RefCell<CipherCtx>,
    open: RefCell<CipherCtx>,
}

impl Aead {
    pub(super) fn aes128gcm(key: &[u8]) -> Self {
        Self::new(Cipher::aes_128_gcm(), key)
    }
    pub(super) fn aes256gcm(key: &[u8]) -> Self {
        Self::new(Cipher::aes_256_gcm(), key)
    }
    pub(super) fn chacha20poly1305(key: &[u8]) -> Self {
        Self::new(Cipher::chacha20_poly1305(), key)
    }
    fn new(cipher: &CipherRef, key: &[u8]) -> Self {
        let [mut seal, mut open] = [(), ()].map(|()| CipherCtx::new().expect(MEMORY));
        seal.encrypt_init(Some(cipher), Some(key), None).expect("a key of its length");
        open.decrypt_init(Some(cipher), Some(key), None).expect("a key of its length");
        Self { seal: RefCell::new(seal), open: RefCell::new(open) }
    }
    pub(super) fn seal(&self, nonce: &[u8], aad: &[u8], text: &mut [u8], tag: &mut [u8]) {
        let mut context = self.seal.borrow_mut();
        context.encrypt_init(None, None, Some(nonce)).expect("a nonce of its length");
        context.cipher_update(aad, None).expect("short");
        context.cipher_update_inplace(text, text.len()).expect("short");
        context.cipher_final(&mut []).expect("nothing is left");
        context.tag(tag).expect("sixteen bytes");
    }
    pub(super) fn open(&self, nonce: &[u8], aad: &[u8], text: &mut [u8], tag: &[u8]) -> bool {
        let mut context = self.open.borrow_mut();
        context.decrypt_init(None, None, Some(nonce)).expect("a nonce of its length");
        context.cipher_update(aad, None).expect("short");
        context.cipher_update_inplace(text, text.len()).expect("short");
        context.set_tag(tag).expect("sixteen bytes");
        context.cipher_final(&mut []).is_ok()
    }
}

pub(super) fn sha1(input: &[u8]) {
    black_box(::openssl::sha::sha1(input));
}
pub(super) fn sha256(input: &[u8]) {
    black_box(::openssl::sha::sha256(input));
}
pub(super) fn sha384(input: &[u8]) {
    black_box(::openssl::sha::sha384(input));
}
pub(super) fn sha512(input: &[u8]) {
    black_box(::openssl::sha::sha512(input));
}

/// HMAC, by a key that is made each time or once.
pub(super) fn hmac(hash: &str, key: &'static [u8], fresh: bool) -> Tag {
    let digest = match hash {
        "sha1" => MessageDigest::sha1(),
        "sha256" => MessageDigest::sha256(),
        _ => MessageDigest::sha384(),
    };
    let new = move || PKey::hmac(black_box(key)).expect(MEMORY);
    let kept = new();
    Box::new(move |input| {
        let made = fresh.then(new);
        let mut signer = Signer::new(digest, made.as_ref().unwrap_or(&kept)).expect(MEMORY);
        let mut tag = [0; 64];
        black_box(signer.sign_oneshot(&mut tag, input).expect("a tag fits"));
    })
}

pub(super) fn fill(out: &mut [u8]) {
    ::openssl::rand::rand_bytes(out).expect("there is some");
}

type Tag = Box<dyn Fn(&[u8])>;
const MEMORY: &str = "there is memory";
