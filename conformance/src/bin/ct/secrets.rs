//! What the subjects work on. To memcheck it is undefined; the tracer has it another in every run.
use crate::vg;
use core::convert::Infallible;
use core::hint::black_box;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng, TryCryptoRng, TryRng};
use std::sync::OnceLock;

/// A number that stands for bytes without a pattern.
pub(crate) const TYPICAL: u64 = 2;

/// The number of this run's secrets, and the bytes that all of them begin with.
static CHOSEN: OnceLock<(u64, [u8; 4096])> = OnceLock::new();

/// Secrets of which all bits are 0, or 1, or those of the random stream `number`.
pub(crate) fn choose(number: u64) {
    CHOSEN.get_or_init(|| {
        let mut bytes = [if number == 0 { 0 } else { 0xff }; 4096];
        if number > 1 {
            ChaCha8Rng::seed_from_u64(number).fill_bytes(&mut bytes);
        }
        (number, bytes)
    });
}

/// Bytes that nothing may depend on. From call to call they differ only by length.
pub(crate) fn secret<const N: usize>() -> Box<[u8; N]> {
    let mut bytes = Box::new([0; N]);
    if let Some((_, chosen)) = CHOSEN.get() {
        bytes.copy_from_slice(&chosen[..N]);
    }
    vg::poison(&mut *bytes);
    black_box(bytes)
}
/// The same as a number.
pub(crate) fn word() -> u64 {
    u64::from_le_bytes(*secret())
}
/// The same as a scalar that is neither zero nor above an order of 256 bits.
pub(crate) fn scalar() -> Box<[u8; 32]> {
    let mut bytes = secret();
    bytes[0] = bytes[0] & 0x7f | 0x40;
    bytes
}
/// What is not secret although it came out of an operation with a secret.
pub(crate) fn public<const N: usize>(mut bytes: [u8; N]) -> [u8; N] {
    vg::unpoison(&mut bytes);
    bytes
}
/// Keeps the compiler from leaving out what made `result`.
pub(crate) fn done<T>(result: T) {
    black_box(&result);
}

/// A generator of which all output is secret.
pub(crate) struct Poisoned(ChaCha8Rng);
pub(crate) fn rng() -> Poisoned {
    Poisoned::from(CHOSEN.get().map_or(0, |(number, _)| *number))
}
impl From<u64> for Poisoned {
    fn from(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }
}
impl TryRng for Poisoned {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(out)?;
        vg::poison(out);
        Ok(())
    }
}
impl TryCryptoRng for Poisoned {}
