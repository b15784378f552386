//! The ciphers of old files against their standards and OpenSSL. They have one backend.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::cipher::legacy::{BadKey, Rc2, Rc4, TripleDes};
use test_vectors::{Record, records, text};

fn fields<const N: usize>(record: &Record, names: [&str; N]) -> [Vec<u8>; N] {
    names.map(|name| record.bytes(name))
}

#[test]
fn openssl_agrees_about_all_three() {
    let mut done = [0; 3];
    for record in records(&text("made/legacy.txt")) {
        let [key, plain, mut message] = fields(&record, ["Key", "Plaintext", "Ciphertext"]);
        let iv = record.get("IV").map(|_| record.bytes("IV").try_into().unwrap());
        let which = match (&record.heading[..], iv) {
            ("TripleDES", Some(iv)) => {
                TripleDes::new(&key.try_into().unwrap()).decrypt_cbc(&iv, message.as_chunks_mut().0);
                0
            }
            ("RC2", Some(iv)) => {
                Rc2::new(&key, 8 * key.len()).unwrap().decrypt_cbc(&iv, message.as_chunks_mut().0);
                1
            }
            _ => {
                // In two pieces, and backwards too.
                let mut cipher = Rc4::new(&key).unwrap();
                let (first, second) = message.split_at_mut(77);
                cipher.apply(first);
                cipher.apply(second);
                let mut again = plain.clone();
                Rc4::new(&key).unwrap().apply(&mut again);
                assert_eq!(again, record.bytes("Ciphertext"), "{record:?}");
                2
            }
        };
        done[which] += 1;
        assert_eq!(message, plain, "{record:?}");
    }
    assert_eq!(done, [4, 4, 7]);
}

#[test]
fn the_example_of_sp_800_67_comes_out_right() {
    // Appendix B.
    let key = hex::decode("0123456789abcdef23456789abcdef01456789abcdef0123").unwrap();
    let des = TripleDes::new(&key.try_into().unwrap());
    let sealed = hex::decode("a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900").unwrap();
    for (sealed, plain) in sealed.as_chunks::<8>().0.iter().zip(b"The qufck brown fox jump".as_chunks().0) {
        let mut block = [*sealed];
        des.decrypt_cbc(&[0; 8], &mut block);
        assert_eq!(block, [*plain]);
    }
}

#[test]
fn the_examples_of_rfc_2268_come_out_right() {
    let all = records(&text("rfc/rfc2268.txt"));
    assert_eq!(all.len(), 8);
    for record in &all {
        let [key, plain, mut block] = fields(record, ["Key", "Plaintext", "Ciphertext"]);
        Rc2::new(&key, record.number("Bits")).unwrap().decrypt_cbc(&[0; 8], block.as_chunks_mut().0);
        assert_eq!(block, plain, "{record:?}");
    }
}

#[test]
fn the_first_key_stream_of_rfc_6229_comes_out_right() {
    let mut stream = [0; 32];
    Rc4::new(&[1, 2, 3, 4, 5]).unwrap().apply(&mut stream);
    assert_eq!(stream[..16], hex::decode("b2396305f03dc027ccc3524a0a1118a8").unwrap());
    assert_eq!(stream[16..], hex::decode("6982944f18fc82d589c403a47a0d0919").unwrap());
}

#[test]
fn keys_of_other_lengths_are_refused() {
    for (length, bits) in [(0, 64), (129, 64), (8, 0), (8, 1025)] {
        assert_eq!(Rc2::new(&vec![1; length], bits).err(), Some(BadKey), "{length} {bits}");
    }
    assert!(Rc2::new(&[1; 128], 1024).is_ok() && Rc2::new(&[1], 1).is_ok());
    assert_eq!(Rc4::new(&[]).err(), Some(BadKey));
    assert_eq!(Rc4::new(&[1; 257]).err(), Some(BadKey));
    assert!(Rc4::new(&[1; 256]).is_ok());
}

#[test]
fn printing_shows_no_key() {
    assert_eq!(format!("{:?}", TripleDes::new(&[1; 24])), "TripleDes(..)");
    assert_eq!(format!("{:?}", Rc2::new(&[1], 1).unwrap()), "Rc2(..)");
    assert_eq!(format!("{:?}", Rc4::new(&[1]).unwrap()), "Rc4(..)");
}
