//! AES-GCM (SP 800-38D), ChaCha20, Poly1305 and ChaCha20-Poly1305 (RFC 8439), XChaCha20-Poly1305.
use crate::by_key;
use crate::table::{Case, Count, File, each};
use core::fmt::Debug;
use nocrypto::aead::{Aead, AesGcm, ChaCha20Poly1305, Forged, Unfit, XChaCha20Poly1305};
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cpu::Features;
use nocrypto::mac::Poly1305;
use test_vectors::{Record, records};

/// One message and its key. A forgery has no `plain`.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) key: Vec<u8>,
    pub(crate) nonce: Vec<u8>,
    pub(crate) aad: Vec<u8>,
    pub(crate) plain: Option<Vec<u8>>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) tag: Vec<u8>,
}

impl From<&Record> for Message {
    fn from(r: &Record) -> Self {
        let plain = ["Plaintext", "PT", "IN"].into_iter().find(|name| r.get(name).is_some());
        Self {
            key: r.bytes("Key"),
            nonce: r.bytes_of(&["Nonce", "IV"]),
            aad: r.bytes_of(&["AAD", "AD"]),
            // "FAIL" stands in the place of a plaintext, or an error of OpenSSL's beside it.
            plain: plain.filter(|_| r.get("Result").is_none()).map(|name| r.bytes(name)),
            sealed: r.bytes_of(&["Ciphertext", "CT"]),
            tag: r.bytes("Tag"),
        }
    }
}

/// Both ways.
pub(crate) fn check<A: Aead>(aead: &A, m: &Message)
where
    A::Nonce: for<'a> TryFrom<&'a [u8], Error: Debug>,
    A::Tag: for<'a> TryFrom<&'a [u8], Error: Debug> + AsRef<[u8]>,
{
    let (nonce, tag) = (m.nonce[..].try_into().unwrap(), m.tag[..].try_into().unwrap());
    let mut text = m.sealed.clone();
    let opened = aead.open(&nonce, &m.aad, &mut text, &tag);
    let Some(plain) = &m.plain else {
        assert_eq!((opened, text), (Err(Forged), vec![0; m.sealed.len()]), "{m:?}");
        return;
    };
    assert_eq!((opened, &text), (Ok(()), plain), "{m:?}");
    let tag = aead.seal(&nonce, &m.aad, &mut text).unwrap();
    assert_eq!((&text, tag.as_ref()), (&m.sealed, &m.tag[..]), "{m:?}");
}

/// Once with a nonce of any length, and if it has 12 bytes as such too. Our tags have 16 bytes: of a shorter one it is
/// said whether it is the beginning of ours.
pub(crate) fn gcm_is<const N: usize>(arm: Features, m: &Message) -> Case {
    let gcm = AesGcm::<N>::with(m.key[..].try_into().unwrap(), arm);
    let mut text = m.sealed.clone();
    if m.nonce.is_empty() {
        assert_eq!(gcm.seal_any_nonce(&[], &m.aad, &mut text), Err(Unfit::NoNonce));
        let opened = gcm.open_any_nonce(&[], &m.aad, &mut text, m.tag[..].try_into().unwrap());
        assert_eq!((opened, &m.plain), (Err(Forged), &None), "{m:?} {arm:?}");
        return Ok(());
    }
    let seal = |text: &mut Vec<u8>| gcm.seal_any_nonce(&m.nonce, &m.aad, text).unwrap();
    // Counter mode is its own inverse.
    seal(&mut text);
    if let Some(plain) = &m.plain {
        assert_eq!(text, *plain, "{m:?} {arm:?}");
    }
    let tag = seal(&mut text);
    assert_eq!(text, m.sealed, "{m:?} {arm:?}");
    assert_eq!(tag[..m.tag.len()] == m.tag, m.plain.is_some(), "{m:?} {arm:?}");
    if let Ok(tag) = m.tag[..].try_into() {
        let opened = gcm.open_any_nonce(&m.nonce, &m.aad, &mut text, tag);
        let expected = m.plain.clone().ok_or(Forged);
        assert_eq!(opened, expected.clone().map(|_| ()), "{m:?} {arm:?}");
        assert_eq!(text, expected.unwrap_or_else(|Forged| vec![0; m.sealed.len()]), "{m:?} {arm:?}");
        if m.nonce.len() == 12 {
            check(&gcm, m);
        }
    }
    Ok(())
}
pub(crate) fn gcm(file: &File, arm: Features) -> Count {
    let all = records(&file.text);
    let messages = all.iter().filter(|r| r.get("Key").is_some()).map(Message::from);
    messages.map(|m| by_key!(m.key.len(), gcm_is(arm, &m))).collect()
}

pub(crate) fn chacha20_poly1305_is(arm: Features, m: &Message) -> Case {
    check(&ChaCha20Poly1305::with(m.key[..].try_into().unwrap(), arm), m);
    Ok(())
}
pub(crate) fn chacha20_poly1305(file: &File, arm: Features) -> Count {
    let all = records(&file.text);
    let messages = all.iter().filter(|r| r.get("Key").is_some()).map(Message::from);
    messages.map(|m| chacha20_poly1305_is(arm, &m)).collect()
}
pub(crate) fn xchacha20_poly1305_is(arm: Features, m: &Message) -> Case {
    check(&XChaCha20Poly1305::with(m.key[..].try_into().unwrap(), arm), m);
    Ok(())
}
pub(crate) fn xchacha20_poly1305(file: &File, arm: Features) -> Count {
    each(file, |r| xchacha20_poly1305_is(arm, &r.into()))
}

/// All three algorithms in one file; the headings tell them apart.
pub(crate) fn rfc_8439(file: &File, arm: Features) -> Count {
    each(file, |r| match &r.heading[..] {
        "ChaCha20" => key_stream(arm, r),
        "ChaCha20-Poly1305" => chacha20_poly1305_is(arm, &r.into()),
        _ => one_time_tag(r),
    })
}
pub(crate) fn chacha20(file: &File, arm: Features) -> Count {
    each(file, |r| key_stream(arm, r))
}
fn key_stream(arm: Features, r: &Record) -> Case {
    let [key, mut text, sealed] = ["Key", "Plaintext", "Ciphertext"].map(|name| r.bytes(name));
    let counter = if r.get("Counter").is_some() { "Counter" } else { "INITIAL_BLOCK_COUNTER" };
    let (counter, nonce) = (r.number(counter).try_into().unwrap(), r.bytes("Nonce").try_into().unwrap());
    ChaCha20::with(&key.try_into().unwrap(), arm).apply(&nonce, counter, &mut text).unwrap();
    assert_eq!(text, sealed, "{r:?}");
    Ok(())
}
pub(crate) fn poly1305(file: &File, _: Features) -> Count {
    each(file, one_time_tag)
}
/// In two pieces, parted everywhere.
fn one_time_tag(r: &Record) -> Case {
    let (key, message, tag) =
        (r.bytes("Key").try_into().unwrap(), r.bytes_of(&["Message", "MSG"]), r.bytes("Tag"));
    for at in 0..=message.len() {
        let (first, second) = message.split_at(at);
        let mut mac = Poly1305::new(&key);
        mac.update(first);
        mac.update(second);
        assert_eq!(mac.finish(), tag[..], "{r:?} parted at {at}");
    }
    Ok(())
}
