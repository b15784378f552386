//! What can be called, and which features of the CPU each call makes use of: nocrypto tells, in this build.
use crate::planted::LEAKS;
use crate::secrets::{TYPICAL, choose};
use crate::subjects::{Cost, SUBJECTS};
use nocrypto::cpu::Features;
use std::process::ExitCode;

/// One line each: `planted NUMBER NAME` and `call NUMBER ARM COST FEATURES NAME`, for the features that the call made use
/// of. Two arms of which the same features are used are one: where they parted, one would have got what the other did not.
/// Arm 0 is left out: it has no features.
pub(crate) fn print() -> ExitCode {
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
        let mut seen = Vec::new();
        for (number_of_arm, arm) in Features::arms().enumerate().skip(1) {
            Features::granted();
            subject.call(arm);
            let used = Features::granted();
            if !seen.contains(&used) {
                println!("call {number} {number_of_arm} {cost} {used:?} {}", subject.name);
                seen.push(used);
            }
        }
    }
    ExitCode::SUCCESS
}
