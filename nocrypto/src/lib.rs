//! Constant-time cryptography in pure Rust, with wiped secrets.
//!
//! Silence means constant time; what is not, is named `_vartime` and takes public inputs only. Each primitive has a
//! `portable` backend that is always built and always tested, and faster ones that answer to it, chosen once per key
//! by a proof from [`cpu`].
#![no_std]
#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "arithmetic on limbs and blocks of fixed length: indices are public and constant"
)]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod aead;
mod bignum;
pub mod cipher;
pub mod cpu;
pub mod ct;
pub mod drbg;
mod ec;
pub mod hash;
pub mod kdf;
pub mod kx;
pub mod mac;
#[cfg(feature = "rust-crypto")]
pub mod rust_crypto;
mod secret;
pub mod sign;

pub use secret::Secret;
