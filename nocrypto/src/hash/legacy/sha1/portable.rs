//! SHA-1's compression function (FIPS 180-4 §6.1.2) on any CPU.
use crate::secret::wipe;

pub(super) fn compress(state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    // The last 16 words of the message schedule.
    let mut w = [0; 16];
    for block in blocks {
        for (word, bytes) in w.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        let [mut a, mut b, mut c, mut d, mut e] = *state;
        let mut round = |t: usize, f: fn(u32, u32, u32) -> u32, k: u32| {
            if t >= 16 {
                w[t % 16] = (w[(t + 13) % 16] ^ w[(t + 8) % 16] ^ w[(t + 2) % 16] ^ w[t % 16]).rotate_left(1);
            }
            let sum = a
                .rotate_left(5)
                .wrapping_add(f(b, c, d))
                .wrapping_add(e)
                .wrapping_add(k)
                .wrapping_add(w[t % 16]);
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        };
        for t in 0..20 {
            round(t, |x, y, z| z ^ (x & (y ^ z)), 0x5a82_7999);
        }
        for t in 20..40 {
            round(t, |x, y, z| x ^ y ^ z, 0x6ed9_eba1);
        }
        for t in 40..60 {
            round(t, |x, y, z| (x & y) | (z & (x | y)), 0x8f1b_bcdc);
        }
        for t in 60..80 {
            round(t, |x, y, z| x ^ y ^ z, 0xca62_c1d6);
        }
        for (word, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *word = word.wrapping_add(new);
        }
    }
    wipe(&mut w);
}
