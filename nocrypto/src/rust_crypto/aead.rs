//! AEADs as [`aead::AeadInOut`], and so, where that crate has its feature `alloc`, as its `Aead`.
use crate::aead::{Aead, AesCcm, AesGcm, ChaCha20Poly1305, XChaCha20Poly1305};
use ::aead::array::{Array, ArraySize, AssocArraySize};
use ::aead::inout::InOutBuf;
use ::aead::{AeadCore, AeadInOut, Error, Key, KeyInit, KeySizeUser, Nonce, Tag, TagPosition};

/// Types by the lengths of their keys, nonces and tags.
macro_rules! aeads {
    ($( [$($length:ident)*] $name:ty: $key:tt, $nonce:tt, $tag:tt; )*) => { $(
        impl<$(const $length: usize),*> KeySizeUser for $name
        where
            [u8; $key]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $key]>>,
        {
            type KeySize = <[u8; $key] as AssocArraySize>::Size;
        }
        impl<$(const $length: usize),*> KeyInit for $name
        where
            [u8; $key]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $key]>>,
        {
            fn new(key: &Key<Self>) -> Self {
                Aead::new(&key.0)
            }
        }
        impl<$(const $length: usize),*> AeadCore for $name
        where
            [u8; $nonce]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $nonce]>>,
            [u8; $tag]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $tag]>>,
        {
            type NonceSize = <[u8; $nonce] as AssocArraySize>::Size;
            type TagSize = <[u8; $tag] as AssocArraySize>::Size;
            const TAG_POSITION: TagPosition = TagPosition::Postfix;
        }
        impl<$(const $length: usize),*> AeadInOut for $name
        where
            [u8; $nonce]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $nonce]>>,
            [u8; $tag]: AssocArraySize<Size: ArraySize<ArrayType<u8> = [u8; $tag]>>,
        {
            fn encrypt_inout_detached(
                &self,
                nonce: &Nonce<Self>,
                aad: &[u8],
                buffer: InOutBuf<'_, '_, u8>,
            ) -> Result<Tag<Self>, Error> {
                let tag = self.seal(&nonce.0, aad, buffer.into_out_with_copied_in());
                tag.map(Array).map_err(|_| Error)
            }
            fn decrypt_inout_detached(
                &self,
                nonce: &Nonce<Self>,
                aad: &[u8],
                buffer: InOutBuf<'_, '_, u8>,
                tag: &Tag<Self>,
            ) -> Result<(), Error> {
                let opened = self.open(&nonce.0, aad, buffer.into_out_with_copied_in(), &tag.0);
                opened.map_err(|_| Error)
            }
        }
    )* };
}
aeads! {
    [N] AesGcm<N>: N, 12, 16;
    [KEY NONCE TAG] AesCcm<KEY, NONCE, TAG>: KEY, NONCE, TAG;
    [] ChaCha20Poly1305: 32, 12, 16;
    [] XChaCha20Poly1305: 32, 24, 16;
}
