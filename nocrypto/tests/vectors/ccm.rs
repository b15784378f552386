//! AES-CCM (SP 800-38C) with nonces and tags of all lengths.
use crate::aead::{Message, check};
use crate::table::{Case, Count, File, each};
use nocrypto::aead::AesCcm;
use nocrypto::cpu::Features;
use test_vectors::cumulated;

/// Chooses the type of these lengths.
macro_rules! ccm {
    ($m:expr, $arm:expr, keys $keys:tt, nonces $nonces:tt, tags $tags:tt) => {
        ccm!(@keys $m, $arm, $keys, $nonces, $tags)
    };
    (@keys $m:expr, $arm:expr, [$($key:literal)*], $nonces:tt, $tags:tt) => {
        match $m.key.len() {
            $( $key => ccm!(@nonces $m, $arm, $key, $nonces, $tags), )*
            _ => return Err("a key of a length that AES does not have"),
        }
    };
    (@nonces $m:expr, $arm:expr, $key:literal, [$($nonce:literal)*], $tags:tt) => {
        match $m.nonce.len() {
            $( $nonce => ccm!(@tags $m, $arm, $key, $nonce, $tags), )*
            _ => return Err("a nonce of a length that CCM does not have"),
        }
    };
    (@tags $m:expr, $arm:expr, $key:literal, $nonce:literal, [$($tag:literal)*]) => {
        match $m.tag.len() {
            $( $tag => check(&AesCcm::<$key, $nonce, $tag>::with($m.key[..].try_into().unwrap(), $arm), $m), )*
            _ => return Err("a tag of a length that CCM does not have"),
        }
    };
}
pub(crate) fn ccm_is(arm: Features, m: &Message) -> Case {
    ccm!(m, arm, keys [16 24 32], nonces [7 8 9 10 11 12 13], tags [4 6 8 10 12 14 16]);
    Ok(())
}

/// The tag stands behind the ciphertext; the associated data is repeated.
pub(crate) fn examples(file: &File, arm: Features) -> Count {
    each(file, |r| {
        let [key, nonce, aad, plain, mut sealed] =
            ["Key", "Nonce", "Adata", "Payload", "CT"].map(|name| r.bytes(name));
        let tag = sealed.split_off(plain.len());
        ccm_is(
            arm,
            &Message { key, nonce, aad: aad.repeat(r.number("Repeated")), plain: Some(plain), sealed, tag },
        )
    })
}

/// What has no length is written as a zero byte. A result is said before the payload, if at all.
pub(crate) fn responses(file: &File, arm: Features) -> Count {
    let cases = cumulated(&file.text, "CT").into_iter().map(|r| {
        let [aad_length, length] = ["Alen", "Plen"].map(|name| r.number(name));
        let [key, nonce, mut aad, mut sealed] = ["Key", "Nonce", "Adata", "CT"].map(|name| r.bytes(name));
        aad.truncate(aad_length);
        let tag = sealed.split_off(length);
        let is_forged = r.get("Result").is_some_and(|result| result.starts_with("Fail"));
        let plain = (!is_forged).then(|| r.bytes("Payload")[..length].to_vec());
        ccm_is(arm, &Message { key, nonce, aad, plain, sealed, tag })
    });
    cases.collect()
}
