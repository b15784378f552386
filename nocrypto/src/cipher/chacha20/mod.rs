//! ChaCha20 (RFC 8439 §2.3, §2.4): key stream from key, counter and nonce.
use super::EndOfStream;
use crate::Secret;
use crate::secret::wipe;

mod portable;

/// ChaCha20 under one key, which is on the heap and wiped when it goes.
#[derive(Debug)]
pub struct ChaCha20(Secret<32>);

impl ChaCha20 {
    /// Keeps a copy of `key`.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Secret::fill_with(|own| own.copy_from_slice(key)))
    }
    /// Xors `in_out` with the key stream that begins with block `counter` (RFC 8439 §2.4).
    ///
    /// # Errors
    /// [`EndOfStream`] if `in_out` needs blocks beyond the last, 2^32 - 1; then nothing has happened.
    pub fn apply(&self, nonce: &[u8; 12], counter: u32, in_out: &mut [u8]) -> Result<(), EndOfStream> {
        let blocks = u64::try_from(in_out.len().div_ceil(64)).map_err(|_| EndOfStream)?;
        if blocks > (1 << 32) - u64::from(counter) {
            return Err(EndOfStream);
        }
        let mut stream = Stream::new(self.0.expose(), nonce, counter);
        let mut four = [0; 256];
        for some in in_out.chunks_mut(256) {
            stream.next(&mut four);
            for (x, k) in some.iter_mut().zip(&four) {
                *x ^= k;
            }
        }
        wipe(&mut four);
        Ok(())
    }
}

/// Four blocks of key stream at a time. The state is wiped when it goes.
pub(crate) struct Stream([u32; 16]);

impl Stream {
    /// From block `counter` on.
    pub(crate) fn new(key: &[u8; 32], nonce: &[u8; 12], counter: u32) -> Self {
        let mut state = [0; 16];
        state[..4].copy_from_slice(&SIGMA);
        words(key, &mut state[4..12]);
        state[12] = counter;
        words(nonce, &mut state[13..]);
        Self(state)
    }
    /// The next four blocks. The counter wraps: the caller sees to it that nothing behind the last block is used.
    pub(crate) fn next(&mut self, out: &mut [u8; 256]) {
        portable::four_blocks(&self.0, out);
        self.0[12] = self.0[12].wrapping_add(4);
    }
}
impl Drop for Stream {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Little-endian words.
pub(crate) fn words(bytes: &[u8], out: &mut [u32]) {
    for (to, from) in out.iter_mut().zip(bytes.as_chunks().0) {
        *to = u32::from_le_bytes(*from);
    }
}

/// "expand 32-byte k" (RFC 8439 §2.3).
pub(crate) const SIGMA: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
