//! Every case that others have published for the symmetric half, on every arm. Each source prints a table of what was
//! run, and names what is passed over (`cargo xtask vectors`). What takes minutes is run where `NOCRYPTO_LONG` is set.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::unnecessary_wraps,
    reason = "a test may stop at once"
)]
mod aead;
#[path = "../arm/mod.rs"]
mod arm;
mod ccm;
mod drbg;
mod hash;
mod kdf;
mod legacy;
mod mac;
mod modes;
mod table;
mod wycheproof;

use table::{File, PUBLIC_KEYS, Plan, run};
use test_vectors::{files, shared_files, text};

/// Whether to run what takes minutes.
fn long() -> bool {
    std::env::var_os("NOCRYPTO_LONG").is_some()
}

#[test]
fn the_examples_kept_here_come_out_right() {
    let names = ["nist", "rfc", "made"]
        .into_iter()
        .flat_map(|folder| files(folder).into_iter().map(move |name| format!("{folder}/{name}")));
    let kept = names.map(|name| File { text: text(&name), name }).collect();
    assert!(run("Kept in test-vectors/", kept, kept_plan) > 0);
}
fn kept_plan(name: &str) -> Plan {
    Ok(match name {
        "nist/cmac.txt" => mac::cmac,
        "nist/fips197.txt" => modes::ecb,
        "nist/gcm.txt" => aead::gcm,
        "nist/hmac_drbg.txt" => drbg::hmac,
        "nist/sha1.txt" | "nist/sha2.txt" | "nist/sha3.txt" | "rfc/rfc1321.txt" => hash::examples,
        "nist/shake.txt" => hash::shake_examples,
        "nist/sp800_38a.txt" => modes::cbc_or_ctr,
        "nist/sp800_38c.txt" => ccm::examples,
        "nist/sp800_67.txt" | "rfc/rfc2268.txt" | "rfc/rfc6229.txt" | "made/legacy.txt" => legacy::decrypt,
        "rfc/key_wrap.txt" => modes::key_wrap,
        "rfc/rfc2202.txt" => mac::hmac,
        "rfc/rfc4231.txt" => mac::rfc_4231,
        "rfc/rfc5869.txt" => kdf::hkdf,
        "rfc/rfc6070.txt" | "rfc/rfc7914.txt" => kdf::pbkdf2,
        "rfc/rfc8439.txt" => aead::rfc_8439,
        "rfc/tls12_prf.txt" => kdf::tls12_prf,
        "rfc/xchacha.txt" => aead::xchacha20_poly1305,
        "made/fortuna.txt" => drbg::fortuna,
        "made/fortuna_pools.txt" => return Err("of the crate entropy"),
        _ => return Err(PUBLIC_KEYS),
    })
}

#[test]
fn nists_responses_agree() {
    let Some(all) = shared_files(ARCHIVE) else { return };
    let all = all.into_iter().map(|(path, bytes)| File {
        name: path.to_str().unwrap().to_owned(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    });
    assert!(run(ARCHIVE, all.collect(), archive_plan) > 0);
}
fn archive_plan(path: &str) -> Plan {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if name.ends_with("Monte.txt") || name.starts_with("DVPT") && name.ends_with(".txt") {
        return Err("the .rsp file of that name, and how its answers come about");
    }
    Ok(match (folder, name) {
        (_, "Readme.txt") => return Err("prose"),
        ("CMAC", "nist-800-38b-3des.txt") => return Err("Triple DES is here to decrypt old files only"),
        ("CMAC", _) => mac::cmac,
        ("HMAC", "rfc-2286-ripemd160.txt") => return Err("we do not have RIPEMD-160"),
        ("HMAC", _) => mac::hmac,
        ("KDF", "rfc-6070-PBKDF2-SHA1.txt") => kdf::pbkdf2_in_words,
        ("KDF", _) => kdf::hkdf,
        ("hashes/SHA2", _) if name.starts_with("SHA512_224") => return Err("we do not have SHA-512/224"),
        ("hashes/SHAKE", _) if name.ends_with("Monte.rsp") => hash::shake_monte,
        ("hashes/SHAKE", _) => hash::shake,
        ("hashes/SHA1" | "hashes/SHA2" | "hashes/SHA3", _) if name.ends_with("Monte.rsp") => hash::monte,
        ("hashes/SHA1" | "hashes/SHA2" | "hashes/SHA3", _) => hash::messages,
        ("ciphers/AES/CBC" | "ciphers/AES/CTR", _) => modes::cbc_or_ctr,
        ("ciphers/AES/ECB", _) => modes::ecb,
        ("ciphers/AES/CCM", _) => ccm::responses,
        ("ciphers/AES/GCM", _) => aead::gcm,
        ("ciphers/ChaCha20", _) => aead::chacha20,
        ("ciphers/ChaCha20Poly1305", _) => aead::chacha20_poly1305,
        ("poly1305", _) => aead::poly1305,
        _ if folder.starts_with("asymmetric") => return Err(PUBLIC_KEYS),
        _ => panic!("nobody says what becomes of {path}"),
    })
}

#[test]
fn wycheproof_agrees() {
    let names = wycheproof::names();
    let all = names.into_iter().map(|name| File { name: name.to_owned(), text: String::new() });
    assert!(run("Wycheproof", all.collect(), wycheproof::plan) > 0);
}

const ARCHIVE: &str = "nist-cavp-subset.tar.xz";
