//! RC4 (as in RFC 6229), which decrypts as it encrypts.
use super::BadKey;
use crate::secret::wipe;
use alloc::boxed::Box;
use core::hint::black_box;

/// RC4 at work. The state is on the heap and wiped when it goes.
pub struct Rc4(Box<State>);

struct State {
    s: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    /// Takes a key of 1 to 256 bytes.
    ///
    /// # Errors
    /// [`BadKey`] if it has another length.
    pub fn new(key: &[u8]) -> Result<Self, BadKey> {
        if !(1..=256).contains(&key.len()) {
            return Err(BadKey);
        }
        let mut own = Self(Box::new(State { s: [0; 256], i: 0, j: 0 }));
        let state = &mut *own.0;
        for (byte, i) in state.s.iter_mut().zip(0..=255) {
            *byte = i;
        }
        for (i, k) in (0..=255).zip(key.iter().cycle()) {
            state.j = state.j.wrapping_add(state.s[usize::from(i)]).wrapping_add(*k);
            state.exchange(i);
        }
        state.j = 0;
        Ok(own)
    }
    /// Xors `in_out` with the next bytes of the key stream.
    pub fn apply(&mut self, in_out: &mut [u8]) {
        let state = &mut *self.0;
        for byte in in_out {
            state.i = state.i.wrapping_add(1);
            state.j = state.j.wrapping_add(state.s[usize::from(state.i)]);
            let at = state.exchange(state.i);
            *byte ^= state.read(at);
        }
    }
}
impl Drop for Rc4 {
    fn drop(&mut self) {
        wipe(&mut self.0.s);
        self.0.j = 0;
        zeroize::optimization_barrier(&self.0.j);
    }
}
impl core::fmt::Debug for Rc4 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Rc4(..)")
    }
}

impl State {
    /// `s[at]`, found by looking at all of `s`.
    fn read(&self, at: u8) -> u8 {
        let at = black_box(at);
        (0..=255).zip(&self.s).fold(0, |found, (i, byte)| found | byte & same(at, i))
    }
    /// Exchanges `s[i]`, where `i` is public, and `s[j]`; gives their sum.
    fn exchange(&mut self, i: u8) -> u8 {
        let j = black_box(self.j);
        let (of_i, of_j) = (self.s[usize::from(i)], self.read(j));
        for (place, byte) in (0..=255).zip(&mut self.s) {
            *byte ^= (*byte ^ of_i) & same(j, place);
        }
        self.s[usize::from(i)] = of_j;
        of_i.wrapping_add(of_j)
    }
}

/// All ones if `a` is `b`, zero otherwise.
fn same(a: u8, b: u8) -> u8 {
    (u16::from(a ^ b).wrapping_sub(1) >> 8) as u8
}
