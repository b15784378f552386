//! AES in bit slices: four blocks at a time in eight words, no table, no branch (FIPS 197 §5).
//!
//! Word `b` of the state holds bit `b` of all 64 bytes. The byte in row `r`, column `c` of block `k` has place
//! `16 r + 4 c + k`: so ShiftRows turns each 16-bit lane, and MixColumns turns the whole word.
use super::{RoundKeys, schedule};
use crate::secret::wipe;

/// Bit `b` of 64 bytes in word `b`.
type Planes = [u64; 8];

/// Encrypts each block in place (FIPS 197 §5.1).
pub(super) fn encrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
    on_planes(keys, blocks, |state, keys| {
        let (last, keys) = keys.split_last().unwrap_or((&[0; 8], &[]));
        for (round, key) in keys.iter().enumerate() {
            if round != 0 {
                sub_bytes(state);
                turn_rows(state, [0, 4, 8, 12]);
                mix_columns(state);
            }
            add(state, key);
        }
        sub_bytes(state);
        turn_rows(state, [0, 4, 8, 12]);
        add(state, last);
    });
}

/// Decrypts each block in place (FIPS 197 §5.3).
pub(super) fn decrypt_blocks<const N: usize>(keys: &RoundKeys<N>, blocks: &mut [[u8; 16]]) {
    on_planes(keys, blocks, |state, keys| {
        let (last, keys) = keys.split_last().unwrap_or((&[0; 8], &[]));
        add(state, last);
        for (round, key) in keys.iter().enumerate().rev() {
            turn_rows(state, [0, 12, 8, 4]);
            inverse_sub_bytes(state);
            add(state, key);
            if round != 0 {
                inverse_mix_columns(state);
            }
        }
    });
}

/// Does `work` on four blocks after the other, with the round keys in planes too.
fn on_planes<const N: usize>(
    keys: &RoundKeys<N>,
    blocks: &mut [[u8; 16]],
    work: impl Fn(&mut Planes, &[Planes]),
) {
    let mut sliced = [[0; 8]; 15];
    for (to, key) in sliced.iter_mut().zip(keys.used()) {
        *to = slice(&[*key; 4]);
    }
    let mut four = [[0; 16]; 4];
    for some in blocks.chunks_mut(4) {
        four[..some.len()].copy_from_slice(some);
        let mut state = slice(&four);
        work(&mut state, &sliced[..=RoundKeys::<N>::ROUNDS]);
        unslice(state, &mut four);
        some.copy_from_slice(&four[..some.len()]);
    }
    wipe(&mut sliced);
    wipe(&mut four);
}

/// KeyExpansion (FIPS 197 §5.2).
pub(super) fn expand<const N: usize>(key: &[u8; N], keys: &mut RoundKeys<N>) {
    schedule::expand(key, keys, sub_word);
}

fn sub_word(word: &mut [u8; 4]) {
    let mut four = [[0; 16]; 4];
    four[0][..4].copy_from_slice(word);
    let mut state = slice(&four);
    sub_bytes(&mut state);
    unslice(state, &mut four);
    word.copy_from_slice(&four[0][..4]);
    wipe(&mut four);
}

fn add(state: &mut Planes, key: &Planes) {
    for (s, k) in state.iter_mut().zip(key) {
        *s ^= k;
    }
}

/// ShiftRows: row `r` goes `r` columns to the left, that is, lane `r` turns right by `4 r` bits. Its inverse likewise.
fn turn_rows(state: &mut Planes, by: [u32; 4]) {
    for s in state {
        let lane = |r: usize| u64::from(((*s >> (16 * r)) as u16).rotate_right(by[r])) << (16 * r);
        *s = lane(0) | lane(1) | lane(2) | lane(3);
    }
}

/// Each byte becomes 2 a + 3 b + c + d, where b, c, d are the next bytes of its column: 2 (a + b) + b + (c + d).
fn mix_columns(state: &mut Planes) {
    let next = state.map(|s| s.rotate_right(16));
    let sum: Planes = core::array::from_fn(|b| state[b] ^ next[b]);
    let doubled = double(sum);
    for b in 0..8 {
        state[b] = doubled[b] ^ next[b] ^ sum[b].rotate_right(32);
    }
}

/// The matrix of InvMixColumns is that of MixColumns after one that adds 4 (a + c) to each byte.
fn inverse_mix_columns(state: &mut Planes) {
    let four = double(double(state.map(|s| s ^ s.rotate_right(32))));
    add(state, &four);
    mix_columns(state);
}

