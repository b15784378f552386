//! Poly1305 (RFC 8439 §2.5): a polynomial modulo 2^130 - 5, in two words and a bit of a third.
use super::Forged;
use crate::cipher::part;
use crate::ct;
use crate::secret::wipe;
use alloc::boxed::Box;
use core::slice::from_mut;

/// Poly1305 under a key for one message, and the message so far. On the heap, and wiped when it goes.
pub struct Poly1305(Box<Buffered>);

struct Buffered {
    state: State,
    /// The first bytes of a block, `filled` of them.
    block: [u8; 16],
    filled: usize,
}

impl Poly1305 {
    /// Takes a key, which must never be used for a second message.
    #[must_use]
    pub fn new(one_time_key: &[u8; 32]) -> Self {
        let mut own = Self(Box::new(Buffered { state: State::zero(), block: [0; 16], filled: 0 }));
        own.0.state.set_key(words(one_time_key));
        own
    }
    /// Adds `input` to the message.
    pub fn update(&mut self, mut input: &[u8]) {
        let Buffered { state, block, filled } = &mut *self.0;
        if *filled != 0 {
            let (now, later) = input.split_at(input.len().min(16 - *filled));
            block[*filled..*filled + now.len()].copy_from_slice(now);
            *filled += now.len();
            input = later;
            if *filled < 16 {
                return;
            }
            state.blocks(&[*block]);
        }
        let (blocks, rest) = input.as_chunks();
        state.blocks(blocks);
        block[..rest.len()].copy_from_slice(rest);
        *filled = rest.len();
    }
    /// The tag of the message.
    #[must_use]
    pub fn finish(mut self) -> [u8; 16] {
        let Buffered { state, block, filled } = &mut *self.0;
        if *filled != 0 {
            // A last block that is not whole has its 1 behind its last byte, and not behind 16 (RFC 8439 §2.5.1).
            state.h = step(state.h, part::load(&block[..*filled]) | 1 << (8 * *filled), 0, state.r);
        }
        state.tag()
    }
    /// Compares the message's tag with `tag`, in constant time.
    ///
    /// # Errors
    /// [`Forged`] if they differ, be it in length.
    pub fn verify(self, tag: &[u8]) -> Result<(), Forged> {
        if ct::eq(&self.finish(), tag).reveal() { Ok(()) } else { Err(Forged) }
    }
}
impl Drop for Poly1305 {
    fn drop(&mut self) {
        wipe(&mut self.0.block);
    }
}
impl core::fmt::Debug for Poly1305 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Poly1305(..)")
    }
}

/// A one-time authenticator at work. Wiped when it goes.
pub(crate) struct State {
    /// The accumulator, h0 + 2^64 h1 + 2^128 h2: between blocks h2 is at most 4.
    pub(crate) h: [u64; 3],
    pub(crate) r: Multiplier,
    s: u128,
}

/// The clamped r. As r1 is a multiple of 4, 2^128 r1 = 5/4 r1 modulo 2^130 - 5: that is s1.
#[derive(Clone, Copy, Default)]
#[repr(C)]
pub(crate) struct Multiplier {
    pub(crate) r0: u64,
    pub(crate) r1: u64,
    pub(crate) s1: u64,
}

impl Multiplier {
    pub(crate) fn wipe(&mut self) {
        wipe(from_mut(self));
    }
}

impl State {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self::from_words(words(key))
    }
    /// The same with the key as four little-endian words.
    #[inline]
    pub(crate) fn from_words(key: [u64; 4]) -> Self {
        let mut own = Self::zero();
        own.set_key(key);
        own
    }
    fn zero() -> Self {
        Self { h: [0; 3], r: Multiplier::default(), s: 0 }
    }
    /// RFC 8439 §2.5.1: r is clamped.
    #[inline]
    fn set_key(&mut self, [r0, r1, s0, s1]: [u64; 4]) {
        let (r0, r1) = (r0 & 0x0fff_fffc_0fff_ffff, r1 & 0x0fff_fffc_0fff_fffc);
        self.r = Multiplier { r0, r1, s1: r1 + (r1 >> 2) };
        self.s = u128::from(s0) | u128::from(s1) << 64;
    }
    /// Absorbs whole blocks, then the rest padded with zeros to a block (RFC 8439 §2.8).
    #[inline(always)]
    pub(crate) fn padded(&mut self, message: &[u8]) {
        let (blocks, rest) = message.as_chunks::<16>();
        self.blocks(blocks);
        if !rest.is_empty() {
            self.h = step(self.h, part::load(rest), 1, self.r);
        }
    }
    /// Absorbs whole blocks.
    #[inline(always)]
    pub(crate) fn blocks(&mut self, blocks: &[[u8; 16]]) {
        let mut h = self.h;
        for block in blocks {
            h = step(h, u128::from_le_bytes(*block), 1, self.r);
        }
        self.h = h;
    }
    /// h + s modulo 2^128, h reduced (RFC 8439 §2.5).
    pub(crate) fn tag(&self) -> [u8; 16] {
        let [h0, h1, h2] = self.h;
        // h + 5 reaches 2^130 exactly when h is not reduced.
        let (_, carry) = h0.overflowing_add(5);
        let (_, carry) = h1.overflowing_add(u64::from(carry));
        let five = ((h2 + u64::from(carry)) >> 2) * 5;
        let h = u128::from(h0) | u128::from(h1) << 64;
        h.wrapping_add(u128::from(five)).wrapping_add(self.s).to_le_bytes()
    }
}
impl Drop for State {
    fn drop(&mut self) {
        wipe(&mut self.h);
        self.r.wipe();
        wipe(from_mut(&mut self.s));
    }
}

fn words(key: &[u8; 32]) -> [u64; 4] {
    let words = key.as_chunks().0;
    core::array::from_fn(|i| u64::from_le_bytes(words[i]))
}

/// (h + m + 2^128 pad) r, reduced so far that h2 is at most 4.
#[inline(always)]
pub(crate) fn step(h: [u64; 3], m: u128, pad: u64, r: Multiplier) -> [u64; 3] {
    let (h0, carry) = h[0].overflowing_add(m as u64);
    let (h1, carry) = h[1].carrying_add((m >> 64) as u64, carry);
    let h2 = h[2] + pad + u64::from(carry);
    let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
    let d0 = product(h0, r.r0) + product(h1, r.s1);
    let d1 = product(h0, r.r1) + product(h1, r.r0) + u128::from(h2 * r.s1) + (d0 >> 64);
    let d2 = h2 * r.r0 + (d1 >> 64) as u64;
    // 2^130 = 5: what is above comes back as 4 times and once itself.
    let (h0, carry) = (d0 as u64).overflowing_add((d2 >> 2) + (d2 & !3));
    let (h1, carry) = (d1 as u64).overflowing_add(u64::from(carry));
    [h0, h1, (d2 & 3) + u64::from(carry)]
}
