//! The fused kernel on registers of 128 bits: AES-NI and PCLMULQDQ, eight blocks a batch.
use crate::cpu::vector::{clear128 as clear, fence16x1, fence16x2, fence16x8, load16, store16};
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_aesenc_si128, _mm_aesenclast_si128, _mm_clmulepi64_si128, _mm_cvtsi32_si128,
    _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_unpackhi_epi64, _mm_unpacklo_epi64, _mm_xor_si128,
};

/// Gives each function the CPU features of this width.
macro_rules! featured {
    ($($function:item)*) => { $( #[target_feature(enable = "aes,pclmulqdq,ssse3,sse4.1")] $function )* };
}

#[path = "fused/mod.rs"]
#[allow(clippy::duplicate_mod, reason = "one text for every width of register")]
pub(super) mod fused;

/// A register.
type V = __m128i;
/// Blocks in a register.
const W: usize = 1;
/// Registers in a batch.
const S: usize = 8;
/// Sums of halves in a key, for Karatsuba: one for two registers.
const MIDDLES: usize = S / 2;
/// Powers in a key that only larger batches need.
const FAR: usize = 0;

static CONSTS: Consts = Consts {
    reversal: [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    poly: (0xc2 << 120 | 0xc2u128 << 56).to_le_bytes(),
};
struct Consts {
    /// Reverses the bytes of a block.
    reversal: [u8; 16],
    /// 0xc2 << 56 in each half: what `reduce` multiplies by.
    poly: [u8; 16],
}

/// Of the first block of the batch, as a number.
type Counter = V;

featured! {
    /// A counter at 2, of the block with the counter 0.
    #[inline]
    fn counter(zero: __m128i, _first_key: V) -> Counter {
        _mm_add_epi32(zero, _mm_cvtsi32_si128(2))
    }
    /// The blocks of a batch, with the first round key added. Counts on.
    #[inline]
    fn counted(counter: &mut Counter, first_key: V, consts: &Consts) -> [V; S] {
        let reversal = load16(&consts.reversal);
        let mut blocks = [first_key; S];
        for block in &mut blocks {
            *block = xor(first_key, _mm_shuffle_epi8(*counter, reversal));
            *counter = _mm_add_epi32(*counter, _mm_cvtsi32_si128(1));
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
        _mm_add_epi32(zero, _mm_cvtsi32_si128(at))
    }
    /// Each number, and `by`.
    #[inline]
    fn count(numbers: V, by: i32) -> V {
        _mm_add_epi32(numbers, _mm_cvtsi32_si128(by))
    }
    #[inline] fn load(bytes: &[u8; 16 * W]) -> V { load16(bytes) }
    #[inline] fn store(bytes: &mut [u8; 16 * W], x: V) { store16(bytes, x); }
    /// The same block everywhere.
    #[inline] fn broadcast(x: __m128i) -> V { x }
    /// One block, and zeros.
    #[inline] fn widen(x: __m128i) -> V { x }
    /// The sum of all blocks.
    #[inline] fn fold(x: V) -> __m128i { x }
    #[inline] fn xor(a: V, b: V) -> V { _mm_xor_si128(a, b) }
    #[inline] fn reverse(x: V, consts: &Consts) -> V { _mm_shuffle_epi8(x, load16(&consts.reversal)) }
    #[inline] fn swap_halves(x: V) -> V { _mm_shuffle_epi32::<0x4e>(x) }
    #[inline] fn low_halves(a: V, b: V) -> V { _mm_unpacklo_epi64(a, b) }
    #[inline] fn high_halves(a: V, b: V) -> V { _mm_unpackhi_epi64(a, b) }
    #[inline] fn clmul<const HALVES: i32>(a: V, b: V) -> V { _mm_clmulepi64_si128::<HALVES>(a, b) }
    #[inline] fn round(x: V, key: V) -> V { _mm_aesenc_si128(x, key) }
    #[inline] fn last_round(x: V, key: V) -> V { _mm_aesenclast_si128(x, key) }
    #[inline] fn fence1(x: V) -> V { fence16x1([x])[0] }
    #[inline] fn fence2(x: [V; 2]) -> [V; 2] { fence16x2(x) }
    #[inline] fn fence_all(x: [V; S]) -> [V; S] { fence16x8(x) }
}
