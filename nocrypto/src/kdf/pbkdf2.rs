//! PBKDF2 (RFC 8018 §5.2) over HMAC: a key from a password, made slow by repetition.
use super::TooLong;
use crate::hash::{Hash, LONGEST_OUTPUT};
use crate::mac::Hmac;
use crate::secret::wipe;
use core::num::NonZeroU32;

/// Fills `out` with PBKDF2-HMAC-`H` of `password` and `salt`. The work is `iterations` for each `H::OUTPUT` bytes: where
/// a file says how many, the caller has to limit them.
///
/// # Errors
/// [`TooLong`] if `out` is beyond (2^32 - 1) · `H::OUTPUT` bytes; then it stays as it is.
pub fn pbkdf2<H: Hash>(
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
    out: &mut [u8],
) -> Result<(), TooLong> {
    if u32::try_from(out.len().div_ceil(H::OUTPUT)).is_err() {
        return Err(TooLong);
    }
    let mac = Hmac::<H>::new(password);
    let mut u = [0; LONGEST_OUTPUT];
    let u = &mut u[..H::OUTPUT];
    for (number, piece) in (1u32..=u32::MAX).zip(out.chunks_mut(H::OUTPUT)) {
        mac.tag_into([salt, &number.to_be_bytes()], u);
        piece.copy_from_slice(&u[..piece.len()]);
        for _ in 1..iterations.get() {
            mac.tag_in_place(u);
            for (sum, u) in piece.iter_mut().zip(&*u) {
                *sum ^= u;
            }
        }
    }
    wipe(u);
    Ok(())
}
