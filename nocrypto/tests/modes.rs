//! AES in the modes CTR and CBC against its definition on every backend, padding, and the limits of AES key wrap.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::aead::Forged;
use nocrypto::aead::key_wrap::{BadLength, unwrap, unwrap_padded, wrap, wrap_padded};
use nocrypto::cipher::aes::Aes;
use nocrypto::cipher::cbc::{BadPadding, pad, unpad};
use nocrypto::cpu::Features;

#[test]
fn long_texts_are_chained_and_counted_as_block_by_block() {
    let plain: Vec<u8> = (0..16 * 100).map(|i| (i * i / 7) as u8).collect();
    for arm in Features::arms() {
        let aes = Aes::<16>::with(&[3; 16], arm);
        // CBC.
        let mut text = plain.clone();
        aes.encrypt_cbc(&[9; 16], text.as_chunks_mut().0);
        let mut before = [9; 16];
        for (block, sealed) in plain.as_chunks::<16>().0.iter().zip(text.as_chunks().0) {
            let mut block = core::array::from_fn(|i| block[i] ^ before[i]);
            aes.encrypt_block(&mut block);
            assert_eq!(block, *sealed, "{arm:?}");
            before = block;
        }
        aes.decrypt_cbc(&[9; 16], text.as_chunks_mut().0);
        assert_eq!(text, plain, "{arm:?}");
        // CTR, past the end of the counter.
        let first = u128::MAX - 20;
        for length in [0, 1, 15, 16, 17, 511, 512, 513, 1599] {
            let mut text = plain[..length].to_vec();
            aes.apply_ctr(&first.to_be_bytes(), &mut text);
            for (i, (got, given)) in text.iter().zip(&plain).enumerate() {
                let mut block = first.wrapping_add(i as u128 / 16).to_be_bytes();
                aes.encrypt_block(&mut block);
                assert_eq!(got ^ given, block[i % 16], "{i} of {length} {arm:?}");
            }
        }
    }
}

#[test]
fn only_a_whole_padding_is_a_padding() {
    for length in 0..40 {
        let mut padded = vec![0x55; length / 16 * 16 + 16];
        pad(&mut padded, length).unwrap();
        assert_eq!(unpad::<16>(&padded), Ok(&[0x55; 40][..length]));
        for at in length..padded.len() {
            // A last byte of 1 is a padding of its own.
            let mut wrong = padded.clone();
            wrong[at] ^= 0x80;
            assert_eq!(unpad::<16>(&wrong), Err(BadPadding), "{at} of {length}");
        }
    }
    for wrong in [&[][..], &[0; 16], &[17; 16], &[0xff; 32], &[1; 15], &[1; 17]] {
        assert_eq!(unpad::<16>(wrong), Err(BadPadding), "{wrong:?}");
    }
    assert_eq!(unpad::<8>(&[8; 8]), Ok(&[][..]));
    assert_eq!(pad(&mut [0; 16], 16), Err(BadPadding));
    assert_eq!(pad(&mut [0; 16], 17), Err(BadPadding));
}

#[test]
fn a_length_that_cannot_be_wrapped_is_refused_and_nothing_happens() {
    let kek = Aes::<16>::new(&[1; 16]);
    for length in [0, 1, 7, 8, 15, 16, 17, 23, 25] {
        let mut buffer = vec![0x77; length];
        assert_eq!(wrap(&kek, &mut buffer), Err(BadLength), "{length}");
        assert_eq!(buffer, vec![0x77; length]);
    }
    for (key, length) in [(0, 8), (0, 16), (8, 8), (9, 16), (8, 24), (usize::MAX, 16), (1, 0)] {
        let mut buffer = vec![0x77; length];
        assert_eq!(wrap_padded(&kek, key, &mut buffer), Err(BadLength), "{key} in {length}");
        assert_eq!(buffer, vec![0x77; length]);
    }
    for length in [0, 1, 8, 16, 23, 25] {
        assert_eq!(unwrap(&kek, &mut vec![0x77; length]), Err(Forged), "{length}");
    }
    for length in [0, 1, 8, 15, 17] {
        assert_eq!(unwrap_padded(&kek, &mut vec![0x77; length]), Err(Forged), "{length}");
    }
}

#[test]
fn keys_of_every_length_come_back_from_padding() {
    let kek = Aes::<32>::new(&[1; 32]);
    for length in 1..70usize {
        let key: Vec<u8> = (0..length).map(|i| i as u8 + 1).collect();
        let mut buffer = vec![0x33; 8 + length.next_multiple_of(8)];
        buffer[8..8 + length].copy_from_slice(&key);
        wrap_padded(&kek, length, &mut buffer).unwrap();
        let mut spoilt = buffer.clone();
        assert_eq!(unwrap_padded(&kek, &mut buffer).unwrap(), key);
        spoilt[length] ^= 4;
        assert_eq!(unwrap_padded(&kek, &mut spoilt), Err(Forged));
    }
}
