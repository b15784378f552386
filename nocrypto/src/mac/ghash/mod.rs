//! GHASH (SP 800-38D §6.4): a polynomial over GF(2^128).
//!
//! A block read as a big-endian number has the coefficient of x^0 in its highest bit. Products of such reversed numbers
//! come out shifted by one bit; so every backend multiplies by H x instead of H, and divides by x^128 by Montgomery's
//! way, modulo the reversed P = x^128 + x^127 + x^126 + x^121 + 1.
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
pub(crate) mod aarch64;
pub(crate) mod portable;

/// H x for the block H = E(0): a shift in the reversed order, and the lost bit folded back by a mask.
pub(crate) fn times_x(h: &[u8; 16]) -> u128 {
    let h = u128::from_be_bytes(*h);
    let lost = 0u128.wrapping_sub(h >> 127);
    h << 1 ^ lost & (0xc2 << 120 | 1)
}
