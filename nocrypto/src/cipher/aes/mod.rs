//! AES (FIPS 197) on any number of blocks at a time, both ways.
use crate::cpu::{Features, clear_vectors};
use crate::secret::wipe;
use alloc::boxed::Box;

#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod portable;
mod schedule;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
pub(crate) use aarch64::expand as expand_aarch64;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) use x86_64::expand as expand_x86_64;

/// AES with a key of 16 bytes.
pub type Aes128 = Aes<16>;
/// AES with a key of 24 bytes.
pub type Aes192 = Aes<24>;
/// AES with a key of 32 bytes.
pub type Aes256 = Aes<32>;

/// AES with a key of `N` bytes: 16, 24 or 32. The expanded key is on the heap and wiped when it goes.
pub struct Aes<const N: usize> {
    keys: Box<RoundKeys<N>>,
    backend: Backend,
}

#[derive(Clone, Copy)]
enum Backend {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    AesNi(crate::cpu::AesClmul),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Vaes(crate::cpu::VaesAvx2),
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::AesClmul),
}

impl<const N: usize> Aes<N> {
    /// Expands `key` for the best backend of this CPU.
    #[must_use]
    pub fn new(key: &[u8; N]) -> Self {
        Self::with(key, Features::detect())
    }
    /// Expands `key` for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; N], features: Features) -> Self {
        let mut own = Self { keys: Box::new(RoundKeys::zero()), backend: Backend::best(features) };
        own.rekey(key);
        own
    }
    /// Expands another `key` over the present one. Does not allocate.
    pub fn rekey(&mut self, key: &[u8; N]) {
        match self.backend {
            Backend::Portable => portable::expand(key, &mut self.keys),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::AesNi(proof) => x86_64::expand(key, &mut self.keys, proof),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes(proof) => x86_64::expand(key, &mut self.keys, proof.into()),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(proof) => aarch64::expand(key, &mut self.keys, proof),
        }
        clear_vectors();
    }
    /// Encrypts each block in place (FIPS 197 §5.1): as fast as many at a time can go, so give many.
    pub fn encrypt_blocks(&self, blocks: &mut [[u8; 16]]) {
        match self.backend {
            Backend::Portable => portable::encrypt_blocks(&self.keys, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::AesNi(proof) => x86_64::encrypt_blocks(&self.keys, blocks, proof),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes(proof) => x86_64::encrypt_blocks_wide(&self.keys, blocks, proof),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(proof) => aarch64::encrypt_blocks(&self.keys, blocks, proof),
        }
        clear_vectors();
    }
    /// Decrypts each block in place (FIPS 197 §5.3).
    pub fn decrypt_blocks(&self, blocks: &mut [[u8; 16]]) {
        match self.backend {
            Backend::Portable => portable::decrypt_blocks(&self.keys, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::AesNi(proof) => x86_64::decrypt_blocks(&self.keys, blocks, proof),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Vaes(proof) => x86_64::decrypt_blocks(&self.keys, blocks, proof.into()),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(proof) => aarch64::decrypt_blocks(&self.keys, blocks, proof),
        }
        clear_vectors();
    }
    /// Encrypts one block in place.
    pub fn encrypt_block(&self, block: &mut [u8; 16]) {
        self.encrypt_blocks(core::slice::from_mut(block));
    }
    /// Decrypts one block in place.
    pub fn decrypt_block(&self, block: &mut [u8; 16]) {
        self.decrypt_blocks(core::slice::from_mut(block));
    }
    /// Fills `out` with key stream: block `i` is the encryption of `counter + i` (modulo 2^128), little-endian, as
    /// Fortuna counts (Cryptography Engineering §9.4.4).
    pub fn keystream_le(&self, counter: u128, out: &mut [[u8; 16]]) {
        let mut at = counter;
        for block in &mut *out {
            *block = at.to_le_bytes();
            at = at.wrapping_add(1);
        }
        self.encrypt_blocks(out);
    }
}

impl<const N: usize> core::fmt::Debug for Aes<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Aes{}(..)", 8 * N)
    }
}

impl Backend {
    fn best(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        {
            if let Some(proof) = features.vaes_avx2() {
                return Self::Vaes(proof);
            }
            if let Some(proof) = features.aes_clmul() {
                return Self::AesNi(proof);
            }
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.aes_clmul() {
            return Self::Aarch64(proof);
        }
        let _ = features;
        Self::Portable
    }
}

/// The round keys as bytes, in the order in which they are used: the same for all backends.
///
/// There is room for the longest schedule; [`RoundKeys::used`] is what belongs to a key of `N` bytes.
#[repr(C, align(16))]
pub(crate) struct RoundKeys<const N: usize>(pub(crate) [[u8; 16]; 15]);

impl<const N: usize> RoundKeys<N> {
    /// Nr of FIPS 197 §5.
    pub(crate) const ROUNDS: usize = {
        assert!(N == 16 || N == 24 || N == 32, "AES has keys of 16, 24 and 32 bytes");
        N / 4 + 6
    };
    pub(crate) const fn zero() -> Self {
        Self([[0; 16]; 15])
    }
    /// One round key more than there are rounds.
    pub(crate) fn used(&self) -> &[[u8; 16]] {
        &self.0[..=Self::ROUNDS]
    }
}
impl<const N: usize> Drop for RoundKeys<N> {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}
