//! ChaCha20 (RFC 8439 §2.3, §2.4): key stream from key, counter and nonce.
use super::EndOfStream;
use crate::Secret;
use crate::cpu::{Features, clear_vectors};
use crate::secret::wipe;

#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
mod aarch64;
mod portable;

/// ChaCha20 under one key, which is on the heap and wiped when it goes.
pub struct ChaCha20 {
    key: Secret<32>,
    backend: Backend,
}

impl ChaCha20 {
    /// Keeps a copy of `key`, for the best backend of this CPU.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self::with(key, Features::detect())
    }
    /// The same for the best backend that `features` allow.
    #[must_use]
    pub fn with(key: &[u8; 32], features: Features) -> Self {
        Self { key: Secret::fill_with(|own| own.copy_from_slice(key)), backend: Backend::best(features) }
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
        let mut stream = Stream::new(self.key.expose(), nonce, counter, self.backend);
        let mut piece = [0; LONGEST];
        for some in in_out.chunks_mut(LONGEST) {
            let stream = stream.next(&mut piece, some.len());
            for (x, k) in some.iter_mut().zip(stream) {
                *x ^= k;
            }
        }
        wipe(&mut piece);
        clear_vectors();
        Ok(())
    }
}
impl core::fmt::Debug for ChaCha20 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ChaCha20(..)")
    }
}

/// How key stream is made.
#[derive(Clone, Copy)]
pub(crate) enum Backend {
    Portable,
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    Aarch64(crate::cpu::Neon),
}

impl Backend {
    pub(crate) fn best(features: Features) -> Self {
        #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
        if let Some(proof) = features.neon() {
            return Self::Aarch64(proof);
        }
        let _ = features;
        Self::Portable
    }
}

/// Key stream in pieces. The state is wiped when it goes.
pub(crate) struct Stream {
    state: [u32; 16],
    backend: Backend,
}

impl Stream {
    /// From block `counter` on.
    pub(crate) fn new(key: &[u8; 32], nonce: &[u8; 12], counter: u32, backend: Backend) -> Self {
        let mut state = [0; 16];
        state[..4].copy_from_slice(&SIGMA);
        words(key, &mut state[4..12]);
        state[12] = counter;
        words(nonce, &mut state[13..]);
        Self { state, backend }
    }
    /// The next piece, of at least `wanted` bytes or [`LONGEST`]. What is given beyond `wanted` is lost; the counter
    /// wraps: the caller sees to it that nothing behind the last block is used.
    pub(crate) fn next<'a>(&mut self, piece: &'a mut [u8; LONGEST], wanted: usize) -> &'a [u8] {
        let blocks = wanted.clamp(1, LONGEST).div_ceil(64);
        match self.backend {
            // Sixteen together cost what eight cost one by one.
            Backend::Portable if blocks >= 8 => {
                portable::blocks::<16>(&self.state, piece);
                self.count(16);
                piece
            }
            Backend::Portable => {
                let piece = &mut piece[..64 * blocks];
                for block in piece.chunks_exact_mut(64) {
                    portable::blocks::<1>(&self.state, block);
                    self.count(1);
                }
                piece
            }
            #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
            Backend::Aarch64(proof) => {
                let fours = &mut piece.as_chunks_mut().0[..blocks.div_ceil(4)];
                for four in &mut *fours {
                    aarch64::blocks(&self.state, four, proof);
                    self.count(4);
                }
                fours.as_flattened()
            }
        }
    }
    fn count(&mut self, blocks: u32) {
        self.state[12] = self.state[12].wrapping_add(blocks);
    }
}
impl Drop for Stream {
    fn drop(&mut self) {
        wipe(&mut self.state);
    }
}

/// HChaCha20 (draft-irtf-cfrg-xchacha-03 §2.2): a key from a key and 16 bytes of a nonce.
pub(crate) fn hchacha20(key: &[u8; 32], nonce: &[u8; 16], out: &mut [u8; 32]) {
    let mut state = [[0]; 16];
    let words_of_state = state.as_flattened_mut();
    words_of_state[..4].copy_from_slice(&SIGMA);
    words(key, &mut words_of_state[4..12]);
    words(nonce, &mut words_of_state[12..]);
    portable::rounds(&mut state);
    let (first, last) = (&state[..4], &state[12..]);
    for (to, [word]) in out.as_chunks_mut().0.iter_mut().zip(first.iter().chain(last)) {
        *to = word.to_le_bytes();
    }
    wipe(&mut state);
}

/// Little-endian words.
pub(crate) fn words(bytes: &[u8], out: &mut [u32]) {
    for (to, from) in out.iter_mut().zip(bytes.as_chunks().0) {
        *to = u32::from_le_bytes(*from);
    }
}

/// Bytes of the longest piece of key stream.
pub(crate) const LONGEST: usize = 1024;
/// "expand 32-byte k" (RFC 8439 §2.3).
pub(crate) const SIGMA: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
