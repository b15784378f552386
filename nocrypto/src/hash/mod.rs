//! Hash functions: one trait, implemented by all.
use crate::cpu::Features;
use zeroize::Zeroize;

mod blocks;
pub mod legacy;
mod sha2;
pub mod sha3;
mod sha_d256;

pub use sha_d256::ShaD256;
pub use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_256};

/// A hash function, fed in pieces.
///
/// What goes in may be secret: the time depends on lengths alone, and a dropped state is wiped.
pub trait Hash: Clone {
    /// Bytes of one input block of the compression function (for HMAC).
    const BLOCK: usize;
    /// Bytes of output.
    const OUTPUT: usize;
    /// `[u8; OUTPUT]`.
    type Output: AsRef<[u8]> + AsMut<[u8]> + Copy + Eq + core::fmt::Debug + Zeroize;
    /// Nothing hashed yet, for a CPU with these features.
    fn with(features: Features) -> Self;
    /// Nothing hashed yet; the best backend of this CPU.
    #[must_use]
    fn new() -> Self {
        Self::with(Features::detect())
    }
    /// Hashes `input` behind what was hashed before.
    fn update(&mut self, input: &[u8]);
    /// Writes the hash of everything so far to `out`, or as much of it as fits; what is beyond [`Self::OUTPUT`] stays.
    /// Afterwards nothing is hashed yet, and nothing is left of what was.
    fn take_into(&mut self, out: &mut [u8]);
    /// The same as a value. Where that is secret, [`Self::take_into`] makes no copy on the way.
    fn take(&mut self) -> Self::Output;
    /// The hash of everything.
    #[must_use]
    fn finish(mut self) -> Self::Output {
        self.take()
    }
    /// The hash of `input`, in one call.
    #[must_use]
    fn digest(input: &[u8]) -> Self::Output {
        let mut hash = Self::new();
        hash.update(input);
        hash.take()
    }
}

/// No hash has a longer block: it is SHA3-224's.
pub(crate) const LONGEST_BLOCK: usize = 144;
/// No hash has a longer output.
pub(crate) const LONGEST_OUTPUT: usize = 64;
