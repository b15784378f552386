//! The world of a program on an operating system: its clock, and what the program has besides.
use super::Lend;
use crate::connection::World;
use crate::desk::Desk;
use crate::trace::Observe;
use ::std::time::{SystemTime, UNIX_EPOCH};
use core::fmt;
use rand_core::CryptoRng;
use x509::{Time, Verifier};

/// Lends the system's clock, a generator, a verifier, a desk and an observer.
pub struct Hosted<'r, R, D, O = ()> {
    /// Unpredictable.
    pub random: R,
    /// Decides whose certificates lead somewhere.
    pub verifier: Verifier<'r>,
    /// Answers questions.
    pub desk: D,
    /// Looks on.
    pub observer: O,
}

impl<R: CryptoRng, D: Desk, O: Observe> Lend for Hosted<'_, R, D, O> {
    fn lend<T>(&mut self, f: impl FnOnce(&mut World<'_>, &mut dyn Desk) -> T) -> T {
        let Self { random, verifier, desk, observer } = self;
        f(&mut World { now: now(), random, verifier, observer }, desk)
    }
}
impl<R, D, O> fmt::Debug for Hosted<'_, R, D, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hosted").finish_non_exhaustive()
    }
}

/// A clock before 1970 says 1970: no certificate is valid then.
fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
