//! x86-64 vectors: the loads and stores of 128 and 256 bits, so that kernels need no pointers.
#![allow(unsafe_code, reason = "an intrinsic that takes a pointer is unsafe; the layer table lists cpu/")]
use core::arch::x86_64::{
    __m128i, __m256i, _mm_loadu_si128, _mm_storeu_si128, _mm256_loadu_si256, _mm256_storeu_si256,
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
