//! GMAC (NIST SP 800-38D §3): AES-GCM with all of the message as associated data, and nothing encrypted.
use super::{Aead, AesGcm, Forged, TooLong, Unfit};
use crate::cpu::Features;

/// GMAC with a key of `N` bytes: 16, 24 or 32.
///
/// A nonce that is used twice under one key gives the key's hash away, and with it all tags.
pub struct Gmac<const N: usize>(AesGcm<N>);

impl<const N: usize> Gmac<N> {
    /// Expands `key` on the heap, for the best backend of this CPU.
    #[must_use]
    pub fn new(key: &[u8; N]) -> Self {
        Self::with(key, Features::detect())
    }
    /// The same on the backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; N], features: Features) -> Self {
        Self(AesGcm::with(key, features))
    }
    /// The tag of `message` under `nonce`.
    ///
    /// # Errors
    /// [`TooLong`] if `message` is beyond the limit of associated data.
    pub fn tag(&self, nonce: &[u8; 12], message: &[u8]) -> Result<[u8; 16], TooLong> {
        self.0.seal(nonce, message, &mut [])
    }
    /// Compares the tag of `message` under `nonce` with `tag`, in constant time.
    ///
    /// # Errors
    /// [`Forged`] if they differ.
    pub fn verify(&self, nonce: &[u8; 12], message: &[u8], tag: &[u8; 16]) -> Result<(), Forged> {
        self.0.open(nonce, message, &mut [], tag)
    }
    /// As [`Gmac::tag`], with a nonce of any length but zero: see [`AesGcm::seal_any_nonce`].
    ///
    /// # Errors
    /// [`Unfit`] if there is no nonce, or `message` is beyond the limit of associated data.
    pub fn tag_any_nonce(&self, nonce: &[u8], message: &[u8]) -> Result<[u8; 16], Unfit> {
        self.0.seal_any_nonce(nonce, message, &mut [])
    }
    /// As [`Gmac::verify`], with a nonce of any length.
    ///
    /// # Errors
    /// [`Forged`] if the tags differ, or there is no nonce.
    pub fn verify_any_nonce(&self, nonce: &[u8], message: &[u8], tag: &[u8; 16]) -> Result<(), Forged> {
        self.0.open_any_nonce(nonce, message, &mut [], tag)
    }
}
impl<const N: usize> core::fmt::Debug for Gmac<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Gmac(..)")
    }
}
