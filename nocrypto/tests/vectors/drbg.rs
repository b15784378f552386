//! HMAC_DRBG (SP 800-90A) and Fortuna's generator (Cryptography Engineering §9.4).
use crate::table::{Count, File, each};
use crate::{arm, by_hash};
use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::HmacDrbg;
use nocrypto::hash::{Hash, Sha256};
use test_vectors::Record;

fn returned<H: Hash>(r: &Record) {
    let mut drbg = HmacDrbg::<H>::new(&r.bytes("EntropyInput"), &r.bytes("Nonce"), &[]);
    if r.get("EntropyInputReseed").is_some() {
        drbg.reseed(&r.bytes("EntropyInputReseed"), &r.bytes("AdditionalInputReseed"));
    }
    let expected = r.bytes("ReturnedBits");
    let mut out = vec![0; expected.len()];
    for additional in ["AdditionalInput1", "AdditionalInput2"] {
        drbg.generate(&mut out, &r.bytes(additional)).unwrap();
    }
    assert_eq!(out, expected);
}
pub(crate) fn hmac(file: &File, arm: Features) -> Count {
    arm::set(arm);
    each(file, |r| {
        assert!(by_hash!(r.text("Hash"), returned(r)));
        Ok(())
    })
}

/// A script for one generator after the other; each begins with a heading.
pub(crate) fn fortuna(file: &File, arm: Features) -> Count {
    let (mut generator, mut heading) = (Generator::with(&[], arm), String::new());
    each(file, |r| {
        let begins = heading != r.heading;
        heading.clone_from(&r.heading);
        match r.text("Call") {
            "reseed" if begins => generator = Generator::with(&[&r.bytes("Seed")], arm),
            "reseed" => {
                let seed = r.bytes("Seed");
                let (head, tail) = seed.split_at(seed.len() / 3);
                generator.reseed(&[head, &[], tail]);
            }
            "stir" => generator.stir(r.text("Fresh").parse().unwrap()),
            call => {
                let mut out = vec![0xee; r.number("Length")];
                match call {
                    "fill" => generator.fill(&mut out),
                    _ => generator.request(&mut out),
                }
                assert_eq!(out[..out.len().min(64)], r.bytes("Start"), "{r:?} {arm:?}");
                assert_eq!(Sha256::digest(&out).as_slice(), r.bytes("SHA256"), "{r:?} {arm:?}");
            }
        }
        Ok(())
    })
}
