//! Counter mode with AES (SP 800-38A §6.5).
use super::aes::Aes;
use crate::secret::wipe;

impl<const N: usize> Aes<N> {
    /// Xors `in_out` with the encryptions of the block `first` and those that follow it, counted as 128-bit big-endian
    /// numbers modulo 2^128 (SP 800-38A appendix B.1 with m = 128).
    ///
    /// The caller answers for it that no block is ever used twice under this key.
    pub fn apply_ctr(&self, first: &[u8; 16], in_out: &mut [u8]) {
        let mut counter = u128::from_be_bytes(*first);
        let mut stream = [[0; 16]; AT_A_TIME];
        for some in in_out.chunks_mut(16 * AT_A_TIME) {
            let blocks = &mut stream[..some.len().div_ceil(16)];
            for block in &mut *blocks {
                *block = counter.to_be_bytes();
                counter = counter.wrapping_add(1);
            }
            self.encrypt_blocks(blocks);
            for (x, k) in some.iter_mut().zip(blocks.as_flattened()) {
                *x ^= k;
            }
        }
        wipe(&mut stream);
    }
}

/// So many that what a call of AES costs once does not count.
const AT_A_TIME: usize = 32;
