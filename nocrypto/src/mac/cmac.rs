//! CMAC over AES (NIST SP 800-38B; RFC 4493).
use super::Forged;
use crate::cipher::aes::Aes;
use crate::cpu::Features;
use crate::ct::{self, Choice};
use crate::secret::wipe;
use alloc::boxed::Box;

/// A key of `N` bytes (16, 24 or 32), and the message so far.
pub struct Cmac<const N: usize> {
    cipher: Aes<N>,
    /// The encryption of all blocks but the last.
    chain: Box<[u8; 16]>,
    /// The last block: whether it is whole decides what becomes of it, so it waits.
    last: [u8; 16],
    /// Its bytes.
    used: usize,
}

impl<const N: usize> Cmac<N> {
    /// Takes a key, for a message of which nothing is known yet.
    #[must_use]
    pub fn new(key: &[u8; N]) -> Self {
        Self::with(key, Features::detect())
    }
    /// The same on the backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; N], features: Features) -> Self {
        Self { cipher: Aes::with(key, features), chain: Box::new([0; 16]), last: [0; 16], used: 0 }
    }
    /// Adds `input` to the message.
    pub fn update(&mut self, mut input: &[u8]) {
        while !input.is_empty() {
            if self.used == 16 {
                self.chain_last();
            }
            let (piece, rest) = input.split_at(input.len().min(16 - self.used));
            self.last[self.used..][..piece.len()].copy_from_slice(piece);
            self.used += piece.len();
            input = rest;
        }
    }
    /// The tag of the message (§6.2).
    #[must_use]
    pub fn finish(mut self) -> [u8; 16] {
        // The subkeys K1 and K2 (§6.1): the encryption of zero, doubled once and twice.
        let mut subkey = [0; 16];
        self.cipher.encrypt_block(&mut subkey);
        double(&mut subkey);
        if self.used < 16 {
            double(&mut subkey);
            self.last[self.used] = 0x80;
            self.last[self.used + 1..].fill(0);
        }
        self.chain.iter_mut().zip(&subkey).for_each(|(c, k)| *c ^= k);
        wipe(&mut subkey);
        self.chain_last();
        *self.chain
    }
    /// Compares the message's whole tag with `tag`, in constant time.
    ///
    /// # Errors
    /// [`Forged`] if they differ, be it in length.
    pub fn verify(self, tag: &[u8]) -> Result<(), Forged> {
        if ct::eq(&self.finish(), tag).reveal() { Ok(()) } else { Err(Forged) }
    }
    fn chain_last(&mut self) {
        self.chain.iter_mut().zip(&self.last).for_each(|(c, b)| *c ^= b);
        self.cipher.encrypt_block(&mut self.chain);
        self.used = 0;
    }
}
impl<const N: usize> Drop for Cmac<N> {
    fn drop(&mut self) {
        wipe(self.chain.as_mut_slice());
        wipe(&mut self.last);
    }
}
impl<const N: usize> core::fmt::Debug for Cmac<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Cmac(..)")
    }
}

/// Multiplies by x in GF(2^128) as §5.3 writes it: x^128 is x^7 + x^2 + x + 1.
fn double(block: &mut [u8; 16]) {
    let value = u128::from_be_bytes(*block);
    let carry = Choice::from_lsb((value >> 127) as u64).mask() & 0x87;
    *block = ((value << 1) ^ u128::from(carry)).to_be_bytes();
}
