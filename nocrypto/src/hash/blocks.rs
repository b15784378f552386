//! What MD5, SHA-1 and SHA-2 have in common: a message of any pieces is cut into blocks, the last one is padded (FIPS
//! 180-4 §5.1; RFC 1321 §3.1, §3.2), and a compression function takes them into its words.
use crate::secret::wipe;

/// The unfinished block of a message, and the message's length.
#[derive(Clone)]
pub(super) struct Blocks<const N: usize> {
    /// Padded already, but for the length: behind the message are a one bit and zeros. To load a block whose bytes were
    /// stored a moment ago costs more than to hash a few rounds, so what can be stored early is.
    pending: [u8; N],
    /// Bytes so far. 2^64 of them are beyond anyone's life.
    total: u64,
}

impl<const N: usize> Blocks<N> {
    /// No message, padded.
    const EMPTY: [u8; N] = {
        let mut empty = [0; N];
        empty[0] = ONE_BIT;
        empty
    };
    pub(super) const fn new() -> Self {
        Self { pending: Self::EMPTY, total: 0 }
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
                self.pending[used + head.len()] = ONE_BIT;
                return;
            }
            compress(core::slice::from_ref(&self.pending));
            self.pending = Self::EMPTY;
            input = rest;
        }
        let (full, rest) = input.as_chunks();
        if !rest.is_empty() {
            self.pending[..rest.len()].copy_from_slice(rest);
            self.pending[rest.len()] = ONE_BIT;
        }
        if !full.is_empty() {
            compress(full);
        }
    }
    /// Ends the message, with `length` at the end of a block. Nothing of it is left behind.
    #[inline]
    pub(super) fn finish(&mut self, length: &[u8], mut compress: impl FnMut(&[[u8; N]])) {
        if self.used() + 1 > N - length.len() {
            compress(core::slice::from_ref(&self.pending));
            self.pending = [0; N];
        }
        self.pending[N - length.len()..].copy_from_slice(length);
        compress(core::slice::from_ref(&self.pending));
        self.wipe();
    }
    /// Forgets the message.
    #[inline]
    pub(super) fn wipe(&mut self) {
        wipe(&mut self.pending);
        self.pending[0] = ONE_BIT;
        self.total = 0;
    }
    fn used(&self) -> usize {
        (self.total % N as u64) as usize
    }
}

/// The one bit behind a message.
const ONE_BIT: u8 = 0x80;

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
                let words = self.state.iter();
                if let Some(out) = out.first_chunk_mut::<$output>() {
                    // All of it is what is mostly asked for, and of a length that the compiler knows.
                    for (out, word) in out.as_chunks_mut().0.iter_mut().zip(words) {
                        *out = word.$to_bytes();
                    }
                } else {
                    for (out, word) in out.chunks_mut(size_of::<$word>()).zip(words) {
                        out.copy_from_slice(&word.$to_bytes()[..out.len()]);
                    }
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
