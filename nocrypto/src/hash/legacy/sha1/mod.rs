//! SHA-1 (FIPS 180-4 §6.1): collisions have been made. HMAC over it still holds.
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

use crate::cpu::Features;
use crate::hash::blocks::block_hash;

block_hash! {
    /// SHA-1: 20 bytes. Broken as a hash: for old files and inside HMAC only.
    Sha1: [u32; 5], Compress, 20 bytes from [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0],
        lengths as u64 to_be_bytes;
}

/// The compression function, as this CPU does it best.
#[derive(Clone, Copy)]
enum Compress {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    X86_64(crate::cpu::Sha),
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::Sha),
}

impl Compress {
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
    fn run(self, state: &mut [u32; 5], blocks: &[[u8; 64]]) {
        match self {
            Self::Portable => portable::compress(state, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::X86_64(proof) => x86_64::compress(proof, state, blocks),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Self::Aarch64(proof) => aarch64::compress(proof, state, blocks),
        }
    }
}
