//! The fused kernel on registers of 256 bits: VAES and VPCLMULQDQ, sixteen blocks a batch.
use crate::cpu::vector::{clear256 as clear, fence32x1, fence32x2, fence32x8, load32, store32};
use core::arch::x86_64::{
    __m128i, __m256i, _mm_cvtsi32_si128, _mm_xor_si128, _mm256_add_epi32, _mm256_aesenc_epi128,
    _mm256_aesenclast_epi128, _mm256_broadcastsi128_si256, _mm256_castsi256_si128, _mm256_clmulepi64_epi128,
    _mm256_extracti128_si256, _mm256_set_epi32, _mm256_shuffle_epi8, _mm256_shuffle_epi32,
    _mm256_unpackhi_epi64, _mm256_unpacklo_epi64, _mm256_xor_si256, _mm256_zextsi128_si256,
};

/// Gives each function the CPU features of this width.
macro_rules! featured {
    ($($function:item)*) => { $( #[target_feature(enable = "avx2,aes,vaes,pclmulqdq,vpclmulqdq")] $function )* };
}

#[path = "fused/mod.rs"]
#[allow(clippy::duplicate_mod, reason = "one text for every width of register")]
pub(super) mod fused;

/// A register.
type V = __m256i;
/// Blocks in a register.
const W: usize = 2;
/// Registers in a batch.
const S: usize = 8;
/// Sums of halves in a key, for Karatsuba: one for two registers.
const MIDDLES: usize = S / 2;
/// Powers in a key that only larger batches need.
const FAR: usize = 0;

static CONSTS: Consts = {
    let mut consts = Consts { reversal: [0; 32], poly: [0; 32], places: [[0; 32]; 7] };
    let mut i = 0;
    while i < 16 {
        consts.reversal[i] = 15 - i as u8;
        consts.reversal[16 + i] = 15 - i as u8;
        i += 1;
    }
    i = 7;
    while i < 32 {
        consts.poly[i] = 0xc2;
        i += 8;
    }
    i = 0;
    while i < 7 {
        consts.places[i][15] = 2 * i as u8 + 2;
        consts.places[i][31] = 2 * i as u8 + 2;
        i += 1;
    }
    consts
};
#[repr(C, align(32))]
struct Consts {
    /// Reverses the bytes of each block.
    reversal: [u8; 32],
    /// 0xc2 << 56 in each half: what `reduce` multiplies by.
    poly: [u8; 32],
    /// 2, 4, … 14 in the last byte of each block.
    places: [[u8; 32]; 7],
}

/// A batch begins with a counter of 2 modulo 16. So its blocks are those of the counters 0 and 1 modulo 16 with only
/// the last byte changed, and there is no carry; the last two are the first two of the next sixteen.
struct Counter {
    /// 16 n and 16 n + 1, as numbers.
    numbers: V,
    /// The same as blocks, with the first round key added.
    blocks: V,
}

featured! {
    /// A counter at 2, of the block with the counter 0.
    #[inline]
    fn counter(zero: __m128i, first_key: V) -> Counter {
        let numbers = numbers(zero, 0);
        Counter { numbers, blocks: xor(reverse(numbers, &CONSTS), first_key) }
    }
    /// The blocks of a batch, with the first round key added. Counts on.
    #[inline]
    fn counted(counter: &mut Counter, first_key: V, consts: &Consts) -> [V; S] {
        let before = counter.blocks;
        counter.numbers = _mm256_add_epi32(counter.numbers, _mm256_set_epi32(0, 0, 0, 16, 0, 0, 0, 16));
        counter.blocks = xor(reverse(counter.numbers, consts), first_key);
        let mut blocks = [counter.blocks; S];
        for (block, place) in blocks.iter_mut().zip(&consts.places) {
            *block = xor(before, load(place));
        }
        blocks
    }
    /// Larger batches than those of `fused`: there are none.
    #[inline]
    fn bulk<'a, const N: usize, const OPEN: bool>(
        _: &fused::Key<N>,
        _: &mut __m128i,
        _: &mut __m128i,
        text: &'a mut [u8],
    ) -> (Option<&'a [u8; fused::BATCH]>, &'a mut [u8]) {
        (None, text)
    }
    /// Numbers `zero + at`, `zero + at + 1`, … one a block.
    #[inline]
    fn numbers(zero: __m128i, at: i32) -> V {
        _mm256_add_epi32(broadcast(zero), _mm256_set_epi32(0, 0, 0, at + 1, 0, 0, 0, at))
    }
    /// Each number, and `by`.
    #[inline]
    fn count(numbers: V, by: i32) -> V {
        _mm256_add_epi32(numbers, broadcast(_mm_cvtsi32_si128(by)))
    }
    #[inline] fn load(bytes: &[u8; 16 * W]) -> V { load32(bytes) }
    #[inline] fn store(bytes: &mut [u8; 16 * W], x: V) { store32(bytes, x); }
    /// The same block everywhere.
    #[inline] fn broadcast(x: __m128i) -> V { _mm256_broadcastsi128_si256(x) }
    /// One block, and zeros.
    #[inline] fn widen(x: __m128i) -> V { _mm256_zextsi128_si256(x) }
    /// The sum of all blocks.
    #[inline] fn fold(x: V) -> __m128i { _mm_xor_si128(_mm256_castsi256_si128(x), _mm256_extracti128_si256::<1>(x)) }
    #[inline] fn xor(a: V, b: V) -> V { _mm256_xor_si256(a, b) }
    #[inline] fn reverse(x: V, consts: &Consts) -> V { _mm256_shuffle_epi8(x, load(&consts.reversal)) }
    #[inline] fn swap_halves(x: V) -> V { _mm256_shuffle_epi32::<0x4e>(x) }
    #[inline] fn low_halves(a: V, b: V) -> V { _mm256_unpacklo_epi64(a, b) }
    #[inline] fn high_halves(a: V, b: V) -> V { _mm256_unpackhi_epi64(a, b) }
    #[inline] fn clmul<const HALVES: i32>(a: V, b: V) -> V { _mm256_clmulepi64_epi128::<HALVES>(a, b) }
    #[inline] fn round(x: V, key: V) -> V { _mm256_aesenc_epi128(x, key) }
    #[inline] fn last_round(x: V, key: V) -> V { _mm256_aesenclast_epi128(x, key) }
    #[inline] fn fence1(x: V) -> V { fence32x1([x])[0] }
    #[inline] fn fence2(x: [V; 2]) -> [V; 2] { fence32x2(x) }
    #[inline] fn fence_all(x: [V; S]) -> [V; S] { fence32x8(x) }
}