/// Each byte times x: each bit moves up by one, and the lost one comes back as 0x1b.
fn double([s0, s1, s2, s3, s4, s5, s6, s7]: Planes) -> Planes {
    [s7, s0 ^ s7, s1, s2 ^ s7, s3 ^ s7, s4, s5, s6]
}

/// The S-box is the affine map of the inverse; so its own inverse is the S-box between two inverse affine maps.
fn inverse_sub_bytes(state: &mut Planes) {
    inverse_affine(state);
    sub_bytes(state);
    inverse_affine(state);
}
/// FIPS 197 §5.3.2: bit `i` becomes the sum of the bits `i + 2`, `i + 5` and `i + 7`, and that of 0x05.
fn inverse_affine(state: &mut Planes) {
    let s = *state;
    *state = core::array::from_fn(|i| s[(i + 2) % 8] ^ s[(i + 5) % 8] ^ s[(i + 7) % 8]);
    state[0] = !state[0];
    state[2] = !state[2];
}

/// The S-box (FIPS 197 §5.1.1) as the circuit of Boyar and Peralta, "A small depth-16 circuit for the AES S-box" (2012),
/// figures 5 to 8. The paper counts bits from the most significant.
fn sub_bytes(state: &mut Planes) {
    let [x7, x6, x5, x4, x3, x2, x1, x0] = *state;
    // Into the tower field.
    let (y14, y13, y9, y8) = (x3 ^ x5, x0 ^ x6, x0 ^ x3, x0 ^ x5);
    let t0 = x1 ^ x2;
    let y1 = t0 ^ x7;
    let (y4, y12, y2, y5) = (y1 ^ x3, y13 ^ y14, y1 ^ x0, y1 ^ x6);
    let (y3, t1) = (y5 ^ y8, x4 ^ y12);
    let (y15, y20) = (t1 ^ x5, t1 ^ x1);
    let (y6, y10, y11) = (y15 ^ x7, y15 ^ t0, y20 ^ y9);
    let (y7, y17, y19, y16) = (x7 ^ y11, y10 ^ y11, y10 ^ y8, t0 ^ y11);
    let (y21, y18) = (y13 ^ y16, x0 ^ y16);
    // The inverse there.
    let t2 = y12 & y15;
    let (t4, t6) = ((y3 & y6) ^ t2, (y4 & x7) ^ t2);
    let t7 = y13 & y16;
    let (t9, t11) = ((y5 & y1) ^ t7, (y2 & y7) ^ t7);
    let t12 = y9 & y11;
    let (t14, t16) = ((y14 & y17) ^ t12, (y8 & y10) ^ t12);
    let (t21, t22) = (t4 ^ t14 ^ y20, t6 ^ t16 ^ y19);
    let (t23, t24) = (t9 ^ t14 ^ y21, t11 ^ t16 ^ y18);
    let (t25, t26) = (t21 ^ t22, t21 & t23);
    let t27 = t24 ^ t26;
    let t29 = (t25 & t27) ^ t22;
    let t33 = ((t22 ^ t26) & (t23 ^ t24)) ^ t24;
    let t36 = t24 & (t27 ^ t33);
    let t37 = t36 ^ t23 ^ t33;
    let t40 = t25 ^ (t29 & (t27 ^ t36));
    let (t41, t42, t43, t44) = (t40 ^ t37, t29 ^ t33, t29 ^ t40, t33 ^ t37);
    let t45 = t42 ^ t41;
    let (z0, z1, z2, z3, z4, z5) = (t44 & y15, t37 & y6, t33 & x7, t43 & y16, t40 & y1, t29 & y7);
    let (z6, z7, z8, z9, z10, z11) = (t42 & y11, t45 & y17, t41 & y10, t44 & y12, t37 & y3, t33 & y4);
    let (z12, z13, z14, z15, z16, z17) = (t43 & y13, t40 & y5, t29 & y2, t42 & y9, t45 & y14, t41 & y8);
    // Back, with the affine map; its constant 0x63 is the four negations.
    let (t46, t48, t53) = (z15 ^ z16, z5 ^ z13, z0 ^ z3);
    let (t57, t58, t59) = (z2 ^ z12 ^ t53, z4 ^ t46, z3 ^ z6 ^ z7);
    let (t60, t61, t62) = (t46 ^ t57, z14 ^ t57, z7 ^ z8 ^ t58);
    let (t63, t64, t65) = (z9 ^ z10 ^ t58, z4 ^ t59, t61 ^ t62);
    let t66 = z1 ^ t63;
    let s3 = t53 ^ t66;
    *state = [
        !(t48 ^ t60),
        !(z12 ^ t48 ^ t62),
        z10 ^ z11 ^ t65,
        z2 ^ z5 ^ t66,
        s3,
        !(z16 ^ z17 ^ t64 ^ t65),
        !(t64 ^ s3),
        t59 ^ t63,
    ];
}

