//! The compression functions of SHA-2 (FIPS 180-4 §6.2.2, §6.4.2) on x86-64: on 32-bit words by the SHA extensions, on
//! 64-bit words by a vector schedule woven into scalar rounds.
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use super::constants::{K32, K64};
use crate::cpu::{Avx2, Avx512Ifma, Sha};
use crate::secret::wipe;
use core::arch::asm;
use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_add_epi64, _mm_alignr_epi8, _mm_blend_epi16, _mm_set_epi64x,
    _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32,
};
use core::mem::transmute;

#[inline]
pub(super) fn compress32(_: Sha, state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    // SAFETY: the proof says that the CPU has these features.
    unsafe { rounds_by_sha(state, blocks) }
}
#[inline]
pub(super) fn compress64(_: Avx2, state: &mut [u64; 8], blocks: &[[u8; 128]]) {
    // SAFETY: the proof says that the CPU has these features.
    unsafe { rounds_by_avx2(state, blocks) }
}
/// The same with a shorter schedule.
#[inline]
pub(super) fn compress64_short(_: Avx512Ifma, state: &mut [u64; 8], blocks: &[[u8; 128]]) {
    // SAFETY: the proof says that the CPU has these features.
    unsafe { rounds_by_avx512(state, blocks) }
}

/// SHA256RNDS2 is a chain of two rounds with a latency of four cycles: all else fits in its shadow, if it comes behind.
#[target_feature(enable = "sha,ssse3,sse4.1")]
fn rounds_by_sha(state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    let [abcd, efgh] = state.as_chunks_mut().0 else { return };
    // As the instructions want them: the first word of four is the highest of its vector.
    let (badc, hgfe) = (
        _mm_shuffle_epi32::<0b10_11_00_01>(from_words(*abcd)),
        _mm_shuffle_epi32::<0b00_01_10_11>(from_words(*efgh)),
    );
    let mut abef = _mm_alignr_epi8::<8>(badc, hgfe);
    let mut cdgh = _mm_blend_epi16::<0xf0>(hgfe, badc);
    for block in blocks {
        let (abef_before, cdgh_before) = (abef, cdgh);
        // The last 16 words of the message schedule.
        let block = block.as_chunks().0;
        let mut w = [load32(block[0]), load32(block[1]), load32(block[2]), load32(block[3])];
        for (i, k) in K32.as_chunks::<4>().0.iter().enumerate() {
            let wk = _mm_add_epi32(w[0], from_words(*k));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
            let next = if i < 12 { schedule32(w) } else { w[0] };
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32::<0b1110>(wk));
            w = [w[1], w[2], w[3], next];
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    let (feba, dchg) = (_mm_shuffle_epi32::<0b00_01_10_11>(abef), _mm_shuffle_epi32::<0b10_11_00_01>(cdgh));
    *abcd = to_words(_mm_blend_epi16::<0xf0>(feba, dchg));
    *efgh = to_words(_mm_alignr_epi8::<8>(dchg, feba));
}
/// The four words that follow the sixteen of `w`.
#[inline]
#[target_feature(enable = "sha,ssse3,sse4.1")]
fn schedule32(w: [__m128i; 4]) -> __m128i {
    let w_9 = _mm_alignr_epi8::<4>(w[3], w[2]);
    _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]), w_9), w[3])
}

