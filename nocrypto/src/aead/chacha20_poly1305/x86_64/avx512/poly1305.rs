//! Poly1305 on eight blocks at a time, with IFMA (RFC 8439 §2.5).
//!
//! A number modulo 2^130 - 5 has three limbs, of 44, 44 and 42 bits; a register holds one limb of eight numbers. IFMA
//! multiplies 52 bits by 52 and adds the lower or the upper 52 bits of the product to a word of 64, which leaves room
//! for many products before a carry.
//!
//! Each of the eight numbers takes every eighth block: before a group of eight is added, all are multiplied by r^8. At
//! the end each is multiplied by the power that its last block is due, and all are added.
use crate::cpu::vector::{load_part64, load16, load64, wipe64};
use crate::mac::poly1305::State;
use core::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_broadcast_i32x4, _mm512_broadcastq_epi64,
    _mm512_castsi512_si128, _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_blend_epi64,
    _mm512_mask_mov_epi64, _mm512_maskz_permutex2var_epi64, _mm512_maskz_set1_epi64, _mm512_or_si512,
    _mm512_permutex2var_epi64, _mm512_reduce_add_epi64, _mm512_set1_epi64, _mm512_setr_epi64,
    _mm512_setzero_si512, _mm512_slli_epi64, _mm512_srli_epi64, _mm512_sub_epi64,
};

/// Eight numbers. Limbs may be longer than said above, by 13 bits at most.
type Limbs = [__m512i; 3];
/// Eight blocks.
pub(super) type Group = [[u8; 64]; 2];

/// Eight sums at work.
pub(super) struct Wide {
    sums: Limbs,
    /// r^16, r^15, … r^9.
    high: Limbs,
    /// r^8, r^7, … r.
    low: Limbs,
    by8: Factor,
    by16: Factor,
}

