//! SHA-3 and SHAKE (FIPS 202): hashes and functions of any length of output, made of one sponge.
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod keccak;
mod portable;
mod sponge;

use super::Hash;
use crate::cpu::Features;
use sponge::Sponge;

macro_rules! sha3 {
    ($( $(#[$doc:meta])* $name:ident: $output:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Sponge<{ 200 - 2 * $output }>);

        impl Hash for $name {
            const BLOCK: usize = 200 - 2 * $output;
            const OUTPUT: usize = $output;
            type Output = [u8; $output];
            fn with(features: Features) -> Self {
                Self(Sponge::with(features))
            }
            fn update(&mut self, input: &[u8]) {
                self.0.absorb(input);
            }
            fn take_into(&mut self, out: &mut [u8]) {
                self.0.pad(SHA3);
                let length = out.len().min($output);
                self.0.squeeze(&mut out[..length]);
                self.0.wipe();
            }
            fn take(&mut self) -> Self::Output {
                let mut output = [0; $output];
                self.take_into(&mut output);
                output
            }
        }
        opaque!($name);
    )* };
}
macro_rules! shake {
    ($( $(#[$doc:meta])* $name:ident, $squeeze:ident: $bits:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Sponge<{ 200 - $bits / 4 }>);

        impl $name {
            /// Nothing absorbed yet.
            #[must_use]
            pub fn new() -> Self {
                Self::with(Features::detect())
            }
            /// The same on the best backend that `features` allow.
            #[must_use]
            pub fn with(features: Features) -> Self {
                Self(Sponge::with(features))
            }
            /// Absorbs `input` behind what was absorbed before.
            pub fn update(&mut self, input: &[u8]) {
                self.0.absorb(input);
            }
            /// Ends the input. When the output is let go, nothing is left of either.
            #[must_use]
            pub fn squeeze(&mut self) -> $squeeze<'_> {
                self.end();
                $squeeze(self)
            }
            /// Ends the input.
            pub(crate) fn end(&mut self) {
                self.0.pad(SHAKE);
            }
            /// The next bytes of the output, after the end of the input.
            pub(crate) fn squeeze_more(&mut self, out: &mut [u8]) {
                self.0.squeeze(out);
            }
        }
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
        opaque!($name);

        #[doc = concat!("The output of [`", stringify!($name), "`], without end.")]
        pub struct $squeeze<'a>(&'a mut $name);

        impl $squeeze<'_> {
            /// The next bytes.
            pub fn fill(&mut self, out: &mut [u8]) {
                self.0.squeeze_more(out);
            }
        }
        impl Drop for $squeeze<'_> {
            fn drop(&mut self) {
                self.0.0.wipe();
            }
        }
        opaque!($squeeze<'_>);
    )* };
}
macro_rules! opaque {
    ($name:ident $($lifetime:tt)*) => {
        impl core::fmt::Debug for $name $($lifetime)* {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
sha3! {
    /// SHA3-224: 28 bytes.
    Sha3_224: 28;
    /// SHA3-256: 32 bytes.
    Sha3_256: 32;
    /// SHA3-384: 48 bytes.
    Sha3_384: 48;
    /// SHA3-512: 64 bytes.
    Sha3_512: 64;
}
shake! {
    /// SHAKE128: output of any length, of a strength of 128 bits.
    Shake128, Squeeze128: 128;
    /// SHAKE256: output of any length, of a strength of 256 bits.
    Shake256, Squeeze256: 256;
}

/// §6.1: the bits 01 and the first of the padding.
const SHA3: u8 = 0b110;
/// §6.2: the bits 1111 and the first of the padding.
const SHAKE: u8 = 0b1_1111;
