//! AES against FIPS 197 and itself, on every backend.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::cipher::aes::{Aes, Aes128, Aes192, Aes256};
use nocrypto::cpu::Features;

fn hex<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn the_examples_of_fips_197_come_out_right() {
    for arm in Features::arms() {
        // Appendix B, then C.1 to C.3.
        let mut block = hex("3243f6a8885a308d313198a2e0370734");
        Aes128::with(&hex("2b7e151628aed2a6abf7158809cf4f3c"), arm).encrypt_block(&mut block);
        assert_eq!(block, hex("3925841d02dc09fbdc118597196a0b32"), "{arm:?}");
        let (key, plain): ([u8; 32], _) =
            (core::array::from_fn(|i| i as u8), hex::<16>("00112233445566778899aabbccddeeff"));
        both_ways(
            &Aes128::with(key[..16].try_into().unwrap(), arm),
            plain,
            "69c4e0d86a7b0430d8cdb78070b4c55a",
        );
        both_ways(
            &Aes192::with(key[..24].try_into().unwrap(), arm),
            plain,
            "dda97ca4864cdfe06eaf70a0ec0d7191",
        );
        both_ways(&Aes256::with(&key, arm), plain, "8ea2b7ca516745bfeafc49904b496089");
    }
}

fn both_ways<const N: usize>(aes: &Aes<N>, plain: [u8; 16], sealed: &str) {
    let mut block = plain;
    aes.encrypt_block(&mut block);
    assert_eq!(block, hex(sealed), "{aes:?}");
    aes.decrypt_block(&mut block);
    assert_eq!(block, plain, "{aes:?}");
}

#[test]
fn any_number_of_blocks_is_encrypted_as_one_by_one() {
    fn check<const N: usize>(arm: Features) {
        let mut aes = Aes::<N>::with(&[0; N], arm);
        // A new key over the old one leaves nothing of it.
        let key = core::array::from_fn(|i| (91 * i + 7) as u8);
        aes.rekey(&key);
        let alone = Aes::<N>::with(&key, Features::none());
        for count in 0..70 {
            let given: Vec<[u8; 16]> =
                (0..count).map(|i| core::array::from_fn(|j| (i * 17 + j * 29) as u8)).collect();
            let (mut blocks, mut expected) = (given.clone(), given.clone());
            expected.iter_mut().for_each(|block| alone.encrypt_block(block));
            aes.encrypt_blocks(&mut blocks);
            assert_eq!(blocks, expected, "{count} {arm:?}");
            aes.decrypt_blocks(&mut blocks);
            assert_eq!(blocks, given, "{count} {arm:?}");
        }
    }
    for arm in Features::arms() {
        check::<16>(arm);
        check::<24>(arm);
        check::<32>(arm);
    }
}

#[test]
fn fortunas_counter_is_little_endian_and_wraps() {
    for arm in Features::arms() {
        let aes = Aes256::with(&[9; 32], arm);
        for start in [0, 1, 0xff, u128::from(u64::MAX) - 1, u128::MAX - 2] {
            let mut stream = [[0xaa; 16]; 37];
            aes.keystream_le(start, &mut stream);
            for (i, got) in (0u128..).zip(stream) {
                let mut block = start.wrapping_add(i).to_le_bytes();
                aes.encrypt_block(&mut block);
                assert_eq!(got, block, "{start} + {i} {arm:?}");
            }
        }
    }
}

#[test]
fn printing_shows_no_key() {
    assert_eq!(format!("{:?}", Aes128::new(&[1; 16])), "Aes128(..)");
}