impl Wide {
    /// From what `state` has absorbed on.
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    pub(super) fn new(state: &State) -> Self {
        let [r0, r1, r2] = limbs([state.r.r0, state.r.r1, 0]);
        let one = [_mm512_set1_epi64(r0), _mm512_set1_epi64(r1), _mm512_set1_epi64(r2)];
        let by2 = Factor::new(product(one, &Factor::new(one)));
        let two = blend::<0b1010_1010>(by2.limbs, one);
        let four = blend::<0b1100_1100>(product(two, &by2), two);
        let low = blend::<0b1111_0000>(product(four, &Factor::first_of(four)), four);
        let by8 = Factor::first_of(low);
        let high = product(low, &by8);
        let [h0, h1, h2] = limbs(state.h);
        let first = 1;
        let sums = [
            _mm512_maskz_set1_epi64(first, h0),
            _mm512_maskz_set1_epi64(first, h1),
            _mm512_maskz_set1_epi64(first, h2),
        ];
        Self { sums, high, low, by8, by16: Factor::first_of(high) }
    }
    /// Absorbs the first group, without which there is no end.
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn begin(&mut self, [a, b]: &Group) {
        for (sum, x) in self.sums.iter_mut().zip(split(load64(a), load64(b))) {
            *sum = add(*sum, x);
        }
    }
    /// Absorbs whole groups, and fastest two at a time.
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    pub(super) fn absorb(&mut self, groups: &[Group]) {
        let (pairs, last) = groups.as_chunks();
        for [[a, b], [c, d]] in pairs {
            let mut sum = Sum::new(split(load64(c), load64(d)));
            sum.add(split(load64(a), load64(b)), &self.by8);
            sum.add(self.sums, &self.by16);
            self.sums = sum.carried();
        }
        for [a, b] in last {
            self.absorb_one(load64(a), load64(b));
        }
    }
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn absorb_one(&mut self, a: __m512i, b: __m512i) {
        let mut sum = Sum::new(split(a, b));
        sum.add(self.sums, &self.by8);
        self.sums = sum.carried();
    }
    /// Absorbs the end, padded with zeros to a block, and the lengths; gives the sum to `state`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512ifma")]
    pub(super) fn finish(&mut self, end: &[u8], lengths: &[u8; 16], state: &mut State) {
        let (whole, _) = end.as_chunks();
        let (groups, _) = whole.as_chunks();
        self.absorb(groups);
        let mut end = &end[size_of_val(groups)..];
        if end.len() > size_of::<Group>() - 16 {
            let (a, b) = end.split_at(64);
            self.absorb_one(load_part64(a), load_part64(b));
            end = &[];
        }
        // The blocks of the end, then the lengths: 1 to 8. What is behind them has zero for a power.
        let count = end.len().div_ceil(16) + 1;
        let (a, b) = end.split_at(end.len().min(64));
        let lengths = _mm512_broadcast_i32x4(load16(lengths));
        let place = 3 << (2 * (count - 1));
        let a = _mm512_mask_mov_epi64(load_part64(a), place as u8, lengths);
        let b = _mm512_mask_mov_epi64(load_part64(b), (place >> 8) as u8, lengths);
        let mut sum = Sum::new([_mm512_setzero_si512(); 3]);
        sum.add(self.sums, &self.powers(8 + count, u8::MAX));
        sum.add(split(a, b), &self.powers(count, ((1 << count) - 1) as u8));
        let [x, y, z] = sum.carried();
        let [x, y, z] = [_mm512_reduce_add_epi64(x), _mm512_reduce_add_epi64(y), _mm512_reduce_add_epi64(z)]
            .map(i64::cast_unsigned);
        let low = u128::from(x) + (u128::from(y) << 44);
        let high = (low >> 64) + (u128::from(z) << 24);
        let above = (high >> 64) as u64;
        let (h0, carry) = (low as u64).overflowing_add(5 * (above >> 2));
        let (h1, carry) = (high as u64).overflowing_add(u64::from(carry));
        state.h = [h0, h1, (above & 3) + u64::from(carry)];
    }
    /// r^highest and the seven below; zeros where `wanted` has none.
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn powers(&self, highest: usize, wanted: u8) -> Factor {
        let places = _mm512_setr_epi64(16, 17, 18, 19, 20, 21, 22, 23);
        let places = _mm512_sub_epi64(places, _mm512_set1_epi64(highest as i64));
        let [x0, x1, x2] = self.high;
        let [y0, y1, y2] = self.low;
        Factor::new([
            _mm512_maskz_permutex2var_epi64(wanted, x0, places, y0),
            _mm512_maskz_permutex2var_epi64(wanted, x1, places, y1),
            _mm512_maskz_permutex2var_epi64(wanted, x2, places, y2),
        ])
    }
    /// To be called at the end. (A `Drop` would not be compiled for AVX-512.)
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn wipe(&mut self) {
        for limbs in
            [&mut self.sums, &mut self.high, &mut self.low, &mut self.by8.limbs, &mut self.by16.limbs]
        {
            wipe64(limbs);
        }
        wipe64(&mut self.by8.wrapped);
        wipe64(&mut self.by16.wrapped);
    }
}

/// What numbers are multiplied by.
struct Factor {
    limbs: Limbs,
    /// 20 times the upper two: as 2^132 = 20 modulo 2^130 - 5, these are their products beyond the third limb.
    wrapped: [__m512i; 2],
}

impl Factor {
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn new(limbs: Limbs) -> Self {
        let [_, x, y] = limbs;
        let (zero, twenty) = (_mm512_setzero_si512(), _mm512_set1_epi64(20));
        Self {
            limbs,
            wrapped: [_mm512_madd52lo_epu64(zero, x, twenty), _mm512_madd52lo_epu64(zero, y, twenty)],
        }
    }
    /// The first number, eight times.
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn first_of([x0, x1, x2]: Limbs) -> Self {
        Self::new([
            _mm512_broadcastq_epi64(_mm512_castsi512_si128(x0)),
            _mm512_broadcastq_epi64(_mm512_castsi512_si128(x1)),
            _mm512_broadcastq_epi64(_mm512_castsi512_si128(x2)),
        ])
    }
}

