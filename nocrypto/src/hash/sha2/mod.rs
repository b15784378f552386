//! SHA-2 (FIPS 180-4 §5 and §6): SHA-224, SHA-256, SHA-384, SHA-512 and SHA-512/256.
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod constants;
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

use super::blocks::block_hash;
use crate::cpu::Features;
use constants::{SHA224, SHA256, SHA384, SHA512, SHA512_256};

/// The compression function on 32-bit words, as this CPU does it best.
#[derive(Clone, Copy)]
enum Compress32 {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    X86_64(crate::cpu::Sha),
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::Sha),
}

impl Compress32 {
    fn with(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        if let Some(proof) = features.sha() {
            return Self::X86_64(proof);
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.sha() {
            return Self::Aarch64(proof);
        }
        let _ = features;
        Self::Portable
    }
    #[inline]
    fn run(self, state: &mut [u32; 8], blocks: &[[u8; 64]]) {
        match self {
            Self::Portable => portable::compress32(state, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::X86_64(proof) => x86_64::compress32(proof, state, blocks),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Self::Aarch64(proof) => aarch64::compress32(proof, state, blocks),
        }
    }
}

/// The same on 64-bit words.
#[derive(Clone, Copy)]
enum Compress64 {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Avx2(crate::cpu::Avx2),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Avx512(crate::cpu::Avx512Ifma),
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::Sha512Sha3),
}

impl Compress64 {
    fn with(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        {
            if let Some(proof) = features.avx512_ifma() {
                return Self::Avx512(proof);
            }
            if let Some(proof) = features.avx2() {
                return Self::Avx2(proof);
            }
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.sha512_sha3() {
            return Self::Aarch64(proof);
        }
        let _ = features;
        Self::Portable
    }
    #[inline]
    fn run(self, state: &mut [u64; 8], blocks: &[[u8; 128]]) {
        match self {
            Self::Portable => portable::compress64(state, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::Avx2(proof) => x86_64::compress64(proof, state, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::Avx512(proof) => x86_64::compress64_short(proof, state, blocks),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Self::Aarch64(proof) => aarch64::compress64(proof, state, blocks),
        }
    }
}

block_hash! {
    /// SHA-224: 28 bytes.
    Sha224: [u32; 8], Compress32, 28 bytes from SHA224, lengths as u64 to_be_bytes;
    /// SHA-256: 32 bytes.
    Sha256: [u32; 8], Compress32, 32 bytes from SHA256, lengths as u64 to_be_bytes;
    /// SHA-384: 48 bytes.
    Sha384: [u64; 8], Compress64, 48 bytes from SHA384, lengths as u128 to_be_bytes;
    /// SHA-512: 64 bytes.
    Sha512: [u64; 8], Compress64, 64 bytes from SHA512, lengths as u128 to_be_bytes;
    /// SHA-512/256: 32 bytes, by the arithmetic of SHA-512.
    Sha512_256: [u64; 8], Compress64, 32 bytes from SHA512_256, lengths as u128 to_be_bytes;
}
