//! SHA-2 (FIPS 180-4 §5 and §6): SHA-224, SHA-256, SHA-384, SHA-512 and SHA-512/256.
mod constants;
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

use super::Hash;
use super::blocks::Blocks;
use crate::cpu::Features;
use crate::secret::wipe;

/// The compression function on 32-bit words, as this CPU does it best.
#[derive(Clone, Copy)]
enum Compress32 {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    X86_64(crate::cpu::Sha),
}

impl Compress32 {
    fn with(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        if let Some(proof) = features.sha() {
            return Self::X86_64(proof);
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
        }
    }
}

/// The same on 64-bit words.
#[derive(Clone, Copy)]
enum Compress64 {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    X86_64(crate::cpu::Avx2),
}

impl Compress64 {
    fn with(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        if let Some(proof) = features.avx2() {
            return Self::X86_64(proof);
        }
        let _ = features;
        Self::Portable
    }
    #[inline]
    fn run(self, state: &mut [u64; 8], blocks: &[[u8; 128]]) {
        match self {
            Self::Portable => portable::compress64(state, blocks),
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Self::X86_64(proof) => x86_64::compress64(proof, state, blocks),
        }
    }
}

macro_rules! sha2 {
    ($( $(#[$doc:meta])* $name:ident: $word:ty, $length:ty, $compress:ty, $output:literal, $initial:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            state: [$word; 8],
            blocks: Blocks<{ <Self as Hash>::BLOCK }>,
            compress: $compress,
        }
        impl Hash for $name {
            const BLOCK: usize = 16 * size_of::<$word>();
            const OUTPUT: usize = $output;
            type Output = [u8; $output];
            #[inline]
            fn with(features: Features) -> Self {
                Self { state: constants::$initial, blocks: Blocks::new(), compress: <$compress>::with(features) }
            }
            #[inline]
            fn update(&mut self, input: &[u8]) {
                self.blocks.update(input, |blocks| self.compress.run(&mut self.state, blocks));
            }
            #[inline]
            fn take_into(&mut self, out: &mut [u8]) {
                let bits = self.blocks.bits() as $length;
                self.blocks.finish(&bits.to_be_bytes(), |blocks| self.compress.run(&mut self.state, blocks));
                let length = out.len().min($output);
                for (out, word) in out[..length].chunks_mut(size_of::<$word>()).zip(&self.state) {
                    out.copy_from_slice(&word.to_be_bytes()[..out.len()]);
                }
                self.state = constants::$initial;
            }
            #[inline]
            fn take(&mut self) -> Self::Output {
                let mut output = [0; $output];
                self.take_into(&mut output);
                output
            }
        }
        impl Drop for $name {
            #[inline]
            fn drop(&mut self) {
                wipe(&mut self.state);
                self.blocks.wipe();
            }
        }
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )* };
}
sha2! {
    /// SHA-224: 28 bytes.
    Sha224: u32, u64, Compress32, 28, SHA224;
    /// SHA-256: 32 bytes.
    Sha256: u32, u64, Compress32, 32, SHA256;
    /// SHA-384: 48 bytes.
    Sha384: u64, u128, Compress64, 48, SHA384;
    /// SHA-512: 64 bytes.
    Sha512: u64, u128, Compress64, 64, SHA512;
    /// SHA-512/256: 32 bytes, by the arithmetic of SHA-512.
    Sha512_256: u64, u128, Compress64, 32, SHA512_256;
}
