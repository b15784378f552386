//! GHASH by integer multiplication: no table, no branch.
//!
//! A product without carries is made of integer products of numbers with holes: of the bits of a word every fourth is
//! kept, so that a sum of up to 15 ones cannot reach the next kept place.
use crate::cipher::part;
use crate::secret::wipe;
use core::slice::from_mut;

/// The accumulator, and H x. Wiped when it goes.
pub(crate) struct State {
    y: u128,
    hx: u128,
}

impl State {
    /// With [`super::times_x`] of H.
    pub(crate) fn new(hx: u128) -> Self {
        Self { y: 0, hx }
    }
    /// Absorbs whole blocks, then the rest padded with zeros to a block.
    pub(crate) fn padded(&mut self, message: &[u8]) {
        let (blocks, rest) = message.as_chunks::<16>();
        for block in blocks {
            self.block(block);
        }
        if !rest.is_empty() {
            self.block(&part::load(rest).to_le_bytes());
        }
    }
    /// Absorbs one block.
    pub(crate) fn block(&mut self, block: &[u8; 16]) {
        self.y = product(self.y ^ u128::from_be_bytes(*block), self.hx);
    }
    /// What has been absorbed, as a block.
    pub(crate) fn hash(&self) -> [u8; 16] {
        self.y.to_be_bytes()
    }
}
impl Drop for State {
    fn drop(&mut self) {
        wipe(from_mut(&mut self.y));
        wipe(from_mut(&mut self.hx));
    }
}

/// a b / x^128 modulo P.
fn product(a: u128, b: u128) -> u128 {
    let halves = |x: u128| (x as u64, (x >> 64) as u64);
    let ((a0, a1), (b0, b1)) = (halves(a), halves(b));
    let (low, high) = (carryless(a0, b0), carryless(a1, b1));
    let middle = carryless(a0 ^ a1, b0 ^ b1) ^ low ^ high;
    let (z0, mut z1) = halves(low ^ middle << 64);
    let mut top = high ^ middle >> 64;
    // Twice: adding q P, where q is the lowest word, clears that word.
    let (c0, c1) = halves(u128::from(z0) << 63 ^ u128::from(z0) << 62 ^ u128::from(z0) << 57);
    z1 ^= c0;
    top ^= u128::from(z0 ^ c1);
    top ^ u128::from(z1) << 63 ^ u128::from(z1) << 62 ^ u128::from(z1) << 57 ^ u128::from(z1) << 64
}

/// The product of two polynomials over GF(2).
fn carryless(a: u64, b: u64) -> u128 {
    const EVERY_FOURTH: u64 = 0x1111_1111_1111_1111;
    // Sixteen ones in each factor could add up to 16: so the four highest bits of `a` are taken one by one.
    let (a, rest) = (a & (u64::MAX >> 4), a >> 60);
    let holes = |x: u64, i: usize| u128::from(x & (EVERY_FOURTH << i));
    let mut sum = 0;
    for i in 0..4 {
        let place = (0..4).fold(0, |place, j| place ^ (holes(a, j) * holes(b, (4 + i - j) % 4)));
        sum ^= place & (u128::from(EVERY_FOURTH) * (1 << 64 | 1)) << i;
    }
    for i in 0..4 {
        sum ^= (u128::from(b) & 0u128.wrapping_sub(u128::from(rest >> i & 1))) << (60 + i);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_without_carries_is_that_of_shift_and_xor() {
        let mut x = 0x9e37_79b9_7f4a_7c15u64;
        let mut next = || {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x
        };
        let edges = [0, 1, u64::MAX, 1 << 63, 0x1111_1111_1111_1111, 0xf000_0000_0000_0000];
        let random: std::vec::Vec<_> = (0..1000).map(|_| (next(), next())).collect();
        for (a, b) in edges.into_iter().flat_map(|a| edges.map(|b| (a, b))).chain(random) {
            let slow = (0..64).filter(|i| a >> i & 1 == 1).fold(0, |sum, i| sum ^ u128::from(b) << i);
            assert_eq!(carryless(a, b), slow, "{a:x} {b:x}");
        }
    }
}
