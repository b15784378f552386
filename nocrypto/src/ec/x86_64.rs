//! What the x86-64 kernels of P-256 and Curve25519 share: rows of products by MULX, ADCX and ADOX, twenty divsteps,
//! table scans by AVX2, selection by CMOV.
//!
//! Operands are named: `{a}` and `{b}` point to factors, `{t0}` to `{t7}` are the product, `{x}` and `{y}` are scratch,
//! and rdx is the multiplier of MULX: 13 registers, one less than a function with a frame pointer has.
#![allow(unsafe_code, reason = "inline assembly; the layer table lists this file")]
use crate::cpu::{Avx2, Features, MulxAdx};
use crate::ct::Choice;
use core::arch::asm;

/// The CPU has what every fast kernel here uses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proof {
    _mulx_adx: MulxAdx,
    _avx2: Avx2,
}

impl Proof {
    pub(super) fn find(features: Features) -> Option<Self> {
        Some(Self { _mulx_adx: features.mulx_adx()?, _avx2: features.avx2()? })
    }
}

/// t4…t0 = a·b₀.
macro_rules! first_row {
    () => {
        "mov rdx, [{b}]
        mulx {t1}, {t0}, [{a}]
        mulx {t2}, {x}, [{a} + 8]
        mulx {t3}, {y}, [{a} + 16]
        add {t1}, {x}
        mulx {t4}, {x}, [{a} + 24]
        adc {t2}, {y}
        adc {t3}, {x}
        adc {t4}, 0"
    };
}
/// Adds a·bᵢ, at the byte offset of bᵢ, to five words, of which the last is new. Low halves ride on the carry flag, high
/// ones on the overflow flag.
macro_rules! row {
    ($offset:literal, $t0:literal, $t1:literal, $t2:literal, $t3:literal, $t4:literal) => {
        concat!(
            "mov rdx, [{b} + ",
            $offset,
            "]
            xor {",
            $t4,
            ":e}, {",
            $t4,
            ":e}
            mulx {y}, {x}, [{a}]
            adcx {",
            $t0,
            "}, {x}
            adox {",
            $t1,
            "}, {y}
            mulx {y}, {x}, [{a} + 8]
            adcx {",
            $t1,
            "}, {x}
            adox {",
            $t2,
            "}, {y}
            mulx {y}, {x}, [{a} + 16]
            adcx {",
            $t2,
            "}, {x}
            adox {",
            $t3,
            "}, {y}
            mulx {y}, {x}, [{a} + 24]
            adcx {",
            $t3,
            "}, {x}
            adox {",
            $t4,
            "}, {y}
            adc {",
            $t4,
            "}, 0"
        )
    };
}
/// t7…t0 = a·b.
macro_rules! product {
    () => {
        concat!(
            $crate::ec::x86_64::first_row!(),
            "\n",
            $crate::ec::x86_64::row!("8", "t1", "t2", "t3", "t4", "t5"),
            "\n",
            $crate::ec::x86_64::row!("16", "t2", "t3", "t4", "t5", "t6"),
            "\n",
            $crate::ec::x86_64::row!("24", "t3", "t4", "t5", "t6", "t7"),
            "\n"
        )
    };
}
/// t7…t0 = a²: six cross products, then one pass that doubles them (carry) and adds the squares (overflow).
macro_rules! square {
    () => {
        "mov rdx, [{a}]
        mulx {t2}, {t1}, [{a} + 8]
        mulx {t3}, {x}, [{a} + 16]
        mulx {t4}, {y}, [{a} + 24]
        add {t2}, {x}
        adc {t3}, {y}
        mov rdx, [{a} + 24]
        mulx {t5}, {x}, [{a} + 8]
        mulx {t6}, {y}, [{a} + 16]
        adc {t4}, {x}
        adc {t5}, {y}
        adc {t6}, 0
        mov rdx, [{a} + 8]
        mulx {y}, {x}, [{a} + 16]
        add {t3}, {x}
        adc {t4}, {y}
        adc {t5}, 0
        adc {t6}, 0
        mov rdx, [{a}]
        xor {t7:e}, {t7:e}
        mulx {x}, {t0}, rdx
        adcx {t1}, {t1}
        adox {t1}, {x}
        mov rdx, [{a} + 8]
        mulx {y}, {x}, rdx
        adcx {t2}, {t2}
        adox {t2}, {x}
        adcx {t3}, {t3}
        adox {t3}, {y}
        mov rdx, [{a} + 16]
        mulx {y}, {x}, rdx
        adcx {t4}, {t4}
        adox {t4}, {x}
        adcx {t5}, {t5}
        adox {t5}, {y}
        mov rdx, [{a} + 24]
        mulx {y}, {x}, rdx
        adcx {t6}, {t6}
        adox {t6}, {x}
        adcx {t7}, {t7}
        adox {t7}, {y}\n"
    };
}
pub(super) use {first_row, product, row, square};

/// `if_true` or `if_false`. By CMOV and not in vectors: the limbs were just written one by one, and a load of two of
/// them would wait until both are in the cache.
#[inline(always)]
pub(super) fn select(choice: Choice, if_true: &[u64; 4], if_false: &[u64; 4]) -> [u64; 4] {
    let [mut r0, mut r1, mut r2, mut r3] = *if_false;
    // SAFETY: CMOV is everywhere; four limbs are read behind `a`.
    unsafe {
        asm!(
            "test {c}, {c}",
            "cmovnz {r0}, [{a}]",
            "cmovnz {r1}, [{a} + 8]",
            "cmovnz {r2}, [{a} + 16]",
            "cmovnz {r3}, [{a} + 24]",
            c = in(reg) choice.lsb(), a = in(reg) if_true,
            r0 = inout(reg) r0, r1 = inout(reg) r1, r2 = inout(reg) r2, r3 = inout(reg) r3,
            options(pure, readonly, nostack),
        );
    }
    [r0, r1, r2, r3]
}

/// A scan over a table of an even number of entries of `$words` times four limbs: entry `index`, if there is one, goes to
/// `out`. All of the table is read.
macro_rules! scan {
    ($(#[$doc:meta])* $name:ident, $words:literal, $($register:literal at $offset:literal),*) => {
        $(#[$doc])*
        #[inline(always)]
        pub(super) fn $name(_: Proof, table: &[[[u64; 4]; $words]], index: u64, out: &mut [[u64; 4]; $words]) {
            let (pairs, _) = table.as_chunks::<2>();
            if pairs.is_empty() {
                return;
            }
            // SAFETY: the proof says AVX2, with the system's consent; `n` pairs of entries are read behind `t`, one
            // entry is read and written behind `o`.
            unsafe {
                asm!(
                    "vmovq xmm8, {i}",
                    "vpbroadcastq ymm8, xmm8",
                    "vpcmpeqd ymm9, ymm9, ymm9",
                    "vpxor xmm10, xmm10, xmm10",
                    $(concat!("vmovdqu ", $register, ", [{o} + ", $offset, "]"),)*
                    "2:",
                    "vpcmpeqq ymm11, ymm10, ymm8",
                    "vpsubq ymm10, ymm10, ymm9",
                    "vpcmpeqq ymm12, ymm10, ymm8",
                    "vpsubq ymm10, ymm10, ymm9",
                    $(concat!("vpblendvb ", $register, ", ", $register, ", [{t} + ", $offset, "], ymm11"),)*
                    $(concat!("vpblendvb ", $register, ", ", $register, ", [{t} + ", $offset, " + ", $words, " * 32], ymm12"),)*
                    concat!("add {t}, ", $words, " * 64"),
                    "sub {n}, 1",
                    "jnz 2b",
                    $(concat!("vmovdqu [{o} + ", $offset, "], ", $register),)*
                    // No part of an entry stays in a register.
                    "vzeroall",
                    i = in(reg) index, n = inout(reg) pairs.len() => _,
                    t = inout(reg) pairs.as_ptr() => _, o = in(reg) out,
                    out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _,
                    out("xmm4") _, out("xmm5") _, out("xmm6") _, out("xmm7") _,
                    out("xmm8") _, out("xmm9") _, out("xmm10") _, out("xmm11") _,
                    out("xmm12") _, out("xmm13") _, out("xmm14") _, out("xmm15") _,
                    options(nostack),
                );
            }
        }
    };
}
scan! {
    /// For affine points of P-256.
    scan_2, 2, "ymm0" at 0, "ymm1" at 32
}
scan! {
    /// For addends of edwards25519.
    scan_3, 3, "ymm0" at 0, "ymm1" at 32, "ymm2" at 64
}
scan! {
    /// For Chudnovsky points of P-256.
    scan_5, 5, "ymm0" at 0, "ymm1" at 32, "ymm2" at 64, "ymm3" at 96, "ymm4" at 128
}

/// Twenty divsteps on packed operands (see [`super::divsteps`]): `f`, `g` and twice `delta` afterwards.
#[inline(always)]
pub(super) fn divsteps_20(mut f: u64, mut g: u64, mut delta: i64) -> (u64, u64, i64) {
    // SAFETY: only registers, and CMOV is everywhere.
    unsafe {
        asm!(
            ".rept 20",
            // What is added to g: -f if delta > 0, else f; nothing if g is even.
            "mov {t}, {f}",
            "neg {t}",
            "test {d}, {d}",
            "cmovs {t}, {f}",
            "mov {c}, {d}",
            "lea {e}, [{d} + 2]",
            "mov {n:e}, 2",
            "sub {n}, {d}",
            "test {g:l}, 1",
            "cmovz {t}, {zero}",
            "cmovz {c}, {minus}",
            // If g is odd and delta > 0, the old g becomes f, and delta 1 - delta; else delta becomes delta + 1.
            "test {c}, {c}",
            "cmovns {f}, {g}",
            "cmovns {e}, {n}",
            "mov {d}, {e}",
            "add {g}, {t}",
            "sar {g}, 1",
            ".endr",
            f = inout(reg) f, g = inout(reg) g, d = inout(reg) delta,
            t = out(reg) _, c = out(reg) _, e = out(reg) _, n = out(reg) _,
            zero = in(reg) 0u64, minus = in(reg) -1i64,
            options(pure, nomem, nostack),
        );
    }
    (f, g, delta)
}
