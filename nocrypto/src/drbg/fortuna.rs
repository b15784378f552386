//! The generator of Fortuna (Cryptography Engineering §9.4): AES-256 on a counter, under a key that no request
//! outlives, and a store for short requests. The pools that feed it are elsewhere: here is no entropy.
use crate::cipher::aes::Aes256;
use crate::cpu::Features;
use crate::hash::{Hash, ShaD256};
use crate::secret::wipe;
use alloc::boxed::Box;
use core::convert::Infallible;
use rand_core::{TryCryptoRng, TryRng};

/// A generator that has been seeded: there is no other.
///
/// After each request the key is replaced by two more blocks of output, so that whoever reads this state learns
/// nothing of what was given before. Short fills share a request: its output is in store until it is given, each byte
/// once, and is wiped as it is given.
pub struct Generator {
    book: Book,
    /// What is to be given stands at the end; before it are zeros.
    store: Box<[u8; STORE]>,
    /// Bytes to be given.
    left: usize,
    features: Features,
}

impl Generator {
    /// Made from `seed`, whose parts are taken as one string; the output is as good as that is.
    #[must_use]
    pub fn new(seed: &[&[u8]]) -> Self {
        Self::with(seed, Features::detect())
    }
    /// The same on the backends that `features` allow.
    #[must_use]
    pub fn with(seed: &[&[u8]], features: Features) -> Self {
        let key = Box::new([0; 32]);
        let cipher = Aes256::with(&key, features);
        let book = Book { key, cipher, counter: 0 };
        let mut own = Self { book, store: Box::new([0; STORE]), left: 0, features };
        own.reseed(seed);
        own
    }
    /// Hashes `seed` into the key (§9.4.2): what was unknown of the old key stays unknown, whatever `seed` is. Nothing
    /// is given any more that was made before.
    pub fn reseed(&mut self, seed: &[&[u8]]) {
        self.empty();
        let mut hash = ShaD256::with(self.features);
        hash.update(&*self.book.key);
        for part in seed {
            hash.update(part);
        }
        hash.take_into(&mut *self.book.key);
        self.book.cipher.rekey(&self.book.key);
        self.book.counter = self.book.counter.wrapping_add(1);
    }
    /// Adds `fresh` to the upper half of the counter. Nothing is given any more that was made before.
    ///
    /// Two copies of one generator, as a fork or a snapshot makes them, go different ways from here if their `fresh`
    /// differ. It need be neither secret nor random (a cycle counter will do): under one key the counters of a request
    /// differ in any case.
    pub fn stir(&mut self, fresh: u64) {
        self.empty();
        self.book.counter = self.book.counter.wrapping_add(u128::from(fresh) << 64);
    }
    /// Fills `out`, from the store if it is short.
    #[inline]
    pub fn fill(&mut self, out: &mut [u8]) {
        if out.len() > SHORT {
            return self.request(out);
        }
        if out.len() > self.left {
            self.book.request(&mut *self.store);
            self.left = STORE;
        }
        let given = &mut self.store[STORE - self.left..][..out.len()];
        out.copy_from_slice(given);
        wipe(given);
        self.left -= out.len();
    }
    /// Fills `out` as the book does (§9.4.4), past the store. Every 2^20 bytes count as a request and have a key of
    /// their own; no bytes are no request.
    pub fn request(&mut self, out: &mut [u8]) {
        out.chunks_mut(LONGEST_REQUEST).for_each(|request| self.book.request(request));
    }
    fn empty(&mut self) {
        wipe(self.store.as_mut_slice());
        self.left = 0;
    }
}
impl Drop for Generator {
    fn drop(&mut self) {
        self.empty();
    }
}
impl TryRng for Generator {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }
    #[inline]
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.fill(out);
        Ok(())
    }
}
impl TryCryptoRng for Generator {}
impl core::fmt::Debug for Generator {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Generator(..)")
    }
}

/// The state of §9.4.
struct Book {
    key: Box<[u8; 32]>,
    /// Of the key.
    cipher: Aes256,
    /// The next block to encrypt, little-endian. It is no secret.
    counter: u128,
}

impl Book {
    /// At most [`LONGEST_REQUEST`] bytes.
    fn request(&mut self, out: &mut [u8]) {
        let (whole, rest) = out.as_chunks_mut();
        for blocks in whole.chunks_mut(AT_A_TIME) {
            self.blocks(blocks);
        }
        // The last piece and the next key, in one pass.
        let mut end = [[0; 16]; 3];
        let piece = usize::from(!rest.is_empty());
        self.blocks(&mut end[..piece + 2]);
        rest.copy_from_slice(&end.as_flattened()[..rest.len()]);
        self.key.copy_from_slice(end[piece..piece + 2].as_flattened());
        wipe(end.as_flattened_mut());
        self.cipher.rekey(&self.key);
    }
    fn blocks(&mut self, out: &mut [[u8; 16]]) {
        self.cipher.keystream_le(self.counter, out);
        self.counter = self.counter.wrapping_add(out.len() as u128);
    }
}
impl Drop for Book {
    fn drop(&mut self) {
        wipe(self.key.as_mut_slice());
    }
}

/// §9.4.4: 2^16 blocks that never repeat are told from random ones with a chance of 2^-97.
const LONGEST_REQUEST: usize = 1 << 20;
/// Blocks for one pass over memory: 4 KiB stay in the first cache.
const AT_A_TIME: usize = 256;
/// Bytes of a request for the store.
const STORE: usize = 512;
/// Bytes that are better taken from the store: more would empty it too fast to gain by it.
const SHORT: usize = STORE / 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_not_in_the_state_any_more() {
        for features in Features::arms() {
            let mut generator = Generator::with(&[b"seed"], features);
            let mut out = [0; 40];
            generator.fill(&mut out);
            let key = *generator.book.key;
            generator.fill(&mut out[..8]);
            let (given, left) = generator.store.split_at(48);
            assert!(given.iter().all(|byte| *byte == 0), "{features:?}");
            assert!(left.windows(32).all(|window| window != &out[8..]) && left.iter().any(|byte| *byte != 0));
            generator.fill(&mut [0; 129]);
            assert!(key != *generator.book.key, "a long fill is a request");
            generator.stir(0);
            assert!(generator.store.iter().all(|byte| *byte == 0), "{features:?}");
        }
    }
}
