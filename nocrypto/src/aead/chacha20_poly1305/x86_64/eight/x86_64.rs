//! ChaCha20's double rounds on eight blocks, with blocks of Poly1305 between them in registers that the vectors leave
//! free (RFC 8439 §2.3, §2.5).
//!
//! The loop is bound by the vector units, so up to three blocks of Poly1305 a double round cost nothing. It is
//! `asm!` because compilers part the two again.
#![allow(unsafe_code, reason = "asm! is unsafe; its operands are bounded where they are given")]
use crate::cpu::vector::wipe32;
use crate::mac::poly1305::Multiplier;
use core::arch::asm;
use core::arch::x86_64::{__m256i, _mm256_setzero_si256};

/// What the loop addresses.
#[repr(C, align(32))]
pub(super) struct Frame {
    /// Words 8 to 11 of the state, for which there are no registers.
    c: [__m256i; 4],
    /// The shuffles that turn each word left by 16 bits and by 8.
    pub(super) turns: [__m256i; 2],
    pub(super) r: Multiplier,
}

impl Frame {
    #[target_feature(enable = "avx2")]
    pub(super) fn new(turns: [__m256i; 2]) -> Self {
        Self { c: [_mm256_setzero_si256(); 4], turns, r: Multiplier::default() }
    }
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn wipe(&mut self) {
        wipe32(&mut self.c);
        self.r.wipe();
    }
}

#[rustfmt::skip]
macro_rules! add { ($x:literal $y:literal) => { concat!("vpaddd {", $x, "}, {", $x, "}, {", $y, "}\n") }; }
#[rustfmt::skip]
macro_rules! xor { ($x:literal $y:literal) => { concat!("vpxor {", $x, "}, {", $x, "}, {", $y, "}\n") }; }
/// By whole bytes, with the shuffle at this place of the frame.
#[rustfmt::skip]
macro_rules! shuffle { ($x:literal $place:literal) => {
    concat!("vpshufb {", $x, "}, {", $x, "}, [{k} + ", $place, "]\n")
}; }
#[rustfmt::skip]
macro_rules! turn { ($x:literal $left:literal $right:literal $spare:literal) => { concat!(
    "vpslld {", $spare, "}, {", $x, "}, ", $left, "\n vpsrld {", $x, "}, {", $x, "}, ", $right, "\n",
    "vpor {", $x, "}, {", $x, "}, {", $spare, "}\n",
) }; }
/// Two quarter rounds in lockstep, on (a, b, c, d) and (e, f, g, h). `$c_from` and `$g_from` say where c and g are
/// read, `$store` what is done with them at the end.
#[rustfmt::skip]
macro_rules! quarter_rounds {
    ($a:literal $b:literal $c:literal $d:literal, $e:literal $f:literal $g:literal $h:literal,
        $c_from:literal $g_from:literal, $store:expr) => { concat!(
        add!($a $b), add!($e $f), xor!($d $a), xor!($h $e), shuffle!($d "128"), shuffle!($h "128"),
        "vpaddd {", $c, "}, {", $d, "}, ", $c_from, "\n vpaddd {", $g, "}, {", $h, "}, ", $g_from, "\n",
        xor!($b $c), xor!($f $g), turn!($b "12" "20" "t"), turn!($f "12" "20" "u"),
        add!($a $b), add!($e $f), xor!($d $a), xor!($h $e), shuffle!($d "160"), shuffle!($h "160"),
        add!($c $d), add!($g $h), $store,
        xor!($b $c), xor!($f $g), turn!($b "7" "25" "t"), turn!($f "7" "25" "u"),
    ) };
}
/// `poly1305::step` on the block at `[{m} + $offset]`. rdx is the factor of `mulx`.
#[rustfmt::skip]
macro_rules! poly1305 {
    ($offset:literal) => { concat!(
        "add {h0}, [{m} + ", $offset, "]\n adc {h1}, [{m} + ", $offset, " + 8]\n adc {h2}, 1\n",
        "mov rdx, {h0}\n mulx {w}, {h0}, [{k} + 192]\n mulx {x}, {y}, [{k} + 200]\n", // w:h0 = h0 r0, x:y = h0 r1
        "mov rdx, {h1}\n mulx {z}, {h1}, [{k} + 192]\n mulx {q}, {v}, [{k} + 208]\n", // z:h1 = h1 r0, q:v = h1 s1
        "mov rdx, {h2}\n imul rdx, [{k} + 208]\n imul {h2}, [{k} + 192]\n",
        "add {h1}, {y}\n adc {z}, {x}\n add {h0}, {v}\n adc {w}, {q}\n",
        "add {h1}, rdx\n adc {z}, 0\n add {h1}, {w}\n adc {h2}, {z}\n",
        "mov rdx, {h2}\n shr rdx, 2\n and {h2}, 3\n lea rdx, [rdx + rdx*4]\n", // 2^130 = 5
        "add {h0}, rdx\n adc {h1}, 0\n adc {h2}, 0\n",
    ) };
}
/// A column round and a diagonal round; what is given goes between the pairs of quarter rounds. Words 8 and 9 leave
/// their registers for words 10 and 11 after the first pair, and come back after the third.
#[rustfmt::skip]
macro_rules! double_round {
    ($first:expr, $second:expr, $third:expr) => { concat!(
        quarter_rounds!("a0" "b0" "c" "d0", "a1" "b1" "g" "d1", "[{k}]" "[{k} + 32]",
            "vmovdqa [{k}], {c}\n vmovdqa [{k} + 32], {g}\n"), $first,
        quarter_rounds!("a2" "b2" "c" "d2", "a3" "b3" "g" "d3", "[{k} + 64]" "[{k} + 96]", ""), $second,
        quarter_rounds!("a0" "b1" "c" "d3", "a1" "b2" "g" "d0", "{c}" "{g}",
            "vmovdqa [{k} + 64], {c}\n vmovdqa [{k} + 96], {g}\n"), $third,
        quarter_rounds!("a2" "b3" "c" "d1", "a3" "b0" "g" "d2", "[{k}]" "[{k} + 32]",
            "vmovdqa [{k}], {c}\n vmovdqa [{k} + 32], {g}\n"),
    ) };
}

