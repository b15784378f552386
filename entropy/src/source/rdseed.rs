//! RDSEED and RDRAND (Intel SDM vol. 2B; vol. 2A CPUID): present where CPUID says so, random where the tests do.
#![cfg_attr(
    target_arch = "x86_64",
    allow(unsafe_code, reason = "instructions that CPUID has to allow; the layer table lists this file")
)]
use super::SourceId;
use super::words::{Instruction, Words};

/// The words of RDSEED.
pub type Rdseed = Words<RdseedStep>;
/// The words of RDRAND.
pub type Rdrand = Words<RdrandStep>;

/// RDSEED, on a machine that has it.
#[derive(Debug)]
pub struct RdseedStep(());
/// RDRAND, on a machine that has it.
#[derive(Debug)]
pub struct RdrandStep(());

impl Instruction for RdseedStep {
    const ID: SourceId = SourceId::RDSEED;
    /// It runs dry when all cores ask at once.
    const TRIES: u32 = 100;
    fn detect() -> Option<Self> {
        arch::present().rdseed.then_some(Self(()))
    }
    fn step(&mut self) -> Option<u64> {
        arch::rdseed(self)
    }
}
impl Instruction for RdrandStep {
    const ID: SourceId = SourceId::RDRAND;
    /// As Intel advises (SDM vol. 1 §7.3.17.1).
    const TRIES: u32 = 10;
    fn detect() -> Option<Self> {
        arch::present().rdrand.then_some(Self(()))
    }
    fn step(&mut self) -> Option<u64> {
        arch::rdrand(self)
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Present {
    rdseed: bool,
    rdrand: bool,
}

#[cfg(target_arch = "x86_64")]
mod arch {
    use super::{Present, RdrandStep, RdseedStep};
    use core::arch::x86_64::{__cpuid, __cpuid_count, _rdrand64_step, _rdseed64_step};

    pub(super) fn present() -> Present {
        decide(__cpuid(0).eax, __cpuid(1).ecx, || __cpuid_count(7, 0).ebx)
    }
    /// Leaf 7 may only be asked where it is the highest or below it: beyond, some processors answer with another leaf.
    pub(super) fn decide(highest_leaf: u32, leaf1_ecx: u32, leaf7_ebx: impl FnOnce() -> u32) -> Present {
        Present { rdrand: leaf1_ecx >> 30 & 1 == 1, rdseed: highest_leaf >= 7 && leaf7_ebx() >> 18 & 1 == 1 }
    }
    pub(super) fn rdseed(_: &RdseedStep) -> Option<u64> {
        #[target_feature(enable = "rdseed")]
        fn step(word: &mut u64) -> i32 {
            _rdseed64_step(word)
        }
        let mut word = 0;
        // SAFETY: the argument exists only where CPUID says that the instruction does.
        (unsafe { step(&mut word) } == 1).then_some(word)
    }
    pub(super) fn rdrand(_: &RdrandStep) -> Option<u64> {
        #[target_feature(enable = "rdrand")]
        fn step(word: &mut u64) -> i32 {
            _rdrand64_step(word)
        }
        let mut word = 0;
        // SAFETY: the argument exists only where CPUID says that the instruction does.
        (unsafe { step(&mut word) } == 1).then_some(word)
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod arch {
    use super::{Present, RdrandStep, RdseedStep};

    pub(super) const fn present() -> Present {
        Present { rdseed: false, rdrand: false }
    }
    pub(super) const fn rdseed(_: &RdseedStep) -> Option<u64> {
        None
    }
    pub(super) const fn rdrand(_: &RdrandStep) -> Option<u64> {
        None
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    #[test]
    fn leaf_seven_counts_if_it_is_the_highest_and_is_not_asked_if_it_is_not_there() {
        let (with, rdrand) = (|| 1 << 18, 1 << 30);
        assert_eq!(arch::decide(7, rdrand, with), Present { rdseed: true, rdrand: true });
        assert_eq!(arch::decide(13, 0, with), Present { rdseed: true, rdrand: false });
        assert_eq!(arch::decide(7, !rdrand, || !(1 << 18)), Present { rdseed: false, rdrand: false });
        let asked = core::cell::Cell::new(false);
        let old = arch::decide(6, rdrand, || {
            asked.set(true);
            u32::MAX
        });
        assert_eq!(old, Present { rdseed: false, rdrand: true });
        assert!(!asked.get());
    }
}
