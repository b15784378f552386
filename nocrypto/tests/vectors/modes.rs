//! AES alone (FIPS 197), in the modes CBC and CTR (SP 800-38A), and AES key wrap (RFC 3394, RFC 5649).
use crate::by_key;
use crate::table::{Case, Count, File};
use nocrypto::aead::key_wrap::{unwrap, unwrap_padded, wrap, wrap_padded};
use nocrypto::cipher::aes::Aes;
use nocrypto::cpu::Features;
use test_vectors::{Record, records};

fn with_key(file: &File, run: impl Fn(&Record) -> Case) -> Count {
    records(&file.text).iter().filter(|r| r.get("Key").is_some()).map(run).collect()
}

pub(crate) fn ecb(file: &File, arm: Features) -> Count {
    with_key(file, |r| by_key!(r.bytes("Key").len(), blocks(r, arm)))
}
fn blocks<const N: usize>(r: &Record, arm: Features) -> Case {
    let [key, plain, sealed] = ["Key", "Plaintext", "Ciphertext"].map(|name| r.bytes(name));
    let aes = Aes::<N>::with(key[..].try_into().unwrap(), arm);
    let mut text = plain.clone();
    aes.encrypt_blocks(text.as_chunks_mut().0);
    assert_eq!(text, sealed, "{r:?} {arm:?}");
    aes.decrypt_blocks(text.as_chunks_mut().0);
    assert_eq!(text, plain, "{r:?} {arm:?}");
    Ok(())
}

/// The heading or the folder says which.
pub(crate) fn cbc_or_ctr(file: &File, arm: Features) -> Count {
    with_key(file, |r| {
        let is_cbc = r.heading == "CBC" || file.name.contains("/CBC/");
        by_key!(r.bytes("Key").len(), chained_or_counted(r, is_cbc, arm))
    })
}
fn chained_or_counted<const N: usize>(r: &Record, is_cbc: bool, arm: Features) -> Case {
    let [key, iv, plain, sealed] = ["Key", "IV", "Plaintext", "Ciphertext"].map(|name| r.bytes(name));
    let (aes, iv) = (Aes::<N>::with(key[..].try_into().unwrap(), arm), iv.try_into().unwrap());
    let mut text = plain.clone();
    if is_cbc {
        aes.encrypt_cbc(&iv, text.as_chunks_mut().0)
    } else {
        aes.apply_ctr(&iv, &mut text)
    }
    assert_eq!(text, sealed, "{r:?} {arm:?}");
    if is_cbc {
        aes.decrypt_cbc(&iv, text.as_chunks_mut().0)
    } else {
        aes.apply_ctr(&iv, &mut text)
    }
    assert_eq!(text, plain, "{r:?} {arm:?}");
    Ok(())
}

/// The heading says whether with padding.
pub(crate) fn key_wrap(file: &File, arm: Features) -> Count {
    with_key(file, |r| {
        let [kek, key, wrapped] = ["KEK", "Key", "Wrapped"].map(|name| r.bytes(name));
        by_key!(kek.len(), wraps(arm, [&kek, &key, &wrapped], r.heading.contains("5649")))
    })
}
/// Both ways.
pub(crate) fn wraps<const N: usize>(arm: Features, [kek, key, wrapped]: [&[u8]; 3], padded: bool) -> Case {
    let kek = Aes::<N>::with(kek.try_into().unwrap(), arm);
    let mut buffer = vec![0x33; wrapped.len()];
    buffer[8..8 + key.len()].copy_from_slice(key);
    if padded { wrap_padded(&kek, key.len(), &mut buffer) } else { wrap(&kek, &mut buffer) }.unwrap();
    assert_eq!(buffer, wrapped, "{arm:?}");
    let unwrapped = if padded { unwrap_padded(&kek, &mut buffer) } else { unwrap(&kek, &mut buffer) };
    assert_eq!(unwrapped.unwrap(), key, "{arm:?}");
    Ok(())
}
