//! Curve25519's field on x86-64 with MULX, ADX and AVX2, in the ranges of [`super::kernel`].
//!
//! A product is formed whole; its high half is folded with 2^256 = 38, then the bits from 255 up with 2^255 = 19. There
//! it stops: below 2^255 + 2^23 is good enough.
#![allow(unsafe_code, reason = "inline assembly; the layer table lists this file")]
use super::kernel::{Fe, Kernel, P, canonical};
use crate::cpu::Features;
use crate::ct::Choice;
use crate::ec::divsteps;
use crate::ec::modulus::Modulus;
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

/// t3…t0 + y·2^256, with y small: the bits from 255 up times 19.
macro_rules! fold_top {
    () => {
        "shl {t3}, 1
        adc {y}, {y}
        shr {t3}, 1
        imul {y}, {y}, 19
        add {t0}, {y}
        adc {t1}, 0
        adc {t2}, 0
        adc {t3}, 0"
    };
}
/// t7…t0 in t3…t0; b is scratch now.
macro_rules! fold {
    () => {
        concat!(
            "mov edx, 38
            xor {b:e}, {b:e}
            mulx {y}, {x}, {t4}
            adcx {t0}, {x}
            adox {t1}, {y}
            mulx {y}, {x}, {t5}
            adcx {t1}, {x}
            adox {t2}, {y}
            mulx {y}, {x}, {t6}
            adcx {t2}, {x}
            adox {t3}, {y}
            mulx {y}, {x}, {t7}
            adcx {t3}, {x}
            adox {y}, {b}
            adc {y}, 0\n",
            fold_top!()
        )
    };
}

impl Kernel for X86_64 {
    #[inline(always)]
    fn mul(self, a: &Fe, b: &Fe) -> Fe {
        let (r0, r1, r2, r3);
        // SAFETY: the proof says MULX and ADX; four limbs are read behind `a` and behind `b`.
        unsafe {
            asm!(
                product!(), fold!(),
                a = in(reg) a, b = inout(reg) b => _,
                t0 = out(reg) r0, t1 = out(reg) r1, t2 = out(reg) r2, t3 = out(reg) r3,
                t4 = out(reg) _, t5 = out(reg) _, t6 = out(reg) _, t7 = out(reg) _,
                x = out(reg) _, y = out(reg) _, out("rdx") _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn square(self, a: &Fe) -> Fe {
        let (r0, r1, r2, r3);
        // SAFETY: the proof says MULX and ADX; four limbs are read behind `a`.
        unsafe {
            asm!(
                square!(), fold!(),
                a = in(reg) a, b = out(reg) _,
                t0 = out(reg) r0, t1 = out(reg) r1, t2 = out(reg) r2, t3 = out(reg) r3,
                t4 = out(reg) _, t5 = out(reg) _, t6 = out(reg) _, t7 = out(reg) _,
                x = out(reg) _, y = out(reg) _, out("rdx") _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn add_121665(self, a: &Fe, e: &Fe) -> Fe {
        let (r0, r1, r2, r3);
        // SAFETY: the proof says MULX; four limbs are read behind `a` and behind `e`.
        unsafe {
            asm!(
                "mov edx, 121665",
                "mulx {x}, {t0}, [{e}]",
                "mulx {y}, {t1}, [{e} + 8]",
                "add {t1}, {x}",
                "mulx {x}, {t2}, [{e} + 16]",
                "adc {t2}, {y}",
                "mulx {y}, {t3}, [{e} + 24]",
                "adc {t3}, {x}",
                "adc {y}, 0",
                "add {t0}, [{a}]",
                "adc {t1}, [{a} + 8]",
                "adc {t2}, [{a} + 16]",
                "adc {t3}, [{a} + 24]",
                "adc {y}, 0",
                fold_top!(),
                e = in(reg) e, a = in(reg) a,
                t0 = out(reg) r0, t1 = out(reg) r1, t2 = out(reg) r2, t3 = out(reg) r3,
                x = out(reg) _, y = out(reg) _, out("rdx") _,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn add(self, a: &Fe, b: &Fe) -> Fe {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain additions; four limbs are read behind `b`.
        unsafe {
            asm!(
                "add {r0}, [{b}]",
                "adc {r1}, [{b} + 8]",
                "adc {r2}, [{b} + 16]",
                "adc {r3}, [{b} + 24]",
                "sbb {m}, {m}",
                "and {m:e}, 38",
                "add {r0}, {m}",
                "adc {r1}, 0",
                "adc {r2}, 0",
                "adc {r3}, 0",
                b = in(reg) b, m = out(reg) _,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn add_weak(self, a: &Fe, b: &Fe) -> Fe {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain additions; four limbs are read behind `b`.
        unsafe {
            asm!(
                "add {r0}, [{b}]",
                "adc {r1}, [{b} + 8]",
                "adc {r2}, [{b} + 16]",
                "adc {r3}, [{b} + 24]",
                "sbb {m}, {m}",
                "and {m:e}, 38",
                "add {r0}, {m}",
                b = in(reg) b, m = out(reg) _,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    #[inline(always)]
    fn sub(self, a: &Fe, b: &Fe) -> Fe {
        let [mut r0, mut r1, mut r2, mut r3] = a.0;
        // SAFETY: plain subtractions; four limbs are read behind `b`.
        unsafe {
            asm!(
                "sub {r0}, [{b}]",
                "sbb {r1}, [{b} + 8]",
                "sbb {r2}, [{b} + 16]",
                "sbb {r3}, [{b} + 24]",
                "sbb {m}, {m}",
                "and {m:e}, 38",
                "sub {r0}, {m}",
                "sbb {r1}, 0",
                "sbb {r2}, 0",
                "sbb {r3}, 0",
                b = in(reg) b, m = out(reg) _,
                r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
                options(pure, readonly, nostack),
            );
        }
        Fe([r0, r1, r2, r3])
    }

    fn divide(self, a: &Fe, b: &Fe) -> [u64; 4] {
        // SAFETY: the proof says BMI2 and ADX.
        unsafe { divide(&canonical(a), &canonical(b)) }
    }

    #[inline(always)]
    fn select(self, choice: Choice, if_true: &Fe, if_false: &Fe) -> Fe {
        Fe(x86_64::select(choice, &if_true.0, &if_false.0))
    }

    #[inline(always)]
    fn lookup(self, table: &[[[u64; 4]; 3]], index: u64, out: &mut [[u64; 4]; 3]) {
        x86_64::scan_3(self.0, table, index, out);
    }
}

/// [`divsteps::divide`], compiled for MULX.
#[target_feature(enable = "bmi2,adx")]
fn divide(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    const MODULUS: Modulus<4> = Modulus::new(P);
    divsteps::divide(a, b, &MODULUS)
}
