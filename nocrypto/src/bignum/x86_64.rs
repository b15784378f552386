//! Montgomery multiplication on vectors of four limbs of 29 bits (AVX2): VPMULUDQ makes four products at a time.
//!
//! An element has `4 K` limbs in `K = P PARTS` vectors: lane L of vector k is limb `k + K L`. Row i of a product adds
//! limb i of the one factor times vector k of the other to the column `i + k`, so that no lane ever moves. A column is
//! done when row i has passed it: its carry goes into the next column, in all lanes at once, and the rest, one lane
//! down, becomes column `i + K`. So no lane sums up more than K rows of two products, below 2^64 for `K ≤ 28`.
//!
//! Montgomery's digit is free: the modulus is multiplied by a `k` that makes it -1 modulo 2^58, so the digit is the
//! column's lowest limb, and takes effect two rows later, times `m = (k n + 1)/2^58`. Only the last two rows reduce by
//! `n` itself. A product is below `2 n + a b/R`, with `R = 2^(116 K)` at least `2^16 n`, so elements may be `n` to `3 n`
//! and are reduced in full at the end alone.
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use super::Modulus;
use super::limbs::{self, Limbs};
use super::montgomery::{negative_inverse, subtract_once};
use super::power::Arithmetic;
use crate::cpu::Avx2;
use crate::cpu::vector::{barrier32x7, barrier32x9, fence32x1, load_words, store_words, wipe32};
use crate::secret::wipe;
use alloc::boxed::Box;
use core::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_add_epi64, _mm256_and_si256, _mm256_broadcastq_epi64,
    _mm256_castsi256_si128, _mm256_cmpeq_epi64, _mm256_mul_epu32, _mm256_or_si256, _mm256_permute4x64_epi64,
    _mm256_set_epi64x, _mm256_set1_epi32, _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_srli_epi64,
};
use core::hint::black_box;

const LIMB: usize = 29;
const MASK: u64 = (1 << LIMB) - 1;

/// Vectors in parts of `P`: as many columns stay in registers.
type Part<const P: usize> = [[u64; 4]; P];

/// A residue in Montgomery form, not fully reduced; its limbs are below 2^30.
#[repr(align(32))]
pub(super) struct Strided<const P: usize, const PARTS: usize>([Part<P>; PARTS]);
pub(super) type Element<const P: usize, const PARTS: usize> = Box<Strided<P, PARTS>>;

/// A modulus, and what the vectors need of it.
#[derive(Clone, Debug)]
pub(super) struct Ring<const P: usize, const PARTS: usize> {
    n: Element<P, PARTS>,
    /// `(k n + 1)/2^58`.
    m: Element<P, PARTS>,
    /// `R^2 mod n`.
    rr: Element<P, PARTS>,
    /// `-1/n mod 2^29`.
    n0: u64,
    modulus: Limbs,
    proof: Avx2,
}

impl<const P: usize, const PARTS: usize> Ring<P, PARTS> {
    /// `modulus` has no more than `116 P PARTS - 20` bits.
    pub(super) fn new(modulus: &Modulus, proof: Avx2) -> Self {
        let n = modulus.value();
        let k = negative_inverse(n[0]) & ((1 << (2 * LIMB)) - 1);
        let mut m = limbs::multiply(n, &[k]);
        limbs::add(&mut m, &[1]);
        // R^2 = 2^(8 LIMB K)
        let bits = 8 * LIMB * P * PARTS;
        let mut rr = Limbs::zero(bits / 64 + 1);
        rr[bits / 64] = 1 << (bits % 64);
        let rr = modulus.number(&modulus.residue(&rr));
        Self {
            n: Strided::split(n, 0),
            m: Strided::split(&m, 2 * LIMB),
            rr: Strided::split(&rr, 0),
            n0: k & MASK,
            modulus: n.clone(),
            proof,
        }
    }
    fn product<const SQUARE: bool>(
        &self,
        out: &mut Strided<P, PARTS>,
        a: &Strided<P, PARTS>,
        b: &Strided<P, PARTS>,
    ) {
        let _: Avx2 = self.proof;
        // SAFETY: the proof says that AVX2 is there.
        unsafe { product::<P, PARTS, SQUARE>(out, a, b, self) }
    }
}

