//! Random bytes: our generator, which replaces its key after each request, beside one that does not (RustCrypto), and
//! beside those that ask the system, each time (ring, graviola) or at times (aws-lc-rs).
use super::Plan;
use crate::measure::{Row, Work};
use crate::place::{Place, Placed};
use nocrypto::drbg::fortuna::Generator;
use rand_chacha::rand_core::{Rng, SeedableRng};
use ring::rand::{SecureRandom, SystemRandom};

pub(super) fn plans() -> Vec<Plan> {
    [32, 16384].map(|bytes| Plan::new(format!("rng/fill/{bytes}"), move |name| row(name, bytes))).into()
}

fn row(name: String, bytes: usize) -> Row {
    let mut fortuna = Generator::new(&[&[7; 32]]);
    let mut chacha = rand_chacha::ChaCha20Rng::from_seed([7; 32]);
    let system = SystemRandom::new();
    let contenders: Vec<(&'static str, Work)> = vec![
        ("ours", filling(bytes, move |out| fortuna.fill(out))),
        ("ring", filling(bytes, move |out| system.fill(out).expect("the system has some"))),
        ("aws_lc_rs", filling(bytes, |out| aws_lc_rs::rand::fill(out).expect("there is some"))),
        ("graviola", filling(bytes, |out| graviola::random::fill(out).expect("the system has some"))),
        ("RustCrypto", filling(bytes, move |out| chacha.fill_bytes(out))),
        #[cfg(feature = "openssl")]
        ("openssl", filling(bytes, super::openssl::fill)),
    ];
    Row { name, bytes, contenders }
}

fn filling(bytes: usize, mut fill: impl FnMut(&mut [u8]) + 'static) -> Work {
    let mut target = Placed::new(bytes, Place::Target(0));
    Box::new(move || fill(target.bytes()))
}
