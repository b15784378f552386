//! Inversion modulo an odd number of four limbs by divsteps (Bernstein and Yang 2019, eprint 2019/266), constant time.
//!
//! With delta starting at 1/2, 590 steps suffice for 256 bits; here are 600, in ten batches of three times twenty.
//! Twenty steps need only the low twenty bits of f and g, and their effect is a matrix. Both are carried in the same
//! two registers, after Pornin's idea (eprint 2020/972): F = f + u·2^21 + v·2^42 with f its low twenty bits and u, v
//! scaled by -2^20, and G alike, so one addition moves all three.
use super::limbs::{self, mask, select, sub};
use super::modulus::Modulus;
use super::x86_64::divsteps_20;

/// `scale/x mod m`; zero where x is. Both below m.
#[inline(always)]
pub(super) fn divide(scale: &[u64; 4], x: &[u64; 4], modulus: &Modulus<4>) -> [u64; 4] {
    let m = &modulus.m;
    // f and g in two's complement; f ≡ d·x/scale and g ≡ e·x/scale modulo m, both times a power of two.
    let mut f = [m[0], m[1], m[2], m[3], 0];
    let mut g = [x[0], x[1], x[2], x[3], 0];
    let (mut d, mut e) = ([0; 4], *scale);
    let mut delta = 1;
    for _ in 0..10 {
        let matrix = batch(f[0], g[0], &mut delta);
        let [u, v, q, r] = matrix;
        (f, g) = (update_fg(u, v, &f, &g), update_fg(q, r, &f, &g));
        let (minus_d, minus_e) = (sub(m, &d).0, sub(m, &e).0);
        (d, e) = (
            update_de(u, v, [&d, &minus_d], [&e, &minus_e], modulus),
            update_de(q, r, [&d, &minus_d], [&e, &minus_e], modulus),
        );
    }
    // g is 0 and f is ±1 (or ±m where x = 0, and then d = 0).
    let result = select(mask(f[4] & 1), &sub(m, &d).0, &d);
    limbs::reduce_once(0, &result, m)
}

/// A matrix (u v; q r).
type Matrix = [i64; 4];

/// Sixty steps: (f, g)·matrix/2^60 is what f and g become.
#[inline(always)]
fn batch(f: u64, g: u64, delta: &mut i64) -> Matrix {
    let first = matrix(f, g, delta);
    let (f, g) = low_words(&first, f, g);
    let second = matrix(f, g, delta);
    let (f, g) = low_words(&second, f, g);
    let third = matrix(f, g, delta);
    // Three negated factors.
    compose(&third, &compose(&second, &first)).map(|entry| -entry)
}

/// The matrix of twenty steps, negated.
#[inline(always)]
fn matrix(f: u64, g: u64, delta: &mut i64) -> Matrix {
    let low = (1 << 20) - 1;
    let f = (f & low).wrapping_sub(1 << 41);
    let g = (g & low).wrapping_sub(1 << 62);
    let (f, g, after) = divsteps_20(f, g, *delta);
    *delta = after;
    // Rounding makes up for the lower fields that are negative.
    let middle = |word: u64| (word.wrapping_add(1 << 20) << 22).cast_signed() >> 43;
    let high = |word: u64| word.wrapping_add((1 << 41) + (1 << 20)).cast_signed() >> 42;
    [middle(f), high(f), middle(g), high(g)]
}

/// The low 44 bits of f and g after the twenty steps of a negated matrix.
#[inline(always)]
fn low_words([u, v, q, r]: &Matrix, f: u64, g: u64) -> (u64, u64) {
    let row = |a: i64, b: i64| {
        let sum = a.cast_unsigned().wrapping_mul(f).wrapping_add(b.cast_unsigned().wrapping_mul(g));
        sum.wrapping_neg() >> 20
    };
    (row(*u, *v), row(*q, *r))
}

/// Products of entries of at most 2^20 and 2^40 cannot overflow.
#[inline(always)]
fn compose(b: &Matrix, a: &Matrix) -> Matrix {
    [
        b[0] * a[0] + b[1] * a[2],
        b[0] * a[1] + b[1] * a[3],
        b[2] * a[0] + b[3] * a[2],
        b[2] * a[1] + b[3] * a[3],
    ]
}

/// `(u·f + v·g)/2^60`.
#[inline(always)]
fn update_fg(u: i64, v: i64, f: &[u64; 5], g: &[u64; 5]) -> [u64; 5] {
    let ((u, u_sign), (v, v_sign)) = (magnitude(u), magnitude(v));
    // |u|·(f ^ sign) + (|u| & sign) is |u|·f with the sign of u: -f is its complement plus one.
    let mut carry = u128::from(u & u_sign) + u128::from(v & v_sign);
    let mut sum = [0; 5];
    for i in 0..4 {
        carry += u128::from(u) * u128::from(f[i] ^ u_sign) + u128::from(v) * u128::from(g[i] ^ v_sign);
        sum[i] = carry as u64;
        carry >>= 64;
    }
    sum[4] = (carry as u64)
        .wrapping_add(u.wrapping_mul(f[4] ^ u_sign))
        .wrapping_add(v.wrapping_mul(g[4] ^ v_sign));
    let [s0, s1, s2, s3, s4] = sum;
    let top = (s4.cast_signed() >> 60).cast_unsigned();
    [s0 >> 60 | s1 << 4, s1 >> 60 | s2 << 4, s2 >> 60 | s3 << 4, s3 >> 60 | s4 << 4, top]
}

/// `(u·d + v·e)/2^60 mod m` for d and e in [0, m], given with their opposites.
#[inline(always)]
fn update_de(u: i64, v: i64, d: [&[u64; 4]; 2], e: [&[u64; 4]; 2], modulus: &Modulus<4>) -> [u64; 4] {
    let ((u, u_sign), (v, v_sign)) = (magnitude(u), magnitude(v));
    let d = select(u_sign, d[1], d[0]);
    let e = select(v_sign, e[1], e[0]);
    // A multiple of m makes the low 60 bits zero.
    let low = u.wrapping_mul(d[0]).wrapping_add(v.wrapping_mul(e[0]));
    let quotient = low.wrapping_mul(modulus.neg_inv) & ((1 << 60) - 1);
    let mut carry = 0;
    let mut sum = [0; 5];
    for i in 0..4 {
        carry += u128::from(u) * u128::from(d[i])
            + u128::from(v) * u128::from(e[i])
            + u128::from(quotient) * u128::from(modulus.m[i]);
        sum[i] = carry as u64;
        carry >>= 64;
    }
    let [s0, s1, s2, s3, s4] = [sum[0], sum[1], sum[2], sum[3], carry as u64];
    let shifted = [s0 >> 60 | s1 << 4, s1 >> 60 | s2 << 4, s2 >> 60 | s3 << 4, s3 >> 60 | s4 << 4];
    // |u| + |v| is at most 2^60, so this is at most 2m.
    limbs::reduce_once(s4 >> 60, &shifted, &modulus.m)
}

/// The absolute value, and all ones if the number is negative.
#[inline(always)]
fn magnitude(number: i64) -> (u64, u64) {
    let sign = mask(number.cast_unsigned() >> 63);
    ((number.cast_unsigned() ^ sign).wrapping_sub(sign), sign)
}
