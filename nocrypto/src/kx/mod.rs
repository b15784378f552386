//! Key exchange: the private half is consumed by `agree`.
mod p256;
mod x25519;

pub use p256::{InvalidPoint, InvalidScalar, P256};
pub use x25519::{NonContributory, X25519};
