//! The permutation of SHA-3 (FIPS 202 §3): the choice of a backend.
use super::portable;
use crate::cpu::Features;

/// The permutation, as this CPU does it best.
#[derive(Clone, Copy)]
pub(super) enum Permute {
    Portable,
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::Sha512Sha3),
}

impl Permute {
    pub(super) fn with(features: Features) -> Self {
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.sha512_sha3() {
            return Self::Aarch64(proof);
        }
        let _ = features;
        Self::Portable
    }
    pub(super) fn run(self, state: &mut [u64; 25]) {
        match self {
            Self::Portable => portable::permute(state),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Self::Aarch64(proof) => super::aarch64::permute(proof, state),
        }
    }
}
