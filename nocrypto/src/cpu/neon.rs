//! aarch64 vectors: loads and stores without pointers, and a fence that holds values in registers (as in vector.rs).
#![allow(
    unsafe_code,
    reason = "intrinsics that take pointers, and asm!, are unsafe; the layer table lists cpu/"
)]
use core::arch::aarch64::{
    uint8x16_t, uint32x4_t, uint64x2_t, vld1q_u8, vld1q_u32, vld1q_u64, vst1q_u8, vst1q_u32, vst1q_u64,
};
use core::arch::asm;

/// 16 bytes, at any address.
#[inline]
pub(crate) fn load16(bytes: &[u8; 16]) -> uint8x16_t {
    // SAFETY: 16 readable bytes, and bytes need no alignment; NEON is in the target.
    unsafe { vld1q_u8(bytes.as_ptr()) }
}
/// 16 bytes, at any address.
#[inline]
pub(crate) fn store16(bytes: &mut [u8; 16], x: uint8x16_t) {
    // SAFETY: 16 writable bytes, and bytes need no alignment; NEON is in the target.
    unsafe { vst1q_u8(bytes.as_mut_ptr(), x) }
}
/// Four words.
#[inline]
pub(crate) fn load_words(words: &[u32; 4]) -> uint32x4_t {
    // SAFETY: four readable words, aligned as words; NEON is in the target.
    unsafe { vld1q_u32(words.as_ptr()) }
}
/// Four words.
#[inline]
pub(crate) fn store_words(words: &mut [u32; 4], x: uint32x4_t) {
    // SAFETY: four writable words, aligned as words; NEON is in the target.
    unsafe { vst1q_u32(words.as_mut_ptr(), x) }
}

/// Two words.
#[inline]
pub(crate) fn load_words64(words: &[u64; 2]) -> uint64x2_t {
    // SAFETY: two readable words, aligned as words; NEON is in the target.
    unsafe { vld1q_u64(words.as_ptr()) }
}
/// Two words.
#[inline]
pub(crate) fn store_words64(words: &mut [u64; 2], x: uint64x2_t) {
    // SAFETY: two writable words, aligned as words; NEON is in the target.
    unsafe { vst1q_u64(words.as_mut_ptr(), x) }
}

/// Holds eight values in registers here, as an operation on all of them that changes none.
#[inline]
#[target_feature(enable = "neon")]
pub(crate) fn fence8(
    [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h]: [uint8x16_t; 8],
) -> [uint8x16_t; 8] {
    // SAFETY: there is no instruction inside.
    unsafe {
        asm!(
            "/* {:v} {:v} {:v} {:v} {:v} {:v} {:v} {:v} */",
            inout(vreg) a, inout(vreg) b, inout(vreg) c, inout(vreg) d,
            inout(vreg) e, inout(vreg) f, inout(vreg) g, inout(vreg) h,
            options(nomem, nostack, preserves_flags)
        );
    }
    [a, b, c, d, e, f, g, h]
}

macro_rules! clear {
    ($($x:tt)*) => {
        /// Leaves zeros in all vector registers: for the end of work with a key.
        #[inline]
        pub(crate) fn clear() {
            // SAFETY: changes the registers that it names, and nothing else.
            unsafe { asm!(
                $( concat!("movi ", $x, ".2d, #0"), )*
                $( out($x) _, )*
                options(nomem, nostack, preserves_flags)
            ) }
        }
    };
}
clear! {
    "v0" "v1" "v2" "v3" "v4" "v5" "v6" "v7" "v8" "v9" "v10" "v11" "v12" "v13" "v14" "v15"
    "v16" "v17" "v18" "v19" "v20" "v21" "v22" "v23" "v24" "v25" "v26" "v27" "v28" "v29" "v30" "v31"
}
