//! Hashes as [`digest::Digest`], and SHAKE as [`digest::ExtendableOutput`].
use crate::hash::legacy::{Md5, Sha1};
use crate::hash::sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};
use crate::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256};
use ::digest::common::{AlgorithmName, BlockSizeUser};
use ::digest::consts::{U16, U20, U28, U32, U48, U64, U72, U104, U128, U136, U144, U168};
use ::digest::{
    ExtendableOutput, FixedOutput, FixedOutputReset, HashMarker, Output as Array, OutputSizeUser, Reset,
    Update, XofReader,
};
use core::fmt;

macro_rules! hashes {
    ($( $name:ident: $block:ident, $output:ident; )*) => { $(
        impl HashMarker for $name {}
        impl OutputSizeUser for $name {
            type OutputSize = $output;
        }
        impl BlockSizeUser for $name {
            type BlockSize = $block;
        }
        impl AlgorithmName for $name {
            fn write_alg_name(f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl Default for $name {
            fn default() -> Self {
                Hash::new()
            }
        }
        impl Update for $name {
            fn update(&mut self, input: &[u8]) {
                Hash::update(self, input);
            }
        }
        impl Reset for $name {
            fn reset(&mut self) {
                *self = Hash::new();
            }
        }
        impl FixedOutput for $name {
            fn finalize_into(mut self, out: &mut Array<Self>) {
                self.take_into(out);
            }
        }
        impl FixedOutputReset for $name {
            fn finalize_into_reset(&mut self, out: &mut Array<Self>) {
                self.take_into(out);
            }
        }
    )* };
}
hashes! {
    Md5: U64, U16;
    Sha1: U64, U20;
    Sha224: U64, U28;
    Sha256: U64, U32;
    Sha384: U128, U48;
    Sha512: U128, U64;
    Sha512_256: U128, U32;
    Sha3_224: U144, U28;
    Sha3_256: U136, U32;
    Sha3_384: U104, U48;
    Sha3_512: U72, U64;
}

/// The output of SHAKE, without end. Wiped when it goes.
#[derive(Debug)]
pub struct Output<S>(S);

macro_rules! shakes {
    ($( $name:ident: $block:ident; )*) => { $(
        impl HashMarker for $name {}
        impl BlockSizeUser for $name {
            type BlockSize = $block;
        }
        impl AlgorithmName for $name {
            fn write_alg_name(f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl Update for $name {
            fn update(&mut self, input: &[u8]) {
                Self::update(self, input);
            }
        }
        impl Reset for $name {
            fn reset(&mut self) {
                *self = Self::new();
            }
        }
        impl ExtendableOutput for $name {
            type Reader = Output<Self>;
            fn finalize_xof(mut self) -> Output<Self> {
                self.end();
                Output(self)
            }
        }
        impl XofReader for Output<$name> {
            fn read(&mut self, out: &mut [u8]) {
                self.0.squeeze_more(out);
            }
        }
    )* };
}
shakes! {
    Shake128: U168;
    Shake256: U136;
}
