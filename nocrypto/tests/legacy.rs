//! The ciphers of old files: which keys they take.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use nocrypto::cipher::legacy::{BadKey, Rc2, Rc4, TripleDes};

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
