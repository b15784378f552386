//! The continuous health tests of noise sources (NIST SP 800-90B §4.4): repetition count and adaptive proportion.
//!
//! A fault is for good: a source that has failed once is not believed again.
use zeroize::Zeroize;

/// Where the tests cut off. By §4.4 the chance of a false alarm, 2^-60 here, and the entropy claimed for a sample decide.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// As many equal samples in a row are a fault (§4.4.1).
    pub repetition: u32,
    /// As often as this, the first sample of a window in that window is a fault (§4.4.2).
    pub proportion: u32,
}
impl Limits {
    /// Samples of a quarter of a bit: what is claimed for a cycle counter.
    pub const QUARTER_BIT: Self = Self { repetition: 241, proportion: 494 };
    /// Samples of eight bits: bytes that should be all but random.
    pub const BYTE: Self = Self { repetition: 9, proportion: 25 };
    /// Samples of 64 bits: should one come again within a window, it is no chance. This sees any period up to 511.
    pub const WORD: Self = Self { repetition: 2, proportion: 2 };
}

/// What a test saw.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// A word of all zeros or all ones.
    Stuck,
    /// The same sample too often in a row.
    Repetition,
    /// The same sample too often in a window.
    Proportion,
}

/// Both tests on the samples of one source.
pub struct Health {
    limits: Limits,
    last: u64,
    /// How often in a row `last` has come.
    run: u32,
    first: u64,
    /// How often `first` has come in this window, itself included.
    seen: u32,
    /// Samples in this window.
    at: u32,
    fault: Option<Fault>,
}

impl Health {
    /// No samples yet.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits, last: 0, run: 0, first: 0, seen: 0, at: 0, fault: None }
    }
    /// Tests one more sample.
    ///
    /// # Errors
    /// The first [`Fault`] that was ever found.
    pub fn check(&mut self, sample: u64) -> Result<(), Fault> {
        self.run = if self.run > 0 && sample == self.last { self.run.saturating_add(1) } else { 1 };
        self.last = sample;
        if self.at == 0 || self.at == WINDOW {
            (self.first, self.seen, self.at) = (sample, 0, 0);
        }
        self.at += 1;
        self.seen += u32::from(sample == self.first);
        if self.run >= self.limits.repetition {
            self.fail(Fault::Repetition);
        }
        if self.seen >= self.limits.proportion {
            self.fail(Fault::Proportion);
        }
        self.verdict()
    }
    /// Records a fault found by other means.
    pub fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }
    /// Whether all samples so far were well.
    ///
    /// # Errors
    /// The first [`Fault`] that was ever found.
    pub fn verdict(&self) -> Result<(), Fault> {
        self.fault.map_or(Ok(()), Err)
    }
}
impl Drop for Health {
    fn drop(&mut self) {
        self.last.zeroize();
        self.first.zeroize();
    }
}
impl core::fmt::Debug for Health {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Health").field("fault", &self.fault).finish_non_exhaustive()
    }
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Stuck => "gave all zeros or all ones",
            Self::Repetition => "repeats itself",
            Self::Proportion => "prefers one value",
        })
    }
}

/// Samples in a window (§4.4.2, for sources that are not binary).
const WINDOW: u32 = 512;
