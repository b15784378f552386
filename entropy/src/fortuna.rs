//! Fortuna (Cryptography Engineering §9.5.5): the generator, reseeded from pools of which later ones wait longer.
use crate::pools::{NEEDED_BITS, POOLS, Pools};
use crate::source::{SourceId, now};
use core::convert::Infallible;
use nocrypto::drbg::fortuna::Generator;
use rand_core::{TryCryptoRng, TryRng};
use zeroize::Zeroizing;

/// A seeded random generator: made by [`Pools::seed`] alone.
///
/// A burst of requests begins with a fresh reading of the cycle counter: 4096 counts later the next one does, whose
/// reading parts the streams of two copies of one state, as `fork`, a snapshot or a clone of a machine makes them, if
/// they do not read the very same count. Whoever knows of a copy calls [`Fortuna::stir`] in each, and is sure.
pub struct Fortuna {
    generator: Generator,
    pools: Pools,
    /// Reseeds from the pools so far.
    reseeds: u64,
    /// When the last one was.
    last: Option<u64>,
    fresh: fn() -> Option<u64>,
    /// The reading at the beginning of this burst.
    burst: Option<u64>,
}

impl Pools {
    /// The generator, if [`NEEDED_BITS`] have been credited; all 32 pools are its first seed.
    ///
    /// # Errors
    /// The pools as they were, to go on gathering.
    pub fn seed(self) -> Result<Fortuna, Self> {
        self.seed_with(now)
    }
    fn seed_with(mut self, fresh: fn() -> Option<u64>) -> Result<Fortuna, Self> {
        if self.credit() < NEEDED_BITS {
            return Err(self);
        }
        let generator = Generator::new(&[self.empty(POOLS, &mut Zeroizing::new([[0; 32]; POOLS]))]);
        Ok(Fortuna { generator, pools: self, reseeds: 0, last: None, fresh, burst: None })
    }
}

impl Fortuna {
    /// Adds an event at `now`, in milliseconds of any clock that does not go back; see [`Pools::add`].
    ///
    /// If pool 0 then has 64 bytes, and 100 ms have gone since the last time, the pools whose turn it is go into the
    /// key: pool `i` every 2^`i` times.
    pub fn add(&mut self, from: SourceId, event: &[u8], now: u64) {
        self.pools.add(from, event);
        let rested = self.last.is_none_or(|last| now.saturating_sub(last) >= INTERVAL);
        if rested && self.pools.first_length() >= ENOUGH {
            self.last = Some(now);
            self.reseeds = self.reseeds.wrapping_add(1);
            let count = (0..POOLS).take_while(|pool| self.reseeds.is_multiple_of(1 << pool)).count();
            self.generator.reseed(&[self.pools.empty(count, &mut Zeroizing::new([[0; 32]; POOLS]))]);
        }
    }
    /// Hashes `fresh` into the key at once. Call it where this state may have been copied, with something that the
    /// copies do not share, secret or not: after `fork` the process number, after a resume the machine's generation
    /// identifier and the wall clock, and what the host or the processor gives.
    pub fn stir(&mut self, fresh: &[u8]) {
        self.generator.reseed(&[fresh]);
    }
    /// The account of the pools.
    #[must_use]
    pub fn pools(&self) -> &Pools {
        &self.pools
    }
    /// Reseeds from the pools so far; the first seed is not counted.
    #[must_use]
    pub fn reseeds(&self) -> u64 {
        self.reseeds
    }
}

impl TryRng for Fortuna {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = Zeroizing::new([0; 4]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u32::from_le_bytes(*bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = Zeroizing::new([0; 8]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u64::from_le_bytes(*bytes))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        if let Some(now) = (self.fresh)()
            && self.burst.is_none_or(|begun| now.wrapping_sub(begun) >= BURST)
        {
            self.burst = Some(now);
            self.generator.stir(now);
        }
        self.generator.fill(out);
        Ok(())
    }
}
impl TryCryptoRng for Fortuna {}

impl core::fmt::Debug for Fortuna {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Fortuna").field("reseeds", &self.reseeds).finish_non_exhaustive()
    }
}

