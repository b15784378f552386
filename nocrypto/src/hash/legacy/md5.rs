//! MD5 (RFC 1321): anyone can make two messages of one hash. For old files only.
use crate::cpu::Features;
use crate::hash::blocks::block_hash;
use crate::secret::wipe;

block_hash! {
    /// MD5: 16 bytes. Broken: for old files only.
    Md5: [u32; 4], Compress, 16 bytes from [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476],
        lengths as u64 to_le_bytes;
}

/// The compression function (§3.4); there is but the portable one.
#[derive(Clone, Copy)]
struct Compress;

impl Compress {
    fn with(_: Features) -> Self {
        Self
    }
    fn run(self, state: &mut [u32; 4], blocks: &[[u8; 64]]) {
        let mut x = [0; 16];
        for block in blocks {
            for (word, bytes) in x.iter_mut().zip(block.as_chunks().0) {
                *word = u32::from_le_bytes(*bytes);
            }
            let [mut a, mut b, mut c, mut d] = *state;
            let mut step = |i: usize, f: fn(u32, u32, u32) -> u32, k: usize, s: u32| {
                let sum = a.wrapping_add(f(b, c, d)).wrapping_add(x[k % 16]).wrapping_add(T[i]);
                (a, b, c, d) = (d, b.wrapping_add(sum.rotate_left(s)), b, c);
            };
            for i in 0..16 {
                step(i, |x, y, z| z ^ (x & (y ^ z)), i, [7, 12, 17, 22][i % 4]);
            }
            for i in 16..32 {
                step(i, |x, y, z| y ^ (z & (x ^ y)), 5 * i + 1, [5, 9, 14, 20][i % 4]);
            }
            for i in 32..48 {
                step(i, |x, y, z| x ^ y ^ z, 3 * i + 5, [4, 11, 16, 23][i % 4]);
            }
            for i in 48..64 {
                step(i, |x, y, z| y ^ (x | !z), 7 * i, [6, 10, 15, 21][i % 4]);
            }
            for (word, new) in state.iter_mut().zip([a, b, c, d]) {
                *word = word.wrapping_add(new);
            }
        }
        wipe(&mut x);
    }
}

/// §3.4: 2^32 times the absolute value of the sines of 1 to 64.
#[rustfmt::skip]
const T: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];
