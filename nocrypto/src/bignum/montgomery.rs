//! Montgomery multiplication on limbs, portable (P. Montgomery, "Modular multiplication without trial division", 1985).
use super::limbs::{multiply_add, subtract_limb};
use crate::ct::Choice;

/// `out = a b / 2^(64 len) mod n`, below `n`.
///
/// All slices have the length of `n`, which is odd; `n0 = -1/n mod 2^64`; `b < n`, while `a` is anything. Products and
/// reductions go row by row, so a row's sum stays below `2^64 n + n`: one limb above `len` is enough, and what is left
/// at the end is below `2 n`.
pub(super) fn multiply(out: &mut [u64], a: &[u64], b: &[u64], n: &[u64], n0: u64) {
    match n.len() {
        16 => rows::<16>(out, a, b, n, n0),
        24 => rows::<24>(out, a, b, n, n0),
        32 => rows::<32>(out, a, b, n, n0),
        48 => rows::<48>(out, a, b, n, n0),
        64 => rows::<64>(out, a, b, n, n0),
        _ => rows::<0>(out, a, b, n, n0),
    }
}

/// With `LEN` other than 0 the compiler knows the length: the sizes of RSA-2048, 3072 and 4096 and their primes.
fn rows<const LEN: usize>(out: &mut [u64], a: &[u64], b: &[u64], n: &[u64], n0: u64) {
    let len = if LEN == 0 { n.len() } else { LEN };
    let (out, a, b, n) = (&mut out[..len], &a[..len], &b[..len], &n[..len]);
    out.fill(0);
    let mut top = 0;
    for x in a {
        let (low, mut product) = multiply_add(out[0], b[0], *x, 0);
        let digit = low.wrapping_mul(n0);
        let (_, mut reduction) = multiply_add(low, n[0], digit, 0);
        for j in 1..len {
            let sum;
            (sum, product) = multiply_add(out[j], b[j], *x, product);
            (out[j - 1], reduction) = multiply_add(sum, n[j], digit, reduction);
        }
        let wide = u128::from(top) + u128::from(product) + u128::from(reduction);
        (out[len - 1], top) = (wide as u64, (wide >> 64) as u64);
    }
    subtract_once(out, top, n);
}

/// Subtracts `n` once from `out + top 2^(64 len)`, if that is not below `n`.
pub(super) fn subtract_once(out: &mut [u64], top: u64, n: &[u64]) {
    let borrow = out.iter().zip(n).fold(0, |borrow, (x, y)| subtract_limb(*x, *y, borrow).1);
    // The value is below 2 n, so with top = 1 the subtraction borrows; with top = 0 it must not.
    let mask = Choice::from_lsb(top | (borrow ^ 1)).mask();
    super::limbs::subtract_masked(out, n, mask);
}

/// `-1/n mod 2^64` for odd `n`, by Newton: each step doubles the bits that are right, 3 at first.
pub(super) const fn negative_inverse(n: u64) -> u64 {
    let mut inverse = n;
    let mut bits = 3;
    while bits < 64 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(n.wrapping_mul(inverse)));
        bits *= 2;
    }
    inverse.wrapping_neg()
}
