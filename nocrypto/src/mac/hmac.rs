//! HMAC (RFC 2104; FIPS 198-1) over any [`Hash`].
use super::Forged;
use crate::cpu::clear_vectors;
use crate::ct;
use crate::hash::{Hash, LONGEST_BLOCK, LONGEST_OUTPUT};
use crate::secret::wipe;
use alloc::boxed::Box;

/// A key, and the message so far. A clone of a fresh one spares the two blocks that the key costs.
#[derive(Clone)]
pub struct Hmac<H: Hash>(Box<Keyed<H>>);

impl<H: Hash> Hmac<H> {
    /// Takes a key of any length, for a message of which nothing is known yet.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut own = Self(Box::new(Keyed::blank()));
        own.0.key(key);
        own
    }
    /// Adds `input` to the message.
    pub fn update(&mut self, input: &[u8]) {
        self.0.update(input);
    }
    /// The tag of the message.
    #[must_use]
    pub fn finish(mut self) -> H::Output {
        self.0.take()
    }
    /// The tag of the message if `rest` were its end. `self` stays as it is: for many messages under one key, this needs
    /// neither a clone nor the heap.
    #[must_use]
    pub fn tag_with(&self, rest: &[u8]) -> H::Output {
        let mut mac = (*self.0).clone();
        mac.update(rest);
        mac.take()
    }
    /// Compares the message's whole tag with `tag`, in constant time.
    ///
    /// # Errors
    /// [`Forged`] if they differ, be it in length.
    pub fn verify(self, tag: &[u8]) -> Result<(), Forged> {
        if ct::eq(self.finish().as_ref(), tag).reveal() { Ok(()) } else { Err(Forged) }
    }
    /// The tag of `message` under `key`, in one call and without the heap.
    #[must_use]
    pub fn tag(key: &[u8], message: &[u8]) -> H::Output {
        let mut mac = Keyed::<H>::blank();
        mac.key(key);
        mac.update(message);
        mac.take()
    }
    /// Writes to `out` the tag of a message of these parts, or as much of it as fits. Only for a fresh `self`, which
    /// stays fresh.
    pub(crate) fn tag_into<'a>(&self, parts: impl IntoIterator<Item = &'a [u8]>, out: &mut [u8]) {
        let mut mac = (*self.0).clone();
        for part in parts {
            mac.update(part);
        }
        mac.take_into(out);
    }
    /// Replaces `value` by its tag, or by as much of that as fits. Only for a fresh `self`, which stays fresh.
    pub(crate) fn tag_in_place(&self, value: &mut [u8]) {
        let mut mac = (*self.0).clone();
        mac.update(value);
        mac.take_into(value);
    }
    /// Takes another key, for a message of which nothing is known yet. Does not allocate.
    pub(crate) fn rekey(&mut self, key: &[u8]) {
        *self.0 = Keyed::blank();
        self.0.key(key);
    }
}
impl<H: Hash> core::fmt::Debug for Hmac<H> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Hmac(..)")
    }
}

/// Two hashes that have each eaten the key. They wipe themselves; to leave no copy, they are keyed where they stay.
#[derive(Clone)]
struct Keyed<H> {
    inner: H,
    outer: H,
}
impl<H: Hash> Keyed<H> {
    fn blank() -> Self {
        Self { inner: H::new(), outer: H::new() }
    }
    fn key(&mut self, key: &[u8]) {
        const { assert!(H::OUTPUT <= H::BLOCK && H::BLOCK <= LONGEST_BLOCK) };
        let block = &mut [0; LONGEST_BLOCK][..H::BLOCK];
        if key.len() <= H::BLOCK {
            block[..key.len()].copy_from_slice(key);
        } else {
            self.inner.update(key);
            self.inner.take_into(block);
        }
        block.iter_mut().for_each(|byte| *byte ^= INNER);
        self.inner.update(block);
        block.iter_mut().for_each(|byte| *byte ^= INNER ^ OUTER);
        self.outer.update(block);
        wipe(block);
        clear_vectors();
    }
    fn update(&mut self, input: &[u8]) {
        self.inner.update(input);
    }
    fn take_into(&mut self, out: &mut [u8]) {
        self.hash_inner();
        self.outer.take_into(out);
        clear_vectors();
    }
    fn take(&mut self) -> H::Output {
        self.hash_inner();
        let tag = self.outer.take();
        clear_vectors();
        tag
    }
    fn hash_inner(&mut self) {
        const { assert!(H::OUTPUT <= LONGEST_OUTPUT) };
        let mut inner = [0; LONGEST_OUTPUT];
        self.inner.take_into(&mut inner);
        self.outer.update(&inner[..H::OUTPUT]);
        wipe(&mut inner);
    }
}

/// The bytes of ipad and opad.
const INNER: u8 = 0x36;
const OUTER: u8 = 0x5c;
