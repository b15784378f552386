//! Drivers: [`pump`] holds the two buffers and the one loop, and each adapter only moves bytes for it.
#[cfg(feature = "std")]
mod hosted;
pub mod pump;
#[cfg(feature = "std")]
pub mod std;
#[cfg(feature = "tokio")]
pub mod tokio;

#[cfg(feature = "std")]
pub use hosted::Hosted;

use crate::connection::World;
use crate::desk::Desk;

/// Lends the world and the desk for one call, so that even a driver stores neither clock nor randomness.
pub trait Lend {
    /// Calls `f` with them, once.
    fn lend<T>(&mut self, f: impl FnOnce(&mut World<'_>, &mut dyn Desk) -> T) -> T;
}
