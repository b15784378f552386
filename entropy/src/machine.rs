//! All sources of this machine together: from nothing to a seed, and what each gave.
use crate::fortuna::Fortuna;
use crate::pools::{NEEDED_BITS, Pools, Tally};
#[cfg(feature = "getrandom")]
use crate::source::Host;
use crate::source::{Cycles, Rdrand, Rdseed, Source, SourceError, SourceId};
use alloc::boxed::Box;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The sources of this machine, those that are absent or unhealthy included.
#[derive(Debug)]
pub struct Machine {
    cycles: Slot<Cycles>,
    rdseed: Slot<Rdseed>,
    rdrand: Slot<Rdrand>,
    #[cfg(feature = "getrandom")]
    host: Slot<Host>,
}

impl Machine {
    /// Looks for sources, and tests them: some milliseconds.
    #[must_use]
    pub fn detect() -> Self {
        Self {
            cycles: Slot::new(Cycles::start()),
            rdseed: Slot::new(Rdseed::start()),
            rdrand: Slot::new(Rdrand::start()),
            #[cfg(feature = "getrandom")]
            host: Slot::new(Ok(Host::new())),
        }
    }
    /// Gathers two kilobytes from every source, turn by turn.
    pub fn boot(&mut self, pools: &mut Pools) {
        for _ in 0..BOOT_SAMPLES {
            self.cycles.give(pools);
            self.rdseed.give(pools);
            self.rdrand.give(pools);
            #[cfg(feature = "getrandom")]
            self.host.give(pools);
        }
    }
    /// Adds the cycle counter and a word of the processor's generator: call it at every turn of the event loop. `now`
    /// is as for [`Fortuna::add`].
    pub fn event(&mut self, fortuna: &mut Fortuna, now: u64) {
        if let Some(count) = self.cycles.source.as_ref().ok().and_then(|cycles| cycles.event()) {
            fortuna.add(SourceId::EVENTS, &count, now);
        }
        if let Some(word) = self.rdseed.ask(Rdseed::word) {
            fortuna.add(Rdseed::ID, &Zeroizing::new(word.to_le_bytes())[..], now);
        } else if let Some(word) = self.rdrand.ask(Rdrand::word) {
            fortuna.add(Rdrand::ID, &Zeroizing::new(word.to_le_bytes())[..], now);
        }
    }
    /// What each source gave to `pools`, and how it is.
    #[must_use]
    pub fn status(&self, pools: &Pools) -> Status {
        let sources = [
            self.cycles.status(pools),
            self.rdseed.status(pools),
            self.rdrand.status(pools),
            #[cfg(feature = "getrandom")]
            self.host.status(pools),
        ];
        Status { credit: pools.credit(), sources: sources.into() }
    }
}

/// Gathers from all sources of this machine, the host's generator among them, and seeds.
///
/// # Errors
/// [`Unseeded`] says who gave what, and why it is not enough.
#[cfg(feature = "getrandom")]
pub fn seed_host() -> Result<(Fortuna, Status), Unseeded> {
    let (mut machine, mut pools) = (Machine::detect(), Pools::new());
    machine.boot(&mut pools);
    let status = machine.status(&pools);
    match pools.seed() {
        Ok(fortuna) => Ok((fortuna, status)),
        Err(_) => Err(Unseeded(Box::new(status))),
    }
}

/// A source, or why there is none, and how often it failed. Boxed: its health tests know the last samples.
#[derive(Debug)]
struct Slot<S> {
    source: Result<Box<S>, SourceError>,
    failures: u64,
}
impl<S: Source> Slot<S> {
    fn new(source: Result<S, SourceError>) -> Self {
        Self { source: source.map(Box::new), failures: 0 }
    }
    /// Asks the source, and dismisses it if it is found unhealthy.
    fn ask<T>(&mut self, question: impl FnOnce(&mut S) -> Result<T, SourceError>) -> Option<T> {
        let error = match question(self.source.as_mut().ok()?) {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        self.failures = self.failures.saturating_add(1);
        if error != SourceError::NotReady {
            self.source = Err(error);
        }
        None
    }
    fn give(&mut self, pools: &mut Pools) {
        let mut bytes = Zeroizing::new([0; 32]);
        if let Some(sample) =
            self.ask(|source| source.sample(&mut bytes)).and_then(|length| bytes.get(..length))
        {
            pools.add(S::ID, sample);
        }
    }
    fn status(&self, pools: &Pools) -> SourceStatus {
        SourceStatus {
            id: S::ID,
            tally: pools.tally(S::ID),
            failures: self.failures,
            state: self.source.as_ref().map(|_| ()).map_err(|error| *error),
        }
    }
}

/// What the sources gave.
#[derive(Clone, Debug)]
pub struct Status {
    /// Bits credited in all; [`NEEDED_BITS`] are needed.
    pub credit: u32,
    /// Source by source.
    pub sources: Vec<SourceStatus>,
}
/// What one source gave.
#[derive(Clone, Copy, Debug)]
pub struct SourceStatus {
    /// Which.
    pub id: SourceId,
    /// What the pools have of it.
    pub tally: Tally,
    /// Questions that it did not answer.
    pub failures: u64,
    /// Whether it may be asked.
    pub state: Result<(), SourceError>,
}
impl core::fmt::Display for Status {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        writeln!(f, "entropy: {} bits credited, {NEEDED_BITS} needed", self.credit)?;
        for source in &self.sources {
            let Tally { bytes, credit, .. } = source.tally;
            write!(f, "  {:<14}{bytes:>7} bytes, {credit:>3} bits, ", source.id.name())?;
            match source.state {
                Ok(()) => f.write_str("healthy")?,
                Err(error) => write!(f, "{error}")?,
            }
            match source.failures {
                0 => writeln!(f)?,
                failures => writeln!(f, ", {failures} failures")?,
            }
        }
        Ok(())
    }
}

/// There is too little entropy for a seed.
#[derive(Clone, Debug)]
pub struct Unseeded(pub Box<Status>);
impl core::fmt::Display for Unseeded {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "too little entropy for a seed\n{}", self.0)
    }
}
impl core::error::Error for Unseeded {}

/// Of 32 bytes: what brings every source to its full credit.
const BOOT_SAMPLES: usize = 64;
