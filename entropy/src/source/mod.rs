//! What gives entropy: the trait, who may be trusted how far, and the sources of this machine.
use crate::health::Fault;

mod cycles;
#[cfg(feature = "getrandom")]
mod getrandom;
mod rdseed;
mod words;

pub use cycles::Cycles;
pub(crate) use cycles::now;
#[cfg(feature = "getrandom")]
pub use getrandom::Host;
pub use rdseed::{Rdrand, RdrandStep, Rdseed, RdseedStep};
pub use words::{Instruction, Words};

/// Something that gives entropy.
pub trait Source {
    /// Its number in the pools, and what its bytes are worth.
    const ID: SourceId;
    /// Writes 1 to 32 bytes to the front of `out`, and says how many.
    ///
    /// # Errors
    /// See [`SourceError`]. What `out` holds then is worth nothing.
    fn sample(&mut self, out: &mut [u8; 32]) -> Result<usize, SourceError>;
}

/// A source as the pools know it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceId {
    pub(crate) number: u8,
    name: &'static str,
    /// Sixteenths of a bit that one byte is credited with.
    pub(crate) worth: u16,
    /// Bits that all its bytes together are credited with at most.
    pub(crate) limit: u16,
}

/// How many sources there may be.
pub(crate) const SOURCES: usize = 32;

impl SourceId {
    /// The bootstrap loop on the cycle counter: a quarter of a bit for each two bytes. Measured on current x86-64 cores
    /// a round has more than three.
    pub const CYCLES: Self = Self::ours(0, "cycle counter", 2, 256);
    /// RDSEED. Credited with an eighth of what it claims, and never enough alone.
    pub const RDSEED: Self = Self::ours(1, "RDSEED", 16, 128);
    /// RDRAND. It stretches seeds of 256 bits, and is credited with a quarter of one: with RDSEED still not enough.
    pub const RDRAND: Self = Self::ours(2, "RDRAND", 1, 64);
    /// The generator of the host, which blocks until it is seeded.
    pub const HOST: Self = Self::ours(3, "getrandom", 128, 256);
    /// The cycle counter at events. For recovery only: nobody tests it, so it is credited with nothing.
    pub const EVENTS: Self = Self::ours(4, "events", 0, 0);

    /// A source of the platform. `number` is 16 to 31 and its own; `worth` is in sixteenths of a bit for each byte,
    /// `limit` in bits for all it ever gives. Be stingy: an honest guess divided by eight.
    ///
    /// # Panics
    /// If the number is another: in a constant, as it should be, that is an error of compilation.
    #[must_use]
    pub const fn new(number: u8, name: &'static str, worth: u16, limit: u16) -> Self {
        assert!(number >= 16 && number < 32, "sources of the platform are 16 to 31");
        Self { number, name, worth, limit }
    }
    const fn ours(number: u8, name: &'static str, worth: u16, limit: u16) -> Self {
        Self { number, name, worth, limit }
    }
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

/// Why a source gives nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SourceError {
    /// This machine has no such thing.
    Absent,
    /// Nothing just now; it may come back.
    NotReady,
    /// It failed its health tests, and will not be asked again.
    Unhealthy(Fault),
}
impl From<Fault> for SourceError {
    fn from(fault: Fault) -> Self {
        Self::Unhealthy(fault)
    }
}
impl core::fmt::Display for SourceError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Absent => f.write_str("not on this machine"),
            Self::NotReady => f.write_str("not ready"),
            Self::Unhealthy(fault) => write!(f, "refused: it {fault}"),
        }
    }
}
impl core::error::Error for SourceError {}
