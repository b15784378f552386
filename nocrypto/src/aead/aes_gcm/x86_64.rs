//! The doors to the fused kernels: a key holds the proof that its kernel's instructions are there.
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use crate::cipher::aes::expand_x86_64;
use crate::cpu::{AesClmul, VaesAvx2, VaesAvx512};
use alloc::boxed::Box;

mod xmm;
mod ymm;
mod zmm;

macro_rules! door {
    ($(#[$doc:meta])* $name:ident, $width:ident, $proof:ident) => {
        $(#[$doc])*
        pub(super) struct $name<const N: usize> {
            key: Box<$width::fused::Key<N>>,
            _proof: $proof,
        }
        impl<const N: usize> $name<N> {
            pub(super) fn new(key: &[u8; N], proof: $proof) -> Self {
                let mut own = Self { key: Box::new($width::fused::Key::zero()), _proof: proof };
                expand_x86_64(key, &mut own.key.round_keys, proof.into());
                // SAFETY: the proof says that the instructions are there.
                unsafe { $width::fused::set_up(&mut own.key) };
                own
            }
            pub(super) fn crypt<const OPEN: bool>(&self, nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> [u8; 16] {
                // SAFETY: `self` holds the proof that the instructions are there.
                unsafe { $width::fused::crypt::<N, OPEN>(&self.key, nonce, aad, text) }
            }
            pub(super) fn crypt_any_nonce<const OPEN: bool>(
                &self,
                nonce: &[u8],
                aad: &[u8],
                text: &mut [u8],
            ) -> [u8; 16] {
                // SAFETY: `self` holds the proof that the instructions are there.
                unsafe { $width::fused::crypt_any_nonce::<N, OPEN>(&self.key, nonce, aad, text) }
            }
        }
    };
}
door! {
    /// A key for AES-NI and PCLMULQDQ.
    Clmul, xmm, AesClmul
}
door! {
    /// A key for VAES and VPCLMULQDQ on 256 bits.
    Vaes, ymm, VaesAvx2
}
door! {
    /// A key for VAES and VPCLMULQDQ on 512 bits.
    Vaes512, zmm, VaesAvx512
}
