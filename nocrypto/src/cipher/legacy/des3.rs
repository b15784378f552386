//! Triple DES (FIPS 46-3; SP 800-67), decryption only.
use super::{Decrypt, decrypt_cbc};
use crate::secret::wipe;
use alloc::boxed::Box;

/// Triple DES under three keys. Their round keys are on the heap and wiped when they go.
pub struct TripleDes(Box<[[u64; 16]; 3]>);

impl TripleDes {
    /// Expands three keys of 8 bytes, the one that encrypted first before the others. Parity bits are not looked at.
    #[must_use]
    pub fn new(key: &[u8; 24]) -> Self {
        let mut own = Self(Box::new([[0; 16]; 3]));
        for (schedule, key) in own.0.iter_mut().zip(key.as_chunks().0) {
            expand(u64::from_be_bytes(*key), schedule);
        }
        own
    }
    /// Decrypts `blocks` in place, in CBC mode.
    pub fn decrypt_cbc(&self, iv: &[u8; 8], blocks: &mut [[u8; 8]]) {
        decrypt_cbc(self, iv, blocks);
    }
}
impl Decrypt for TripleDes {
    fn decrypt(&self, block: u64) -> u64 {
        // The permutations between the three would undo each other.
        let [first, second, third] = &*self.0;
        let block = permute(block, 64, &INITIAL);
        let block = rounds(block, third.iter().rev());
        let block = rounds(block, second.iter());
        let block = rounds(block, first.iter().rev());
        permute_back(block, &INITIAL)
    }
}
impl Drop for TripleDes {
    fn drop(&mut self) {
        wipe(self.0.as_flattened_mut());
    }
}
impl core::fmt::Debug for TripleDes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TripleDes(..)")
    }
}

/// Sixteen rounds, and the halves exchanged.
fn rounds<'a>(block: u64, keys: impl Iterator<Item = &'a u64>) -> u64 {
    let (mut left, mut right) = ((block >> 32) as u32, block as u32);
    for key in keys {
        (left, right) = (right, left ^ f(right, *key));
    }
    u64::from(right) << 32 | u64::from(left)
}

/// The cipher function: E, the round key, the S-boxes, P.
fn f(right: u32, key: u64) -> u32 {
    let mut out = 0;
    for (i, rows) in (0u32..).zip(&S) {
        // E gives the i-th S-box six bits of `right`, from the bit before its own four to the one behind them.
        let six = u64::from(right.rotate_left(4 * i + 5) & 0x3f) ^ (key >> (42 - 6 * i) & 0x3f);
        out = out << 4 | substitute(rows, six);
    }
    permute(out, 32, &P) as u32
}

/// The outer two of the six bits choose a row, the inner four a column: shifts by secret distances, and no address.
fn substitute(rows: &[u64; 4], six: u64) -> u64 {
    let (row, column) = (six >> 4 & 2 | six & 1, six >> 1 & 15);
    let of_each = rows.iter().rev().fold(0, |all, digits| all << 4 | digits >> (60 - 4 * column) & 15);
    of_each >> (4 * row) & 15
}

/// The key schedule: two halves of 28 bits turn by one or two bits a round.
fn expand(key: u64, schedule: &mut [u64; 16]) {
    const HALF: u64 = (1 << 28) - 1;
    let turned = |half: u64, by: u32| (half << by | half >> (28 - by)) & HALF;
    let chosen = permute(key, 64, &CHOICE_1);
    let (mut c, mut d) = (chosen >> 28, chosen & HALF);
    for (round, key) in schedule.iter_mut().enumerate() {
        let by = if matches!(round, 0 | 1 | 8 | 15) { 1 } else { 2 };
        (c, d) = (turned(c, by), turned(d, by));
        *key = permute(c << 28 | d, 56, &CHOICE_2);
    }
}

/// The bits of `x`, which has `width`, that `table` names, one behind the other.
fn permute(x: u64, width: u32, table: &[u8]) -> u64 {
    table.iter().fold(0, |out, bit| out << 1 | x >> (width - u32::from(*bit)) & 1)
}
/// The inverse, for all 64 bits.
fn permute_back(x: u64, table: &[u8; 64]) -> u64 {
    (0..).zip(table).fold(0, |out, (i, bit)| out | (x >> (63 - i) & 1) << (64 - bit))
}

/// IP. Bit 1 is the highest, here and below.
#[rustfmt::skip]
const INITIAL: [u8; 64] = [
    58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
    62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
    57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
    61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];
/// PC-1.
#[rustfmt::skip]
const CHOICE_1: [u8; 56] = [
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2,
    59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47, 39,
    31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37,
    29, 21, 13, 5, 28, 20, 12, 4,
];
/// PC-2.
#[rustfmt::skip]
const CHOICE_2: [u8; 48] = [
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4,
    26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40,
    51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
/// P.
#[rustfmt::skip]
const P: [u8; 32] = [
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
    2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
];
/// S1 to S8, each four rows of sixteen digits as the standard prints them.
#[rustfmt::skip]
const S: [[u64; 4]; 8] = [
    [0xe4d1_2fb8_3a6c_5907, 0x0f74_e2d1_a6cb_9538, 0x41e8_d62b_fc97_3a50, 0xfc82_4917_5b3e_a06d],
    [0xf18e_6b34_972d_c05a, 0x3d47_f28e_c01a_69b5, 0x0e7b_a4d1_58c6_932f, 0xd8a1_3f42_b67c_05e9],
    [0xa09e_63f5_1dc7_b428, 0xd709_346a_285e_cbf1, 0xd649_8f30_b12c_5ae7, 0x1ad0_6987_4fe3_b52c],
    [0x7de3_069a_1285_bc4f, 0xd8b5_6f03_472c_1ae9, 0xa690_cb7d_f13e_5284, 0x3f06_a1d8_945b_c72e],
    [0x2c41_7ab6_853f_d0e9, 0xeb2c_47d1_50fa_3986, 0x421b_ad78_f9c5_630e, 0xb8c7_1e2d_6f09_a453],
    [0xc1af_9268_0d34_e75b, 0xaf42_7c95_61de_0b38, 0x9ef5_28c3_704a_1db6, 0x432c_95fa_be17_608d],
    [0x4b2e_f08d_3c97_5a61, 0xd0b7_491a_e35c_2f86, 0x14bd_c37e_af68_0592, 0x6bd8_14a7_950f_e23c],
    [0xd284_6fb1_a93e_50c7, 0x1fd8_a374_c56b_0e92, 0x7b41_9ce2_06ad_f358, 0x21e7_4a8d_fc90_356b],
];
