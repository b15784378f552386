//! Ciphers without authentication: AES with the modes CTR and CBC, and ChaCha20.
pub mod aes;
pub mod cbc;
pub mod chacha20;
mod ctr;
#[cfg(feature = "legacy")]
pub mod legacy;
pub(crate) mod part;

/// The counter would come round, and key stream be used twice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EndOfStream;
impl core::fmt::Display for EndOfStream {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the key stream ends before the input")
    }
}
impl core::error::Error for EndOfStream {}
