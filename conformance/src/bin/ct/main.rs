//! The constant-time check of the binary: each function of nocrypto that takes a secret is called, for `cargo xtask ct`,
//! which builds this at every level of optimization. Two checkers watch the calls:
//!
//! `memcheck [NAME…]` runs under valgrind, to which secrets are undefined: each branch or address that depends on one is
//! an error. What nocrypto publishes (`ct::publish`, `Choice::reveal`) is defined again from there on, and compared
//! with the reviewed list in `expected/published.txt`.
//!
//! `step SUBJECT ARM SECRETS` runs one call under `ct_trace`, which finds the numbers of subjects and arms by `list`. It
//! goes where valgrind cannot: through instructions that it does not know.
#![allow(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a tool: what fails here fails the check"
)]
#[cfg(nqsb_ct)]
mod list;
mod memcheck;
mod planted;
#[cfg(nqsb_ct)]
mod published;
mod secrets;
mod subjects;
mod trace;
mod vg;

use core::hint::black_box;
use nocrypto::cpu::Features;
use std::process::ExitCode;
use subjects::SUBJECTS;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        #[cfg(nqsb_ct)]
        ["list"] => list::print(),
        ["memcheck", names @ ..] => memcheck::run(names),
        ["step", subject, arm, number] => {
            if step(subject, arm, number).is_none() {
                eprintln!("no such subject, arm or number of secrets");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("`cargo xtask ct` builds and runs this");
            ExitCode::FAILURE
        }
    }
}

/// One call between two marks. Planted leaks stand before the subjects.
fn step(subject: &str, arm: &str, number: &str) -> Option<()> {
    let subject: usize = subject.parse().ok()?;
    let arm = Features::arms().nth(arm.parse().ok()?)?;
    secrets::choose(number.parse().ok()?);
    if let Some((_, leak)) = planted::LEAKS.get(subject) {
        let secret = secrets::secret();
        trace::mark();
        leak(black_box(&secret));
        trace::mark();
    } else {
        let subject = SUBJECTS.get(subject - planted::LEAKS.len())?;
        trace::mark();
        subject.call(arm);
        trace::mark();
    }
    Some(())
}
