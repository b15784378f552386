//! The compression functions of SHA-2 (FIPS 180-4 §6.2.2, §6.4.2) by aarch64's instructions: four rounds of 32-bit
//! words at a time, two of 64-bit words (DDI 0487, C7.2: SHA256H, SHA512H).
#![allow(unsafe_code, reason = "vector instructions: entered by proof of the CPU feature")]
use super::constants::{K32, K64};
use crate::cpu::neon::{load_words, load_words64, load16, store_words, store_words64};
use crate::cpu::{Sha, Sha512Sha3};
use core::arch::aarch64::{
    uint32x4_t, uint64x2_t, vaddq_u32, vaddq_u64, vextq_u64, vreinterpretq_u32_u8, vreinterpretq_u64_u8,
    vrev32q_u8, vrev64q_u8, vsha256h2q_u32, vsha256hq_u32, vsha256su0q_u32, vsha256su1q_u32, vsha512h2q_u64,
    vsha512hq_u64, vsha512su0q_u64, vsha512su1q_u64,
};

#[inline]
pub(super) fn compress32(_: Sha, state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    // SAFETY: the proof says that the CPU has these instructions.
    unsafe { rounds32(state, blocks) }
}
#[inline]
pub(super) fn compress64(_: Sha512Sha3, state: &mut [u64; 8], blocks: &[[u8; 128]]) {
    // SAFETY: the proof says that the CPU has these instructions.
    unsafe { rounds64(state, blocks) }
}

#[target_feature(enable = "sha2")]
fn rounds32(state: &mut [u32; 8], blocks: &[[u8; 64]]) {
    let halves = state.as_chunks_mut().0;
    let (mut abcd, mut efgh) = (load_words(&halves[0]), load_words(&halves[1]));
    for block in blocks {
        let (abcd_before, efgh_before) = (abcd, efgh);
        // The last 16 words of the message schedule.
        let block = block.as_chunks().0;
        let mut w = [load32(&block[0]), load32(&block[1]), load32(&block[2]), load32(&block[3])];
        for (group, k) in K32.as_chunks().0.as_chunks::<4>().0.iter().enumerate() {
            macro_rules! rounds { ($($i:literal)*) => { $(
                let wk = vaddq_u32(w[$i], load_words(&k[$i]));
                if group < 3 {
                    w[$i] = schedule32(w, $i);
                }
                (abcd, efgh) = (vsha256hq_u32(abcd, efgh, wk), vsha256h2q_u32(efgh, abcd, wk));
            )* } }
            rounds!(0 1 2 3);
        }
        abcd = vaddq_u32(abcd, abcd_before);
        efgh = vaddq_u32(efgh, efgh_before);
    }
    store_words(&mut halves[0], abcd);
    store_words(&mut halves[1], efgh);
}
/// The four words that follow the sixteen of `w`, of which those in `i` are the oldest.
#[inline]
#[target_feature(enable = "sha2")]
fn schedule32(w: [uint32x4_t; 4], i: usize) -> uint32x4_t {
    vsha256su1q_u32(vsha256su0q_u32(w[i], w[(i + 1) % 4]), w[(i + 2) % 4], w[(i + 3) % 4])
}

#[target_feature(enable = "sha3")]
fn rounds64(state: &mut [u64; 8], blocks: &[[u8; 128]]) {
    let pairs = state.as_chunks_mut().0;
    let [mut ab, mut cd] = [load_words64(&pairs[0]), load_words64(&pairs[1])];
    let [mut ef, mut gh] = [load_words64(&pairs[2]), load_words64(&pairs[3])];
    for block in blocks {
        let before = [ab, cd, ef, gh];
        // The last 16 words of the message schedule.
        let mut w = [ab; 8];
        for (w, bytes) in w.iter_mut().zip(block.as_chunks().0) {
            *w = load64(bytes);
        }
        for (group, k) in K64.as_chunks().0.as_chunks::<8>().0.iter().enumerate() {
            macro_rules! rounds { ($($i:literal)*) => { $(
                let wk = vaddq_u64(w[$i], load_words64(&k[$i]));
                if group < 4 {
                    w[$i] = schedule64(w, $i);
                }
                // The word of the first round goes to h, that of the second to g.
                let sum = vaddq_u64(gh, vextq_u64::<1>(wk, wk));
                let (fg, de) = (vextq_u64::<1>(ef, gh), vextq_u64::<1>(cd, ef));
                let t1 = vsha512hq_u64(sum, fg, de);
                (ab, cd, ef, gh) = (vsha512h2q_u64(t1, cd, ab), ab, vaddq_u64(cd, t1), ef);
            )* } }
            rounds!(0 1 2 3 4 5 6 7);
        }
        [ab, cd, ef, gh] = [
            vaddq_u64(ab, before[0]),
            vaddq_u64(cd, before[1]),
            vaddq_u64(ef, before[2]),
            vaddq_u64(gh, before[3]),
        ];
    }
    for (pair, sum) in pairs.iter_mut().zip([ab, cd, ef, gh]) {
        store_words64(pair, sum);
    }
}
/// The two words that follow the sixteen of `w`, of which those in `i` are the oldest.
#[inline]
#[target_feature(enable = "sha3")]
fn schedule64(w: [uint64x2_t; 8], i: usize) -> uint64x2_t {
    let w_7 = vextq_u64::<1>(w[(i + 4) % 8], w[(i + 5) % 8]);
    vsha512su1q_u64(vsha512su0q_u64(w[i], w[(i + 1) % 8]), w[(i + 7) % 8], w_7)
}

/// Four big-endian words.
#[inline]
#[target_feature(enable = "neon")]
fn load32(bytes: &[u8; 16]) -> uint32x4_t {
    vreinterpretq_u32_u8(vrev32q_u8(load16(bytes)))
}
/// Two big-endian words.
#[inline]
#[target_feature(enable = "neon")]
fn load64(bytes: &[u8; 16]) -> uint64x2_t {
    vreinterpretq_u64_u8(vrev64q_u8(load16(bytes)))
}
