//! ChaCha20-Poly1305 with AVX-512 and IFMA: what is encrypted when, and when Poly1305 absorbs it (RFC 8439 §2.8).
//!
//! Both are bound by the same two vector units, so there is nothing to be had from weaving them: the CPU itself looks
//! far enough ahead to fill the gaps of one with the other.
use super::super::lengths;
use crate::cpu::vector::{clear512, load_part64, load64, store_part64, store64, wipe64};
use crate::mac::poly1305::State;
use core::arch::x86_64::{
    __m512i, _mm256_extract_epi64, _mm512_castsi512_si256, _mm512_setzero_si512, _mm512_xor_si512,
};
use poly1305::{Group, Wide};
use rows::rows;
use sixteen::Sixteen;

mod poly1305;
mod rows;
mod sixteen;

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
pub(super) fn crypt<const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
) -> [u8; 16] {
    let poly1305 = match text.len() {
        0..=192 => short::<1, OPEN>(key, nonce, aad, text),
        193..=448 => short::<2, OPEN>(key, nonce, aad, text),
        449..=704 => short::<3, OPEN>(key, nonce, aad, text),
        _ => long::<OPEN>(key, nonce, aad, text),
    };
    clear512();
    poly1305.tag()
}

/// By rows, in one go with the key of Poly1305.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
fn short<const FOURS: usize, const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
) -> State {
    let mut stream = rows::<FOURS>(key, nonce, 0);
    let mut poly1305 = one_time(stream[0][0]);
    poly1305.padded(aad);
    if OPEN {
        absorb(&mut poly1305, aad.len(), text);
    }
    xor(text, &stream.as_flattened()[1..]);
    if !OPEN {
        absorb(&mut poly1305, aad.len(), text);
    }
    wipe64(stream.as_flattened_mut());
    poly1305
}

/// Absorbs a whole text and the lengths.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
pub(super) fn absorb(poly1305: &mut State, aad: usize, text: &[u8]) {
    let lengths = lengths(aad, text.len());
    if text.len() >= WIDE
        && let ([first, ..], _) = groups(text)
    {
        let mut wide = Wide::new(poly1305);
        wide.begin(first);
        wide.finish(&text[size_of::<Group>()..], &lengths, poly1305);
        wide.wipe();
    } else {
        poly1305.padded(text);
        poly1305.blocks(&[lengths]);
    }
}

/// By sixteen blocks; the first of them is the key of Poly1305. The end by rows.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
fn long<const OPEN: bool>(key: &[u8; 32], nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> State {
    let length = text.len();
    let mut sixteen = Sixteen::new(key, nonce);
    let mut stream = [_mm512_setzero_si512(); 16];
    sixteen.next(&mut stream);
    let mut state = one_time(stream[0]);
    state.padded(aad);
    let mut wide = Wide::new(&state);
    let lengths = lengths(aad.len(), length);
    // It borrows: what is moved leaves a copy behind.
    let mut poly1305 = Absorber::<OPEN> { state: &mut state, wide: &mut wide, absorbed: 0, lengths };
    let mut done = length.min(BATCH - 64);
    poly1305.around(text, done, |text| xor(&mut text[..done], &stream[1..]));
    while length - done >= BATCH {
        sixteen.next(&mut stream);
        poly1305.around(text, done + BATCH, |text| {
            if let Some(batch) = text[done..].first_chunk_mut::<BATCH>() {
                xor_blocks(batch.as_chunks_mut().0, &stream);
            }
        });
        done += BATCH;
    }
    let at = (1 + done / 64) as u32;
    macro_rules! end {
        ($stream:expr) => {{
            let mut stream = $stream;
            poly1305.around(text, length, |text| xor(&mut text[done..], stream.as_flattened()));
            wipe64(stream.as_flattened_mut());
        }};
    }
    match length - done {
        0 => {}
        1..=256 => end!(rows::<1>(key, nonce, at)),
        257..=512 => end!(rows::<2>(key, nonce, at)),
        513..=768 => end!(rows::<3>(key, nonce, at)),
        _ => {
            sixteen.next(&mut stream);
            poly1305.around(text, length, |text| xor(&mut text[done..], &stream));
        }
    }
    wipe64(&mut stream);
    sixteen.wipe();
    wide.wipe();
    state
}

/// Poly1305 on its way through a text.
struct Absorber<'a, const OPEN: bool> {
    state: &'a mut State,
    wide: &'a mut Wide,
    absorbed: usize,
    lengths: [u8; 16],
}

impl<const OPEN: bool> Absorber<'_, OPEN> {
    /// Encrypts or decrypts up to `until`, and absorbs the ciphertext: before, if it is to be decrypted.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
    fn around(&mut self, text: &mut [u8], until: usize, crypt: impl FnOnce(&mut [u8])) {
        if OPEN {
            self.absorb(text, until);
        }
        crypt(text);
        if !OPEN {
            self.absorb(text, until);
        }
    }
    /// Absorbs what is ready when the text is encrypted, or is about to be decrypted, up to `until`: by pairs of groups,
    /// of which the last, when opening, reaches beyond, and the end with the last of them.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
    fn absorb(&mut self, text: &[u8], until: usize) {
        if self.absorbed == 0
            && let ([first, ..], _) = groups(text)
        {
            self.wide.begin(first);
            self.absorbed = size_of::<Group>();
        }
        if self.absorbed == text.len() {
            return;
        }
        if text.len() - until <= if OPEN { PAIR } else { 0 } {
            self.wide.finish(&text[self.absorbed..], &self.lengths, self.state);
            self.absorbed = text.len();
            return;
        }
        let ready = if OPEN { until + PAIR } else { until };
        let (pairs, _) = groups(&text[self.absorbed..ready]).0.as_chunks::<2>();
        self.wide.absorb(pairs.as_flattened());
        self.absorbed += PAIR * pairs.len();
    }
}

/// The one-time key is the first half of block 0 (RFC 8439 §2.6).
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
fn one_time(block: __m512i) -> State {
    let half = _mm512_castsi512_si256(block);
    State::from_words([
        _mm256_extract_epi64::<0>(half).cast_unsigned(),
        _mm256_extract_epi64::<1>(half).cast_unsigned(),
        _mm256_extract_epi64::<2>(half).cast_unsigned(),
        _mm256_extract_epi64::<3>(half).cast_unsigned(),
    ])
}

/// Xors the text, which is no longer than the stream.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
fn xor(text: &mut [u8], stream: &[__m512i]) {
    let (whole, rest) = text.as_chunks_mut();
    xor_blocks(whole, stream);
    if !rest.is_empty()
        && let Some(k) = stream.get(whole.len())
    {
        store_part64(rest, _mm512_xor_si512(load_part64(rest), *k));
    }
}
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512ifma,bmi2")]
fn xor_blocks(text: &mut [[u8; 64]], stream: &[__m512i]) {
    for (x, k) in text.iter_mut().zip(stream) {
        store64(x, _mm512_xor_si512(load64(x), *k));
    }
}

/// Whole groups, and what is left.
fn groups(text: &[u8]) -> (&[Group], &[[u8; 64]]) {
    text.as_chunks().0.as_chunks()
}

/// Bytes in sixteen blocks of ChaCha20.
const BATCH: usize = 1024;
/// Bytes that Poly1305 likes best to absorb.
const PAIR: usize = 2 * size_of::<Group>();
/// From so many bytes on, making the powers of r pays.
const WIDE: usize = 256;
