//! AES-GCM (SP 800-38D) and AES-CCM (SP 800-38C) written down once more, slowly, from their standards, and asked for the
//! places that published vectors hardly reach: a counter that wraps within a long text, lengths where an encoding changes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::{Aead, AesCcm, AesGcm};
use nocrypto::cipher::aes::Aes;
use nocrypto::cpu::Features;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn encrypted<const N: usize>(aes: &Aes<N>, block: u128) -> u128 {
    let mut block = block.to_be_bytes();
    aes.encrypt_block(&mut block);
    u128::from_be_bytes(block)
}
fn random(seed: u64, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
    bytes
}
/// Blocks, the last one padded with zeros.
fn blocks(bytes: &[u8]) -> impl Iterator<Item = u128> {
    bytes.chunks(16).map(|some| {
        let mut block = [0; 16];
        block[..some.len()].copy_from_slice(some);
        u128::from_be_bytes(block)
    })
}
/// Xors the text with the encryptions of counters.
fn counted<const N: usize>(aes: &Aes<N>, text: &mut [u8], counters: impl Iterator<Item = u128>) {
    for (some, counter) in text.chunks_mut(16).zip(counters) {
        let stream = encrypted(aes, counter).to_be_bytes();
        some.iter_mut().zip(stream).for_each(|(x, k)| *x ^= k);
    }
}

/// The product of blocks (SP 800-38D §6.3): the highest bit is the coefficient of x^0.
fn product(x: u128, y: u128) -> u128 {
    let (mut z, mut v) = (0, y);
    for i in (0..128).rev() {
        z ^= v * (x >> i & 1);
        v = (v >> 1) ^ ((0xe1 << 120) * (v & 1));
    }
    z
}
/// x^(2^128 - 2).
fn inverse(x: u128) -> u128 {
    let (mut power, mut square) = (1 << 127, x);
    for _ in 1..128 {
        square = product(square, square);
        power = product(power, square);
    }
    power
}
/// The ciphertext and the tag, from J0 (SP 800-38D §7.1).
fn gcm<const N: usize>(key: &[u8; N], j0: u128, aad: &[u8], text: &mut [u8]) -> [u8; 16] {
    let aes = Aes::with(key, Features::none());
    let low = j0 as u32;
    let counters = (1..).map(|i: u32| j0 >> 32 << 32 | u128::from(low.wrapping_add(i)));
    counted(&aes, text, counters);
    let (h, lengths) = (encrypted(&aes, 0), (aad.len() as u128) << 67 | (text.len() as u128) << 3);
    let hash = blocks(aad).chain(blocks(text)).chain([lengths]).fold(0, |y, x| product(y ^ x, h));
    (hash ^ encrypted(&aes, j0)).to_be_bytes()
}

/// A nonce of 16 bytes whose J0 is this: GHASH of the nonce and its length, solved for the nonce.
fn nonce_of<const N: usize>(key: &[u8; N], j0: u128) -> [u8; 16] {
    let by = inverse(encrypted(&Aes::with(key, Features::none()), 0));
    product(product(j0, by) ^ 128, by).to_be_bytes()
}
fn wraps<const N: usize>() {
    let key: [u8; N] = random(1, N)[..].try_into().unwrap();
    let key = &key;
    let plain = random(2, 5000);
    for before in [0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 100, 255, 300] {
        let j0 = u128::from_be_bytes(random(3, 16).try_into().unwrap()) >> 32 << 32
            | u128::from(u32::MAX - before);
        let nonce = nonce_of(key, j0);
        for length in [0, 1, 16, 17, 100, 512, 513, 600, 2000, 5000] {
            let mut expected = plain[..length].to_vec();
            let tag = gcm(key, j0, b"aad", &mut expected);
            for arm in Features::arms() {
                let (aead, mut text) = (AesGcm::with(key, arm), plain[..length].to_vec());
                assert_eq!(
                    aead.seal_any_nonce(&nonce, b"aad", &mut text),
                    Ok(tag),
                    "{before}, {length} {arm:?}"
                );
                assert!(text == expected, "{before} blocks before the wrap, {length} bytes {arm:?}");
                assert_eq!(aead.open_any_nonce(&nonce, b"aad", &mut text, &tag), Ok(()));
                assert!(text == plain[..length], "{before} blocks before the wrap, {length} bytes {arm:?}");
            }
        }
    }
}
#[test]
fn the_counter_of_gcm_wraps_in_its_last_32_bits_alone() {
    wraps::<16>();
    wraps::<24>();
    wraps::<32>();
}

