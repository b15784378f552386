//! The fused kernel on registers of 512 bits: VAES and VPCLMULQDQ with AVX-512, sixteen blocks a batch.
use crate::cpu::vector::{clear512 as clear, fence64x1, fence64x2, fence64x4, load64, store64};
use core::arch::x86_64::{
    __m128i, __m512i, _mm_cvtsi32_si128, _mm_xor_si128, _mm256_castsi256_si128, _mm256_extracti128_si256,
    _mm256_xor_si256, _mm512_add_epi32, _mm512_aesenc_epi128, _mm512_aesenclast_epi128,
    _mm512_broadcast_i32x4, _mm512_castsi512_si256, _mm512_clmulepi64_epi128, _mm512_extracti64x4_epi64,
    _mm512_set_epi32, _mm512_shuffle_epi8, _mm512_shuffle_epi32, _mm512_shuffle_i64x2, _mm512_unpackhi_epi64,
    _mm512_unpacklo_epi64, _mm512_xor_si512, _mm512_zextsi128_si512,
};

/// Gives each function the CPU features of this width.
macro_rules! featured {
    ($($function:item)*) => { $(
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,aes,vaes,pclmulqdq,vpclmulqdq")]
        $function
    )* };
}

mod double;
#[path = "fused/mod.rs"]
#[allow(clippy::duplicate_mod, reason = "one text for every width of register")]
pub(super) mod fused;

use double::bulk;

/// A register.
type V = __m512i;
/// Blocks in a register.
const W: usize = 4;
/// Registers in a batch.
const S: usize = 4;
/// Sums of halves in a key, for Karatsuba: none, as there is nothing to gain by it here.
const MIDDLES: usize = 0;
/// Powers in a key that only larger batches need.
const FAR: usize = S;

static CONSTS: Consts = {
    let mut consts = Consts { reversal: [0; 64], poly: [0; 64], places: [[0; 64]; 3] };
    let mut i = 0;
    while i < 64 {
        consts.reversal[i] = 15 - (i % 16) as u8;
        i += 1;
    }
    i = 7;
    while i < 64 {
        consts.poly[i] = 0xc2;
        i += 8;
    }
    i = 0;
    while i < 12 {
        consts.places[i / 4][16 * (i % 4) + 15] = i as u8 + 2;
        i += 1;
    }
    consts
};
#[repr(C, align(64))]
struct Consts {
    /// Reverses the bytes of each block.
    reversal: [u8; 64],
    /// 0xc2 << 56 in each half: what `reduce` multiplies by.
    poly: [u8; 64],
    /// 2, 3, … 13 in the last byte of the blocks.
    places: [[u8; 64]; 3],
}

/// A batch begins with a counter of 2 modulo 16. So its first twelve blocks are that of the counter 0 modulo 16 with
/// only the last byte changed, and there is no carry; the last four have the next such block among them.
struct Counter {
    /// 16 n + 14 to 16 n + 17, as numbers.
    numbers: V,
    /// 16 n everywhere, as a block with the first round key added.
    block: V,
}

featured! {
    /// A counter at 2, of the block with the counter 0.
    #[inline]
    fn counter(zero: __m128i, first_key: V) -> Counter {
        Counter { numbers: numbers(zero, 14), block: xor(reverse(broadcast(zero), &CONSTS), first_key) }
    }
    /// The blocks of a batch, with the first round key added. Counts on.
    #[inline]
    fn counted(counter: &mut Counter, first_key: V, consts: &Consts) -> [V; S] {
        let mut blocks = [xor(reverse(counter.numbers, consts), first_key); S];
        for (block, places) in blocks.iter_mut().zip(&consts.places) {
            *block = xor(counter.block, load(places));
        }
        counter.numbers = count(counter.numbers, 16);
        counter.block = _mm512_shuffle_i64x2::<0b10_10_10_10>(blocks[S - 1], blocks[S - 1]);
        blocks
    }
    /// Numbers `zero + at`, `zero + at + 1`, … one a block.
    #[inline]
    fn numbers(zero: __m128i, at: i32) -> V {
        let places = _mm512_set_epi32(0, 0, 0, at + 3, 0, 0, 0, at + 2, 0, 0, 0, at + 1, 0, 0, 0, at);
        _mm512_add_epi32(broadcast(zero), places)
    }
    /// Each number, and `by`.
    #[inline]
    fn count(numbers: V, by: i32) -> V {
        _mm512_add_epi32(numbers, broadcast(_mm_cvtsi32_si128(by)))
    }
    #[inline] fn load(bytes: &[u8; 16 * W]) -> V { load64(bytes) }
    #[inline] fn store(bytes: &mut [u8; 16 * W], x: V) { store64(bytes, x); }
    /// The same block everywhere.
    #[inline] fn broadcast(x: __m128i) -> V { _mm512_broadcast_i32x4(x) }
    /// One block, and zeros.
    #[inline] fn widen(x: __m128i) -> V { _mm512_zextsi128_si512(x) }
    /// The sum of all blocks.
    #[inline]
    fn fold(x: V) -> __m128i {
        let x = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64::<1>(x));
        _mm_xor_si128(_mm256_castsi256_si128(x), _mm256_extracti128_si256::<1>(x))
    }
    #[inline] fn xor(a: V, b: V) -> V { _mm512_xor_si512(a, b) }
    #[inline] fn reverse(x: V, consts: &Consts) -> V { _mm512_shuffle_epi8(x, load(&consts.reversal)) }
    #[inline] fn swap_halves(x: V) -> V { _mm512_shuffle_epi32::<0x4e>(x) }
    #[inline] fn low_halves(a: V, b: V) -> V { _mm512_unpacklo_epi64(a, b) }
    #[inline] fn high_halves(a: V, b: V) -> V { _mm512_unpackhi_epi64(a, b) }
    #[inline] fn clmul<const HALVES: i32>(a: V, b: V) -> V { _mm512_clmulepi64_epi128::<HALVES>(a, b) }
    #[inline] fn round(x: V, key: V) -> V { _mm512_aesenc_epi128(x, key) }
    #[inline] fn last_round(x: V, key: V) -> V { _mm512_aesenclast_epi128(x, key) }
    #[inline] fn fence1(x: V) -> V { fence64x1([x])[0] }
    #[inline] fn fence2(x: [V; 2]) -> [V; 2] { fence64x2(x) }
    #[inline] fn fence_all(x: [V; S]) -> [V; S] { fence64x4(x) }
}
