//! RSA signatures (RFC 8017): PKCS#1 v1.5 and PSS, for moduli of 2048 to 4096 bits.
mod keygen;
mod pkcs1;
mod private;
mod pss;
mod public;

pub use pkcs1::DigestInfo;
pub use private::{Components, PrivateKey};
pub use public::PublicKey;

use core::ops::RangeInclusive;

/// The computation went wrong, by a fault of the machine or a key that is not what it says: there is no signature.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fault;
impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the signature that was computed is not right")
    }
}
impl core::error::Error for Fault {}

/// Bits of an accepted modulus.
const MODULUS_BITS: RangeInclusive<usize> = 2048..=4096;
