//! Cuts a message of any pieces into blocks, and pads the last one (FIPS 180-4 §5.1; RFC 1321 §3.1, §3.2).
use crate::secret::wipe;

/// The unfinished block of a message, and the message's length.
#[derive(Clone)]
pub(super) struct Blocks<const N: usize> {
    pending: [u8; N],
    /// Bytes so far. 2^64 of them are beyond anyone's life.
    total: u64,
}

impl<const N: usize> Blocks<N> {
    pub(super) const fn new() -> Self {
        Self { pending: [0; N], total: 0 }
    }
    /// The message's length in bits.
    pub(super) fn bits(&self) -> u128 {
        u128::from(self.total) << 3
    }
    /// Adds `input` to the message; `compress` is given every block that is full now.
    #[inline]
    pub(super) fn update(&mut self, mut input: &[u8], mut compress: impl FnMut(&[[u8; N]])) {
        let used = self.used();
        self.total = self.total.wrapping_add(input.len() as u64);
        if used > 0 {
            let (head, rest) = input.split_at(input.len().min(N - used));
            self.pending[used..used + head.len()].copy_from_slice(head);
            if used + head.len() < N {
                return;
            }
            compress(core::slice::from_ref(&self.pending));
            input = rest;
        }
        let (full, rest) = input.as_chunks();
        if !full.is_empty() {
            compress(full);
        }
        self.pending[..rest.len()].copy_from_slice(rest);
    }
    /// Ends the message: a one bit, zeros, and `length` at the end of a block. Nothing of it is left behind.
    #[inline]
    pub(super) fn finish(&mut self, length: &[u8], mut compress: impl FnMut(&[[u8; N]])) {
        let used = self.used();
        self.pending[used] = 0x80;
        self.pending[used + 1..].fill(0);
        if used + 1 > N - length.len() {
            compress(core::slice::from_ref(&self.pending));
            self.pending.fill(0);
        }
        self.pending[N - length.len()..].copy_from_slice(length);
        compress(core::slice::from_ref(&self.pending));
        self.wipe();
    }
    /// Forgets the message.
    #[inline]
    pub(super) fn wipe(&mut self) {
        self.total = 0;
        wipe(&mut self.pending);
    }
    fn used(&self) -> usize {
        (self.total % N as u64) as usize
    }
}
