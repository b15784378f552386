//! ChaCha20-Poly1305 with AVX2: what is encrypted when, and what Poly1305 absorbs meanwhile (RFC 8439 §2.8).
use super::super::lengths;
use super::eight::Eight;
use super::rows::rows;
use crate::cipher::part;
use crate::cpu::vector::{clear256, load32, store32, wipe32};
use crate::mac::poly1305::State;
use crate::secret::wipe;
use core::arch::x86_64::{__m256i, _mm256_extract_epi64, _mm256_xor_si256};

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
#[target_feature(enable = "avx2,bmi2")]
pub(super) fn crypt<const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
) -> [u8; 16] {
    let mut poly1305 = match text.len() {
        0..=64 => short::<1, OPEN>(key, nonce, aad, text),
        65..=192 => short::<2, OPEN>(key, nonce, aad, text),
        193..=320 => short::<3, OPEN>(key, nonce, aad, text),
        321..=576 => medium::<OPEN>(key, nonce, aad, text),
        _ => long::<OPEN>(key, nonce, aad, text),
    };
    poly1305.blocks(&[lengths(aad.len(), text.len())]);
    clear256();
    poly1305.tag()
}

/// By rows, in one go with the key of Poly1305.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn short<const PAIRS: usize, const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
) -> State {
    let mut stream = rows::<PAIRS>(key, nonce, 0, None, &[]);
    let mut poly1305 = one_time(stream[0][0][0]);
    poly1305.padded(aad);
    if OPEN {
        poly1305.padded(text);
    }
    xor(text, &stream.as_flattened()[1..]);
    if !OPEN {
        poly1305.padded(text);
    }
    wipe32(stream.as_flattened_mut().as_flattened_mut());
    poly1305
}

/// By rows, in two goes: five blocks with the key of Poly1305, then four.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn medium<const OPEN: bool>(key: &[u8; 32], nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> State {
    let mut stream = rows::<3>(key, nonce, 0, None, &[]);
    let mut poly1305 = one_time(stream[0][0][0]);
    poly1305.padded(aad);
    let (head, tail) = text.split_at_mut(text.len().min(320));
    if !OPEN {
        xor(head, &stream.as_flattened()[1..]);
    }
    let mut more = rows::<2>(key, nonce, 6, Some(&mut poly1305), head);
    if OPEN {
        poly1305.padded(tail);
        xor(head, &stream.as_flattened()[1..]);
    }
    xor(tail, more.as_flattened());
    if !OPEN {
        poly1305.padded(tail);
    }
    wipe32(stream.as_flattened_mut().as_flattened_mut());
    wipe32(more.as_flattened_mut().as_flattened_mut());
    poly1305
}

/// By eight blocks: Poly1305 absorbs the ciphertext of one batch while the key stream of the next is made. The first
/// batch gives the key of Poly1305 and seven blocks.
#[inline]
#[target_feature(enable = "avx2,bmi2")]
fn long<const OPEN: bool>(key: &[u8; 32], nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> State {
    let length = text.len();
    // When opening, the ciphertext that Poly1305 has yet to absorb.
    let mut saved = [0; BATCH];
    let mut eight = Eight::new(key, nonce);
    // Of no use until the first batch gives its key.
    let mut poly1305 = State::from_words([0; 4]);
    let (mut done, mut pending) = (0, 0);
    while done < length {
        let (before, rest) = text.split_at_mut(done);
        let stream =
            eight.next(&mut poly1305, if OPEN { &saved[..pending] } else { &before[done - pending..] });
        if done != 0
            && let Some(batch) = rest.first_chunk_mut::<BATCH>()
        {
            for ((text, saved), k) in
                batch.as_chunks_mut().0.iter_mut().zip(saved.as_chunks_mut().0).zip(stream.as_flattened())
            {
                let x = load32(text);
                if OPEN {
                    store32(saved, x);
                }
                store32(text, _mm256_xor_si256(x, *k));
            }
            pending = BATCH;
        } else {
            let mut stream = stream;
            let used = usize::from(done == 0);
            if done == 0 {
                poly1305 = one_time(stream[0][0]);
                eight.multiply_by(poly1305.r);
                poly1305.padded(aad);
            }
            pending = rest.len().min(BATCH - 64 * used);
            if OPEN {
                saved[..pending].copy_from_slice(&rest[..pending]);
            }
            xor(&mut rest[..pending], &stream[used..]);
            wipe32(stream.as_flattened_mut());
        }
        done += pending;
    }
    poly1305.padded(if OPEN { &saved[..pending] } else { &text[done - pending..] });
    eight.wipe();
    poly1305
}

/// The one-time key is the first half of block 0 (RFC 8439 §2.6).
#[inline]
#[target_feature(enable = "avx2")]
fn one_time(half: __m256i) -> State {
    State::from_words([
        _mm256_extract_epi64::<0>(half).cast_unsigned(),
        _mm256_extract_epi64::<1>(half).cast_unsigned(),
        _mm256_extract_epi64::<2>(half).cast_unsigned(),
        _mm256_extract_epi64::<3>(half).cast_unsigned(),
    ])
}

/// Xors the text, which is no longer than the stream.
#[inline]
#[target_feature(enable = "avx2")]
fn xor(text: &mut [u8], stream: &[[__m256i; 2]]) {
    let (whole, rest) = text.as_chunks_mut();
    for (x, k) in whole.iter_mut().zip(stream.as_flattened()) {
        store32(x, _mm256_xor_si256(load32(x), *k));
    }
    let Some(k) = stream.as_flattened().get(whole.len()) else { return };
    let mut last = [0; 32];
    store32(&mut last, *k);
    let mut k = last.as_chunks().0.iter().map(|k| u128::from_le_bytes(*k));
    let (whole, rest) = rest.as_chunks_mut();
    for (x, k) in whole.iter_mut().zip(&mut k) {
        *x = (u128::from_le_bytes(*x) ^ k).to_le_bytes();
    }
    if let Some(k) = k.next()
        && !rest.is_empty()
    {
        part::store(rest, part::load(rest) ^ k);
    }
    wipe(&mut last);
}

/// Bytes in eight blocks.
const BATCH: usize = 512;
