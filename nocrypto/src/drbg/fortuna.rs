//! The generator of Fortuna (Cryptography Engineering §9.4): AES-256 on a counter, under a key that no request
//! outlives. The pools that feed it are elsewhere: here is no entropy.
use crate::cipher::aes::Aes256;
use crate::cpu::Features;
use crate::hash::{Hash, ShaD256};
use crate::secret::wipe;
use alloc::boxed::Box;

/// A generator that has been seeded: there is no other.
///
/// After each request the key is replaced by two more blocks of output, so that whoever reads this state learns
/// nothing of what was given before.
pub struct Generator {
    key: Box<[u8; 32]>,
    cipher: Aes256,
    /// The next block to encrypt, little-endian. It is no secret.
    counter: u128,
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
        let mut own = Self { key, cipher, counter: 0, features };
        own.reseed(seed);
        own
    }
    /// Hashes `seed` into the key (§9.4.2): what was unknown of the old key stays unknown, whatever `seed` is.
    pub fn reseed(&mut self, seed: &[&[u8]]) {
        let mut hash = ShaD256::with(self.features);
        hash.update(&*self.key);
        for part in seed {
            hash.update(part);
        }
        hash.take_into(&mut *self.key);
        self.cipher.rekey(&self.key);
        self.counter = self.counter.wrapping_add(1);
    }
    /// Adds `fresh` to the upper half of the counter.
    ///
    /// Two copies of one generator, as a fork or a snapshot makes them, go different ways from here if their `fresh`
    /// differ. It need be neither secret nor random (a cycle counter will do): under one key the counters of a request
    /// differ in any case.
    pub fn stir(&mut self, fresh: u64) {
        self.counter = self.counter.wrapping_add(u128::from(fresh) << 64);
    }
    /// Fills `out` (§9.4.4). Every 2^20 bytes count as a request and have a key of their own; no bytes are no request.
    pub fn fill(&mut self, out: &mut [u8]) {
        for request in out.chunks_mut(LONGEST_REQUEST) {
            let (whole, rest) = request.as_chunks_mut();
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
    }
    fn blocks(&mut self, out: &mut [[u8; 16]]) {
        self.cipher.keystream_le(self.counter, out);
        self.counter = self.counter.wrapping_add(out.len() as u128);
    }
}
impl Drop for Generator {
    fn drop(&mut self) {
        wipe(self.key.as_mut_slice());
    }
}
impl core::fmt::Debug for Generator {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Generator(..)")
    }
}

/// §9.4.4: 2^16 blocks that never repeat are told from random ones with a chance of 2^-97.
const LONGEST_REQUEST: usize = 1 << 20;
/// Blocks for one pass over memory: 4 KiB stay in the first cache.
const AT_A_TIME: usize = 256;