/// Four blocks into planes.
fn slice(blocks: &[[u8; 16]; 4]) -> Planes {
    let mut planes = [0; 8];
    for (k, block) in blocks.iter().enumerate() {
        let column = |c: usize| spread(u32::from_le_bytes(block.as_chunks().0[c]));
        // Word 4 (c mod 2) + k holds the bytes with places congruent to it modulo 8; the next lane bit is c / 2.
        planes[k] = column(0) | column(2) << 8;
        planes[4 + k] = column(1) | column(3) << 8;
    }
    transpose(&mut planes);
    planes
}

fn unslice(mut planes: Planes, blocks: &mut [[u8; 16]; 4]) {
    transpose(&mut planes);
    for (k, block) in blocks.iter_mut().enumerate() {
        let columns = [planes[k], planes[4 + k], planes[k] >> 8, planes[4 + k] >> 8];
        for (to, column) in block.as_chunks_mut().0.iter_mut().zip(columns) {
            *to = gather(column).to_le_bytes();
        }
    }
}

/// Exchanges bit `b` of each byte of word `j` with bit `j` of the same byte of word `b`.
fn transpose(words: &mut Planes) {
    for (distance, mask) in
        [(1, 0x5555_5555_5555_5555), (2, 0x3333_3333_3333_3333), (4, 0x0f0f_0f0f_0f0f_0f0f_u64)]
    {
        for low in (0..8).filter(|j| j & distance == 0) {
            let difference = (words[low] >> distance ^ words[low + distance]) & mask;
            words[low + distance] ^= difference;
            words[low] ^= difference << distance;
        }
    }
}

/// The bytes of `word`, with a zero byte after each.
fn spread(word: u32) -> u64 {
    let word = u64::from(word);
    let word = (word | word << 16) & 0x0000_ffff_0000_ffff;
    (word | word << 8) & 0x00ff_00ff_00ff_00ff
}

/// Every other byte of `word`: the inverse of [`spread`].
fn gather(word: u64) -> u32 {
    let word = word & 0x00ff_00ff_00ff_00ff;
    let word = (word | word >> 8) & 0x0000_ffff_0000_ffff;
    (word | word >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 197 §5.1.1 from its definition: the inverse modulo x^8 + x^4 + x^3 + x + 1, then the affine map.
    fn sbox(x: u8) -> u8 {
        let times =
            |a: u8, b: u8| (0..8).rev().fold(0, |p: u8, i| (p << 1) ^ ((p >> 7) * 0x1b) ^ ((b >> i & 1) * a));
        let inverse = (1..=254).fold(1, |p, _| times(p, x));
        (0..5).fold(0x63, |s, turn| s ^ inverse.rotate_left(turn))
    }

    #[test]
    fn the_circuit_is_the_s_box_of_the_definition() {
        assert_eq!((sbox(0), sbox(0x53)), (0x63, 0xed)); // FIPS 197 figure 7
        for x in 0..=255 {
            let mut word = [x, 0, x, 1];
            sub_word(&mut word);
            assert_eq!(word, [sbox(x), 0x63, sbox(x), 0x7c]);
        }
    }
    #[test]
    fn slicing_and_back_is_nothing() {
        let mut blocks: [[u8; 16]; 4] =
            core::array::from_fn(|k| core::array::from_fn(|i| (37 * k + 11 * i) as u8));
        let before = blocks;
        let planes = slice(&blocks);
        // Row 2, column 3 of block 1.
        assert_eq!((planes[5] >> (16 * 2 + 4 * 3 + 1)) as u8 & 1, before[1][4 * 3 + 2] >> 5 & 1);
        unslice(planes, &mut blocks);
        assert_eq!(blocks, before);
    }
}
