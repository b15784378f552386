//! ChaCha20-Poly1305 step by step: each piece of key stream is used up before the next is made (RFC 8439 §2.8).
use super::lengths;
use crate::cipher::chacha20::{Backend, LONGEST, Stream};
use crate::cpu::clear_vectors;
use crate::mac::poly1305::State;
use crate::secret::wipe;

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
pub(super) fn crypt<const OPEN: bool>(
    backend: Backend,
    key: &[u8; 32],
    nonce: &[u8; 12],
    aad: &[u8],
    in_out: &mut [u8],
) -> [u8; 16] {
    let lengths = lengths(aad.len(), in_out.len());
    let mut stream = Stream::new(key, nonce, 0, backend);
    let mut piece = [0; LONGEST];
    // Block 0 is for Poly1305, of which it uses half (RFC 8439 §2.6).
    let mut k = stream.next(&mut piece, 64 + in_out.len());
    let mut poly1305 = State::new(&k.as_chunks().0[0]);
    k = &k[64..];
    poly1305.padded(aad);
    let mut rest = in_out;
    loop {
        let (some, later) = rest.split_at_mut(rest.len().min(k.len()));
        if OPEN {
            poly1305.padded(some);
        }
        for (x, k) in some.iter_mut().zip(k) {
            *x ^= k;
        }
        if !OPEN {
            poly1305.padded(some);
        }
        if later.is_empty() {
            break;
        }
        k = stream.next(&mut piece, later.len());
        rest = later;
    }
    wipe(&mut piece);
    poly1305.blocks(&[lengths]);
    let tag = poly1305.tag();
    clear_vectors();
    tag
}
