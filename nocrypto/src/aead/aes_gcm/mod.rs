//! AES-GCM (SP 800-38D).
use super::{Aead, Forged, TooLong, Unfit, verify};
use crate::cpu::Features;
use crate::secret::{overwrite_stack, wipe};

#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

/// AES-GCM with a key of 16 bytes.
pub type Aes128Gcm = AesGcm<16>;
/// AES-GCM with a key of 24 bytes.
pub type Aes192Gcm = AesGcm<24>;
/// AES-GCM with a key of 32 bytes.
pub type Aes256Gcm = AesGcm<32>;

/// AES-GCM with a key of `N` bytes. What is expanded from the key is on the heap and wiped when it goes.
pub struct AesGcm<const N: usize>(Backend<N>);

enum Backend<const N: usize> {
    Portable(portable::Key<N>),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Clmul(x86_64::Clmul<N>),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Vaes(x86_64::Vaes<N>),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Vaes512(x86_64::Vaes512<N>),
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(aarch64::Key<N>),
}

impl<const N: usize> AesGcm<N> {
    /// Expands `key` for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; N], features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        {
            if let Some(proof) = features.vaes_avx512() {
                return Self(Backend::Vaes512(x86_64::Vaes512::new(key, proof)));
            }
            if let Some(proof) = features.vaes_avx2() {
                return Self(Backend::Vaes(x86_64::Vaes::new(key, proof)));
            }
            if let Some(proof) = features.aes_clmul() {
                return Self(Backend::Clmul(x86_64::Clmul::new(key, proof)));
            }
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.aes_clmul() {
            return Self(Backend::Aarch64(aarch64::Key::new(key, proof)));
        }
        Self(Backend::Portable(portable::Key::new(key, features)))
    }
    /// As [`Aead::seal`], with a nonce of any length but zero. Only nonces of 12 bytes are fast, and cannot collide by
    /// chance when they differ (SP 800-38D §8).
    ///
    /// # Errors
    /// [`Unfit`] if there is no nonce, or `in_out` or `aad` is beyond the algorithm's limit; then nothing has happened.
    pub fn seal_any_nonce(&self, nonce: &[u8], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; 16], Unfit> {
        check_lengths(aad.len(), in_out.len()).map_err(|TooLong| Unfit::TooLong)?;
        if nonce.is_empty() {
            return Err(Unfit::NoNonce);
        }
        Ok(self.crypt_any_nonce::<false>(nonce, aad, in_out))
    }
    /// As [`Aead::open`], with a nonce of any length.
    ///
    /// # Errors
    /// [`Forged`] if the tag is not right, or there is no nonce; then `in_out` is all zeros.
    pub fn open_any_nonce(
        &self,
        nonce: &[u8],
        aad: &[u8],
        in_out: &mut [u8],
        tag: &[u8; 16],
    ) -> Result<(), Forged> {
        if nonce.is_empty() || check_lengths(aad.len(), in_out.len()).is_err() {
            wipe(in_out);
            return Err(Forged);
        }
        let computed = self.crypt_any_nonce::<true>(nonce, aad, in_out);
        verify(&computed, tag, in_out)
    }
    fn crypt_any_nonce<const OPEN: bool>(&self, nonce: &[u8], aad: &[u8], in_out: &mut [u8]) -> [u8; 16] {
        if let Ok(nonce) = nonce.try_into() {
            return self.crypt::<OPEN>(nonce, aad, in_out);
        }
        match &self.0 {
            Backend::Portable(key) => key.crypt::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Clmul(key) => key.crypt_any_nonce::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes(key) => key.crypt_any_nonce::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes512(key) => key.crypt_any_nonce::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(key) => key.crypt::<OPEN>(nonce, aad, in_out),
        }
    }
    fn crypt<const OPEN: bool>(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> [u8; 16] {
        match &self.0 {
            Backend::Portable(key) => key.crypt::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Clmul(key) => key.crypt::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes(key) => key.crypt::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes512(key) => key.crypt::<OPEN>(nonce, aad, in_out),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(key) => key.crypt::<OPEN>(nonce, aad, in_out),
        }
    }
}

impl<const N: usize> Aead for AesGcm<N> {
    type Key = [u8; N];
    type Nonce = [u8; 12];
    type Tag = [u8; 16];

    fn new(key: &[u8; N]) -> Self {
        Self::with(key, Features::detect())
    }
    fn seal(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; 16], TooLong> {
        check_lengths(aad.len(), in_out.len())?;
        Ok(self.crypt::<false>(nonce, aad, in_out))
    }
    fn open(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8], tag: &[u8; 16]) -> Result<(), Forged> {
        if check_lengths(aad.len(), in_out.len()).is_err() {
            wipe(in_out);
            return Err(Forged);
        }
        let computed = self.crypt::<true>(nonce, aad, in_out);
        verify(&computed, tag, in_out)
    }
}

impl<const N: usize> Drop for AesGcm<N> {
    /// What the compiler spilled at work lies on the stack until here.
    fn drop(&mut self) {
        overwrite_stack();
    }
}
impl<const N: usize> core::fmt::Debug for AesGcm<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Aes{}Gcm(..)", 8 * N)
    }
}

/// SP 800-38D §5.2.1.1: at most 2^39 - 256 bits of text and 2^64 - 1 bits of associated data.
fn check_lengths(aad: usize, text: usize) -> Result<(), TooLong> {
    let within = |length: usize, limit: u64| u64::try_from(length).is_ok_and(|length| length <= limit);
    if within(aad, (1 << 61) - 1) && within(text, (1 << 36) - 32) { Ok(()) } else { Err(TooLong) }
}

/// The last block that GHASH takes: both lengths in bits.
fn lengths(aad: usize, text: usize) -> [u8; 16] {
    ((aad as u128) << 67 | (text as u128) << 3).to_be_bytes()
}

// Words of 32 bits cannot say such lengths.
#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_refused_from_the_first_one_that_the_standard_forbids() {
        assert_eq!(check_lengths((1 << 61) - 1, (1 << 36) - 32), Ok(()));
        assert_eq!(check_lengths(0, (1 << 36) - 31), Err(TooLong));
        assert_eq!(check_lengths(1 << 61, 0), Err(TooLong));
    }
    #[test]
    fn lengths_are_counted_in_bits() {
        assert_eq!(lengths((1 << 61) - 1, 2), (((1u128 << 64) - 8) << 64 | 16).to_be_bytes());
    }
}
