//! X25519: the Montgomery ladder (RFC 7748 §5).
use super::kernel::{Fe, Kernel};
use crate::ct::Choice;
use crate::ec::limbs;
use zeroize::Zeroize;

/// Writes `scalar`·`u`; the scalar is clamped, the top bit of `u` ignored, and `u` may be 2^255 - 19 or more.
///
/// Instead of swapping the points, only what is doubled is selected: the differential addition is symmetric in its
/// points up to a sign, which is squared away.
pub(super) fn x25519<K: Kernel>(k: K, scalar: &[u8; 32], u: &[u8; 32], out: &mut [u8; 32]) {
    let mut bits = clamped(scalar);
    let x1 = Fe::from_bytes(u);
    let (mut x2, mut z2, mut x3, mut z3) = (Fe::ONE, Fe::ZERO, x1, Fe::ONE);
    let mut previous = Choice::from_lsb(0);
    for at in (3..255).rev() {
        let bit = Choice::from_lsb(bits[at / 64] >> (at % 64));
        let change = bit ^ previous;
        previous = bit;
        let b = k.sub(&x2, &z2);
        let d = k.sub(&x3, &z3);
        let a = k.add_weak(&x2, &z2);
        let c = k.add_weak(&x3, &z3);
        let (p, q) = (k.select(change, &c, &a), k.select(change, &d, &b));
        let da = k.mul(&d, &a);
        let cb = k.mul(&c, &b);
        let aa = k.square(&p);
        let bb = k.square(&q);
        let s = k.add_weak(&da, &cb);
        let f = k.sub(&da, &cb);
        let e = k.sub(&aa, &bb);
        x3 = k.square(&s);
        let g = k.add_121665(&aa, &e);
        let ff = k.square(&f);
        x2 = k.mul(&aa, &bb);
        z2 = k.mul(&e, &g);
        z3 = k.mul(&x1, &ff);
    }
    let (mut x, mut z) = (k.select(previous, &x3, &x2), k.select(previous, &z3, &z2));
    // Clamping made the three low bits zero: doublings alone.
    for _ in 0..3 {
        let aa = k.square(&k.add_weak(&x, &z));
        let bb = k.square(&k.sub(&x, &z));
        let e = k.sub(&aa, &bb);
        let g = k.add_121665(&aa, &e);
        x = k.mul(&aa, &bb);
        z = k.mul(&e, &g);
    }
    *out = limbs::to_le_bytes(&k.divide(&x, &z));
    bits.zeroize();
}

/// The scalar of 32 private bytes: bit 254 set, a multiple of 8 (RFC 7748 §5).
pub(super) fn clamped(bytes: &[u8; 32]) -> [u64; 4] {
    let mut bits = limbs::from_le_bytes(bytes);
    bits[0] &= !7;
    bits[3] = bits[3] & (u64::MAX >> 1) | 1 << 62;
    bits
}
