//! Nonces that do not have 96 bits (SP 800-38D §7.1 step 2): the counter begins anywhere, so nothing is fused.
use super::super::{S, V, W, clear, count, load, numbers, store, widen, xor};
use super::{B, BATCH, Key, absorb, batch, finish, key_stream, lengths, product, reverse1};
use crate::cpu::vector::{load16, store16};
use crate::secret::wipe;
use core::arch::x86_64::{_mm_set_epi64x, _mm_setzero_si128, _mm_xor_si128};

featured! {
    /// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
    pub(in super::super::super) fn crypt_any_nonce<const N: usize, const OPEN: bool>(
        key: &Key<N>,
        nonce: &[u8],
        aad: &[u8],
        text: &mut [u8],
    ) -> [u8; 16] {
        let length = _mm_set_epi64x(0, (nonce.len() as i64) << 3);
        let hashed = _mm_xor_si128(absorb(key, _mm_setzero_si128(), nonce), length);
        let j0 = product(hashed, load16(&key.powers[B]));
        let lengths = lengths(aad, text);
        let mut counters: V = numbers(j0, 1);
        let j0 = reverse1(j0);
        let mut hash = absorb(key, _mm_setzero_si128(), aad);
        let mut stream = [[0; 16 * W]; S];
        let (batches, end) = text.as_chunks_mut::<BATCH>();
        for some in batches {
            if OPEN {
                hash = batch::hash(key, widen(hash), some);
            }
            key_stream::<N, S>(key, j0, counters, &mut stream);
            counters = count(counters, B as i32);
            for (to, k) in some.as_chunks_mut().0.iter_mut().zip(&stream) {
                store(to, xor(load(to), load(k)));
            }
            if !OPEN {
                hash = batch::hash(key, widen(hash), some);
            }
        }
        wipe(stream.as_flattened_mut());
        let mut tag = [0; 16];
        store16(&mut tag, finish::<N, OPEN>(key, hash, j0, counters, lengths, end, None));
        clear();
        tag
    }
}
