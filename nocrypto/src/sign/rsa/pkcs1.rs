//! EMSA-PKCS1-v1_5 (RFC 8017 §9.2): the one block that belongs to a message.
use crate::hash::{Hash, Sha256, Sha384, Sha512};

/// A hash function that PKCS#1 v1.5 signatures can name.
pub trait DigestInfo: Hash {
    /// The DER of `DigestInfo` up to the hash itself (RFC 8017 §9.2, note 1).
    const PREFIX: [u8; 19];
}
impl DigestInfo for Sha256 {
    const PREFIX: [u8; 19] = prefix(1, 32);
}
impl DigestInfo for Sha384 {
    const PREFIX: [u8; 19] = prefix(2, 48);
}
impl DigestInfo for Sha512 {
    const PREFIX: [u8; 19] = prefix(3, 64);
}

/// SEQUENCE { SEQUENCE { OID 2.16.840.1.101.3.4.2.`arc`, NULL }, OCTET STRING of `len` }.
const fn prefix(arc: u8, len: u8) -> [u8; 19] {
    [0x30, 17 + len, 0x30, 13, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, arc, 0x05, 0, 0x04, len]
}

/// Writes `00 01 FF … FF 00 DigestInfo` over the whole of `block`, which has at least 256 bytes.
pub(super) fn encode<H: DigestInfo>(message: &[u8], block: &mut [u8]) {
    let (padding, info) = block.split_at_mut(block.len() - H::PREFIX.len() - H::OUTPUT);
    padding.fill(0xff);
    padding[0] = 0;
    padding[1] = 1;
    padding[padding.len() - 1] = 0;
    let (prefix, hash) = info.split_at_mut(H::PREFIX.len());
    prefix.copy_from_slice(&H::PREFIX);
    hash.copy_from_slice(H::digest(message).as_ref());
}
