//! ChaCha20-Poly1305 (RFC 8439 §2.8).
use super::{Aead, Forged, TooLong, verify};
use crate::Secret;
use crate::cipher::chacha20;
use crate::cpu::Features;
use crate::secret::{overwrite_stack, wipe};

mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

/// ChaCha20-Poly1305. The key is on the heap and wiped when it goes.
pub struct ChaCha20Poly1305 {
    key: Secret<32>,
    backend: Backend,
}

/// How to encrypt; also for keys that live for one message, as XChaCha20's.
#[derive(Clone, Copy)]
pub(super) enum Backend {
    /// Step by step, and ChaCha20 as it is best here.
    Portable(chacha20::Backend),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Avx2(crate::cpu::Avx2),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Avx512(crate::cpu::Avx512Ifma),
}

impl ChaCha20Poly1305 {
    /// Keeps a copy of `key`, for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; 32], features: Features) -> Self {
        Self { key: Secret::fill_with(|own| own.copy_from_slice(key)), backend: Backend::best(features) }
    }
}

impl Aead for ChaCha20Poly1305 {
    type Key = [u8; 32];
    type Nonce = [u8; 12];
    type Tag = [u8; 16];

    fn new(key: &[u8; 32]) -> Self {
        Self::with(key, Features::detect())
    }
    fn seal(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; 16], TooLong> {
        self.backend.seal(self.key.expose(), nonce, aad, in_out)
    }
    fn open(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8], tag: &[u8; 16]) -> Result<(), Forged> {
        self.backend.open(self.key.expose(), nonce, aad, in_out, tag)
    }
}

impl Backend {
    pub(super) fn best(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        {
            if let Some(proof) = features.avx512_ifma() {
                return Self::Avx512(proof);
            }
            if let Some(proof) = features.avx2() {
                return Self::Avx2(proof);
            }
        }
        Self::Portable(chacha20::Backend::best(features))
    }
    pub(super) fn seal(
        self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        in_out: &mut [u8],
    ) -> Result<[u8; 16], TooLong> {
        check_length(in_out.len())?;
        Ok(self.crypt::<false>(key, nonce, aad, in_out))
    }
    pub(super) fn open(
        self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        in_out: &mut [u8],
        tag: &[u8; 16],
    ) -> Result<(), Forged> {
        if check_length(in_out.len()).is_err() {
            wipe(in_out);
            return Err(Forged);
        }
        let computed = self.crypt::<true>(key, nonce, aad, in_out);
        verify(&computed, tag, in_out)
    }
    fn crypt<const OPEN: bool>(
        self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        in_out: &mut [u8],
    ) -> [u8; 16] {
        match self {
            Self::Portable(stream) => portable::crypt::<OPEN>(stream, key, nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::Avx2(proof) => x86_64::crypt_avx2::<OPEN>(key, nonce, aad, in_out, proof),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::Avx512(proof) => x86_64::crypt_avx512::<OPEN>(key, nonce, aad, in_out, proof),
        }
    }
}

impl Drop for ChaCha20Poly1305 {
    /// What the compiler spilled at work lies on the stack until here.
    fn drop(&mut self) {
        overwrite_stack();
    }
}
impl core::fmt::Debug for ChaCha20Poly1305 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ChaCha20Poly1305(..)")
    }
}

/// RFC 8439 §2.8: the counter has 2^32 values, and the first makes the key of Poly1305.
fn check_length(text: usize) -> Result<(), TooLong> {
    if u64::try_from(text).is_ok_and(|text| text <= (1 << 38) - 64) { Ok(()) } else { Err(TooLong) }
}

/// The last block that Poly1305 takes: both lengths in bytes.
fn lengths(aad: usize, text: usize) -> [u8; 16] {
    (aad as u128 | (text as u128) << 64).to_le_bytes()
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_refused_that_needs_a_counter_of_33_bits() {
        assert_eq!(check_length(64 * ((1 << 32) - 1)), Ok(()));
        assert_eq!(check_length(64 * ((1 << 32) - 1) + 1), Err(TooLong));
    }
}