/// The words for round `t` + 16 are made while round `t` runs. In a bunch, vector and scalar instructions would take
/// turns; one vector to two scalar ones or more, they go side by side. Compilers bunch them, hence the text.
macro_rules! rounds_by {
    ($name:ident, $features:literal, $both:ident) => {
        #[target_feature(enable = $features)]
        fn $name(state: &mut [u64; 8], blocks: &[[u8; 128]]) {
            let (k, _) = K64.as_chunks::<2>();
            // The sums of schedule and constants for sixteen rounds, two by two. The rounds read them from memory.
            let mut wk = [[0; 2]; 8];
            for block in blocks {
                let block = block.as_chunks().0;
                let mut w = [from_words64([0; 2]); 8];
                for i in 0..8 {
                    w[i] = load64(block[i]);
                    wk[i] = to_words64(_mm_add_epi64(w[i], from_words64(k[i])));
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
                let mut m = b ^ c;
                for k in k[8..].as_chunks::<8>().0 {
                    step!(0, a b c d e f g h m, wk, w, k, $both);
                    step!(1, g h a b c d e f m, wk, w, k, $both);
                    step!(2, e f g h a b c d m, wk, w, k, $both);
                    step!(3, c d e f g h a b m, wk, w, k, $both);
                    step!(4, a b c d e f g h m, wk, w, k, $both);
                    step!(5, g h a b c d e f m, wk, w, k, $both);
                    step!(6, e f g h a b c d m, wk, w, k, $both);
                    step!(7, c d e f g h a b m, wk, w, k, $both);
                }
                for wk in wk.as_chunks::<4>().0 {
                    rounds!(a b c d e f g h m, &wk[0]);
                    rounds!(g h a b c d e f m, &wk[1]);
                    rounds!(e f g h a b c d m, &wk[2]);
                    rounds!(c d e f g h a b m, &wk[3]);
                }
                let _ = m;
                for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *word = word.wrapping_add(new);
                }
            }
            wipe(wk.as_flattened_mut());
        }
    };
}
macro_rules! step {
    ($i:literal, $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $m:ident,
        $wk:ident, $w:ident, $k:ident, $both:ident) => {
        $both!($a $b $c $d $e $f $g $h $m, &$wk[$i],
            $w[$i], $w[($i + 1) % 8], $w[($i + 4) % 8], $w[($i + 5) % 8], $w[($i + 7) % 8]);
        $wk[$i] = to_words64(_mm_add_epi64($w[$i], from_words64($k[$i])));
    };
}

