//! The part that runs under valgrind: every subject on an arm of valgrind's CPU.
#[cfg(nqsb_ct)]
use crate::published;
use crate::secrets::{TYPICAL, choose, secret};
use crate::subjects::{SUBJECTS, Subject};
use crate::{planted, vg};
use core::hint::black_box;
use nocrypto::cpu::Features;
use std::process::ExitCode;

/// Subjects of which the name has one of `names` in it; all, and the comparison with the reviewed list, if there are none.
pub(crate) fn run(arm: Features, names: &[&str]) -> ExitCode {
    if !vg::is_running() {
        eprintln!("not under valgrind: `cargo xtask ct` builds and runs this");
        return ExitCode::FAILURE;
    }
    #[cfg(nqsb_ct)]
    nocrypto::ct::checker::listen(published::hear);
    choose(TYPICAL);

    let planted = planted::LEAKS.len();
    let found = planted::LEAKS.iter().filter(|(name, leak)| {
        let secret = secret();
        let found = errors_of(|| leak(black_box(&secret))) > 0;
        if !found {
            println!("planted and not found: {name}");
        }
        found
    });
    let mut failures = planted - found.count();
    planted::divisions();

    let chosen = |s: &&Subject| names.is_empty() || names.iter().any(|name| s.name.contains(name));
    let mut subjects = 0;
    for subject in SUBJECTS.iter().filter(chosen) {
        subjects += 1;
        let errors = errors_of(|| (subject.call)(arm));
        if errors > 0 {
            println!("LEAK: {} on {arm:?}: {errors} errors", subject.name);
            failures += 1;
        }
    }
    print!("   memcheck: {planted} planted leaks; {subjects} functions on {arm:?}");
    #[cfg(nqsb_ct)]
    if names.is_empty() {
        failures += published::compare();
    }
    println!();
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn errors_of(run: impl FnOnce()) -> usize {
    let before = vg::errors();
    run();
    vg::errors() - before
}