#[test]
fn the_counter_of_gcm_passes_65536() {
    let (key, nonce) = ([9; 32], [5; 12]);
    // A mebibyte has 65536 blocks.
    let plain = random(4, (1 << 20) + 5000);
    let mut expected = plain.clone();
    let j0 = u128::from_be_bytes([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 1]);
    let tag = gcm(&key, j0, &[], &mut expected);
    for arm in Features::arms() {
        let (aead, mut text) = (AesGcm::with(&key, arm), plain.clone());
        assert_eq!(aead.seal(&nonce, &[], &mut text), Ok(tag), "{arm:?}");
        assert!(text == expected, "{arm:?}");
        assert_eq!(aead.open(&nonce, &[], &mut text, &tag), Ok(()), "{arm:?}");
        assert!(text == plain, "{arm:?}");
    }
}

/// The ciphertext and the tag (SP 800-38C §6.1, appendix A).
fn ccm<const N: usize>(key: &[u8; N], nonce: &[u8], aad: &[u8], text: &mut [u8], tag: usize) -> Vec<u8> {
    let (aes, q) = (Aes::with(key, Features::none()), 15 - nonce.len());
    let block = |flags: usize, number: usize| {
        let nonce = nonce.iter().fold(0, |all, byte| all << 8 | u128::from(*byte));
        (flags as u128) << 120 | nonce << (8 * q) | number as u128
    };
    let mut input = block(usize::from(!aad.is_empty()) * 64 + 8 * ((tag - 2) / 2) + q - 1, text.len())
        .to_be_bytes()
        .to_vec();
    if !aad.is_empty() {
        match aad.len() {
            length @ ..0xff00 => input.extend((length as u16).to_be_bytes()),
            length => input.extend([0xff, 0xfe].into_iter().chain((length as u32).to_be_bytes())),
        }
        input.extend(aad);
        input.resize(input.len().next_multiple_of(16), 0);
    }
    input.extend(&*text);
    let mac = blocks(&input).fold(0, |y, x| encrypted(&aes, y ^ x));
    counted(&aes, text, (1..).map(|i| block(q - 1, i)));
    let mask = encrypted(&aes, block(q - 1, 0));
    (mac ^ mask).to_be_bytes()[..tag].to_vec()
}
#[test]
fn ccm_encodes_every_length_of_associated_data_as_the_standard_says() {
    fn check<const NONCE: usize, const TAG: usize>(aad: &[u8], length: usize) {
        let key = b"the key of 16 by";
        let (nonce, plain) = (random(5, NONCE), random(6, length));
        let mut expected = plain.clone();
        let tag = ccm(key, &nonce, aad, &mut expected, TAG);
        for arm in Features::arms() {
            let (aead, mut text) = (AesCcm::<16, NONCE, TAG>::with(key, arm), plain.clone());
            let nonce = nonce[..].try_into().unwrap();
            assert_eq!(aead.seal(&nonce, aad, &mut text).unwrap()[..], tag, "{} {length} {arm:?}", aad.len());
            assert_eq!(text, expected, "{} {length} {arm:?}", aad.len());
            assert_eq!(aead.open(&nonce, aad, &mut text, &tag[..].try_into().unwrap()), Ok(()));
        }
    }
    let aad = random(7, 0x1_0010);
    for length in (0..50).chain([0xfeff, 0xff00, 0xff01, 0xffff, 0x1_0000, 0x1_0010]) {
        check::<7, 4>(&aad[..length], 33);
        check::<12, 16>(&aad[..length], length % 50);
        check::<13, 8>(&aad[..length], 0);
    }
}
