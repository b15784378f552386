//! One seeded generator for all connections. It is locked for one request at a time and never across an await.
use crate::failure::Failure;
use core::convert::Infallible;
use core::fmt::Write;
use entropy::{Fortuna, Machine, Status};
use rand_core::{TryCryptoRng, TryRng};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A handle; clones draw from the same generator.
#[derive(Clone, Debug)]
pub(crate) struct Random(Arc<Mutex<Shared>>);

#[derive(Debug)]
struct Shared {
    generator: Fortuna,
    machine: Machine,
    begin: Instant,
}

impl Random {
    /// A generator that is seeded, and which source gave what; there is no other.
    pub(crate) fn seed() -> Result<(Self, String), Failure> {
        let (generator, status) = entropy::seed_host().map_err(|unseeded| {
            Failure(format!(
                "there is too little entropy for keys, {}; see that the host's generator can be asked",
                account(&unseeded.0)
            ))
        })?;
        let shared = Shared { generator, machine: Machine::detect(), begin: Instant::now() };
        Ok((Self(Arc::new(Mutex::new(shared))), format!("seeded, {}", account(&status))))
    }
    /// Something has happened: its moment goes into the pools.
    pub(crate) fn event(&self) {
        let Shared { generator, machine, begin } = &mut *self.lock();
        machine.event(generator, u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX));
    }
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
impl TryRng for Random {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.lock().generator.try_next_u32()
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.lock().generator.try_next_u64()
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.lock().generator.try_fill_bytes(out)
    }
}
impl TryCryptoRng for Random {}

/// In one line.
fn account(status: &Status) -> String {
    let mut line = format!("{} bits credited: ", status.credit);
    for (i, source) in status.sources.iter().enumerate() {
        let separator = if i == 0 { "" } else { ", " };
        let (name, tally) = (source.id.name(), source.tally);
        // A String takes everything.
        let _ = match source.state {
            Ok(()) => write!(line, "{separator}{name} {} bytes", tally.bytes),
            Err(error) => write!(line, "{separator}{name} {error}"),
        };
    }
    line
}
