//! AES-GCM with counter mode and GHASH in one pass (SP 800-38D §7), by AESE, AESMC and PMULL, eight blocks a batch.
//!
//! When sealing, GHASH takes the batch before the one that is encrypted; when opening, the one that is decrypted.
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use super::lengths;
use crate::cipher::aes::{RoundKeys, expand_aarch64};
use crate::cipher::part;
use crate::cpu::neon::{fence8, load16, store16};
use crate::cpu::{AesClmul, clear_vectors};
use crate::mac::ghash::aarch64::{B, Powers, element, nothing, reduced};
use crate::secret::wipe;
use alloc::boxed::Box;
use core::arch::aarch64::{
    uint8x16_t, uint32x4_t, uint64x2_t, vaddq_u32, vaeseq_u8, vaesmcq_u8, vdupq_n_u8, vdupq_n_u32,
    vdupq_n_u64, veorq_u8, veorq_u64, vreinterpretq_u8_u32, vreinterpretq_u8_u64, vreinterpretq_u32_u8,
    vrev32q_u8, vrev64q_u8, vsetq_lane_u32,
};
use core::hint::black_box;

/// A key for AES and PMULL. What is expanded is on the heap and wiped when it goes.
pub(super) struct Key<const N: usize> {
    expanded: Box<Expanded<N>>,
    _proof: AesClmul,
}

/// 448 bytes.
struct Expanded<const N: usize> {
    round_keys: RoundKeys<N>,
    powers: Powers,
}

impl<const N: usize> Key<N> {
    pub(super) fn new(key: &[u8; N], proof: AesClmul) -> Self {
        let zero = Expanded { round_keys: RoundKeys::zero(), powers: Powers::zero() };
        let mut own = Self { expanded: Box::new(zero), _proof: proof };
        expand_aarch64(key, &mut own.expanded.round_keys, proof);
        // SAFETY: the proof says that AES and PMULL are there.
        unsafe { set_up(&mut own.expanded) };
        clear_vectors();
        own
    }
    /// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
    pub(super) fn crypt<const OPEN: bool>(&self, nonce: &[u8], aad: &[u8], text: &mut [u8]) -> [u8; 16] {
        // SAFETY: `self` holds the proof that AES and PMULL are there.
        let tag = unsafe { crypt::<N, OPEN>(&self.expanded, nonce, aad, text) };
        clear_vectors();
        tag
    }
}

/// Makes the powers of H from the round keys.
#[target_feature(enable = "aes")]
fn set_up<const N: usize>(key: &mut Expanded<N>) {
    let mut h = [0; 16];
    store16(&mut h, key_stream::<N, 0>(key, &[0; 16], vdupq_n_u32(0), &mut [[0; 16]; B]));
    key.powers.set(&mut h);
}

#[target_feature(enable = "aes")]
fn crypt<const N: usize, const OPEN: bool>(
    key: &Expanded<N>,
    nonce: &[u8],
    aad: &[u8],
    text: &mut [u8],
) -> [u8; 16] {
    let lengths = lengths(aad.len(), text.len());
    let j0 = first_counter(key, nonce);
    let mut counter = count(vreinterpretq_u32_u8(vrev32q_u8(load16(&j0))), 1);
    let mut hash = key.powers.absorb(vdupq_n_u64(0), aad, None);
    let (batches, end) = text.as_chunks_mut::<BATCH>();
    if OPEN {
        for batch in batches {
            hash = crypt_batch(key, &mut counter, hash, None, batch);
        }
        hash = key.powers.absorb(hash, end, Some(&lengths));
        return tag(hash, xor_end(key, &j0, counter, end));
    }
    if let Some((first, rest)) = batches.split_first_mut() {
        let mut states = counted(&mut counter);
        for r in 0..RoundKeys::<N>::ROUNDS - 1 {
            states = round(key, r, states);
        }
        last_round(key, states, first);
        let mut before = first;
        for batch in rest {
            hash = crypt_batch(key, &mut counter, hash, Some(before), batch);
            before = batch;
        }
        hash = key.powers.absorb(hash, before, None);
    }
    let mask = xor_end(key, &j0, counter, end);
    tag(key.powers.absorb(hash, end, Some(&lengths)), mask)
}

/// J0 (SP 800-38D §7.1 step 2): the nonce and a 1 if it has 96 bits, or its hash.
#[inline]
#[target_feature(enable = "aes")]
fn first_counter<const N: usize>(key: &Expanded<N>, nonce: &[u8]) -> [u8; 16] {
    if nonce.len() == 12 {
        return (part::load(nonce) | 1 << 120).to_le_bytes();
    }
    let mut block = [0; 16];
    let hash = key.powers.absorb(vdupq_n_u64(0), nonce, Some(&lengths(0, nonce.len())));
    store16(&mut block, vrev64q_u8(vreinterpretq_u8_u64(hash)));
    block
}

