//! The doors to the kernels for AVX2 and AVX-512.
#![allow(unsafe_code, reason = "the call into code for a CPU feature is unsafe; the proof makes it sound")]
use crate::cpu::{Avx2, Avx512Ifma};

mod avx2;
mod avx512;
mod eight;
mod rows;

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
pub(super) fn crypt_avx2<const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
    _: Avx2,
) -> [u8; 16] {
    // SAFETY: the proof says that AVX2 and BMI2 are there.
    unsafe { avx2::crypt::<OPEN>(key, nonce, aad, text) }
}
/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
pub(super) fn crypt_avx512<const OPEN: bool>(
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    text: &mut [u8],
    _: Avx512Ifma,
) -> [u8; 16] {
    // SAFETY: the proof says that AVX-512 F, BW, DQ, VL and IFMA, and BMI2 are there.
    unsafe { avx512::crypt::<OPEN>(key, nonce, aad, text) }
}

#[cfg(test)]
mod tests {
    use super::avx512;
    use crate::cpu::Features;
    use crate::mac::poly1305::State;
    use alloc::vec::Vec;
    use num_bigint::BigUint;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    /// RFC 8439 §2.5.1, word for word.
    fn tag(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
        let p = (BigUint::from(1u8) << 130u8) - 5u8;
        let mut r: [u8; 16] = core::array::from_fn(|i| key[i]);
        for i in [3, 7, 11, 15] {
            r[i] &= 15;
        }
        for i in [4, 8, 12] {
            r[i] &= 252;
        }
        let r = BigUint::from_bytes_le(&r);
        let mut sum = BigUint::ZERO;
        for block in message.chunks(16) {
            let mut block = block.to_vec();
            block.resize(16, 0);
            block.push(1);
            sum = (sum + BigUint::from_bytes_le(&block)) * &r % &p;
        }
        let mut tag = (sum + BigUint::from_bytes_le(&key[16..])).to_bytes_le();
        tag.resize(17, 0);
        core::array::from_fn(|i| tag[i])
    }

    #[test]
    fn eight_blocks_at_a_time_are_poly1305_for_extreme_keys_and_texts_too() {
        if Features::detect().avx512_ifma().is_none() {
            return std::println!("passed over: no AVX-512 IFMA");
        }
        let mut rng = ChaCha8Rng::seed_from_u64(1305);
        for case in 0..20_000 {
            // Runs of zeros, of ones and of what comes.
            let mut bytes = |length: usize| {
                let mut bytes = Vec::with_capacity(length + 64);
                while bytes.len() < length {
                    let choice = rng.next_u32();
                    let run = if choice & 4 == 0 { length } else { 1 + (choice >> 8) as usize % 64 };
                    match choice % 4 {
                        0 => bytes.resize(bytes.len() + run, 0),
                        1 | 2 => bytes.resize(bytes.len() + run, 0xff),
                        _ => (0..run).for_each(|_| bytes.push(rng.next_u32() as u8)),
                    }
                }
                bytes.truncate(length);
                bytes
            };
            let key = bytes(32);
            let key: [u8; 32] = core::array::from_fn(|i| key[i]);
            let (aad, text) = (bytes(case % 50), bytes(256 + case % 700));
            let mut state = State::new(&key);
            state.padded(&aad);
            // SAFETY: the proof was there.
            unsafe { avx512::absorb(&mut state, aad.len(), &text) };
            let mut message = aad.clone();
            message.resize(aad.len().next_multiple_of(16), 0);
            message.extend(&text);
            message.resize(message.len().next_multiple_of(16), 0);
            message.extend(super::super::lengths(aad.len(), text.len()));
            assert_eq!(state.tag(), tag(&key, &message), "case {case}: {key:?}");
        }
    }
}
