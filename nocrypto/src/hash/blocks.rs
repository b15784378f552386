//! What MD5, SHA-1 and SHA-2 have in common: a message of any pieces is cut into blocks, the last one is padded (FIPS
//! 180-4 §5.1; RFC 1321 §3.1, §3.2), and a compression function takes them into its words.
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

/// Hash functions of words, a compression function, bytes of output from initial words, and the way in which the words
/// of output and the length in bits are written.
macro_rules! block_hash {
    ($( $(#[$doc:meta])* $name:ident: [$word:ty; $words:literal], $compress:ty, $output:literal bytes from $initial:expr,
        lengths as $length:ident $to_bytes:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            state: [$word; $words],
            blocks: $crate::hash::blocks::Blocks<{ 16 * size_of::<$word>() }>,
            compress: $compress,
        }
        impl $crate::hash::Hash for $name {
            const BLOCK: usize = 16 * size_of::<$word>();
            const OUTPUT: usize = $output;
            type Output = [u8; $output];
            #[inline]
            fn with(features: $crate::cpu::Features) -> Self {
                let compress = <$compress>::with(features);
                Self { state: $initial, blocks: $crate::hash::blocks::Blocks::new(), compress }
            }
            #[inline]
            fn update(&mut self, input: &[u8]) {
                self.blocks.update(input, |blocks| self.compress.run(&mut self.state, blocks));
            }
            #[inline]
            fn take_into(&mut self, out: &mut [u8]) {
                let bits = self.blocks.bits() as $length;
                self.blocks.finish(&bits.$to_bytes(), |blocks| self.compress.run(&mut self.state, blocks));
                let length = out.len().min($output);
                for (out, word) in out[..length].chunks_mut(size_of::<$word>()).zip(&self.state) {
                    out.copy_from_slice(&word.$to_bytes()[..out.len()]);
                }
                self.state = $initial;
            }
            #[inline]
            fn take(&mut self) -> Self::Output {
                let mut output = [0; $output];
                self.take_into(&mut output);
                output
            }
        }
        impl Drop for $name {
            #[inline]
            fn drop(&mut self) {
                $crate::secret::wipe(&mut self.state);
                self.blocks.wipe();
            }
        }
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )* };
}
pub(super) use block_hash;
