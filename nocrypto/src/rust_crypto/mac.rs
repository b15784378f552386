//! MACs as [`digest::Mac`].
use crate::hash::Hash;
use crate::mac::{Cmac, Hmac, Poly1305};
use ::digest::array::{ArraySize, AssocArraySize};
use ::digest::common::{BlockSizeUser, InvalidLength, Key, KeySizeUser};
use ::digest::consts::{U16, U32};
use ::digest::{FixedOutput, KeyInit, MacMarker, Output, OutputSizeUser, Update};

impl<H: Hash> MacMarker for Hmac<H> {}
impl<H: Hash + OutputSizeUser> OutputSizeUser for Hmac<H> {
    type OutputSize = H::OutputSize;
}
impl<H: Hash + BlockSizeUser> KeySizeUser for Hmac<H> {
    type KeySize = H::BlockSize;
}
impl<H: Hash + BlockSizeUser> KeyInit for Hmac<H> {
    fn new(key: &Key<Self>) -> Self {
        Self::new(key)
    }
    /// Takes a key of any length.
    fn new_from_slice(key: &[u8]) -> Result<Self, InvalidLength> {
        Ok(Self::new(key))
    }
}
impl<H: Hash> Update for Hmac<H> {
    fn update(&mut self, input: &[u8]) {
        Self::update(self, input);
    }
}
impl<H: Hash + OutputSizeUser> FixedOutput for Hmac<H> {
    fn finalize_into(self, out: &mut Output<Self>) {
        out.copy_from_slice(self.finish().as_ref());
    }
}

impl<const N: usize> MacMarker for Cmac<N> {}
impl<const N: usize> OutputSizeUser for Cmac<N> {
    type OutputSize = U16;
}
impl<const N: usize> KeySizeUser for Cmac<N>
where
    [u8; N]: AssocArraySize,
{
    type KeySize = <[u8; N] as AssocArraySize>::Size;
}
impl<const N: usize> KeyInit for Cmac<N>
where
    [u8; N]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; N]>>,
{
    fn new(key: &Key<Self>) -> Self {
        Self::new(&key.0)
    }
}
impl<const N: usize> Update for Cmac<N> {
    fn update(&mut self, input: &[u8]) {
        Self::update(self, input);
    }
}
impl<const N: usize> FixedOutput for Cmac<N> {
    fn finalize_into(self, out: &mut Output<Self>) {
        out.copy_from_slice(&self.finish());
    }
}

/// A key is for one message: what takes a key twice is `KeyInit`, what takes a message twice is not there.
impl MacMarker for Poly1305 {}
impl OutputSizeUser for Poly1305 {
    type OutputSize = U16;
}
impl KeySizeUser for Poly1305 {
    type KeySize = U32;
}
impl KeyInit for Poly1305 {
    fn new(key: &Key<Self>) -> Self {
        Self::new(&key.0)
    }
}
impl Update for Poly1305 {
    fn update(&mut self, input: &[u8]) {
        Self::update(self, input);
    }
}
impl FixedOutput for Poly1305 {
    fn finalize_into(self, out: &mut Output<Self>) {
        out.copy_from_slice(&self.finish());
    }
}
