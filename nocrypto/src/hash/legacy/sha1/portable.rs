//! SHA-1's compression function (FIPS 180-4 §6.1.2) on any CPU.
use crate::secret::wipe;

pub(super) fn compress(state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    // The last 16 words of the message schedule.
    let mut w = [0; 16];
    for block in blocks {
        for (word, bytes) in w.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        let mut s = *state;
        twenty::<0>(&mut s, &mut w, |x, y, z| z ^ (x & (y ^ z)), 0x5a82_7999);
        twenty::<20>(&mut s, &mut w, |x, y, z| x ^ y ^ z, 0x6ed9_eba1);
        twenty::<40>(&mut s, &mut w, |x, y, z| (x & y) | (z & (x | y)), 0x8f1b_bcdc);
        twenty::<60>(&mut s, &mut w, |x, y, z| x ^ y ^ z, 0xca62_c1d6);
        for (word, new) in state.iter_mut().zip(s) {
            *word = word.wrapping_add(new);
        }
    }
    wipe(&mut w);
}

/// Rounds `FROM` to `FROM + 19`, written out: where compilers leave a loop, the words move in memory, at 1.7 times the
/// cost.
#[inline(always)]
fn twenty<const FROM: usize>(s: &mut [u32; 5], w: &mut [u32; 16], f: impl Fn(u32, u32, u32) -> u32, k: u32) {
    let [mut a, mut b, mut c, mut d, mut e] = *s;
    macro_rules! rounds {
        ($($i:literal)*) => { $(
            let t = FROM + $i;
            if t >= 16 {
                w[t % 16] = (w[(t + 13) % 16] ^ w[(t + 8) % 16] ^ w[(t + 2) % 16] ^ w[t % 16]).rotate_left(1);
            }
            let sum = f(b, c, d)
                .wrapping_add(e)
                .wrapping_add(k)
                .wrapping_add(w[t % 16])
                .wrapping_add(a.rotate_left(5));
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        )* };
    }
    rounds!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19);
    *s = [a, b, c, d, e];
}
