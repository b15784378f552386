//! x86-64 vectors: loads and stores without pointers, and fences that hold values in registers.
//!
//! A fence is an empty `asm!`. It makes the compiler have all its operands in registers there, in the order of the
//! fences. Without it LLVM takes one AES state through all its rounds before the next, hoists what should be loaded
//! late, and fills the stack with spills. A barrier is a fence that memory does not pass either: what was loaded from
//! a place the compiler does not own is loaded anew, and not kept on the stack.
#![allow(
    unsafe_code,
    reason = "intrinsics that take pointers, and asm!, are unsafe; the layer table lists cpu/"
)]
use core::arch::asm;
use core::arch::x86_64::{
    __m128i, __m256i, __m512i, _mm_loadu_si128, _mm_storeu_si128, _mm256_loadu_si256, _mm256_setzero_si256,
    _mm256_storeu_si256, _mm512_loadu_si512, _mm512_mask_storeu_epi8, _mm512_maskz_loadu_epi8,
    _mm512_setzero_si512, _mm512_storeu_si512,
};

/// 16 bytes, at any address.
#[inline]
pub(crate) fn load16(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: 16 readable bytes, and the form that needs no alignment; SSE2 is in the target.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}
/// 16 bytes, at any address.
#[inline]
pub(crate) fn store16(bytes: &mut [u8; 16], x: __m128i) {
    // SAFETY: 16 writable bytes, and the form that needs no alignment; SSE2 is in the target.
    unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), x) }
}
/// 32 bytes, at any address.
#[inline]
#[target_feature(enable = "avx")]
pub(crate) fn load32(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: 32 readable bytes, and the form that needs no alignment; the caller has AVX.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}
/// 32 bytes, at any address.
#[inline]
#[target_feature(enable = "avx")]
pub(crate) fn store32(bytes: &mut [u8; 32], x: __m256i) {
    // SAFETY: 32 writable bytes, and the form that needs no alignment; the caller has AVX.
    unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), x) }
}

/// 64 bytes, at any address.
#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn load64(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: 64 readable bytes, and the form that needs no alignment; the caller has AVX-512.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}
/// 64 bytes, at any address.
#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn store64(bytes: &mut [u8; 64], x: __m512i) {
    // SAFETY: 64 writable bytes, and the form that needs no alignment; the caller has AVX-512.
    unsafe { _mm512_storeu_si512(bytes.as_mut_ptr().cast(), x) }
}

/// Bytes with zeros behind them, of which there may be 64 at most.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(crate) fn load_part64(bytes: &[u8]) -> __m512i {
    // SAFETY: reads under a mask that allows as many bytes as there are; the caller has AVX-512.
    unsafe { _mm512_maskz_loadu_epi8(first64(bytes.len()), bytes.as_ptr().cast()) }
}
/// As many of the first bytes of `x` as there is room for.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(crate) fn store_part64(bytes: &mut [u8], x: __m512i) {
    // SAFETY: writes under a mask that allows as many bytes as there are; the caller has AVX-512.
    unsafe { _mm512_mask_storeu_epi8(bytes.as_mut_ptr().cast(), first64(bytes.len()), x) }
}
/// As many ones, or 64.
#[inline]
const fn first64(length: usize) -> u64 {
    if length < 64 { (1 << length) - 1 } else { u64::MAX }
}

/// Writes zeros that the compiler may not leave out.
#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn wipe64(registers: &mut [__m512i]) {
    registers.fill(_mm512_setzero_si512());
    zeroize::optimization_barrier(registers);
}
/// Writes zeros that the compiler may not leave out.
#[inline]
#[target_feature(enable = "avx")]
pub(crate) fn wipe32(registers: &mut [__m256i]) {
    registers.fill(_mm256_setzero_si256());
    zeroize::optimization_barrier(registers);
}
/// Four words, at any address.
#[inline]
#[target_feature(enable = "avx")]
pub(crate) fn load_words(words: &[u64; 4]) -> __m256i {
    // SAFETY: 32 readable bytes, and the form that needs no alignment; the caller has AVX.
    unsafe { _mm256_loadu_si256(words.as_ptr().cast()) }
}
/// Four words, at any address.
#[inline]
#[target_feature(enable = "avx")]
pub(crate) fn store_words(words: &mut [u64; 4], x: __m256i) {
    // SAFETY: 32 writable bytes, and the form that needs no alignment; the caller has AVX.
    unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), x) }
}

