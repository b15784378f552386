//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2): nonces long enough to be drawn at random.
use super::chacha20_poly1305::Backend;
use super::{Aead, Forged, TooLong};
use crate::Secret;
use crate::cipher::chacha20::hchacha20;
use crate::cpu::Features;
use crate::secret::{overwrite_stack, wipe};

/// XChaCha20-Poly1305. The key is on the heap and wiped when it goes.
pub struct XChaCha20Poly1305 {
    key: Secret<32>,
    backend: Backend,
}

impl XChaCha20Poly1305 {
    /// Keeps a copy of `key`, for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; 32], features: Features) -> Self {
        Self { key: Secret::fill_with(|own| own.copy_from_slice(key)), backend: Backend::best(features) }
    }
    /// Does `work` with the key and the nonce for this message: the first 16 bytes of the long nonce go into the key
    /// (§2.3).
    fn derived<T>(&self, nonce: &[u8; 24], work: impl FnOnce(&[u8; 32], &[u8; 12]) -> T) -> T {
        let (for_key, mut key, mut rest) = (nonce.as_chunks().0, [0; 32], [0; 12]);
        hchacha20(self.key.expose(), &for_key[0], &mut key);
        rest[4..].copy_from_slice(&nonce[16..]);
        let result = work(&key, &rest);
        wipe(&mut key);
        result
    }
}

impl Aead for XChaCha20Poly1305 {
    type Key = [u8; 32];
    type Nonce = [u8; 24];
    type Tag = [u8; 16];

    fn new(key: &[u8; 32]) -> Self {
        Self::with(key, Features::detect())
    }
    fn seal(&self, nonce: &[u8; 24], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; 16], TooLong> {
        self.derived(nonce, |key, nonce| self.backend.seal(key, nonce, aad, in_out))
    }
    fn open(&self, nonce: &[u8; 24], aad: &[u8], in_out: &mut [u8], tag: &[u8; 16]) -> Result<(), Forged> {
        self.derived(nonce, |key, nonce| self.backend.open(key, nonce, aad, in_out, tag))
    }
}

impl Drop for XChaCha20Poly1305 {
    /// What the compiler spilled at work lies on the stack until here.
    fn drop(&mut self) {
        overwrite_stack();
    }
}
impl core::fmt::Debug for XChaCha20Poly1305 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("XChaCha20Poly1305(..)")
    }
}
