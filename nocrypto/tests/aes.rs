//! AES on every backend: many blocks as one by one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::cipher::aes::{Aes, Aes128, Aes256};
use nocrypto::cpu::Features;

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