/// The twenty rounds on `state`, while Poly1305 (accumulator `h`, multiplier in `frame`) absorbs `threes`: three blocks
/// a double round, ten times three at most.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
pub(super) fn twenty_rounds(
    state: &[__m256i; 16],
    frame: &mut Frame,
    h: &mut [u64; 3],
    threes: &[[[u8; 16]; 3]],
) -> [__m256i; 16] {
    let [mut a0, mut a1, mut a2, mut a3, mut b0, mut b1, mut b2, mut b3, ..] = *state;
    let [.., c0, c1, c2, c3, mut d0, mut d1, mut d2, mut d3] = *state;
    frame.c = [c0, c1, c2, c3];
    let [mut h0, mut h1, mut h2] = *h;
    macro_rules! go { ($text:expr; $($operands:tt)*) => {
        // SAFETY: reads 48 bytes at `m`, where there is one; reads and writes the frame at `k`, which is aligned to 32
        // bytes; the caller has AVX2 and BMI2.
        unsafe { asm!($text, k = in(reg) &raw mut *frame, $($operands)*
            a0 = inout(ymm_reg) a0, a1 = inout(ymm_reg) a1, a2 = inout(ymm_reg) a2, a3 = inout(ymm_reg) a3,
            b0 = inout(ymm_reg) b0, b1 = inout(ymm_reg) b1, b2 = inout(ymm_reg) b2, b3 = inout(ymm_reg) b3,
            d0 = inout(ymm_reg) d0, d1 = inout(ymm_reg) d1, d2 = inout(ymm_reg) d2, d3 = inout(ymm_reg) d3,
            c = out(ymm_reg) _, g = out(ymm_reg) _, t = out(ymm_reg) _, u = out(ymm_reg) _, options(nostack)) }
    } }
    let threes = &threes[..threes.len().min(10)];
    for three in threes {
        go!(double_round!(poly1305!("0"), poly1305!("16"), poly1305!("32"));
            m = in(reg) three, h0 = inout(reg) h0, h1 = inout(reg) h1, h2 = inout(reg) h2, v = out(reg) _,
            w = out(reg) _, x = out(reg) _, y = out(reg) _, z = out(reg) _, q = out(reg) _, out("rdx") _,);
    }
    for _ in threes.len()..10 {
        go!(double_round!("", "", ""););
    }
    *h = [h0, h1, h2];
    let [c0, c1, c2, c3] = frame.c;
    [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3]
}
