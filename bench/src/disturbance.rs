//! Tells whether somebody else slows this core down: the other thread of it, a lower frequency, the host.
use crate::clock::now;
use std::hint::black_box;

/// A loop that always does the same work, and the shortest time it has ever taken.
#[derive(Debug)]
pub struct Disturbance {
    best: u64,
}

impl Disturbance {
    /// Finds out how fast the loop can be.
    #[must_use]
    pub fn new() -> Self {
        let mut own = Self { best: u64::MAX };
        for _ in 0..200 {
            own.now();
        }
        own
    }
    /// How many times longer than at best the loop takes now.
    pub fn now(&mut self) -> f64 {
        let start = now();
        // Eight chains at once: bound by the units that the threads of a core share, not by latency.
        let mut chains = black_box([1u64, 2, 3, 4, 5, 6, 7, 8]);
        for _ in 0..2000 {
            for x in &mut chains {
                *x = x.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (*x >> 29);
            }
        }
        black_box(chains);
        let time = (now() - start).max(1);
        self.best = self.best.min(time);
        time as f64 / self.best as f64
    }
    /// From here on a time does not say much.
    pub const LIMIT: f64 = 1.15;
}

impl Default for Disturbance {
    fn default() -> Self {
        Self::new()
    }
}
