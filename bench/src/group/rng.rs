//! Random bytes: our generator beside others in user space, and beside the system's.
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
    let filled = |mut fill: Box<dyn FnMut(&mut [u8])>| -> Work {
        let mut target = Placed::new(bytes, Place::Target(0));
        Box::new(move || fill(target.bytes()))
    };
    let contenders: Vec<(&'static str, Work)> = vec![
        ("ours", filled(Box::new(move |out| fortuna.fill(out)))),
        ("ring", filled(Box::new(move |out| system.fill(out).expect("the system has some")))),
        ("aws_lc_rs", filled(Box::new(|out| aws_lc_rs::rand::fill(out).expect("there is some")))),
        ("graviola", filled(Box::new(|out| graviola::random::fill(out).expect("the system has some")))),
        ("RustCrypto", filled(Box::new(move |out| chacha.fill_bytes(out)))),
    ];
    Row { name, bytes, contenders }
}
