//! The constant-time check of the binary: each function of nocrypto that takes a secret is called, for `cargo xtask ct`,
//! which builds this at every level of optimization. Two checkers watch the calls:
//!
//! `memcheck ARM [NAME…]` runs under valgrind, to which secrets are undefined: each branch or address that depends on one is
//! an error. What nocrypto publishes (`ct::publish`, `Choice::reveal`) is defined again from there on, and compared
//! with the reviewed list in `expected/published.txt`.
//!
//! `step SUBJECT ARM SECRETS` runs one call under `ct_trace`, which finds the numbers of subjects by `list ARM`. It goes
//! where valgrind cannot: through instructions that it does not know.
//!
//! The arms of the CPU are counted from 0, which has no features, and 1, which has all; the answer is 3 where there is
//! no such arm.
#![cfg_attr(
    not(nqsb_ct),
    allow(dead_code, reason = "nocrypto tells what is listed in its build for the check alone")
)]
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
    let done = match words.as_slice() {
        ["memcheck", arm, names @ ..] => limit(arm).map(|arm| memcheck::run(arm, names)),
        #[cfg(nqsb_ct)]
        ["list", arm] => limit(arm).map(list::print),
        ["step", subject, arm, number] => step(subject, arm, number).map(|()| ExitCode::SUCCESS),
        _ => {
            eprintln!("`cargo xtask ct` builds and runs this");
            Some(ExitCode::FAILURE)
        }
    };
    done.unwrap_or(ExitCode::from(NO_SUCH))
}

/// The answer where there are not so many arms, or subjects.
const NO_SUCH: u8 = 3;

/// Limits this process to an arm of the CPU.
fn limit(arm: &str) -> Option<Features> {
    let arm = Features::arms().nth(arm.parse().ok()?)?;
    arm.limit();
    Some(arm)
}

/// One call between two marks. Planted leaks stand before the subjects.
fn step(subject: &str, arm: &str, number: &str) -> Option<()> {
    let subject: usize = subject.parse().ok()?;
    let arm = limit(arm)?;
    secrets::choose(number.parse().ok()?);
    if let Some((_, leak)) = planted::LEAKS.get(subject) {
        let secret = secrets::secret();
        trace::mark();
        leak(black_box(&secret));
        trace::mark();
    } else {
        let subject = SUBJECTS.get(subject - planted::LEAKS.len())?;
        trace::mark();
        (subject.call)(arm);
        trace::mark();
    }
    Some(())
}
