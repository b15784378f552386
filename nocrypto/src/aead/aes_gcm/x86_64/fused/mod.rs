//! AES-GCM with counter mode and GHASH in one pass (SP 800-38D §7), written once for registers of any width.
//!
//! A batch fills all registers. When sealing, GHASH takes the batch before the one that is encrypted; when opening, the
//! one that is decrypted. The last bytes and the block of lengths are one sum with the powers of H from the highest
//! that is needed down to H: the table is contiguous, so their number only moves the place where it is read.
//!
//! Branches and addresses depend on lengths and counters alone.
use super::{
    CONSTS, FAR, MIDDLES, S, V, W, broadcast, bulk, clear, count, counter, fold, high_halves, last_round,
    load, low_halves, numbers, reverse, round, store, widen, xor,
};
use crate::cipher::{aes::RoundKeys, part};
use crate::cpu::vector::{load16, store16};
use crate::mac::ghash::times_x;
use crate::secret::wipe;
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_aesenc_si128, _mm_aesenclast_si128, _mm_and_si128, _mm_cvtsi32_si128,
    _mm_cvtsi128_si64, _mm_extract_epi64, _mm_set_epi64x, _mm_setzero_si128, _mm_shuffle_epi8, _mm_xor_si128,
};
use field::{Sum, add, nothing, product, products, reduced};
use zeroize::optimization_barrier;

mod any_nonce;
pub(super) mod batch;
mod field;

pub(in super::super) use any_nonce::crypt_any_nonce;

/// Blocks in a batch.
pub(super) const B: usize = S * W;
/// Bytes in a batch.
pub(super) const BATCH: usize = 16 * B;

/// What is expanded from a key of `N` bytes; 704 bytes at most. Wiped when it goes.
#[repr(C, align(64))]
pub(in super::super) struct Key<const N: usize> {
    /// 240 bytes, which puts the second power on a boundary of 64.
    pub(in super::super) round_keys: RoundKeys<N>,
    /// Powers of H, times x: from H^(B + 1) down to H, then zeros.
    pub(super) powers: [[u8; 16]; B + 5],
    /// For Karatsuba, the sums of both halves of two neighbours in `powers`, packed like `batch` packs the text.
    middles: [[u8; 16 * W]; MIDDLES],
    /// Powers for batches of twice as many blocks: from H^(2 B) down, in steps of a register, to what is in `powers`.
    pub(super) far: [[u8; 16]; FAR],
}

impl<const N: usize> Key<N> {
    pub(in super::super) const fn zero() -> Self {
        Self {
            round_keys: RoundKeys::zero(),
            powers: [[0; 16]; B + 5],
            middles: [[0; 16 * W]; MIDDLES],
            far: [[0; 16]; FAR],
        }
    }
}
impl<const N: usize> Drop for Key<N> {
    fn drop(&mut self) {
        wipe(&mut self.powers);
        wipe(self.middles.as_flattened_mut());
        wipe(&mut self.far);
    }
}

