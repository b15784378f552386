//! The 32 pools of Fortuna (Cryptography Engineering §9.5), and an account of who gave what.
use crate::source::{SOURCES, SourceId};
use alloc::boxed::Box;
use nocrypto::hash::{Hash, ShaD256};

/// Pools (§9.5.2).
pub const POOLS: usize = 32;
/// Bits to be credited before there is a generator: as many as its key has.
pub const NEEDED_BITS: u32 = 256;

/// Events on their way into a generator. Unseeded, this is all there is: see [`Pools::seed`].
///
/// The size is fixed: no event allocates.
pub struct Pools {
    hashes: Box<[ShaD256; POOLS]>,
    /// Bytes of events in pool 0 since it was last emptied.
    first_length: usize,
    accounts: Box<[Account; SOURCES]>,
}

#[derive(Clone, Copy, Default)]
struct Account {
    tally: Tally,
    /// Sixteenths of bits, limited as its source is.
    credit: u32,
    /// Where the next event goes.
    pool: usize,
}

/// What a source has given.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// Events of at most 32 bytes.
    pub events: u64,
    /// Bytes.
    pub bytes: u64,
    /// Bits that they are credited with.
    pub credit: u32,
}

impl Pools {
    /// Nothing in them.
    #[must_use]
    pub fn new() -> Self {
        Self {
            hashes: Box::new(core::array::from_fn(|_| ShaD256::new())),
            first_length: 0,
            accounts: Box::new([Account::default(); SOURCES]),
        }
    }
    /// Puts an event into the pool whose turn it is for its source: each source goes round on its own, so that none can
    /// decide where another's events go. What is longer than 32 bytes is taken as several events.
    pub fn add(&mut self, from: SourceId, event: &[u8]) {
        let Some(account) = self.accounts.get_mut(usize::from(from.number)) else { return };
        for event in event.chunks(LONGEST_EVENT) {
            let [length, ..] = event.len().to_le_bytes();
            if let Some(hash) = self.hashes.get_mut(account.pool) {
                hash.update(&[from.number, length]);
                hash.update(event);
            }
            if account.pool == 0 {
                self.first_length = self.first_length.saturating_add(event.len());
            }
            account.pool = (account.pool + 1) % POOLS;
            let worth = u32::from(from.worth) * u32::from(length);
            account.credit = account.credit.saturating_add(worth).min(SIXTEENTHS * u32::from(from.limit));
            account.tally.events = account.tally.events.saturating_add(1);
            account.tally.bytes = account.tally.bytes.saturating_add(u64::from(length));
            account.tally.credit = account.credit / SIXTEENTHS;
        }
    }
    /// Bits credited to all sources.
    #[must_use]
    pub fn credit(&self) -> u32 {
        self.accounts.iter().map(|a| a.tally.credit).sum()
    }
    /// What this source has given.
    #[must_use]
    pub fn tally(&self, of: SourceId) -> Tally {
        self.accounts.get(usize::from(of.number)).map_or_else(Tally::default, |a| a.tally)
    }
    /// Bytes in pool 0.
    pub(crate) fn first_length(&self) -> usize {
        self.first_length
    }
    /// Empties the first `count` pools: the hash of each is written to its place, and what was written is given back.
    pub(crate) fn empty<'a>(&mut self, count: usize, into: &'a mut [[u8; 32]; POOLS]) -> &'a [u8] {
        for (hash, out) in self.hashes.iter_mut().zip(into.iter_mut()).take(count) {
            hash.take_into(out);
        }
        self.first_length = 0;
        into.get(..count).unwrap_or_default().as_flattened()
    }
}
impl Default for Pools {
    fn default() -> Self {
        Self::new()
    }
}
impl core::fmt::Debug for Pools {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pools").field("credit", &self.credit()).finish_non_exhaustive()
    }
}

/// §9.5.3.1: the length of an event is 1 to 32.
const LONGEST_EVENT: usize = 32;
/// Of a bit: the unit of credit.
const SIXTEENTHS: u32 = 16;