/// Two rounds. `m` is b ^ c, before and after: the a ^ b of one round is the b ^ c of the next, and Maj costs three
/// instructions.
macro_rules! rounds {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $m:ident, $wk:expr) => {
        // SAFETY: reads the 16 bytes of `wk`; BMI1 and BMI2 are enabled here.
        unsafe {
            asm!(
                "rorx {u},{e},41; rorx {v},{e},18; andn {n},{e},{g}; add {h},[{wk}]",
                "xor {u},{v}; rorx {v},{e},14; add {h},{n}; mov {n},{f}",
                "and {n},{e}; xor {u},{v}; rorx {v},{a},39; add {h},{n}",
                "rorx {x},{a},34; mov {n},{a}; xor {v},{x}; xor {n},{b}",
                "add {h},{u}; rorx {x},{a},28; and {m},{n}; add {d},{h}",
                "xor {v},{x}; xor {m},{b}; add {h},{v}; add {h},{m}",
                "rorx {u},{d},41; rorx {v},{d},18; andn {m},{d},{f}; add {g},[{wk}+8]",
                "xor {u},{v}; rorx {v},{d},14; add {g},{m}; mov {m},{e}",
                "and {m},{d}; xor {u},{v}; rorx {v},{h},39; add {g},{m}",
                "rorx {x},{h},34; mov {m},{h}; xor {v},{x}; xor {m},{a}",
                "add {g},{u}; rorx {x},{h},28; and {n},{m}; add {c},{g}",
                "xor {v},{x}; xor {n},{a}; add {g},{v}; add {g},{n}",
                a = in(reg) $a, b = in(reg) $b, c = inout(reg) $c, d = inout(reg) $d,
                e = in(reg) $e, f = in(reg) $f, g = inout(reg) $g, h = inout(reg) $h,
                m = inout(reg) $m, n = out(reg) _, u = out(reg) _, v = out(reg) _, x = out(reg) _,
                wk = in(reg) $wk, options(pure, readonly, nostack)
            );
        }
    };
}
/// The same two rounds, and two words of the schedule (§6.4.2, step 1):
/// w0 += σ0 of the words one further + the words nine further + σ1 of the words 14 further.
macro_rules! rounds_and_schedule {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $m:ident, $wk:expr,
        $w0:expr, $w1:expr, $w4:expr, $w5:expr, $w7:expr) => {
        // SAFETY: reads the 16 bytes of `wk`; AVX, BMI1 and BMI2 are enabled here.
        unsafe {
            asm!(
                "rorx {u},{e},41; rorx {v},{e},18; vpalignr {p},{w1},{w0},8",
                "andn {n},{e},{g}; add {h},[{wk}]; vpsrlq {q},{p},1",
                "xor {u},{v}; rorx {v},{e},14; vpsllq {r},{p},63",
                "add {h},{n}; mov {n},{f}; vpsrlq {s},{p},8",
                "and {n},{e}; xor {u},{v}; vpxor {q},{q},{r}",
                "rorx {v},{a},39; add {h},{n}; vpsllq {r},{p},56",
                "rorx {x},{a},34; mov {n},{a}; vpxor {q},{q},{s}",
                "xor {v},{x}; xor {n},{b}; vpsrlq {s},{p},7",
                "add {h},{u}; rorx {x},{a},28; vpxor {q},{q},{r}",
                "and {m},{n}; add {d},{h}; vpxor {q},{q},{s}",
                "xor {v},{x}; xor {m},{b}; vpaddq {w0},{w0},{q}",
                "add {h},{v}; add {h},{m}; vpalignr {p},{w5},{w4},8",
                "rorx {u},{d},41; rorx {v},{d},18; vpaddq {w0},{w0},{p}",
                "andn {m},{d},{f}; add {g},[{wk}+8]; vpsrlq {q},{w7},19",
                "xor {u},{v}; rorx {v},{d},14; vpsllq {r},{w7},45",
                "add {g},{m}; mov {m},{e}; vpsrlq {s},{w7},61",
                "and {m},{d}; xor {u},{v}; vpxor {q},{q},{r}",
                "rorx {v},{h},39; add {g},{m}; vpsllq {r},{w7},3",
                "rorx {x},{h},34; mov {m},{h}; vpxor {q},{q},{s}",
                "xor {v},{x}; xor {m},{a}; vpsrlq {s},{w7},6",
                "add {g},{u}; rorx {x},{h},28; vpxor {q},{q},{r}",
                "and {n},{m}; add {c},{g}; vpxor {q},{q},{s}",
                "xor {v},{x}; xor {n},{a}; vpaddq {w0},{w0},{q}",
                "add {g},{v}; add {g},{n}",
                a = in(reg) $a, b = in(reg) $b, c = inout(reg) $c, d = inout(reg) $d,
                e = in(reg) $e, f = in(reg) $f, g = inout(reg) $g, h = inout(reg) $h,
                m = inout(reg) $m, n = out(reg) _, u = out(reg) _, v = out(reg) _, x = out(reg) _,
                wk = in(reg) $wk,
                w0 = inout(xmm_reg) $w0, w1 = in(xmm_reg) $w1, w4 = in(xmm_reg) $w4, w5 = in(xmm_reg) $w5,
                w7 = in(xmm_reg) $w7, p = out(xmm_reg) _, q = out(xmm_reg) _, r = out(xmm_reg) _, s = out(xmm_reg) _,
                options(pure, readonly, nostack)
            );
        }
    };
}
/// The same two rounds and two words, with instructions that rotate and that add three terms at once. The order is the
/// best of two thousand; what bounds it are the rotations, for which the CPU has two ports.
macro_rules! rounds_and_short_schedule {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $m:ident, $wk:expr,
        $w0:expr, $w1:expr, $w4:expr, $w5:expr, $w7:expr) => {
        // SAFETY: reads the 16 bytes of `wk`; AVX-512 F and VL, BMI1 and BMI2 are enabled here.
        unsafe {
            asm!(
                "rorx {u},{e},41; rorx {v},{e},18; andn {n},{e},{g}; vpalignr {p},{w1},{w0},8",
                "vprorq {r},{p},8; add {h},[{wk}]; xor {u},{v}; rorx {v},{e},14; add {h},{n}",
                "mov {n},{f}; and {n},{e}; add {h},{n}; vprorq {q},{p},1; xor {u},{v}",
                "vpsrlq {s},{p},7; rorx {y},{a},39; mov {n},{a}; vpalignr {p},{w5},{w4},8",
                "rorx {x},{a},34; xor {y},{x}; add {h},{u}; add {d},{h}; vpternlogq {q},{r},{s},0x96",
                "rorx {x},{a},28; xor {y},{x}; rorx {v},{d},18; vpaddq {w0},{w0},{q}",
                "vprorq {q},{w7},19; xor {n},{b}; and {m},{n}; add {h},{y}; xor {m},{b}; add {h},{m}",
                "rorx {u},{d},41; xor {u},{v}; rorx {v},{d},14; add {g},[{wk}+8]; andn {m},{d},{f}",
                "add {g},{m}; mov {m},{e}; and {m},{d}; add {g},{m}; vprorq {r},{w7},61; xor {u},{v}",
                "rorx {y},{h},39; add {g},{u}; add {c},{g}; rorx {x},{h},34; xor {y},{x}",
                "vpsrlq {s},{w7},6; mov {m},{h}; xor {m},{a}; vpaddq {w0},{w0},{p}; and {n},{m}",
                "rorx {x},{h},28; xor {y},{x}; add {g},{y}; vpternlogq {q},{r},{s},0x96",
                "vpaddq {w0},{w0},{q}; xor {n},{a}; add {g},{n}",
                a = in(reg) $a, b = in(reg) $b, c = inout(reg) $c, d = inout(reg) $d,
                e = in(reg) $e, f = in(reg) $f, g = inout(reg) $g, h = inout(reg) $h,
                m = inout(reg) $m, n = out(reg) _, u = out(reg) _, v = out(reg) _, x = out(reg) _, y = out(reg) _,
                wk = in(reg) $wk,
                w0 = inout(xmm_reg) $w0, w1 = in(xmm_reg) $w1, w4 = in(xmm_reg) $w4, w5 = in(xmm_reg) $w5,
                w7 = in(xmm_reg) $w7, p = out(xmm_reg) _, q = out(xmm_reg) _, r = out(xmm_reg) _, s = out(xmm_reg) _,
                options(pure, readonly, nostack)
            );
        }
    };
}

