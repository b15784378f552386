//! Keccak-f\[1600\] (FIPS 202 §3) by aarch64's SHA3 instructions: a lane in each register (DDI 0487, C7.2: EOR3, RAX1,
//! XAR, BCAX).
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use super::portable::{OFFSETS, ROUND_CONSTANTS};
use crate::cpu::Sha512Sha3;
use core::arch::aarch64::{
    vbcaxq_u64, vdupq_n_u64, veor3q_u64, veorq_u64, vgetq_lane_u64, vrax1q_u64, vxarq_u64,
};

pub(super) fn permute(_: Sha512Sha3, state: &mut [u64; 25]) {
    // SAFETY: the proof says that the CPU has these instructions.
    unsafe { rounds(state) }
}

#[target_feature(enable = "sha3")]
fn rounds(state: &mut [u64; 25]) {
    let zero = vdupq_n_u64(0);
    let mut a = [zero; 25];
    for (lane, word) in a.iter_mut().zip(&*state) {
        *lane = vdupq_n_u64(*word);
    }
    for constant in ROUND_CONSTANTS {
        // θ (§3.2.1), but for the last sum
        let (mut c, mut d) = ([zero; 5], [zero; 5]);
        for x in 0..5 {
            c[x] = veor3q_u64(veor3q_u64(a[x], a[x + 5], a[x + 10]), a[x + 15], a[x + 20]);
        }
        for x in 0..5 {
            d[x] = vrax1q_u64(c[(x + 4) % 5], c[(x + 1) % 5]);
        }
        // That sum, ρ (§3.2.2) and π (§3.2.3)
        let mut b = [zero; 25];
        macro_rules! turn { ($($x:literal $y:literal),*) => { $(
            b[$y + 5 * ((2 * $x + 3 * $y) % 5)] =
                vxarq_u64::<{ (64 - OFFSETS[$x + 5 * $y] as i32) % 64 }>(a[$x + 5 * $y], d[$x]);
        )* } }
        turn!(0 0, 1 0, 2 0, 3 0, 4 0);
        turn!(0 1, 1 1, 2 1, 3 1, 4 1);
        turn!(0 2, 1 2, 2 2, 3 2, 4 2);
        turn!(0 3, 1 3, 2 3, 3 3, 4 3);
        turn!(0 4, 1 4, 2 4, 3 4, 4 4);
        // χ (§3.2.4)
        for y in 0..5 {
            for x in 0..5 {
                a[x + 5 * y] = vbcaxq_u64(b[x + 5 * y], b[(x + 2) % 5 + 5 * y], b[(x + 1) % 5 + 5 * y]);
            }
        }
        // ι (§3.2.5)
        a[0] = veorq_u64(a[0], vdupq_n_u64(constant));
    }
    for (word, lane) in state.iter_mut().zip(a) {
        *word = vgetq_lane_u64::<0>(lane);
    }
}
