//! AES key wrap (RFC 3394; SP 800-38F §6.2) and AES key wrap with padding (RFC 5649; SP 800-38F §6.3): deterministic
//! encryption of keys with keys. In place: the first eight bytes of a buffer are for the check.
use super::Forged;
use crate::cipher::aes::Aes;
use crate::ct::{Choice, is_zero, less_than, publish_word};
use crate::secret::wipe;

/// Wraps the key `in_out[8..]` in place (RFC 3394 §2.2.1). The first eight bytes may hold anything.
///
/// # Errors
/// [`BadLength`] if the key is not a multiple of 8 bytes, or shorter than 16; then nothing has happened.
pub fn wrap<const N: usize>(kek: &Aes<N>, in_out: &mut [u8]) -> Result<(), BadLength> {
    let (words, rest) = in_out.as_chunks_mut();
    let [check, key @ ..] = words else { return Err(BadLength) };
    if key.len() < 2 || !rest.is_empty() {
        return Err(BadLength);
    }
    *check = DEFAULT;
    seal(kek, check, key);
    Ok(())
}

/// The key that [`wrap`] has wrapped, unwrapped in place (RFC 3394 §2.2.2).
///
/// # Errors
/// [`Forged`] if it has not; then `in_out` is all zeros.
pub fn unwrap<'a, const N: usize>(kek: &Aes<N>, in_out: &'a mut [u8]) -> Result<&'a mut [u8], Forged> {
    let (words, rest) = in_out.as_chunks_mut();
    let right = match words {
        [check, key @ ..] if key.len() >= 2 && rest.is_empty() => {
            open(kek, check, key);
            is_zero(u64::from_be_bytes(*check) ^ u64::from_be_bytes(DEFAULT))
        }
        _ => Choice::from_lsb(0),
    };
    if !right.reveal() {
        wipe(in_out);
        return Err(Forged);
    }
    in_out.get_mut(8..).ok_or(Forged)
}

/// Wraps the first `length` bytes of `in_out[8..]` in place (RFC 5649 §4.1). The first eight bytes, and those behind
/// the key, may hold anything.
///
/// # Errors
/// [`BadLength`] if `in_out` is not 8 bytes longer than `length` rounded up to a multiple of 8, or `length` is 0 or
/// above 2^32 - 1; then nothing has happened.
pub fn wrap_padded<const N: usize>(kek: &Aes<N>, length: usize, in_out: &mut [u8]) -> Result<(), BadLength> {
    let indicator = u32::try_from(length).map_err(|_| BadLength)?;
    if length == 0 || length.div_ceil(8).checked_add(1).and_then(|n| n.checked_mul(8)) != Some(in_out.len()) {
        return Err(BadLength);
    }
    let (words, _) = in_out.as_chunks_mut();
    let [check, key @ ..] = words else { return Err(BadLength) };
    *check = (u64::from(ALTERNATIVE) << 32 | u64::from(indicator)).to_be_bytes();
    key.as_flattened_mut()[length..].fill(0);
    if let [word] = key {
        let mut block = joined(check, word);
        kek.encrypt_block(&mut block);
        part(&mut block, check, word);
    } else {
        seal(kek, check, key);
    }
    Ok(())
}

/// The key that [`wrap_padded`] has wrapped, unwrapped in place (RFC 5649 §4.2). Its length, and nothing else of it,
/// is public from here on.
///
/// # Errors
/// [`Forged`] if it has not; then `in_out` is all zeros.
pub fn unwrap_padded<'a, const N: usize>(kek: &Aes<N>, in_out: &'a mut [u8]) -> Result<&'a mut [u8], Forged> {
    let (words, rest) = in_out.as_chunks_mut();
    let (length, right) = match words {
        [check, key @ ..] if !key.is_empty() && rest.is_empty() => {
            if let [word] = key {
                let mut block = joined(check, word);
                kek.decrypt_block(&mut block);
                part(&mut block, check, word);
            } else {
                open(kek, check, key);
            }
            let check = u64::from_be_bytes(*check);
            let (length, room) = (check & 0xffff_ffff, 8 * key.len() as u64);
            // RFC 5649 §3: all of it, but for seven zeros at most.
            let mut right = is_zero(check >> 32 ^ u64::from(ALTERNATIVE));
            right = right & !less_than(room, length) & less_than(room - 8, length);
            for (place, byte) in (room - 8..).zip(key.as_flattened().iter().skip(8 * key.len() - 8)) {
                right = right & (less_than(place, length) | is_zero(u64::from(*byte)));
            }
            (length, right)
        }
        _ => (0, Choice::from_lsb(0)),
    };
    if !right.reveal() {
        wipe(in_out);
        return Err(Forged);
    }
    let end =
        usize::try_from(publish_word(length)).ok().and_then(|length| length.checked_add(8)).ok_or(Forged)?;
    in_out.get_mut(8..end).ok_or(Forged)
}

/// The length is not one that can be wrapped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BadLength;
impl core::fmt::Display for BadLength {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the length is not one that can be wrapped")
    }
}
impl core::error::Error for BadLength {}

/// W of SP 800-38F §6.1, Alg. 1: six times over all words, the check goes through AES with each.
fn seal<const N: usize>(kek: &Aes<N>, check: &mut [u8; 8], words: &mut [[u8; 8]]) {
    let mut step = 0u64;
    for _ in 0..6 {
        for word in &mut *words {
            step += 1;
            let mut block = joined(check, word);
            kek.encrypt_block(&mut block);
            part(&mut block, check, word);
            add(check, step);
        }
    }
}
/// W^-1 of SP 800-38F §6.1, Alg. 2.
fn open<const N: usize>(kek: &Aes<N>, check: &mut [u8; 8], words: &mut [[u8; 8]]) {
    let mut step = 6 * words.len() as u64;
    for _ in 0..6 {
        for word in words.iter_mut().rev() {
            add(check, step);
            let mut block = joined(check, word);
            kek.decrypt_block(&mut block);
            part(&mut block, check, word);
            step -= 1;
        }
    }
}
fn add(check: &mut [u8; 8], step: u64) {
    *check = (u64::from_be_bytes(*check) ^ step).to_be_bytes();
}
fn joined(check: &[u8; 8], word: &[u8; 8]) -> [u8; 16] {
    let mut block = [0; 16];
    block[..8].copy_from_slice(check);
    block[8..].copy_from_slice(word);
    block
}
/// The inverse of [`joined`]. Wipes the block.
fn part(block: &mut [u8; 16], check: &mut [u8; 8], word: &mut [u8; 8]) {
    check.copy_from_slice(&block[..8]);
    word.copy_from_slice(&block[8..]);
    wipe(block);
}

/// RFC 3394 §2.2.3.1.
const DEFAULT: [u8; 8] = [0xa6; 8];
/// RFC 5649 §3.
const ALTERNATIVE: u32 = 0xa659_59a6;
