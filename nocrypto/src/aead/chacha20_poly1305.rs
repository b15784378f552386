//! ChaCha20-Poly1305 (RFC 8439 §2.8).
use super::{Aead, Forged, TooLong, verify};
use crate::Secret;
use crate::cipher::chacha20::Stream;
use crate::cpu::Features;
use crate::mac::poly1305::State;
use crate::secret::wipe;

/// ChaCha20-Poly1305. The key is on the heap and wiped when it goes.
pub struct ChaCha20Poly1305 {
    key: Secret<32>,
    backend: Backend,
}

#[derive(Clone, Copy)]
enum Backend {
    Portable,
}

impl ChaCha20Poly1305 {
    /// Keeps a copy of `key`, for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; 32], features: Features) -> Self {
        let _ = features;
        Self { key: Secret::fill_with(|own| own.copy_from_slice(key)), backend: Backend::Portable }
    }
    fn crypt<const OPEN: bool>(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> [u8; 16] {
        match self.backend {
            Backend::Portable => portable::<OPEN>(self.key.expose(), nonce, aad, in_out),
        }
    }
}

impl Aead for ChaCha20Poly1305 {
    type Key = [u8; 32];
    type Nonce = [u8; 12];
    type Tag = [u8; 16];

    fn new(key: &[u8; 32]) -> Self {
        Self::with(key, Features::detect())
    }
    fn seal(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> Result<[u8; 16], TooLong> {
        check_length(in_out.len())?;
        Ok(self.crypt::<false>(nonce, aad, in_out))
    }
    fn open(&self, nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8], tag: &[u8; 16]) -> Result<(), Forged> {
        if check_length(in_out.len()).is_err() {
            wipe(in_out);
            return Err(Forged);
        }
        let computed = self.crypt::<true>(nonce, aad, in_out);
        verify(&computed, tag, in_out)
    }
}

impl core::fmt::Debug for ChaCha20Poly1305 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ChaCha20Poly1305(..)")
    }
}

/// RFC 8439 §2.8: the counter has 2^32 values, and the first makes the key of Poly1305.
fn check_length(text: usize) -> Result<(), TooLong> {
    if u64::try_from(text).is_ok_and(|text| text <= (1 << 38) - 64) { Ok(()) } else { Err(TooLong) }
}

/// Encrypts, or decrypts, in place; gives the tag of the ciphertext.
fn portable<const OPEN: bool>(key: &[u8; 32], nonce: &[u8; 12], aad: &[u8], in_out: &mut [u8]) -> [u8; 16] {
    let lengths = (aad.len() as u128 | (in_out.len() as u128) << 64).to_le_bytes();
    let mut stream = Stream::new(key, nonce, 0);
    let mut four = [0; 256];
    stream.next(&mut four);
    // Block 0 is for Poly1305, of which it uses half (RFC 8439 §2.6).
    let mut poly1305 = State::new(&four.as_chunks().0[0]);
    poly1305.padded(aad);
    let (mut rest, mut used) = (in_out, 64);
    loop {
        let (some, later) = rest.split_at_mut(rest.len().min(four.len() - used));
        if OPEN {
            poly1305.padded(some);
        }
        for (x, k) in some.iter_mut().zip(&four[used..]) {
            *x ^= k;
        }
        if !OPEN {
            poly1305.padded(some);
        }
        if later.is_empty() {
            break;
        }
        stream.next(&mut four);
        (rest, used) = (later, 0);
    }
    wipe(&mut four);
    poly1305.blocks(&[lengths]);
    poly1305.tag()
}
