//! AES-CCM (SP 800-38C; RFC 3610): counter mode, and CBC-MAC over lengths, associated data and text.
use super::{Aead, Forged, TooLong, verify};
use crate::cipher::aes::Aes;
use crate::cpu::Features;
use crate::secret::wipe;

/// AES-CCM of TLS with a key of 16 bytes (RFC 6655).
pub type Aes128Ccm = AesCcm<16, 12, 16>;
/// AES-CCM of TLS with a key of 32 bytes (RFC 6655).
pub type Aes256Ccm = AesCcm<32, 12, 16>;
/// AES-CCM of TLS with a key of 16 bytes and a tag of 8 (RFC 6655).
pub type Aes128Ccm8 = AesCcm<16, 12, 8>;
/// AES-CCM of TLS with a key of 32 bytes and a tag of 8 (RFC 6655).
pub type Aes256Ccm8 = AesCcm<32, 12, 8>;

/// AES-CCM with a key of `KEY` bytes (16, 24 or 32), nonces of `NONCE` bytes (7 to 13), and tags of `TAG` bytes (4, 6, …
/// 16). The longer the nonce, the shorter the texts: below 2^(8 (15 - `NONCE`)) bytes.
#[derive(Debug)]
pub struct AesCcm<const KEY: usize, const NONCE: usize, const TAG: usize>(Aes<KEY>);

impl<const KEY: usize, const NONCE: usize, const TAG: usize> AesCcm<KEY, NONCE, TAG> {
    /// q of SP 800-38C appendix A.1: bytes of the text's length, and of the counter.
    const WIDTH: usize = {
        assert!(7 <= NONCE && NONCE <= 13, "SP 800-38C appendix A.1: nonces of 7 to 13 bytes");
        assert!(
            4 <= TAG && TAG <= 16 && TAG.is_multiple_of(2),
            "SP 800-38C appendix A.1: tags of 4, 6, … 16 bytes"
        );
        15 - NONCE
    };
    /// Expands `key` for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; KEY], features: Features) -> Self {
        Self(Aes::with(key, features))
    }
    fn check_length(text: usize) -> Result<(), TooLong> {
        if Self::WIDTH >= 8 || (text as u64) >> (8 * Self::WIDTH) == 0 { Ok(()) } else { Err(TooLong) }
    }
    /// The blocks of appendix A.2.1 and A.3: flags, the nonce, and a number of `WIDTH` bytes.
    fn block(flags: usize, nonce: &[u8; NONCE], number: usize) -> [u8; 16] {
        let mut block = (number as u128).to_be_bytes();
        block[0] = (flags | (Self::WIDTH - 1)) as u8;
        block[1..=NONCE].copy_from_slice(nonce);
        block
    }
    /// The CBC-MAC of lengths, `aad` and `text`, and the mask that goes over it.
    fn tag(&self, nonce: &[u8; NONCE], aad: &[u8], text: &[u8]) -> [u8; TAG] {
        let flags = usize::from(!aad.is_empty()) << 6 | (TAG / 2 - 1) << 3;
        let mut mac = Mac { aes: &self.0, state: Self::block(flags, nonce, text.len()), filled: 16 };
        if !aad.is_empty() {
            // Appendix A.2.2: how long the associated data is, in two bytes, six, or ten.
            let length = (aad.len() as u64).to_be_bytes();
            match aad.len() as u64 {
                0..0xff00 => mac.absorb(&length[6..]),
                0xff00..=0xffff_ffff => {
                    mac.absorb(&[0xff, 0xfe]);
                    mac.absorb(&length[4..]);
                }
                _ => {
                    mac.absorb(&[0xff, 0xff]);
                    mac.absorb(&length);
                }
            }
            mac.absorb(aad);
            mac.pad();
        }
        mac.absorb(text);
        let mut mask = Self::block(0, nonce, 0);
        self.0.encrypt_block(&mut mask);
        let state = mac.finish();
        let tag = core::array::from_fn(|i| state[i] ^ mask[i]);
        wipe(&mut mask);
        tag
    }
}

impl<const KEY: usize, const NONCE: usize, const TAG: usize> Aead for AesCcm<KEY, NONCE, TAG> {
    type Key = [u8; KEY];
    type Nonce = [u8; NONCE];
    type Tag = [u8; TAG];

    fn new(key: &[u8; KEY]) -> Self {
        Self::with(key, Features::detect())
    }
    fn seal(&self, nonce: &[u8; NONCE], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; TAG], TooLong> {
        Self::check_length(in_out.len())?;
        let tag = self.tag(nonce, aad, in_out);
        self.0.apply_ctr(&Self::block(0, nonce, 1), in_out);
        Ok(tag)
    }
    fn open(
        &self,
        nonce: &[u8; NONCE],
        aad: &[u8],
        in_out: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result<(), Forged> {
        if Self::check_length(in_out.len()).is_err() {
            wipe(in_out);
            return Err(Forged);
        }
        self.0.apply_ctr(&Self::block(0, nonce, 1), in_out);
        let computed = self.tag(nonce, aad, in_out);
        verify(&computed, tag, in_out)
    }
}

/// CBC-MAC: a block is encrypted when more is known to follow. Wiped when it goes: what it gives is the tag only behind
/// a mask.
struct Mac<'a, const KEY: usize> {
    aes: &'a Aes<KEY>,
    state: [u8; 16],
    /// Bytes of the present block.
    filled: usize,
}

impl<const KEY: usize> Mac<'_, KEY> {
    fn absorb(&mut self, mut input: &[u8]) {
        while !input.is_empty() {
            if self.filled == 16 {
                self.aes.encrypt_block(&mut self.state);
                self.filled = 0;
            }
            let (now, later) = input.split_at(input.len().min(16 - self.filled));
            for (to, from) in self.state[self.filled..].iter_mut().zip(now) {
                *to ^= from;
            }
            self.filled += now.len();
            input = later;
        }
    }
    /// Zeros up to the end of the block.
    fn pad(&mut self) {
        self.filled = 16;
    }
    fn finish(&mut self) -> &[u8; 16] {
        self.aes.encrypt_block(&mut self.state);
        &self.state
    }
}
impl<const KEY: usize> Drop for Mac<'_, KEY> {
    fn drop(&mut self) {
        wipe(&mut self.state);
    }
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_refused_from_the_length_on_that_its_field_cannot_hold() {
        fn first_refused<const NONCE: usize>(length: usize) {
            assert_eq!(AesCcm::<16, NONCE, 16>::check_length(length - 1), Ok(()));
            assert_eq!(AesCcm::<16, NONCE, 16>::check_length(length), Err(TooLong));
        }
        first_refused::<13>(1 << 16);
        first_refused::<12>(1 << 24);
        first_refused::<11>(1 << 32);
        first_refused::<8>(1 << 56);
        assert_eq!(AesCcm::<16, 7, 16>::check_length(usize::MAX), Ok(()));
    }
}
