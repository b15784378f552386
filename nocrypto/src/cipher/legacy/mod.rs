//! Ciphers of old files (PKCS #12, PKCS #5 version 1.5), to read them and no more. None is safe to encrypt with.
//!
//! Slow, because they were made of tables and have to do without an address that depends on a secret.
mod des3;
mod rc2;
mod rc4;

pub use des3::TripleDes;
pub use rc2::Rc2;
pub use rc4::Rc4;

/// A block cipher of 64 bits, from its end.
trait Decrypt {
    fn decrypt(&self, block: u64) -> u64;
}

/// CBC (SP 800-38A §6.2).
fn decrypt_cbc(cipher: &impl Decrypt, iv: &[u8; 8], blocks: &mut [[u8; 8]]) {
    let mut before = u64::from_be_bytes(*iv);
    for block in blocks {
        let sealed = u64::from_be_bytes(*block);
        *block = (cipher.decrypt(sealed) ^ before).to_be_bytes();
        before = sealed;
    }
}

/// The key, or its effective length, is not one that the cipher has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BadKey;
impl core::fmt::Display for BadKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("not a length of key that the cipher has")
    }
}
impl core::error::Error for BadKey {}
