//! Triple DES (SP 800-67), RC2 (RFC 2268), RC4 (RFC 6229). They have one backend.
use crate::table::{Count, File, each};
use nocrypto::cipher::legacy::{Rc2, Rc4, TripleDes};
use nocrypto::cpu::Features;

/// The heading says which; without one it is RC2 of single blocks.
pub(crate) fn decrypt(file: &File, _: Features) -> Count {
    each(file, |r| {
        let [key, plain, sealed] = ["Key", "Plaintext", "Ciphertext"].map(|name| r.bytes(name));
        let iv = r.get("IV").map_or([0; 8], |_| r.bytes("IV").try_into().unwrap());
        let mut text = sealed.clone();
        match &r.heading[..] {
            "TripleDES" => TripleDes::new(&key.try_into().unwrap()).decrypt_cbc(&iv, text.as_chunks_mut().0),
            "RC4" => {
                // In two pieces, and backwards too.
                let mut cipher = Rc4::new(&key).unwrap();
                let (first, second) = text.split_at_mut(plain.len() / 3);
                cipher.apply(first);
                cipher.apply(second);
                let mut again = plain.clone();
                Rc4::new(&key).unwrap().apply(&mut again);
                assert_eq!(again, sealed, "{r:?}");
            }
            _ => {
                let bits = r.get("Bits").map_or(8 * key.len(), |_| r.number("Bits"));
                Rc2::new(&key, bits).unwrap().decrypt_cbc(&iv, text.as_chunks_mut().0);
            }
        }
        assert_eq!(text, plain, "{r:?}");
        Ok(())
    })
}
