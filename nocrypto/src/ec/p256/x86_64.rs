//! P-256 on x86-64 with MULX, ADX and AVX2. Elements are below p before and after every operation.
//!
//! A product is formed whole and reduced after: p ≡ -1 mod 2^64, so the quotient digit of Montgomery's reduction is the
//! low word q itself, at no multiplication. One step turns the words (q, a₁, a₂, a₃) into
//! (a₁ + q·2^32, a₂ + q/2^32, a₃ + low, high) with high:low = q·(2^64 - 2^32 + 1), the top word of p.
#![allow(unsafe_code, reason = "inline assembly; the layer table lists this file")]
use super::P256;
use crate::cpu::Features;
use crate::ct::Choice;
use crate::ec::divsteps;
use crate::ec::limbs;
use crate::ec::modulus::Modulus;
use crate::ec::nist::kernel::Kernel;
use crate::ec::nist::{Curve, Fe};
use crate::ec::x86_64::{self, Proof, product, square};
use core::arch::asm;

/// The backend; the value is the proof that the CPU has what it uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct X86_64(Proof);

impl X86_64 {
    pub(super) fn find(features: Features) -> Option<Self> {
        Proof::find(features).map(Self)
    }
}

/// One step of the reduction; `s` is scratch, and `hi` becomes the new top word.
macro_rules! reduction_step {
    ($q:literal, $a1:literal, $a2:literal, $a3:literal, $s:literal, $hi:literal) => {
        concat!(
            "mov {",
            $s,
            "}, {",
            $q,
            "}
            shl {",
            $s,
            "}, 32
            mulx {",
            $hi,
            "}, {b}, {",
            $q,
            "}
            shr {",
            $q,
            "}, 32
            add {",
            $a1,
            "}, {",
            $s,
            "}
            adc {",
            $a2,
            "}, {",
            $q,
            "}
            adc {",
            $a3,
            "}, {b}
            adc {",
            $hi,
            "}, 0\n"
        )
    };
}
/// (t7…t0)/2^256 mod p in t7…t4; b is scratch now. At the end it is minus the carry, plus the borrow of subtracting p: zero if the
/// difference is to be kept (neither, or both), since a carry without a borrow cannot be, the value being below 2p.
macro_rules! reduce {
    () => {
        concat!(
            "mov rdx, 0xffffffff00000001\n",
            reduction_step!("t0", "t1", "t2", "t3", "x", "y"),
            reduction_step!("t1", "t2", "t3", "y", "x", "t0"),
            reduction_step!("t2", "t3", "y", "t0", "x", "t1"),
            reduction_step!("t3", "y", "t0", "t1", "x", "t2"),
            "add {t4}, {y}
            adc {t5}, {t0}
            adc {t6}, {t1}
            adc {t7}, {t2}
            sbb {b}, {b}
            mov {t3:e}, 0xffffffff
            mov {y}, {t4}
            mov {t0}, {t5}
            mov {t1}, {t6}
            mov {t2}, {t7}
            sub {y}, -1
            sbb {t0}, {t3}
            sbb {t1}, 0
            sbb {t2}, rdx
            adc {b}, 0
            cmovz {t4}, {y}
            cmovz {t5}, {t0}
            cmovz {t6}, {t1}
            cmovz {t7}, {t2}"
        )
    };
}
/// r3…r0, with minus the carry in c, less p if that is not negative.
macro_rules! subtract_p {
    () => {
        "mov {s0}, {r0}
        mov {s1}, {r1}
        mov {s2}, {r2}
        mov {s3}, {r3}
        sub {s0}, -1
        sbb {s1}, {p1}
        sbb {s2}, 0
        sbb {s3}, {p3}
        adc {c}, 0
        cmovz {r0}, {s0}
        cmovz {r1}, {s1}
        cmovz {r2}, {s2}
        cmovz {r3}, {s3}"
    };
}

impl Kernel<4> for X86_64 {
    type Curve = P256;

    #[inline(always)]
    fn mul(self, a: &Fe<4>, b: &Fe<4>) -> Fe<4> {
        let (r0, r1, r2, r3);
        // SAFETY: the proof says MULX and ADX; four limbs are read behind `a` and behind `b`.
        unsafe {
            asm!(
                product!(), reduce!(),
                a = in(reg) a, b = inout(reg) b => _,
                t0 = out(reg) _, t1 = out(reg) _, t2 = out(reg) _, t3 = out(reg) _,
                t4 = out(reg) r0, t5 = out(reg) r1, t6 = out(reg) r2, t7 = out(reg) r3,
                x = out(reg) _, y = out(reg) _, out("rdx") _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn square(self, a: &Fe<4>) -> Fe<4> {
        let (r0, r1, r2, r3);
        // SAFETY: the proof says MULX and ADX; four limbs are read behind `a`.
        unsafe {
            asm!(
                square!(), reduce!(),
                a = in(reg) a, b = out(reg) _,
                t0 = out(reg) _, t1 = out(reg) _, t2 = out(reg) _, t3 = out(reg) _,
                t4 = out(reg) r0, t5 = out(reg) r1, t6 = out(reg) r2, t7 = out(reg) r3,
                x = out(reg) _, y = out(reg) _, out("rdx") _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn add(self, a: &Fe<4>, b: &Fe<4>) -> Fe<4> {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain additions; four limbs are read behind `b`.
        unsafe {
            asm!(
                "add {r0}, [{b}]",
                "adc {r1}, [{b} + 8]",
                "adc {r2}, [{b} + 16]",
                "adc {r3}, [{b} + 24]",
                "sbb {c}, {c}",
                subtract_p!(),
                b = in(reg) b,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                s0 = out(reg) _, s1 = out(reg) _, s2 = out(reg) _, s3 = out(reg) _, c = out(reg) _,
                p1 = in(reg) P256::FIELD.m[1], p3 = in(reg) P256::FIELD.m[3],
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn sub(self, a: &Fe<4>, b: &Fe<4>) -> Fe<4> {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain subtractions; four limbs are read behind `b`.
        unsafe {
            asm!(
                "sub {r0}, [{b}]",
                "sbb {r1}, [{b} + 8]",
                "sbb {r2}, [{b} + 16]",
                "sbb {r3}, [{b} + 24]",
                // p, or nothing.
                "sbb {p0}, {p0}",
                "mov {p1:e}, {p0:e}",
                "and {p3}, {p0}",
                "add {r0}, {p0}",
                "adc {r1}, {p1}",
                "adc {r2}, 0",
                "adc {r3}, {p3}",
                b = in(reg) b,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                p0 = out(reg) _, p1 = out(reg) _, p3 = inout(reg) P256::FIELD.m[3] => _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    /// a/2, with p added before if a is odd, and a.
    #[inline(always)]
    fn three_halves(self, a: &Fe<4>) -> Fe<4> {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain additions; four limbs are read behind `a`.
        unsafe {
            asm!(
                "mov {c}, {r0}",
                "and {c:e}, 1",
                "neg {c}",
                "mov {s1:e}, {c:e}",
                "mov {s3}, {c}",
                "and {s3}, {p3}",
                "add {r0}, {c}",
                "adc {r1}, {s1}",
                "adc {r2}, 0",
                "adc {r3}, {s3}",
                "rcr {r3}, 1",
                "rcr {r2}, 1",
                "rcr {r1}, 1",
                "rcr {r0}, 1",
                "add {r0}, [{a}]",
                "adc {r1}, [{a} + 8]",
                "adc {r2}, [{a} + 16]",
                "adc {r3}, [{a} + 24]",
                "sbb {c}, {c}",
                "mov {p1:e}, 0xffffffff",
                subtract_p!(),
                a = in(reg) a,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                s0 = out(reg) _, s1 = out(reg) _, s2 = out(reg) _, s3 = out(reg) _, c = out(reg) _,
                p1 = out(reg) _, p3 = in(reg) P256::FIELD.m[3],
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    fn invert(self, a: &Fe<4>) -> Fe<4> {
        // The value behind a is a/R: R²/a is what stands for its inverse.
        let field = P256::FIELD;
        // SAFETY: the proof says BMI2 and ADX.
        Fe(unsafe { divide(&field.rr, &a.0, &field) })
    }

    fn invert_scalar(self, a: &[u64; 4]) -> [u64; 4] {
        // SAFETY: the proof says BMI2 and ADX.
        unsafe { divide(&limbs::unit(), a, &P256::ORDER) }
    }

    #[inline(always)]
    fn assign(self, choice: Choice, to: &mut Fe<4>, from: &Fe<4>) {
        to.0 = x86_64::select(choice, &from.0, &to.0);
    }

    #[inline(always)]
    fn lookup_affine(self, table: &[[[u64; 4]; 2]], index: u64) -> [[u64; 4]; 2] {
        let mut out = [[0; 4]; 2];
        x86_64::scan_2(self.0, table, index, &mut out);
        out
    }

    #[inline(always)]
    fn lookup_chudnovsky(self, table: &[[[u64; 4]; 5]], index: u64) -> [[u64; 4]; 5] {
        let mut out = [[0; 4]; 5];
        x86_64::scan_5(self.0, table, index, &mut out);
        out
    }
}

/// [`divsteps::divide`], compiled for MULX.
#[target_feature(enable = "bmi2,adx")]
fn divide(scale: &[u64; 4], x: &[u64; 4], modulus: &Modulus<4>) -> [u64; 4] {
    divsteps::divide(scale, x, modulus)
}