/// Counter mode on `text`, GHASH of `hashed`, or, where there is none, of `text` before the change.
#[inline]
#[target_feature(enable = "aes")]
fn crypt_batch<const N: usize>(
    key: &Expanded<N>,
    counter: &mut uint32x4_t,
    mut hash: uint64x2_t,
    hashed: Option<&[u8; BATCH]>,
    text: &mut [u8; BATCH],
) -> uint64x2_t {
    // A reference behind `black_box` may point anywhere: so round keys and powers are not loaded before the caller's
    // loop, for which there are no registers.
    let key = black_box(key);
    let mut states = counted(counter);
    let mut sum = nothing();
    macro_rules! rounds { ($($r:literal)*) => { $( if $r < RoundKeys::<N>::ROUNDS - 1 {
        states = round(key, $r, states);
    } )* } }
    macro_rules! absorb {
        ($pair:literal) => {
            let texts = hashed.unwrap_or(text).as_chunks().0;
            let (mut even, odd) = (element(&texts[2 * $pair]), element(&texts[2 * $pair + 1]));
            if $pair == 0 {
                even = veorq_u64(even, hash);
            }
            sum = key.powers.add_pair(sum, $pair, even, odd);
        };
    }
    // The pair that waits for the hash of the batch before comes last.
    rounds!(0);
    absorb!(1);
    rounds!(1 2);
    absorb!(2);
    rounds!(3 4);
    absorb!(3);
    rounds!(5 6);
    absorb!(0);
    rounds!(7);
    hash = reduced(sum);
    rounds!(8 9 10 11 12);
    last_round(key, states, text);
    hash
}

/// Xors `end`, which is shorter than a batch, with key stream; gives the encryption of J0.
#[inline]
#[target_feature(enable = "aes")]
fn xor_end<const N: usize>(
    key: &Expanded<N>,
    j0: &[u8; 16],
    counter: uint32x4_t,
    end: &mut [u8],
) -> uint8x16_t {
    let mut stream = [[0; 16]; B];
    let mask = match end.len() {
        0 => key_stream::<N, 0>(key, j0, counter, &mut stream),
        1..=32 => key_stream::<N, 2>(key, j0, counter, &mut stream),
        33..=64 => key_stream::<N, 4>(key, j0, counter, &mut stream),
        _ => key_stream::<N, B>(key, j0, counter, &mut stream),
    };
    let (whole, rest) = end.as_chunks_mut();
    for (block, k) in whole.iter_mut().zip(&stream) {
        store16(block, veorq_u8(load16(block), load16(k)));
    }
    if let Some(k) = stream.get(whole.len())
        && !rest.is_empty()
    {
        part::store(rest, part::load(rest) ^ u128::from_le_bytes(*k));
    }
    wipe(&mut stream);
    mask
}
/// The encryption of J0, and `C` blocks of key stream.
#[inline]
#[target_feature(enable = "aes")]
fn key_stream<const N: usize, const C: usize>(
    key: &Expanded<N>,
    j0: &[u8; 16],
    counter: uint32x4_t,
    stream: &mut [[u8; 16]; B],
) -> uint8x16_t {
    let mut mask = load16(j0);
    let mut states = [mask; C];
    for (state, i) in states.iter_mut().zip(0..) {
        *state = as_block(count(counter, i));
    }
    let [before_last, last] =
        [RoundKeys::<N>::ROUNDS - 1, RoundKeys::<N>::ROUNDS].map(|r| load16(&key.round_keys.0[r]));
    for k in &key.round_keys.0[..RoundKeys::<N>::ROUNDS - 1] {
        let k = load16(k);
        mask = vaesmcq_u8(vaeseq_u8(mask, k));
        for state in &mut states {
            *state = vaesmcq_u8(vaeseq_u8(*state, k));
        }
    }
    for (to, state) in stream.iter_mut().zip(states) {
        store16(to, veorq_u8(vaeseq_u8(state, before_last), last));
    }
    veorq_u8(vaeseq_u8(mask, before_last), last)
}

/// The blocks of a batch. Counts on.
#[inline]
#[target_feature(enable = "neon")]
fn counted(counter: &mut uint32x4_t) -> [uint8x16_t; B] {
    let mut blocks = [vdupq_n_u8(0); B];
    for (block, i) in blocks.iter_mut().zip(0..) {
        *block = as_block(count(*counter, i));
    }
    *counter = count(*counter, B as u32);
    blocks
}
#[inline]
#[target_feature(enable = "neon")]
fn count(counter: uint32x4_t, by: u32) -> uint32x4_t {
    vaddq_u32(counter, vsetq_lane_u32::<3>(by, vdupq_n_u32(0)))
}
#[inline]
#[target_feature(enable = "neon")]
fn as_block(counter: uint32x4_t) -> uint8x16_t {
    vrev32q_u8(vreinterpretq_u8_u32(counter))
}
#[inline]
#[target_feature(enable = "aes")]
fn round<const N: usize>(key: &Expanded<N>, r: usize, mut states: [uint8x16_t; B]) -> [uint8x16_t; B] {
    let k = load16(&key.round_keys.0[r]);
    for state in &mut states {
        *state = vaesmcq_u8(vaeseq_u8(*state, k));
    }
    fence8(states)
}
/// Adds the key stream to the text. The last round key is added to the text first.
#[inline]
#[target_feature(enable = "aes")]
fn last_round<const N: usize>(key: &Expanded<N>, states: [uint8x16_t; B], text: &mut [u8; BATCH]) {
    let [k, last] =
        [RoundKeys::<N>::ROUNDS - 1, RoundKeys::<N>::ROUNDS].map(|r| load16(&key.round_keys.0[r]));
    for (block, state) in text.as_chunks_mut().0.iter_mut().zip(states) {
        let text = veorq_u8(load16(block), last);
        store16(block, veorq_u8(vaeseq_u8(state, k), text));
    }
}

#[inline]
#[target_feature(enable = "neon")]
fn tag(hash: uint64x2_t, mask: uint8x16_t) -> [u8; 16] {
    let mut tag = [0; 16];
    store16(&mut tag, veorq_u8(vrev64q_u8(vreinterpretq_u8_u64(hash)), mask));
    tag
}

/// Bytes in a batch.
const BATCH: usize = 16 * B;
