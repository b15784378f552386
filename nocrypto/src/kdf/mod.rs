//! Key derivation.
pub mod hkdf;
mod pbkdf2;
mod tls12_prf;

pub use pbkdf2::pbkdf2;
pub use tls12_prf::tls12_prf;

/// More was asked for than the function can give.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLong;
impl core::fmt::Display for TooLong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("more was asked for than this key derivation function can give")
    }
}
impl core::error::Error for TooLong {}