impl<const P: usize, const PARTS: usize> Arithmetic for Ring<P, PARTS> {
    type Element = Element<P, PARTS>;

    fn zero(&self) -> Self::Element {
        Strided::zero()
    }
    fn enter(&self, number: &[u64]) -> Self::Element {
        let mut out = self.zero();
        self.multiply(&mut out, &Strided::split(number, 0), &self.rr);
        out
    }
    fn leave(&self, x: &Self::Element) -> Limbs {
        let (mut out, mut one) = (self.zero(), self.zero());
        one.0[0][0][0] = 1;
        self.multiply(&mut out, x, &one);
        // At most 2 n, as x/R is below 1.
        let mut words = Limbs::zero(self.modulus.len() + 1);
        out.join(&mut words);
        let (number, top) = words.split_at_mut(self.modulus.len());
        subtract_once(number, top[0], &self.modulus);
        subtract_once(number, 0, &self.modulus);
        Limbs::from_words(number, self.modulus.len())
    }
    fn multiply(&self, out: &mut Self::Element, a: &Self::Element, b: &Self::Element) {
        self.product::<false>(out, a, b);
    }
    fn square(&self, out: &mut Self::Element, a: &Self::Element) {
        self.product::<true>(out, a, a);
    }
    fn lookup(&self, table: &[Self::Element], index: u64, out: &mut Self::Element) {
        // SAFETY: the proof says that AVX2 is there.
        unsafe { lookup(table, index, out) }
    }
}

impl<const P: usize, const PARTS: usize> Strided<P, PARTS> {
    fn zero() -> Box<Self> {
        Box::new(Self([[[0; 4]; P]; PARTS]))
    }
    /// Where limb `i` is.
    fn limb(&mut self, i: usize) -> &mut u64 {
        let (vector, lane) = (i % (P * PARTS), i / (P * PARTS));
        &mut self.0[vector / P][vector % P][lane]
    }
    /// The bits of `words` from bit `from` on.
    fn split(words: &[u64], from: usize) -> Box<Self> {
        let mut own = Self::zero();
        for i in 0..4 * P * PARTS {
            let at = from + LIMB * i;
            let word = |i: usize| u128::from(words.get(i).copied().unwrap_or(0));
            *own.limb(i) = ((word(at / 64) | word(at / 64 + 1) << 64) >> (at % 64)) as u64 & MASK;
        }
        own
    }
    /// Adds all limbs up, which must fit into `words`.
    fn join(&mut self, words: &mut [u64]) {
        let (mut sum, mut bits, mut words) = (0, 0, words.iter_mut());
        for i in 0..4 * P * PARTS {
            sum += u128::from(*self.limb(i)) << bits;
            bits += LIMB;
            if bits >= 64 {
                if let Some(word) = words.next() {
                    *word = sum as u64;
                }
                (sum, bits) = (sum >> 64, bits - 64);
            }
        }
        if let Some(word) = words.next() {
            *word = sum as u64;
        }
    }
}
impl<const P: usize, const PARTS: usize> Clone for Strided<P, PARTS> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}
impl<const P: usize, const PARTS: usize> Drop for Strided<P, PARTS> {
    fn drop(&mut self) {
        wipe(self.0.as_flattened_mut().as_flattened_mut());
    }
}
impl<const P: usize, const PARTS: usize> core::fmt::Debug for Strided<P, PARTS> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Strided<{P}, {PARTS}>(..)")
    }
}

/// Which vectors a row takes into a square: limb i of vector k with vector k once, and with those above it twice.
const NONE: u8 = 0;
const FROM_OWN: u8 = 1;
const ALL: u8 = 2;