rounds_by!(rounds_by_avx2, "avx2,bmi1,bmi2", rounds_and_schedule);
rounds_by!(rounds_by_avx512, "avx2,bmi1,bmi2,avx512f,avx512vl", rounds_and_short_schedule);

/// Four big-endian words.
#[inline]
#[target_feature(enable = "ssse3")]
fn load32(bytes: [u8; 16]) -> __m128i {
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    _mm_shuffle_epi8(from_bytes(bytes), big_endian)
}
/// Two big-endian words.
#[inline]
#[target_feature(enable = "ssse3")]
fn load64(bytes: [u8; 16]) -> __m128i {
    let big_endian = _mm_set_epi64x(0x0809_0a0b_0c0d_0e0f, 0x0001_0203_0405_0607);
    _mm_shuffle_epi8(from_bytes(bytes), big_endian)
}

macro_rules! same_bytes {
    ($( $name:ident: $from:ty => $to:ty; )*) => { $(
        #[inline]
        fn $name(value: $from) -> $to {
            // SAFETY: both are 16 bytes, and every value of them is valid.
            unsafe { transmute(value) }
        }
    )* };
}
same_bytes! {
    from_bytes: [u8; 16] => __m128i;
    from_words: [u32; 4] => __m128i;
    to_words: __m128i => [u32; 4];
    from_words64: [u64; 2] => __m128i;
    to_words64: __m128i => [u64; 2];
}
