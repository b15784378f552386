//! Key derivation.
pub mod hkdf;
mod tls12_prf;

pub use tls12_prf::tls12_prf;
