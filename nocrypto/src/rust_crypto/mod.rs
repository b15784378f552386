//! The traits of RustCrypto (`digest` 0.11, `aead` 0.6) for the types of this crate, behind the feature `rust-crypto`:
//! for programs that take a hash, a MAC or an AEAD as a type parameter.
//!
//! ```
//! use digest::Digest;
//! fn fingerprint<D: Digest>(text: &str) -> String {
//!     D::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
//! }
//! // FIPS 180-4's own example.
//! assert!(fingerprint::<nocrypto::hash::Sha256>("abc").starts_with("ba7816bf"));
//! ```
mod aead;
mod digest;
mod mac;

pub use digest::Output;