featured! {
    /// Makes the powers of H from the round keys.
    pub(in super::super) fn set_up<const N: usize>(key: &mut Key<N>) {
        let mut h = [0; 16];
        store16(&mut h, encrypted(key, _mm_setzero_si128()));
        h = times_x(&h).to_le_bytes();
        key.powers[B] = h;
        let h1 = load16(&h);
        wipe(&mut h);
        store16(&mut key.powers[B - 1], product(h1, h1));
        let mut highest = 2;
        while highest < B {
            let by = load16(&key.powers[B + 1 - highest]);
            if highest < W {
                for n in 1..=highest {
                    let power = product(load16(&key.powers[B + 1 - n]), by);
                    store16(&mut key.powers[B + 1 - n - highest], power);
                }
            } else {
                for n in (W..=highest).step_by(W) {
                    let power = products(powers(key, n), broadcast(by));
                    if let Some(to) = key.powers[B + 1 - n - highest..].as_flattened_mut().first_chunk_mut() {
                        store(to, power);
                    }
                }
            }
            highest *= 2;
        }
        let above = product(load16(&key.powers[1]), h1);
        store16(&mut key.powers[0], above);
        for i in 0..key.far.len() {
            let power = product(load16(&key.powers[1]), load16(&key.powers[1 + W * i]));
            store16(&mut key.far[i], power);
        }
        for group in 0..key.middles.len() {
            let (even, odd) = (powers(key, B - 2 * W * group), powers(key, B - 2 * W * group - W));
            store(&mut key.middles[group], xor(low_halves(even, odd), high_halves(even, odd)));
        }
        clear();
    }
    /// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
    pub(in super::super) fn crypt<const N: usize, const OPEN: bool>(
        key: &Key<N>,
        nonce: &[u8; 12],
        aad: &[u8],
        text: &mut [u8],
    ) -> [u8; 16] {
        let j0 = from_u128(part::load(nonce) | 1 << 120);
        let mut zero = _mm_add_epi32(reverse1(j0), _mm_cvtsi32_si128(-1));
        let lengths = lengths(aad, text);
        let mut hash = absorb(key, _mm_setzero_si128(), aad);
        let (mut last, rest) = bulk::<N, OPEN>(key, &mut zero, &mut hash, text);
        let mut counter = counter(zero, round_key(key, 0));
        let (batches, end) = rest.as_chunks_mut::<BATCH>();
        let next = (2 + B * batches.len()) as i32;
        for some in batches {
            if OPEN {
                hash = batch::crypt::<N, true>(key, &mut counter, widen(hash), None, some);
            } else {
                match last {
                    None => batch::first(key, &mut counter, some),
                    before => hash = batch::crypt::<N, false>(key, &mut counter, widen(hash), before, some),
                }
                last = Some(&*some);
            }
        }
        let mut tag = [0; 16];
        store16(&mut tag, finish::<N, OPEN>(key, hash, j0, numbers(zero, next), lengths, end, last));
        clear();
        tag
    }
    /// The last block that GHASH takes: both lengths in bits.
    #[inline]
    fn lengths(aad: &[u8], text: &[u8]) -> __m128i {
        _mm_set_epi64x((aad.len() as i64) << 3, (text.len() as i64) << 3)
    }
    /// The hash of what `hash` has seen and of `bytes`, padded with zeros to a block.
    #[inline]
    fn absorb<const N: usize>(key: &Key<N>, mut hash: __m128i, bytes: &[u8]) -> __m128i {
        for some in bytes.chunks(BATCH) {
            let mut n = some.len().div_ceil(16);
            let mut sum = nothing();
            let (whole, rest) = some.as_chunks();
            for block in whole {
                add(&mut sum, widen(_mm_xor_si128(hash, reverse1(load16(block)))), powers(key, n));
                hash = _mm_setzero_si128();
                n -= 1;
            }
            if !rest.is_empty() {
                let block = reverse1(from_u128(part::load(rest)));
                add(&mut sum, widen(_mm_xor_si128(hash, block)), powers(key, n));
            }
            hash = fold(reduced(sum));
        }
        hash
    }
    /// The text behind the last batch, GHASH of that batch (when sealing) and of the lengths, the tag.
    #[inline]
    fn finish<const N: usize, const OPEN: bool>(
        key: &Key<N>,
        hash: __m128i,
        j0: __m128i,
        numbers: V,
        lengths: __m128i,
        end: &mut [u8],
        last: Option<&[u8; BATCH]>,
    ) -> __m128i {
        let mut stream = [[0; 16 * W]; S];
        let mask = match end.len() {
            0 => key_stream::<N, 0>(key, j0, numbers, &mut stream),
            n if n <= BATCH / 4 => key_stream::<N, { S / 4 }>(key, j0, numbers, &mut stream),
            n if n <= BATCH / 2 => key_stream::<N, { S / 2 }>(key, j0, numbers, &mut stream),
            _ => key_stream::<N, S>(key, j0, numbers, &mut stream),
        };
        let mut hash = match last {
            Some(batch) => batch::hash(key, widen(hash), batch), // beside the AES above
            None => hash,
        };
        let mut n = end.len().div_ceil(16) + 1;
        let mut sum = nothing();
        let (whole, rest) = end.as_chunks_mut();
        for (to, k) in whole.iter_mut().zip(&mut stream) {
            let x = load(to);
            let y = xor(x, load(k));
            store(to, y);
            store(k, widen(_mm_setzero_si128()));
            add(&mut sum, xor(widen(hash), reverse(if OPEN { x } else { y }, &CONSTS)), powers(key, n));
            hash = _mm_setzero_si128();
            n -= W;
        }
        let blocks = stream[whole.len() % S].as_chunks_mut::<16>().0;
        let (whole, rest) = rest.as_chunks_mut();
        for (to, k) in whole.iter_mut().zip(&mut *blocks) {
            let x = load16(to);
            let y = _mm_xor_si128(x, load16(k));
            store16(to, y);
            store16(k, _mm_setzero_si128());
            add_block(&mut sum, key, &mut hash, if OPEN { x } else { y }, &mut n);
        }
        if !rest.is_empty() && let Some(k) = blocks.get_mut(whole.len()) {
            let x = from_u128(part::load(rest));
            let mask = WINDOW[16 - rest.len()..].first_chunk().map_or(x, load16);
            let y = _mm_and_si128(_mm_xor_si128(x, load16(k)), mask);
            part::store(rest, to_u128(y));
            store16(k, _mm_setzero_si128());
            add_block(&mut sum, key, &mut hash, if OPEN { x } else { y }, &mut n);
        }
        optimization_barrier(&stream); // what was used is overwritten, and stays so
        add(&mut sum, widen(_mm_xor_si128(hash, lengths)), powers(key, 1));
        _mm_xor_si128(reverse1(fold(reduced(sum))), mask)
    }
    /// Adds one block with the power `n`, and the hash before it.
    #[inline]
    fn add_block<const N: usize>(sum: &mut Sum, key: &Key<N>, hash: &mut __m128i, x: __m128i, n: &mut usize) {
        add(sum, widen(_mm_xor_si128(*hash, reverse1(x))), powers(key, *n));
        *hash = _mm_setzero_si128();
        *n -= 1;
    }
    /// The encryption of `j0`, and `COUNT` registers of key stream.
    #[inline]
    fn key_stream<const N: usize, const COUNT: usize>(
        key: &Key<N>,
        j0: __m128i,
        mut numbers: V,
        stream: &mut [[u8; 16 * W]; S],
    ) -> __m128i {
        let first = round_key(key, 0);
        let mut mask = _mm_xor_si128(j0, load16(&key.round_keys.0[0]));
        let mut states = [first; COUNT];
        for state in &mut states {
            *state = xor(reverse(numbers, &CONSTS), first);
            numbers = count(numbers, W as i32);
        }
        for r in 1..RoundKeys::<N>::ROUNDS {
            let k = round_key(key, r);
            mask = _mm_aesenc_si128(mask, load16(&key.round_keys.0[r]));
            for state in &mut states {
                *state = round(*state, k);
            }
        }
        let k = round_key(key, RoundKeys::<N>::ROUNDS);
        for (state, to) in states.into_iter().zip(stream) {
            store(to, last_round(state, k));
        }
        _mm_aesenclast_si128(mask, load16(&key.round_keys.0[RoundKeys::<N>::ROUNDS]))
    }
    #[inline]
    fn encrypted<const N: usize>(key: &Key<N>, block: __m128i) -> __m128i {
        let keys = &key.round_keys.0;
        let mut state = _mm_xor_si128(block, load16(&keys[0]));
        for k in &keys[1..RoundKeys::<N>::ROUNDS] {
            state = _mm_aesenc_si128(state, load16(k));
        }
        _mm_aesenclast_si128(state, load16(&keys[RoundKeys::<N>::ROUNDS]))
    }
    #[inline]
    pub(super) fn round_key<const N: usize>(key: &Key<N>, r: usize) -> V {
        broadcast(load16(&key.round_keys.0[r]))
    }
    /// H^n, H^(n - 1), … in the blocks of a register; zero for H^0 and below.
    #[inline]
    fn powers<const N: usize>(key: &Key<N>, n: usize) -> V {
        match key.powers[B + 1 - n..].as_flattened().first_chunk() {
            Some(powers) => load(powers),
            None => widen(_mm_setzero_si128()),
        }
    }
    #[inline]
    fn reverse1(x: __m128i) -> __m128i {
        _mm_shuffle_epi8(x, load16(&REVERSAL))
    }
    #[inline]
    fn from_u128(x: u128) -> __m128i {
        _mm_set_epi64x((x >> 64) as i64, x as i64)
    }
    #[inline]
    fn to_u128(x: __m128i) -> u128 {
        u128::from(_mm_cvtsi128_si64(x) as u64) | u128::from(_mm_extract_epi64::<1>(x) as u64) << 64
    }
}

const REVERSAL: [u8; 16] = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
/// Read at 16 - n, n bytes of ones.
const WINDOW: [u8; 32] = {
    let mut window = [0; 32];
    let mut i = 0;
    while i < 16 {
        window[i] = 0xff;
        i += 1;
    }
    window
};
