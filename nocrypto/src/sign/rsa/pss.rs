//! EMSA-PSS (RFC 8017 §9.1) with MGF1 over the hash of the message.
use crate::hash::Hash;
use crate::sign::BadSignature;

/// The last byte of every block.
const TRAILER: u8 = 0xbc;

/// Writes the encoding of `message` under `salt` over the whole of `block`, which has the length of a modulus of
/// `modulus_bits`, at least 2048; `salt` is not longer than 64 bytes (RFC 8017 §9.1.1).
pub(super) fn encode<H: Hash>(message: &[u8], salt: &[u8], modulus_bits: usize, block: &mut [u8]) {
    let (spare, encoded) = without_spare_byte(block, modulus_bits);
    spare.fill(0);
    let (masked, tail) = encoded.split_at_mut(encoded.len() - H::OUTPUT - 1);
    let (hash, trailer) = tail.split_at_mut(H::OUTPUT);
    hash.copy_from_slice(salted::<H>(message, salt).as_ref());
    trailer.fill(TRAILER);
    let (padding, end) = masked.split_at_mut(masked.len() - salt.len());
    padding.fill(0);
    padding[padding.len() - 1] = 1;
    end.copy_from_slice(salt);
    mask::<H>(hash, masked);
    masked[0] &= top_byte(modulus_bits);
}

/// Whether `block`, the length of the modulus, encodes `message` under some salt of `salt_len` bytes (RFC 8017
/// §9.1.2). `block` is used up.
pub(super) fn verify<H: Hash>(
    message: &[u8],
    block: &mut [u8],
    modulus_bits: usize,
    salt_len: usize,
) -> Result<(), BadSignature> {
    let (spare, encoded) = without_spare_byte(block, modulus_bits);
    // Beside hash and trailer there is room for the salt and the 01 before it (step 3).
    let room = encoded.len() - H::OUTPUT - 1;
    if salt_len >= room {
        return Err(BadSignature);
    }
    let (masked, tail) = encoded.split_at_mut(room);
    let (hash, trailer) = tail.split_at(H::OUTPUT);
    let top = top_byte(modulus_bits);
    if spare.iter().any(|byte| *byte != 0) || masked[0] & !top != 0 || trailer != [TRAILER] {
        return Err(BadSignature);
    }
    mask::<H>(hash, masked);
    masked[0] &= top;
    let (padding, salt) = masked.split_at(room - salt_len);
    let Some((one, zeros)) = padding.split_last() else { return Err(BadSignature) };
    if *one != 1 || zeros.iter().any(|byte| *byte != 0) {
        return Err(BadSignature);
    }
    if salted::<H>(message, salt).as_ref() == hash { Ok(()) } else { Err(BadSignature) }
}

/// An encoding has one bit less than the modulus; if that leaves the first byte of a block empty, it stands apart.
fn without_spare_byte(block: &mut [u8], modulus_bits: usize) -> (&mut [u8], &mut [u8]) {
    block.split_at_mut(block.len() - (modulus_bits - 1).div_ceil(8))
}

/// The bits of the first byte of an encoding that may be set.
const fn top_byte(modulus_bits: usize) -> u8 {
    0xff >> (8 * (modulus_bits - 1).div_ceil(8) - (modulus_bits - 1))
}

/// `Hash(00 00 00 00 00 00 00 00 ‖ Hash(message) ‖ salt)`.
fn salted<H: Hash>(message: &[u8], salt: &[u8]) -> H::Output {
    let mut hash = H::new();
    hash.update(&[0; 8]);
    hash.update(H::digest(message).as_ref());
    hash.update(salt);
    hash.finish()
}

/// `out ^= MGF1(seed)` (RFC 8017 §B.2.1).
fn mask<H: Hash>(seed: &[u8], out: &mut [u8]) {
    for (counter, block) in (0u32..).zip(out.chunks_mut(H::OUTPUT)) {
        let mut hash = H::new();
        hash.update(seed);
        hash.update(&counter.to_be_bytes());
        block.iter_mut().zip(hash.finish().as_ref()).for_each(|(b, m)| *b ^= m);
    }
}
