//! Numbers of `N` 64-bit limbs, least significant first, and their carry chains. Constant time, and usable in constants.

/// `a + b`, and the carry out.
#[inline(always)]
pub(super) const fn add<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], u64) {
    let (mut sum, mut carry) = ([0; N], false);
    let mut i = 0;
    while i < N {
        let (s, c1) = a[i].overflowing_add(b[i]);
        let (s, c2) = s.overflowing_add(carry as u64);
        (sum[i], carry) = (s, c1 | c2);
        i += 1;
    }
    (sum, carry as u64)
}

/// `a - b`, and the borrow out.
#[inline(always)]
pub(super) const fn sub<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], u64) {
    let (mut difference, mut borrow) = ([0; N], false);
    let mut i = 0;
    while i < N {
        let (d, b1) = a[i].overflowing_sub(b[i]);
        let (d, b2) = d.overflowing_sub(borrow as u64);
        (difference[i], borrow) = (d, b1 | b2);
        i += 1;
    }
    (difference, borrow as u64)
}

/// The low and the high word of `a·b + c + d`, which cannot overflow.
#[inline(always)]
pub(super) const fn mul_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let wide = a as u128 * b as u128 + c as u128 + d as u128;
    (wide as u64, (wide >> 64) as u64)
}

/// All ones if `bit` is 1, zero if it is 0, and the compiler does not know which: as [`crate::ct::Choice::mask`], for
/// use in constants too.
#[inline(always)]
pub(super) const fn mask(bit: u64) -> u64 {
    core::hint::black_box(0u64.wrapping_sub(bit))
}

/// `if_set` where `mask` is all ones, `if_clear` where it is zero.
#[inline(always)]
pub(super) const fn select<const N: usize>(mask: u64, if_set: &[u64; N], if_clear: &[u64; N]) -> [u64; N] {
    let mut out = *if_clear;
    let mut i = 0;
    while i < N {
        out[i] ^= (if_set[i] ^ if_clear[i]) & mask;
        i += 1;
    }
    out
}

/// `a mod m` for `top·2^(64N) + a < 2m`.
#[inline(always)]
pub(super) const fn reduce_once<const N: usize>(top: u64, a: &[u64; N], m: &[u64; N]) -> [u64; N] {
    let (difference, borrow) = sub(a, m);
    // A carry without a borrow cannot be, the value being below 2m.
    select(mask(borrow & !top), a, &difference)
}

/// The number one.
pub(super) const fn unit<const N: usize>() -> [u64; N] {
    let mut one = [0; N];
    one[0] = 1;
    one
}

/// Reads big-endian bytes, at most `8·N` of them.
pub(super) fn from_be_bytes<const N: usize>(bytes: &[u8]) -> [u64; N] {
    debug_assert!(bytes.len() <= 8 * N);
    let mut limbs = [0; N];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.rchunks(8)) {
        *limb = chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    }
    limbs
}

/// Writes big-endian bytes, `8·N` of them.
pub(super) fn to_be_bytes<const N: usize>(limbs: &[u64; N], out: &mut [u8]) {
    debug_assert!(out.len() == 8 * N);
    for (limb, chunk) in limbs.iter().zip(out.rchunks_mut(8)) {
        chunk.copy_from_slice(&limb.to_be_bytes());
    }
}

/// Reads 32 little-endian bytes.
pub(super) fn from_le_bytes(bytes: &[u8; 32]) -> [u64; 4] {
    let mut limbs = [0; 4];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *limb = u64::from_le_bytes(*chunk);
    }
    limbs
}

/// Writes 32 little-endian bytes.
pub(super) fn to_le_bytes(limbs: &[u64; 4]) -> [u8; 32] {
    let mut out = [0; 32];
    for (limb, chunk) in limbs.iter().zip(out.as_chunks_mut::<8>().0) {
        *chunk = limb.to_le_bytes();
    }
    out
}

/// Reads big-endian hexadecimal digits as the standards print them, blanks between them allowed. For constants: panics
/// on another character, or more digits than `N` limbs hold.
#[allow(clippy::panic, reason = "a constant that panics does not compile")]
pub(super) const fn hex<const N: usize>(digits: &str) -> [u64; N] {
    let (mut limbs, mut at) = ([0; N], 0);
    let mut left = digits.as_bytes();
    while let [rest @ .., digit] = left {
        left = rest;
        let value = match digit {
            b' ' => continue,
            b'0'..=b'9' => *digit - b'0',
            b'a'..=b'f' => *digit - b'a' + 10,
            _ => panic!("not a hexadecimal digit"),
        };
        limbs[at / 16] |= (value as u64) << (4 * (at % 16));
        at += 1;
    }
    limbs
}
