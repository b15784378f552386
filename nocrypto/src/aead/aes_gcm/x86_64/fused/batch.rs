//! One batch: the rounds of AES with GHASH's multiplications between them, in an order found by measuring.
use super::super::{
    CONSTS, Consts, Counter, MIDDLES, S, V, W, clmul, counted, fence_all, fence1, fence2, fold, high_halves,
    last_round, load, low_halves, reverse, round, store, swap_halves, widen, xor,
};
use super::field::{add, nothing, reduced};
use super::{B, BATCH, Key, powers, round_key};
use crate::cipher::aes::RoundKeys;
use core::arch::x86_64::{__m128i, _mm_setzero_si128};
use core::hint::black_box;

/// The exponent of the first block of a group: each has two registers.
const fn highest(group: usize) -> usize {
    B - 2 * W * (group % (S / 2))
}

featured! {
    /// Counter mode on `text`, GHASH of `hashed`, or, where there is none, of `text` before the change.
    ///
    /// Behind `black_box` a reference may point anywhere: so the compiler does not load round keys and powers before
    /// the caller's loop, for which there are no registers.
    #[inline]
    pub(in super::super) fn crypt<const N: usize, const OPEN: bool>(
        key: &Key<N>,
        counter: &mut Counter,
        hash: V,
        hashed: Option<&[u8; BATCH]>,
        text: &mut [u8; BATCH],
    ) -> __m128i {
        let key = black_box(key);
        let mut states = counted(counter, round_key(key, 0), black_box(&CONSTS));
        let zero = widen(_mm_setzero_si128());
        let (mut low, mut middle, mut high) = (zero, zero, zero);
        // Two registers of reversed text, and the sums of their halves in one.
        let (mut even, mut odd);
        let mut halves = zero;
        macro_rules! aes { ($($r:literal)*) => { $( if $r < RoundKeys::<N>::ROUNDS {
            let k = round_key(key, $r);
            for state in &mut states {
                *state = round(*state, k);
            }
            states = fence_all(states);
        } )* } }
        macro_rules! take { ($group:literal) => {
            let source = hashed.unwrap_or(text).as_chunks().0;
            let consts: &Consts = black_box(&CONSTS);
            even = reverse(load(&source[2 * $group]), consts);
            odd = reverse(load(&source[2 * $group + 1]), consts);
            if $group == 0 {
                even = xor(even, hash);
            }
            [even, odd] = fence2([even, odd]);
            if MIDDLES != 0 {
                halves = fence1(xor(low_halves(even, odd), high_halves(even, odd)));
            }
        } }
        macro_rules! multiply { ($x:ident, $h:expr, $to_low:ident, $to_high:ident) => {
            let h = fence1($h); // one load for two multiplications
            let [p, q] = fence2([clmul::<0x00>($x, h), clmul::<0x11>($x, h)]);
            $to_low = xor($to_low, p);
            $to_high = xor($to_high, q);
            $to_low = fence1($to_low);
        } }
        macro_rules! cross { ($x:ident, $h:expr) => { if MIDDLES == 0 {
            let h = fence1($h);
            let [p, q] = fence2([clmul::<0x01>($x, h), clmul::<0x10>($x, h)]);
            middle = xor(middle, xor(p, q));
        } } }
        macro_rules! even { ($group:literal) => {
            multiply!(even, powers(key, highest($group)), low, high);
            cross!(even, powers(key, highest($group)));
        } }
        macro_rules! odd { ($group:literal) => {
            multiply!(odd, powers(key, highest($group) - W), low, high);
            cross!(odd, powers(key, highest($group) - W));
        } }
        macro_rules! middle { ($group:literal) => { if MIDDLES != 0 {
            multiply!(halves, load(&key.middles[$group % MIDDLES]), middle, middle);
        } } }
        // As `reduced`, after Karatsuba's last step.
        macro_rules! reduce { () => {
            if MIDDLES != 0 {
                middle = xor(middle, xor(low, high));
            }
            let poly = load(&black_box(&CONSTS).poly);
            middle = fence1(xor(middle, xor(swap_halves(low), clmul::<0x00>(low, poly))));
            high = fence1(xor(high, xor(swap_halves(middle), clmul::<0x00>(middle, poly))));
        } }
        // The group that waits for the hash of the batch before comes last.
        if S == 4 {
            aes!(1); take!(1); even!(1);
            aes!(2); odd!(1);
            aes!(3); middle!(1); take!(0);
            aes!(4); even!(0); odd!(0);
            aes!(5); middle!(0);
            aes!(6); reduce!();
            aes!(7 8 9 10 11 12 13);
        } else if RoundKeys::<N>::ROUNDS == 10 {
            aes!(1); take!(1); even!(1); odd!(1);
            aes!(2); middle!(1); take!(2);
            aes!(3); even!(2); odd!(2);
            aes!(4); middle!(2); take!(3);
            aes!(5); even!(3); odd!(3); middle!(3);
            aes!(6); take!(0);
            aes!(7); even!(0); odd!(0); middle!(0);
            aes!(8); reduce!();
            aes!(9);
        } else {
            aes!(1); take!(1);
            aes!(2); even!(1); odd!(1); middle!(1);
            aes!(3); take!(2);
            aes!(4); even!(2); odd!(2);
            aes!(5); middle!(2);
            aes!(6); take!(3); even!(3);
            aes!(7); odd!(3);
            aes!(8); middle!(3);
            aes!(9); take!(0); even!(0);
            aes!(10); odd!(0); middle!(0);
            aes!(11); reduce!();
            aes!(12 13);
        }
        finish(key, states, text);
        fold(high)
    }
    /// Counter mode alone: sealing's first batch.
    #[inline]
    pub(in super::super) fn first<const N: usize>(key: &Key<N>, counter: &mut Counter, text: &mut [u8; BATCH]) {
        let mut states = counted(counter, round_key(key, 0), &CONSTS);
        for r in 1..RoundKeys::<N>::ROUNDS {
            let k = round_key(key, r);
            for state in &mut states {
                *state = round(*state, k);
            }
            states = fence_all(states);
        }
        finish(key, states, text);
    }
    /// GHASH alone: sealing's last batch.
    #[inline(never)]
    pub(in super::super) fn hash<const N: usize>(key: &Key<N>, hash: V, text: &[u8; BATCH]) -> __m128i {
        let mut sum = nothing();
        let mut before = hash;
        for (i, some) in text.as_chunks().0.iter().enumerate() {
            add(&mut sum, xor(before, reverse(load(some), &CONSTS)), powers(key, B - W * i));
            before = widen(_mm_setzero_si128());
        }
        fold(reduced(sum))
    }
    /// The last round, which adds the key stream to the text: the text is added to the round key before.
    #[inline]
    fn finish<const N: usize>(key: &Key<N>, states: [V; S], text: &mut [u8; BATCH]) {
        let k = round_key(key, RoundKeys::<N>::ROUNDS);
        for (state, to) in states.into_iter().zip(text.as_chunks_mut().0) {
            store(to, last_round(state, xor(k, load(to))));
        }
    }
}