/// Leaves zeros in the registers that every x86-64 has; the compiler sees to the upper halves where AVX ends.
#[inline]
pub(crate) fn clear() {
    // SAFETY: SSE2 is in the target.
    unsafe { clear128() }
}

macro_rules! clear {
    ($feature:literal $name:ident: $( $xor:tt [$($x:tt)*] )*) => {
        /// Leaves zeros in all vector registers: for the end of work with a key.
        #[inline]
        #[target_feature(enable = $feature)]
        pub(crate) fn $name() {
            // SAFETY: changes the registers that it names, and nothing else.
            unsafe { asm!(
                $( $( xor!($xor $x), )* )*
                $( $( out($x) _, )* )*
                options(nomem, nostack, preserves_flags)
            ) }
        }
    };
}
macro_rules! xor {
    (pxor $x:tt) => {
        concat!("pxor ", $x, ", ", $x)
    };
    ($xor:tt $x:tt) => {
        concat!(stringify!($xor), " ", $x, ", ", $x, ", ", $x)
    };
}
clear! { "sse2" clear128:
    pxor ["xmm0" "xmm1" "xmm2" "xmm3" "xmm4" "xmm5" "xmm6" "xmm7" "xmm8" "xmm9" "xmm10" "xmm11" "xmm12" "xmm13" "xmm14"
        "xmm15"]
}
clear! { "avx" clear256:
    vpxor ["xmm0" "xmm1" "xmm2" "xmm3" "xmm4" "xmm5" "xmm6" "xmm7" "xmm8" "xmm9" "xmm10" "xmm11" "xmm12" "xmm13" "xmm14"
        "xmm15"]
}
clear! { "avx512f" clear512:
    vpxor ["xmm0" "xmm1" "xmm2" "xmm3" "xmm4" "xmm5" "xmm6" "xmm7" "xmm8" "xmm9" "xmm10" "xmm11" "xmm12" "xmm13" "xmm14"
        "xmm15"]
    vpxord ["zmm16" "zmm17" "zmm18" "zmm19" "zmm20" "zmm21" "zmm22" "zmm23" "zmm24" "zmm25" "zmm26" "zmm27" "zmm28"
        "zmm29" "zmm30" "zmm31"]
}

macro_rules! fences {
    ($($feature:literal $name:ident($register:ident $vector:ty: $($x:ident)*) $($option:ident)?;)*) => { $(
        #[inline]
        #[target_feature(enable = $feature)]
        pub(crate) fn $name([$(mut $x),*]: [$vector; count!($($x)*)]) -> [$vector; count!($($x)*)] {
            // SAFETY: there is no instruction inside.
            unsafe { asm!(
                concat!("/*", $( " {", stringify!($x), "}", )* " */"),
                $( $x = inout($register) $x, )*
                options($($option,)? nostack, preserves_flags)
            ) }
            [$($x),*]
        }
    )* };
}
macro_rules! count {
    () => { 0 };
    ($first:ident $($rest:ident)*) => { 1 + count!($($rest)*) };
}
fences! {
    "sse2" fence16x1(xmm_reg __m128i: a) nomem;
    "sse2" fence16x2(xmm_reg __m128i: a b) nomem;
    "sse2" fence16x8(xmm_reg __m128i: a b c d e f g h) nomem;
    "avx" fence32x1(ymm_reg __m256i: a) nomem;
    "avx" fence32x2(ymm_reg __m256i: a b) nomem;
    "avx" fence32x8(ymm_reg __m256i: a b c d e f g h) nomem;
    "avx512f" fence64x1(zmm_reg __m512i: a) nomem;
    "avx512f" fence64x2(zmm_reg __m512i: a b) nomem;
    "avx512f" fence64x4(zmm_reg __m512i: a b c d) nomem;
    "avx" barrier32x7(ymm_reg __m256i: a b c d e f g);
    "avx" barrier32x9(ymm_reg __m256i: a b c d e f g h i);
}
