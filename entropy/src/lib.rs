//! Entropy: sources, health tests, pools, and the Fortuna generator that they seed.
//!
//! Without a seed there is no generator: [`Pools`] has no output, and [`Pools::seed`] gives a [`Fortuna`] only when
//! enough has been credited. So whoever holds a `Fortuna` has an infallible `CryptoRng` and no error to forget.
//!
//! On a host, `seed_host` (feature `getrandom`) does it all. Elsewhere: [`Machine::detect`], [`Machine::boot`], and
//! [`Pools::add`] for whatever else the platform has. In both cases go on with [`Machine::event`] at every turn of the
//! event loop, so that the generator recovers should its state ever be known.
#![no_std]
extern crate alloc;

mod fortuna;
mod health;
mod machine;
mod pools;
pub mod source;

pub use fortuna::Fortuna;
pub use health::{Fault, Health, Limits};
#[cfg(feature = "getrandom")]
pub use machine::seed_host;
pub use machine::{Machine, SourceStatus, Status, Unseeded};
pub use pools::{NEEDED_BITS, POOLS, Pools, Tally};
pub use source::{Source, SourceError, SourceId};
