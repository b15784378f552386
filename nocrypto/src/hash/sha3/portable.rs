//! Keccak-f\[1600\] (FIPS 202 §3): a permutation of 25 words of 64 bits. Lane (x, y) is word x + 5y.
use core::array::from_fn;

/// All 24 rounds (§3.3), on any CPU.
pub(super) fn permute(a: &mut [u64; 25]) {
    for constant in ROUND_CONSTANTS {
        // θ (§3.2.1)
        let c: [u64; 5] = from_fn(|x| a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]);
        let d: [u64; 5] = from_fn(|x| c[(x + 4) % 5] ^ c[(x + 1) % 5].rotate_left(1));
        // ρ (§3.2.2) and π (§3.2.3): lane (x, y) goes to (y, 2x + 3y).
        let mut b = [0; 25];
        for y in 0..5 {
            for x in 0..5 {
                b[y + 5 * ((2 * x + 3 * y) % 5)] = (a[x + 5 * y] ^ d[x]).rotate_left(OFFSETS[x + 5 * y]);
            }
        }
        // χ (§3.2.4)
        for y in 0..5 {
            for x in 0..5 {
                a[x + 5 * y] = b[x + 5 * y] ^ (!b[(x + 1) % 5 + 5 * y] & b[(x + 2) % 5 + 5 * y]);
            }
        }
        // ι (§3.2.5)
        a[0] ^= constant;
    }
}

/// §3.2.2: on the walk from (1, 0) by π, step t turns its lane by (t + 1)(t + 2)/2.
pub(super) const OFFSETS: [u32; 25] = {
    let mut offsets = [0; 25];
    let (mut x, mut y, mut t) = (1, 0, 0);
    while t < 24 {
        offsets[x + 5 * y] = (t + 1) * (t + 2) / 2 % 64;
        (x, y) = (y, (2 * x + 3 * y) % 5);
        t += 1;
    }
    offsets
};

/// §3.2.5: bit 2^j - 1 of the constant of round i is bit j + 7i of a shift register (Algorithm 5).
pub(super) const ROUND_CONSTANTS: [u64; 24] = {
    let mut constants = [0; 24];
    let mut register = 1u32;
    let mut t = 0;
    while t < 7 * constants.len() {
        constants[t / 7] |= ((register & 1) as u64) << ((1 << (t % 7)) - 1);
        register = (register << 1) ^ ((register >> 7) * 0x171);
        t += 1;
    }
    constants
};
