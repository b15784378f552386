//! AES-GCM step by step: counter mode on any AES, GHASH by integer multiplication (SP 800-38D §7).
use super::lengths;
use crate::Secret;
use crate::cipher::aes::Aes;
use crate::cpu::Features;
use crate::mac::ghash::{portable::State, times_x};
use crate::secret::wipe;

/// The expanded key, and H x.
pub(super) struct Key<const N: usize> {
    aes: Aes<N>,
    hx: Secret<16>,
}

impl<const N: usize> Key<N> {
    pub(super) fn new(key: &[u8; N], features: Features) -> Self {
        let aes = Aes::with(key, features);
        let hx = Secret::fill_with(|h| {
            aes.encrypt_block(h);
            *h = times_x(h).to_ne_bytes();
        });
        Self { aes, hx }
    }
    /// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
    pub(super) fn crypt<const OPEN: bool>(&self, nonce: &[u8], aad: &[u8], in_out: &mut [u8]) -> [u8; 16] {
        let first = self.first_counter(nonce);
        let mut ghash = State::new(u128::from_ne_bytes(*self.hx.expose()));
        ghash.padded(aad);
        if OPEN {
            ghash.padded(in_out);
        }
        let mut mask = self.count(first, in_out);
        if !OPEN {
            ghash.padded(in_out);
        }
        ghash.block(&lengths(aad.len(), in_out.len()));
        let mut hash = ghash.hash();
        let tag = core::array::from_fn(|i| hash[i] ^ mask[i]);
        // Whoever has one of the two has the other from the tag.
        wipe(&mut hash);
        wipe(&mut mask);
        tag
    }
    /// J0 (SP 800-38D §7.1 step 2): the nonce and a 1 if it has 96 bits, or its hash.
    fn first_counter(&self, nonce: &[u8]) -> [u8; 16] {
        if nonce.len() == 12 {
            let mut block = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
            block[..12].copy_from_slice(nonce);
            return block;
        }
        let mut ghash = State::new(u128::from_ne_bytes(*self.hx.expose()));
        ghash.padded(nonce);
        ghash.block(&lengths(0, nonce.len()));
        ghash.hash()
    }
    /// Xors `text` with the key stream of the counters behind `first`; gives the encryption of `first`. Only the last 32
    /// bits count (inc32 of §6.2).
    fn count(&self, first: [u8; 16], text: &mut [u8]) -> [u8; 16] {
        let mut stream = [[0; 16]; CHUNK];
        let (fixed, counter) = first.split_at(12);
        let mut counter = counter.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
        let mut fill = |blocks: &mut [[u8; 16]]| {
            for block in &mut *blocks {
                block[..12].copy_from_slice(fixed);
                block[12..].copy_from_slice(&counter.to_be_bytes());
                counter = counter.wrapping_add(1);
            }
            self.aes.encrypt_blocks(blocks);
        };
        // The first chunk gives one block to the tag.
        let (first, rest) = text.split_at_mut(text.len().min(16 * (CHUNK - 1)));
        let blocks = &mut stream[..=first.len().div_ceil(16)];
        fill(blocks);
        let mask = blocks[0];
        xor(first, &blocks[1..]);
        for some in rest.chunks_mut(16 * CHUNK) {
            let blocks = &mut stream[..some.len().div_ceil(16)];
            fill(blocks);
            xor(some, blocks);
        }
        wipe(&mut stream);
        mask
    }
}

fn xor(text: &mut [u8], stream: &[[u8; 16]]) {
    for (x, k) in text.iter_mut().zip(stream.as_flattened()) {
        *x ^= k;
    }
}

/// Blocks of key stream at a time: so many that slicing the round keys for each chunk does not count.
const CHUNK: usize = 32;