/// `out = a b / R`, or `a^2 / R`, where b is a too.
#[target_feature(enable = "avx2")]
fn product<const P: usize, const PARTS: usize, const SQUARE: bool>(
    out: &mut Strided<P, PARTS>,
    a: &Strided<P, PARTS>,
    b: &Strided<P, PARTS>,
    ring: &Ring<P, PARTS>,
) {
    out.0 = [[[0; 4]; P]; PARTS];
    let mut digits = [_mm256_setzero_si256(); DIGITS];
    // A block is P rows, each of one limb of a: lane by lane, and in a lane part by part.
    for block in 0..4 * PARTS {
        let (lane, part) = (block / PARTS, block % PARTS);
        for i in 0..PARTS {
            let rows = Rows { a: &a.0[part], lane, double: SQUARE && i > part, last: block == 4 * PARTS - 1 };
            let factors = [&b.0[i], &ring.m.0[i], &ring.n.0[i]];
            let columns = [(part + i) % PARTS, (part + i + 1) % PARTS];
            macro_rules! sweep {
                ($first:literal, $taken:expr) => {
                    sweep::<P, PARTS, $first, $taken>(
                        &mut out.0,
                        columns,
                        rows,
                        factors,
                        ring.n0,
                        &mut digits,
                    )
                };
            }
            match (i, SQUARE) {
                (0, false) => sweep!(true, ALL),
                (0, true) if part == 0 => sweep!(true, FROM_OWN),
                (0, true) => sweep!(true, NONE),
                (_, true) if i == part => sweep!(false, FROM_OWN),
                (_, true) if i < part => sweep!(false, NONE),
                (_, _) => sweep!(false, ALL),
            }
        }
        (digits[0], digits[1]) = (digits[P], digits[P + 1]);
    }
    wipe32(&mut digits);
    carry(&mut out.0);
}

/// The digits of one block, and the last two of the one before.
const DIGITS: usize = 11;

/// The limbs of the left factor that make a block of rows.
#[derive(Clone, Copy)]
struct Rows<'a, const P: usize> {
    a: &'a Part<P>,
    lane: usize,
    /// Each limb counts twice.
    double: bool,
    /// The last two rows of all are among them.
    last: bool,
}

/// Runs the statement for each `J` below `P`: written out, so that the columns stay in registers.
macro_rules! each {
    ($j:ident $statement:block) => { each!(@ $j $statement 0 1 2 3 4 5 6 7 8) };
    (@ $j:ident $statement:block $($n:literal)*) => {{ $( { const $j: usize = $n; if $j < P $statement } )* }};
}

/// Adds a block of rows, `P` vectors wide, to the columns: those that are in part `here` at first, and as many that
/// move in from part `next` as the others are done with. In the first sweep the digits are found.
#[inline]
#[target_feature(enable = "avx2")]
fn sweep<const P: usize, const PARTS: usize, const FIRST: bool, const TAKEN: u8>(
    columns: &mut [Part<P>; PARTS],
    [here, next]: [usize; 2],
    rows: Rows<'_, P>,
    factors: [&Part<P>; 3],
    n0: u64,
    digits: &mut [__m256i; DIGITS],
) {
    let mut sums = [_mm256_setzero_si256(); P];
    each!(J { sums[J] = load_words(&columns[here][J]) });
    // The compiler is not to know whose these are: it would keep them on the stack, which is no nearer.
    let [b, m, n] = factors.map(black_box);
    macro_rules! row {
        ($r:expr, $last:expr) => {{
            let x = rows.a[$r][rows.lane % 4] as i32;
            let x = _mm256_set1_epi32(if rows.double { 2 * x } else { x });
            let mut twice = x;
            if TAKEN == FROM_OWN {
                [twice] = fence32x1([x]);
                twice = _mm256_add_epi32(twice, twice);
            }
            let with_product = |sum, j: usize| match TAKEN {
                NONE => sum,
                FROM_OWN if j < $r => sum,
                FROM_OWN if j > $r => multiply_add(sum, twice, &b[j]),
                _ => multiply_add(sum, x, &b[j]),
            };
            let before_last = digits[$r];
            let mut done = with_product(multiply_add(sums[0], before_last, &m[0]), 0);
            let mut digit = if FIRST { done } else { digits[$r + 2] };
            if FIRST {
                if $last {
                    digit = _mm256_mul_epu32(digit, _mm256_set1_epi64x(n0 as i64));
                }
                let low = _mm256_broadcastq_epi64(_mm256_castsi256_si128(digit));
                [digit] = fence32x1([_mm256_and_si256(low, _mm256_set1_epi64x(MASK as i64))]);
                digits[$r + 2] = digit;
            }
            if $last {
                done = multiply_add(done, digit, &n[0]);
            }
            each!(J {
                if J > 0 {
                    let mut sum = with_product(multiply_add(sums[J], before_last, &m[J]), J);
                    if $last {
                        sum = multiply_add(sum, digit, &n[J]);
                    }
                    if FIRST && J == 1 {
                        sum = _mm256_add_epi64(sum, _mm256_srli_epi64::<{ LIMB as i32 }>(done));
                    }
                    sums[J.wrapping_sub(1)] = sum;
                }
            });
            if FIRST {
                let rest = _mm256_set_epi64x(0, MASK as i64, MASK as i64, MASK as i64);
                done = _mm256_and_si256(_mm256_permute4x64_epi64::<0b00_11_10_01>(done), rest);
            }
            if PARTS == 1 {
                sums[P - 1] = done;
            } else {
                store_words(&mut columns[here][$r], done);
                sums[P - 1] = load_words(&columns[next][$r]);
            }
            barrier(&mut sums);
        }};
    }
    if TAKEN == FROM_OWN {
        each!(R { if R < P - 2 { row!(R, false) } });
    } else {
        for r in 0..P - 2 {
            row!(r, false);
        }
    }
    if rows.last {
        row!(P - 2, true);
        row!(P - 1, true);
    } else {
        row!(P - 2, false);
        row!(P - 1, false);
    }
    each!(J { store_words(&mut columns[next][J], sums[J]) });
}

