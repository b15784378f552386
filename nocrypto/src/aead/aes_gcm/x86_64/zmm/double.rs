//! Batches of 32 blocks: eight registers of text are reduced at once.
//!
//! Within a batch, and from one to the next, the four blocks of a register keep apart: all four are multiplied by the
//! same power, and the sums are added up no sooner than in the batch of sixteen that follows, where each block of a
//! register has its own power.
use super::fused::{B, BATCH, Key, batch, round_key};
use super::{
    CONSTS, Consts, S, V, W, broadcast, clmul, count, last_round, load, numbers, reverse, round, store,
    swap_halves, widen, xor,
};
use crate::cipher::aes::RoundKeys;
use crate::cpu::vector::{fence64x2, fence64x4, load16};
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_cvtsi32_si128, _mm_setzero_si128, _mm512_shuffle_i64x2,
    _mm512_ternarylogic_epi64,
};
use core::hint::black_box;

/// Registers in such a batch, and bytes.
const D: usize = 2 * S;
const DOUBLE: usize = 2 * BATCH;

/// As [`super::Counter`] modulo 32.
struct Counter {
    /// 32 n + 30 to 32 n + 33, as numbers.
    numbers: V,
    /// 32 n everywhere, as a block with the first round key added.
    block: V,
}

featured! {
    /// Encrypts, or decrypts, what fills double batches, unless that is too little to pay. Gives the rest, and, when
    /// sealing, the last of what it has encrypted and not yet hashed. The counter begins at `zero` + 2.
    #[inline]
    pub(super) fn bulk<'a, const N: usize, const OPEN: bool>(
        key: &Key<N>,
        zero: &mut __m128i,
        hash: &mut __m128i,
        text: &'a mut [u8],
    ) -> (Option<&'a [u8; BATCH]>, &'a mut [u8]) {
        if text.len() < ENOUGH {
            return (None, text);
        }
        let mut sums = widen(*hash);
        let counter = &mut Counter {
            numbers: numbers(*zero, 2 * B as i32 - 2),
            block: xor(reverse(broadcast(*zero), &CONSTS), round_key(key, 0)),
        };
        if OPEN {
            // One batch of sixteen at least comes after.
            let (doubles, rest) = text.split_at_mut((text.len() - BATCH) / DOUBLE * DOUBLE);
            for some in doubles.as_chunks_mut().0 {
                sums = crypt::<N, true>(key, counter, sums, None, some);
            }
            *zero = counted_on(*zero, doubles.len());
            let Some((some, rest)) = rest.split_first_chunk_mut() else { return (None, &mut []) };
            let mut counter = super::counter(*zero, round_key(key, 0));
            *hash = batch::crypt::<N, true>(key, &mut counter, sums, None, some);
            *zero = counted_on(*zero, BATCH);
            return (None, rest);
        }
        let (doubles, rest) = text.as_chunks_mut();
        *zero = counted_on(*zero, DOUBLE * doubles.len());
        let mut before: Option<&[u8; DOUBLE]> = None;
        for some in doubles {
            match before {
                None => first(key, counter, some),
                before => sums = crypt::<N, false>(key, counter, sums, before, some),
            }
            before = Some(some);
        }
        let last = match before.map(|some| some.as_chunks().0) {
            Some([some, last]) => {
                *hash = batch::hash(key, sums, some);
                Some(last)
            }
            _ => None,
        };
        (last, rest)
    }
    /// As in `batch`, but for the sums.
    #[inline]
    fn crypt<const N: usize, const OPEN: bool>(
        key: &Key<N>,
        counter: &mut Counter,
        sums: V,
        hashed: Option<&[u8; DOUBLE]>,
        text: &mut [u8; DOUBLE],
    ) -> V {
        let key = black_box(key);
        let mut states = counted(key, counter);
        let zero = widen(_mm_setzero_si128());
        let (mut low, mut middle, mut high) = (zero, zero, zero);
        let (mut even, mut odd);
        let (mut p, mut q, mut r, mut s);
        macro_rules! aes { ($($r:literal)*) => { $( if $r < RoundKeys::<N>::ROUNDS {
            states = rounds(states, round_key(key, $r));
        } )* } }
        macro_rules! take { ($pair:literal) => {
            let source = hashed.unwrap_or(text).as_chunks().0;
            let consts: &Consts = black_box(&CONSTS);
            even = reverse(load(&source[2 * $pair]), consts);
            odd = reverse(load(&source[2 * $pair + 1]), consts);
            if $pair == 0 {
                even = xor(even, sums);
            }
            [even, odd] = fence64x2([even, odd]);
        } }
        macro_rules! even { ($pair:literal) => {
            let h = fence64x2([power(key, 2 * $pair), even])[0];
            [p, q, r, s] = fence64x4([
                clmul::<0x00>(even, h), clmul::<0x01>(even, h), clmul::<0x10>(even, h), clmul::<0x11>(even, h),
            ]);
            middle = xor3(middle, q, r);
        } }
        macro_rules! odd { ($pair:literal) => {
            let h = fence64x2([power(key, 2 * $pair + 1), odd])[0];
            let [t, u, v, w] = fence64x4([
                clmul::<0x00>(odd, h), clmul::<0x01>(odd, h), clmul::<0x10>(odd, h), clmul::<0x11>(odd, h),
            ]);
            low = xor3(low, p, t);
            middle = xor3(middle, u, v);
            high = xor3(high, s, w);
        } }
        macro_rules! reduce { () => {
            let poly = load(&black_box(&CONSTS).poly);
            middle = xor3(middle, swap_halves(low), clmul::<0x00>(low, poly));
            high = xor3(high, swap_halves(middle), clmul::<0x00>(middle, poly));
        } }
        if RoundKeys::<N>::ROUNDS == 10 {
            aes!(1); take!(1); even!(1);
            aes!(2); odd!(1);
            aes!(3); take!(2); even!(2);
            aes!(4); odd!(2);
            aes!(5); take!(3); even!(3);
            aes!(6); odd!(3);
            aes!(7); take!(0); even!(0);
            aes!(8); odd!(0);
            aes!(9); reduce!();
        } else {
            aes!(1); take!(1); even!(1);
            aes!(2); odd!(1);
            aes!(3 4); take!(2); even!(2);
            aes!(5); odd!(2);
            aes!(6 7); take!(3); even!(3);
            aes!(8); odd!(3);
            aes!(9 10); take!(0); even!(0);
            aes!(11); odd!(0);
            aes!(12); reduce!();
            aes!(13);
        }
        finish(key, states, text);
        high
    }
    /// Counter mode alone: sealing's first batch.
    #[inline]
    fn first<const N: usize>(key: &Key<N>, counter: &mut Counter, text: &mut [u8; DOUBLE]) {
        let mut states = counted(key, counter);
        for r in 1..RoundKeys::<N>::ROUNDS {
            states = rounds(states, round_key(key, r));
        }
        finish(key, states, text);
    }
    /// As [`super::counted`].
    #[inline]
    fn counted<const N: usize>(key: &Key<N>, counter: &mut Counter) -> [V; D] {
        let (k, consts) = (round_key(key, 0), black_box(&CONSTS));
        let mut blocks = [xor(reverse(counter.numbers, consts), k); D];
        for (block, places) in blocks.iter_mut().zip(&black_box(&PLACES).0) {
            *block = xor(counter.block, load(places));
        }
        counter.numbers = count(counter.numbers, 2 * B as i32);
        counter.block = _mm512_shuffle_i64x2::<0b10_10_10_10>(blocks[D - 1], blocks[D - 1]);
        blocks
    }
    /// A counter, so many bytes on.
    #[inline]
    fn counted_on(zero: __m128i, bytes: usize) -> __m128i {
        _mm_add_epi32(zero, _mm_cvtsi32_si128((bytes / 16) as i32))
    }
    #[inline]
    fn rounds(mut states: [V; D], k: V) -> [V; D] {
        for state in &mut states {
            *state = round(*state, k);
        }
        let [a, b, c, d, e, f, g, h] = states;
        let [a, b, c, d] = fence64x4([a, b, c, d]);
        let [e, f, g, h] = fence64x4([e, f, g, h]);
        [a, b, c, d, e, f, g, h]
    }
    #[inline]
    fn finish<const N: usize>(key: &Key<N>, states: [V; D], text: &mut [u8; DOUBLE]) {
        let k = round_key(key, RoundKeys::<N>::ROUNDS);
        for (state, to) in states.into_iter().zip(text.as_chunks_mut().0) {
            store(to, last_round(state, xor(k, load(to))));
        }
    }
    /// The power of the blocks in register `i`: H^32, H^28, … H^4.
    #[inline]
    fn power<const N: usize>(key: &Key<N>, i: usize) -> V {
        broadcast(load16(if i < S { &key.far[i] } else { &key.powers[1 + W * (i - S)] }))
    }
    #[inline]
    fn xor3(a: V, b: V, c: V) -> V {
        _mm512_ternarylogic_epi64::<0x96>(a, b, c)
    }
}

/// 2, 3, … 29 in the last byte of the blocks.
static PLACES: Places = {
    let mut places = [[0; 64]; D - 1];
    let mut i = 0;
    while i < W * (D - 1) {
        places[i / W][16 * (i % W) + 15] = i as u8 + 2;
        i += 1;
    }
    Places(places)
};
#[repr(align(64))]
struct Places([[u8; 64]; D - 1]);

/// From so many bytes on, double batches pay.
const ENOUGH: usize = 2048;
