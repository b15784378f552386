//! HKDF (RFC 5869), PBKDF2 (RFC 6070, RFC 7914), the PRF of TLS 1.2.
use crate::table::{Case, Count, File, each};
use crate::{arm, by_hash, long};
use core::num::NonZeroU32;
use nocrypto::cpu::Features;
use nocrypto::hash::Hash;
use nocrypto::kdf::hkdf::Prk;
use nocrypto::kdf::{pbkdf2 as derive, tls12_prf as pseudorandom};
use test_vectors::cumulated;

fn expands<H: Hash>(prk: &Prk<H>, info: &[u8], okm: &[u8]) {
    let mut out = vec![0; okm.len()];
    prk.expand(&[info], &mut out).unwrap();
    assert_eq!(out, okm);
    // The same in parts, and over what stood there before.
    let (head, tail) = info.split_at(info.len() / 3);
    out.fill(0xff);
    prk.expand(&[head, &[], tail], &mut out).unwrap();
    assert_eq!(out, okm);
}
pub(crate) fn hkdf_is<H: Hash>(salt: &[u8], ikm: &[u8], info: &[u8], okm: &[u8]) {
    expands::<H>(&Prk::extract(salt, ikm), info, okm);
}
fn from_prk<H: Hash>(prk: &[u8], info: &[u8], okm: &[u8]) {
    expands::<H>(&Prk::from_bytes(prk), info, okm);
}
pub(crate) fn hkdf(file: &File, arm: Features) -> Count {
    arm::set(arm);
    let all = cumulated(&file.text, "OKM");
    let cases = all.iter().map(|r| {
        let [salt, ikm, info, okm] = ["salt", "IKM", "info", "OKM"].map(|name| r.bytes(name));
        assert!(by_hash!(r.text("Hash"), hkdf_is(&salt, &ikm, &info, &okm)));
        if r.get("PRK").is_some() {
            assert!(by_hash!(r.text("Hash"), from_prk(&r.bytes("PRK"), &info, &okm)));
        }
        Ok(())
    });
    cases.collect()
}

fn derives<H: Hash>(password: &[u8], salt: &[u8], iterations: usize, key: &[u8]) {
    let mut out = vec![0xee; key.len()];
    let iterations = NonZeroU32::new(iterations.try_into().unwrap()).unwrap();
    derive::<H>(password, salt, iterations, &mut out).unwrap();
    assert_eq!(out, key);
}
/// The one case of 2^24 iterations takes seconds where SHA-1 has an instruction, and minutes under emulation.
pub(crate) fn pbkdf2_is(
    hash: &str,
    arm: Features,
    [password, salt, key]: [&[u8]; 3],
    iterations: usize,
) -> Case {
    if iterations == 1 << 24 && !long() && (arm.sha().is_none() || arm != Features::detect()) {
        return Err("2^24 iterations (run with NOCRYPTO_LONG)");
    }
    assert!(by_hash!(hash, derives(password, salt, iterations, key)), "{hash}");
    Ok(())
}
pub(crate) fn pbkdf2(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        let [password, salt, key] = ["P", "S", "DK"].map(|name| r.bytes(name));
        pbkdf2_is(r.text("Hash"), arm, [&password, &salt, &key], r.number("c"))
    })
}
/// Passwords and salts are text, with a zero byte written as in C.
pub(crate) fn pbkdf2_in_words(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        let [password, salt] = ["PASSWORD", "SALT"].map(|name| r.text(name).replace("\\0", "\0"));
        if r.number("ITERATIONS") == 1 << 24 && !long() {
            return Err("2^24 iterations: Wycheproof has the same case");
        }
        let parts = [password.as_bytes(), salt.as_bytes(), &r.bytes("DERIVED_KEY")];
        pbkdf2_is("SHA-1", arm, parts, r.number("ITERATIONS"))
    })
}

fn prf<H: Hash>(secret: &[u8], label: &str, seed: &[u8], output: &[u8]) {
    for length in [0, 1, H::OUTPUT - 1, H::OUTPUT, H::OUTPUT + 1, output.len()] {
        for cut in [0, 3, seed.len()] {
            let mut out = vec![0; length];
            pseudorandom::<H>(secret, label.as_bytes(), &[&seed[..cut], &seed[cut..]], &mut out);
            assert_eq!(out, output[..length]);
        }
    }
}
pub(crate) fn tls12_prf(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        let [secret, seed, output] = ["Secret", "Seed", "Output"].map(|name| r.bytes(name));
        assert!(by_hash!(r.text("Hash"), prf(&secret, r.text("Label"), &seed, &output)));
        Ok(())
    })
}