/// Products and numbers added up: for each limb, the lower and the upper 52 bits of the products.
struct Sum {
    low: Limbs,
    high: Limbs,
}

impl Sum {
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn new(limbs: Limbs) -> Self {
        Self { low: limbs, high: [_mm512_setzero_si512(); 3] }
    }
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn add(&mut self, [x0, x1, x2]: Limbs, by: &Factor) {
        let ([r0, r1, r2], [s1, s2]) = (by.limbs, by.wrapped);
        let terms =
            [[(x0, r0), (x1, s2), (x2, s1)], [(x0, r1), (x1, r0), (x2, s2)], [(x0, r2), (x1, r1), (x2, r0)]];
        for ((low, high), terms) in self.low.iter_mut().zip(&mut self.high).zip(terms) {
            for (x, r) in terms {
                *low = _mm512_madd52lo_epu64(*low, x, r);
                *high = _mm512_madd52hi_epu64(*high, x, r);
            }
        }
    }
    /// The upper parts are due 52 bits higher than the lower: that is 8 bits into the next limb, or 10 bits beyond
    /// 2^130, where five times comes back.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn carried(self) -> Limbs {
        let ([x0, x1, x2], [y0, y1, y2]) = (self.low, self.high);
        let x1 = add(x1, add(_mm512_slli_epi64::<8>(y0), _mm512_srli_epi64::<44>(x0)));
        let x2 = add(x2, add(_mm512_slli_epi64::<8>(y1), _mm512_srli_epi64::<44>(x1)));
        let above = add(_mm512_slli_epi64::<10>(y2), _mm512_srli_epi64::<42>(x2));
        let x0 = add(_mm512_and_si512(x0, ones(44)), add(above, _mm512_slli_epi64::<2>(above)));
        let x1 = add(_mm512_and_si512(x1, ones(44)), _mm512_srli_epi64::<44>(x0));
        [_mm512_and_si512(x0, ones(44)), x1, _mm512_and_si512(x2, ones(42))]
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn product(x: Limbs, by: &Factor) -> Limbs {
    let mut sum = Sum::new([_mm512_setzero_si512(); 3]);
    sum.add(x, by);
    sum.carried()
}

/// Eight blocks as numbers, with the 1 behind them.
#[inline]
#[target_feature(enable = "avx512f")]
fn split(a: __m512i, b: __m512i) -> Limbs {
    let low = _mm512_permutex2var_epi64(a, _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), b);
    let high = _mm512_permutex2var_epi64(a, _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15), b);
    let middle = _mm512_or_si512(_mm512_srli_epi64::<44>(low), _mm512_slli_epi64::<20>(high));
    [
        _mm512_and_si512(low, ones(44)),
        _mm512_and_si512(middle, ones(44)),
        _mm512_or_si512(_mm512_srli_epi64::<24>(high), _mm512_set1_epi64(1 << (128 - 88))),
    ]
}
/// A number of three words in limbs.
#[inline]
fn limbs([x, y, z]: [u64; 3]) -> [i64; 3] {
    let mask = (1 << 44) - 1;
    [x & mask, (x >> 44 | y << 20) & mask, y >> 24 | z << 40].map(u64::cast_signed)
}
/// The first eight numbers, but the other one where `PLACES` has a one.
#[inline]
#[target_feature(enable = "avx512f")]
fn blend<const PLACES: u8>([x0, x1, x2]: Limbs, [y0, y1, y2]: Limbs) -> Limbs {
    [
        _mm512_mask_blend_epi64(PLACES, x0, y0),
        _mm512_mask_blend_epi64(PLACES, x1, y1),
        _mm512_mask_blend_epi64(PLACES, x2, y2),
    ]
}
#[inline]
#[target_feature(enable = "avx512f")]
fn add(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi64(a, b)
}
#[inline]
#[target_feature(enable = "avx512f")]
fn ones(count: u32) -> __m512i {
    _mm512_set1_epi64((1 << count) - 1)
}
