//! HMAC (RFC 2202, RFC 4231), CMAC (SP 800-38B), GMAC.
use crate::table::{Case, Count, File, each};
use crate::{arm, by_hash, by_key};
use nocrypto::aead::Gmac;
use nocrypto::cpu::Features;
use nocrypto::hash::Hash;
use nocrypto::mac::{Cmac, Forged, Hmac};

/// Whether `tag` is the (maybe shortened) tag; asked of every way to make one.
pub(crate) fn hmac_is<H: Hash>(key: &[u8], message: &[u8], tag: &[u8], expected: bool) {
    let mut mac = Hmac::<H>::new(key);
    for piece in message.chunks(7) {
        mac.update(piece);
    }
    let whole = mac.clone().finish();
    assert_eq!(whole, Hmac::<H>::tag(key, message));
    assert_eq!(whole.as_ref()[..tag.len()] == *tag, expected, "key {key:02x?} message {message:02x?}");
    let verdict = if expected && tag.len() == H::OUTPUT { Ok(()) } else { Err(Forged) };
    assert_eq!(mac.verify(tag), verdict);
}
/// The heading or the file's name says which hash.
pub(crate) fn hmac(file: &File, arm: Features) -> Count {
    arm::set(arm);
    let of_file = file.name.rsplit(['-', '.']).nth(1).unwrap().to_uppercase().replace("SHA", "SHA-");
    each(file, |r| {
        let hash = if r.heading.is_empty() { &of_file } else { &r.heading };
        let (key, message, tag) = (r.bytes("Key"), r.bytes("Msg"), r.bytes("MD"));
        assert!(by_hash!(hash.as_str(), hmac_is(&key, &message, &tag, true)), "{hash}");
        Ok(())
    })
}
/// Four hashes in each record.
pub(crate) fn rfc_4231(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        let (key, data) = (r.bytes("Key"), r.bytes("Data"));
        for hash in ["SHA-224", "SHA-256", "SHA-384", "SHA-512"] {
            let tag = r.bytes(&format!("HMAC-{hash}"));
            assert!(by_hash!(hash, hmac_is(&key, &data, &tag, true)));
        }
        Ok(())
    })
}

pub(crate) fn cmac_is<const N: usize>(
    arm: Features,
    key: &[u8],
    message: &[u8],
    tag: &[u8],
    expected: bool,
) -> Case {
    for piece in [1, 5, 16, 31, 1000] {
        let fed = || {
            let mut mac = Cmac::<N>::with(key.try_into().unwrap(), arm);
            message.chunks(piece).for_each(|piece| mac.update(piece));
            mac
        };
        assert_eq!(fed().finish()[..tag.len()] == *tag, expected, "{key:02x?} {message:02x?}");
        let verdict = if expected && tag.len() == 16 { Ok(()) } else { Err(Forged) };
        assert_eq!(fed().verify(tag), verdict);
    }
    Ok(())
}
pub(crate) fn cmac(file: &File, arm: Features) -> Count {
    each(file, |r| {
        let (key, message) = (r.bytes("Key"), r.bytes_of(&["Msg", "Message"]));
        by_key!(key.len(), cmac_is(arm, &key, &message, &r.bytes_of(&["Mac", "Output"]), true))
    })
}

pub(crate) fn gmac_is<const N: usize>(
    arm: Features,
    key: &[u8],
    nonce: &[u8],
    message: &[u8],
    tag: &[u8],
    expected: bool,
) -> Case {
    let mac = Gmac::<N>::with(key.try_into().unwrap(), arm);
    let tag: &[u8; 16] = tag.try_into().unwrap();
    let verdict = if expected { Ok(()) } else { Err(Forged) };
    assert_eq!(mac.tag_any_nonce(nonce, message).unwrap() == *tag, expected);
    assert_eq!(mac.verify_any_nonce(nonce, message, tag), verdict);
    if let Ok(nonce) = nonce.try_into() {
        assert_eq!(mac.tag(nonce, message).unwrap() == *tag, expected);
        assert_eq!(mac.verify(nonce, message, tag), verdict);
    }
    Ok(())
}
