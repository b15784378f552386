//! SHA-1's compression function (FIPS 180-4 §6.1.2) by aarch64's instructions: four rounds at a time (DDI 0487, C7.2:
//! SHA1C, SHA1P, SHA1M).
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use crate::cpu::Sha;
use crate::cpu::neon::{load_words, load16, store_words};
use core::arch::aarch64::{
    uint32x4_t, vaddq_u32, vdupq_n_u32, vgetq_lane_u32, vreinterpretq_u32_u8, vrev32q_u8, vsha1cq_u32,
    vsha1h_u32, vsha1mq_u32, vsha1pq_u32, vsha1su0q_u32, vsha1su1q_u32,
};

#[inline]
pub(super) fn compress(_: Sha, state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    // SAFETY: the proof says that the CPU has these instructions.
    unsafe { rounds(state, blocks) }
}

#[target_feature(enable = "sha2")]
fn rounds(state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    let [a, b, c, d, e] = *state;
    let (mut abcd, mut e) = (load_words(&[a, b, c, d]), e);
    for block in blocks {
        let block = block.as_chunks().0;
        let mut at =
            Rounds { abcd, e, w: [load(&block[0]), load(&block[1]), load(&block[2]), load(&block[3])] };
        for _ in 0..5 {
            at = four::<0>(at);
        }
        for _ in 0..5 {
            at = four::<1>(at);
        }
        for _ in 0..5 {
            at = four::<2>(at);
        }
        for _ in 0..5 {
            at = four::<3>(at);
        }
        abcd = vaddq_u32(abcd, at.abcd);
        e = e.wrapping_add(at.e);
    }
    let mut words = [0; 4];
    store_words(&mut words, abcd);
    let [a, b, c, d] = words;
    *state = [a, b, c, d, e];
}

/// Between groups of four rounds.
struct Rounds {
    abcd: uint32x4_t,
    e: u32,
    /// The next 16 words of the schedule.
    w: [uint32x4_t; 4],
}

/// Four rounds with function and constant number `F`.
#[inline]
#[target_feature(enable = "sha2")]
fn four<const F: usize>(Rounds { abcd, e, w }: Rounds) -> Rounds {
    let wk = vaddq_u32(w[0], vdupq_n_u32(K[F]));
    let next = vsha1su1q_u32(vsha1su0q_u32(w[0], w[1], w[2]), w[3]);
    Rounds {
        abcd: match F {
            0 => vsha1cq_u32(abcd, e, wk),
            2 => vsha1mq_u32(abcd, e, wk),
            _ => vsha1pq_u32(abcd, e, wk),
        },
        // What a becomes after four rounds.
        e: vsha1h_u32(vgetq_lane_u32::<0>(abcd)),
        w: [w[1], w[2], w[3], next],
    }
}

/// Four big-endian words.
#[inline]
#[target_feature(enable = "neon")]
fn load(bytes: &[u8; 16]) -> uint32x4_t {
    vreinterpretq_u32_u8(vrev32q_u8(load16(bytes)))
}

/// §4.2.1.
const K: [u32; 4] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];