/// `sum + x y`, in each lane.
#[inline]
#[target_feature(enable = "avx2")]
fn multiply_add(sum: __m256i, x: __m256i, y: &[u64; 4]) -> __m256i {
    _mm256_add_epi64(sum, _mm256_mul_epu32(x, load_words(y)))
}

/// Keeps one row's work from being mixed with the next one's.
#[inline]
#[target_feature(enable = "avx2")]
fn barrier<const P: usize>(sums: &mut [__m256i; P]) {
    if let Some(nine) = sums.first_chunk_mut() {
        *nine = barrier32x9(*nine);
    } else if let Some(seven) = sums.first_chunk_mut() {
        *seven = barrier32x7(*seven);
    }
}

/// Brings all limbs below 2^29 + 2^7: the carries of a lane go into the next lane, and there no further than a limb.
#[inline]
#[target_feature(enable = "avx2")]
fn carry<const P: usize, const PARTS: usize>(columns: &mut [Part<P>; PARTS]) {
    let mask = _mm256_set1_epi64x(MASK as i64);
    let mut carry = _mm256_setzero_si256();
    for words in columns.as_flattened_mut() {
        let sum = _mm256_add_epi64(load_words(words), carry);
        carry = _mm256_srli_epi64::<{ LIMB as i32 }>(sum);
        store_words(words, _mm256_and_si256(sum, mask));
    }
    // Nothing leaves the top lane: the value is below R.
    carry = _mm256_permute4x64_epi64::<0b10_01_00_11>(carry);
    let [first, second, ..] = columns[0].as_mut_slice() else { return };
    let sum = _mm256_add_epi64(load_words(first), carry);
    carry = _mm256_srli_epi64::<{ LIMB as i32 }>(sum);
    store_words(first, _mm256_and_si256(sum, mask));
    store_words(second, _mm256_add_epi64(load_words(second), carry));
}

/// `out = table[index]`, reading all of the table.
#[target_feature(enable = "avx2")]
fn lookup<const P: usize, const PARTS: usize>(
    table: &[Element<P, PARTS>],
    index: u64,
    out: &mut Strided<P, PARTS>,
) {
    // Behind the fence it is four lanes like any others, and a comparison cannot become a branch.
    let [index] = fence32x1([_mm256_set1_epi64x(index as i64)]);
    for (part, out) in out.0.iter_mut().enumerate() {
        let mut found = [_mm256_setzero_si256(); P];
        for (i, entry) in (0..).zip(table) {
            let mask = _mm256_cmpeq_epi64(index, _mm256_set1_epi64x(i));
            let entry = &entry.0[part];
            each!(J { found[J] = _mm256_or_si256(found[J], _mm256_and_si256(mask, load_words(&entry[J]))) });
        }
        each!(J { store_words(&mut out[J], found[J]) });
    }
}
