//! The cycle counter: what caches, branch predictors, buses and interrupts do to the time that code takes.
//!
//! The loop is of the kind of Whirlwind (Everspaugh et al., "Not-So-Random Numbers in Virtualized Linux and the
//! Whirlwind RNG", IEEE S&P 2014): each round reads the counter, and the counter decides how long the next round is.
#![cfg_attr(
    any(target_arch = "x86_64", target_arch = "aarch64"),
    allow(unsafe_code, reason = "reads the counter; the layer table lists this file")
)]
use super::words::START_SAMPLES;
use super::{Source, SourceError, SourceId};
use crate::health::{Health, Limits};
use core::hint::black_box;

/// The bootstrap loop on the cycle counter.
#[derive(Debug)]
pub struct Cycles {
    counter: fn() -> Option<u64>,
    health: Health,
    /// Carried from work to work, so that none can be left out.
    work: u64,
}

impl Cycles {
    /// Tests 1024 samples (SP 800-90B §4.3, item 2), which are thrown away.
    ///
    /// # Errors
    /// Absent, or not healthy: a counter that stands still, or an emulator in which all work takes the same time.
    pub fn start() -> Result<Self, SourceError> {
        Self::on(now)
    }
    /// The same on any counter.
    ///
    /// # Errors
    /// The same.
    pub fn on(counter: fn() -> Option<u64>) -> Result<Self, SourceError> {
        let mut own = Self { counter, health: Health::new(Limits::QUARTER_BIT), work: 1 };
        for _ in 0..START_SAMPLES {
            own.measure()?;
        }
        Ok(own)
    }
    /// The counter now, for an event.
    #[must_use]
    pub fn event(&self) -> Option<[u8; 4]> {
        let [a, b, c, d, ..] = (self.counter)()?.to_le_bytes();
        Some([a, b, c, d])
    }
    /// Reads the counter after the same work each time: how long that took is what the tests look at, as a counter
    /// that merely advances always looks well.
    fn measure(&mut self) -> Result<u64, SourceError> {
        let before = (self.counter)().ok_or(SourceError::Absent)?;
        self.toil(SAME_WORK);
        let after = (self.counter)().ok_or(SourceError::Absent)?;
        self.health.check(after.wrapping_sub(before))?;
        Ok(after)
    }
    /// Divisions, for they take long.
    fn toil(&mut self, steps: u64) {
        for step in 0..steps {
            let x = self.work;
            self.work = black_box((x / (step | 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ x.rotate_left(23));
        }
    }
}
impl Source for Cycles {
    const ID: SourceId = SourceId::CYCLES;
    /// Sixteen rounds of two bytes.
    fn sample(&mut self, out: &mut [u8; 32]) -> Result<usize, SourceError> {
        for bytes in out.as_chunks_mut().0 {
            let counter = self.measure()?;
            let [low, high, ..] = counter.to_le_bytes();
            *bytes = [low, high];
            self.toil(counter % LONGEST_WORK);
        }
        Ok(out.len())
    }
}

/// Steps of work between the two readings of a measurement: on current cores some 700 cycles.
const SAME_WORK: u64 = 64;
/// A round goes on for fewer steps than this.
const LONGEST_WORK: u64 = 1024;

/// The time stamp counter (Intel SDM vol. 3B §19.17).
#[cfg(target_arch = "x86_64")]
pub(crate) fn now() -> Option<u64> {
    // SAFETY: every x86-64 processor has RDTSC.
    Some(unsafe { core::arch::x86_64::_rdtsc() })
}
/// The virtual count (Arm ARM, CNTVCT_EL0), after all that stands before it.
#[cfg(target_arch = "aarch64")]
pub(crate) fn now() -> Option<u64> {
    let count;
    // SAFETY: every AArch64 processor has the register; it is read and nothing else happens.
    unsafe { core::arch::asm!("isb", "mrs {}, cntvct_el0", out(reg) count, options(nomem, nostack)) };
    Some(count)
}
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) fn now() -> Option<u64> {
    None
}
