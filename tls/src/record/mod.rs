//! Records (RFC 5246 §6.2): bytes to content and back, in place.
mod join;
mod open;
mod protection;
mod seal;
mod wire;
pub(crate) use join::{Aligned, Joiner, Piece};
pub(crate) use open::{Opened, Opener};
pub(crate) use protection::Keys;
pub(crate) use seal::Sealer;
pub use wire::Wire;
pub(crate) use wire::{Record, Took};

/// Type, version, length.
pub(crate) const HEADER: usize = 5;
/// The most plaintext of one record (RFC 5246 §6.2.1).
pub(crate) const MAX_PLAIN: usize = 1 << 14;
/// The longest protected fragment (RFC 5246 §6.2.3).
pub(crate) const MAX_SEALED: usize = MAX_PLAIN + 2048;
