//! What can be called, and which features of the CPU each call makes use of: nocrypto tells, in this build.
use crate::planted::LEAKS;
use crate::secrets::{TYPICAL, choose};
use crate::subjects::{Cost, SUBJECTS};
use nocrypto::cpu::Features;
use std::process::ExitCode;

/// One line each: `planted NUMBER NAME`, and `call NUMBER COST FEATURES NAME` for the features that the call made use of.
pub(crate) fn print(arm: Features) -> ExitCode {
    for (number, (name, _)) in LEAKS.iter().enumerate() {
        println!("planted {number} {name}");
    }
    choose(TYPICAL);
    for (number, subject) in (LEAKS.len()..).zip(SUBJECTS) {
        let cost = match subject.cost {
            Cost::Short => "short",
            Cost::Long => "long",
            Cost::Huge => continue,
        };
        Features::granted();
        (subject.call)(arm);
        println!("call {number} {cost} {:?} {}", Features::granted(), subject.name);
    }
    ExitCode::SUCCESS
}
