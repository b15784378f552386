//! The sponge of FIPS 202 §4: bytes are absorbed into the first `RATE` bytes of a state, and squeezed out of them.
use super::keccak::Permute;
use crate::cpu::Features;
use crate::secret::wipe;

/// A sponge of `RATE` bytes a permutation.
#[derive(Clone)]
pub(super) struct Sponge<const RATE: usize> {
    state: [u64; 25],
    /// Bytes of the present block that are absorbed, or squeezed.
    at: usize,
    permute: Permute,
}

impl<const RATE: usize> Sponge<RATE> {
    pub(super) fn with(features: Features) -> Self {
        Self { state: [0; 25], at: 0, permute: Permute::with(features) }
    }
    pub(super) fn absorb(&mut self, mut input: &[u8]) {
        while !input.is_empty() {
            let (piece, rest) = input.split_at(input.len().min(RATE - self.at));
            self.xor(piece);
            self.at += piece.len();
            if self.at == RATE {
                self.permute();
            }
            input = rest;
        }
    }
    /// Ends the input with the bits that tell the functions apart (§6) and with pad10*1 (§5.1).
    pub(super) fn pad(&mut self, suffix: u8) {
        self.xor(&[suffix]);
        self.at = RATE - 1;
        self.xor(&[0x80]);
        self.permute();
    }
    pub(super) fn squeeze(&mut self, mut out: &mut [u8]) {
        while !out.is_empty() {
            if self.at == RATE {
                self.permute();
            }
            let (piece, rest) = out.split_at_mut(out.len().min(RATE - self.at));
            self.copy(piece);
            self.at += piece.len();
            out = rest;
        }
    }
    #[inline]
    pub(super) fn wipe(&mut self) {
        wipe(&mut self.state);
        self.at = 0;
    }
    fn permute(&mut self) {
        self.permute.run(&mut self.state);
        self.at = 0;
    }
    /// Bytes of the state from `at` on, with those of `input`.
    fn xor(&mut self, input: &[u8]) {
        let (lanes, rest) = if self.at.is_multiple_of(8) { input.as_chunks() } else { (&[][..], input) };
        for (lane, bytes) in self.state[self.at / 8..].iter_mut().zip(lanes) {
            *lane ^= u64::from_le_bytes(*bytes);
        }
        for (i, byte) in (self.at + 8 * lanes.len()..).zip(rest) {
            self.state[i / 8] ^= u64::from(*byte) << (8 * (i % 8));
        }
    }
    /// Bytes of the state from `at` on.
    fn copy(&self, out: &mut [u8]) {
        let (lanes, rest) = if self.at.is_multiple_of(8) { out.as_chunks_mut() } else { (&mut [][..], out) };
        let start = self.at + 8 * lanes.len();
        for (lane, bytes) in self.state[self.at / 8..].iter().zip(lanes) {
            *bytes = lane.to_le_bytes();
        }
        for (i, byte) in (start..).zip(rest) {
            *byte = self.state[i / 8].to_le_bytes()[i % 8];
        }
    }
}
impl<const RATE: usize> Drop for Sponge<RATE> {
    #[inline]
    fn drop(&mut self) {
        self.wipe();
    }
}