/// Bytes in pool 0 before a reseed (§9.5.5), so that it cannot be guessed by trying.
const ENOUGH: usize = 64;
/// Milliseconds between reseeds (§9.5.5), so that nobody drains the pools by sending events.
const INTERVAL: u64 = 100;
/// Counts of the cycle counter in a burst: too few for a copy of a process to be made, enough for dozens of keys.
const BURST: u64 = 4096;

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::as_conversions,
        reason = "a test stops where it fails"
    )]
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;
    use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
    use nocrypto::hash::{Hash, Sha256};
    use rand_core::Rng;

    const PLATFORM: [SourceId; 5] = [
        SourceId::new(16, "a", 16, 256),
        SourceId::new(17, "b", 16, 256),
        SourceId::new(18, "c", 16, 256),
        SourceId::new(19, "d", 16, 256),
        SourceId::new(20, "e", 16, 256),
    ];
    /// As in `test-vectors/made/fortuna.py`.
    fn event(source: usize, i: u32) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&[16 + u8::try_from(source).unwrap()]);
        hash.update(&i.to_le_bytes());
        hash.finish()[..1 + i as usize % 32].to_vec()
    }
    fn gathered(events: u32) -> Pools {
        let mut pools = Pools::new();
        for i in 0..events {
            let source = i as usize % 3;
            pools.add(PLATFORM[source], &event(source, i));
        }
        pools
    }

    #[test]
    fn pools_and_generator_give_what_an_independent_fortuna_gives() {
        let all = test_vectors::records(&test_vectors::text("made/fortuna_pools.txt"));
        for r in &all {
            let number = |name| u32::try_from(r.number(name)).unwrap();
            let mut fortuna = gathered(number("First")).seed_with(|| None).unwrap();
            let mut outputs = Sha256::new();
            for i in 0..number("Later") {
                let source = i as usize % 5;
                fortuna.add(
                    PLATFORM[source],
                    &event(source, i),
                    u64::from(i) * u64::from(number("Step")) / 16,
                );
                if i % 7 == 0 {
                    let mut out = vec![0; 1 + i as usize % 140];
                    fortuna.fill_bytes(&mut out);
                    outputs.update(&out);
                }
            }
            assert_eq!(fortuna.reseeds(), u64::from(number("Reseeds")), "{}", r.heading);
            assert_eq!(outputs.finish().as_slice(), r.bytes("Outputs"), "{}", r.heading);
        }
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn every_byte_of_every_event_changes_the_stream() {
        let stream = |change: Option<(u32, usize)>| {
            let mut pools = Pools::new();
            for i in 0..96 {
                let mut event = event(0, i);
                if let Some((at, byte)) = change.filter(|(at, _)| *at == i) {
                    event[byte] ^= 1 << (at % 8);
                }
                pools.add(PLATFORM[0], &event);
            }
            pools.seed_with(|| None).unwrap().next_u64()
        };
        let changes = (0..96).flat_map(|i| (0..=i as usize % 32).map(move |byte| Some((i, byte))));
        let mut streams: Vec<u64> = changes.chain([None]).map(stream).collect();
        let count = streams.len();
        streams.sort_unstable();
        streams.dedup();
        assert_eq!((streams.len(), count), (count, 3 * 32 * 33 / 2 + 1));
    }

    #[test]
    fn copies_of_a_state_part_at_the_next_request_if_their_counters_differ() {
        let stream = |fresh: fn() -> Option<u64>| {
            let mut fortuna = gathered(200).seed_with(fresh).unwrap();
            [fortuna.next_u64(), fortuna.next_u64()]
        };
        assert_eq!(stream(|| Some(1)), stream(|| Some(1)), "the counter alone parts them");
        let (one, two) = (stream(|| Some(1)), stream(|| Some(2)));
        assert!(one[0] != two[0] && one[1] != two[1]);
        // And with the counter of this machine.
        let mut streams: Vec<_> = (0..100).map(|_| gathered(200).seed().unwrap().next_u64()).collect();
        streams.sort_unstable();
        streams.dedup();
        assert_eq!(streams.len(), 100);
    }

    #[test]
    fn copies_of_a_state_go_the_same_way_only_until_the_burst_is_over() {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let copies = [1, BURST, BURST + 1].map(|later| {
            let mut fortuna = gathered(200).seed_with(|| Some(COUNT.load(Relaxed))).unwrap();
            let mut at = |count| {
                COUNT.store(u64::MAX.wrapping_add(count), Relaxed);
                fortuna.next_u64()
            };
            [at(0), at(BURST - 1), at(later)]
        });
        let [inside, end, beyond] = copies;
        assert!(inside[..2] == end[..2] && inside[..2] == beyond[..2]);
        assert!(inside[2] != end[2] && end[2] != beyond[2] && beyond[2] != inside[2]);
    }

    #[test]
    fn copies_that_are_stirred_part_even_without_a_counter() {
        let stream = |fresh: &[u8]| {
            let mut fortuna = gathered(200).seed_with(|| None).unwrap();
            fortuna.stir(fresh);
            fortuna.next_u64()
        };
        assert_eq!(stream(b"pid 1"), stream(b"pid 1"));
        assert_ne!(stream(b"pid 1"), stream(b"pid 2"));
    }

    #[test]
    fn a_reseed_waits_for_64_bytes_in_pool_0_and_for_100_milliseconds() {
        let mut fortuna = gathered(200).seed().unwrap();
        // One source goes round: of 32 events of 32 bytes each pool has one, and pool 0 needs two.
        let mut round = |now, expected| {
            for _ in 0..POOLS {
                fortuna.add(PLATFORM[4], &[0; 32], now);
            }
            assert_eq!(fortuna.reseeds(), expected, "at {now}");
        };
        round(1000, 0);
        round(1000, 1);
        round(1099, 1);
        round(1099, 1);
        // The bytes are there; the time is not, even if the clock goes back.
        round(0, 1);
        round(1100, 2);
        round(1200, 2);
        round(1200, 3);
    }
}
