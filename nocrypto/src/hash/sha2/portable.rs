//! The compression functions of SHA-2 (FIPS 180-4 §6.2.2, §6.4.2) on any CPU: additions, rotations and masks.
use super::constants::{K32, K64};
use crate::secret::wipe;

/// The same for each `t` below 16, written out: where compilers leave a loop, the words move in memory.
macro_rules! sixteen {
    ($t:ident: $do:expr) => { sixteen!($t: $do; 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15) };
    ($t:ident: $do:expr; $($i:literal)*) => { $( { let $t = $i; $do; } )* };
}
macro_rules! compress {
    ($name:ident, $word:ty, $k:ident, $big0:expr, $big1:expr, $small0:expr, $small1:expr) => {
        pub(super) fn $name(state: &mut [$word; 8], blocks: &[[u8; 16 * size_of::<$word>()]]) {
            /// Σ0 and Σ1 (§4.1): the exclusive or of three rotations.
            fn big(x: $word, by: [u32; 3]) -> $word {
                x.rotate_right(by[0]) ^ x.rotate_right(by[1]) ^ x.rotate_right(by[2])
            }
            /// σ0 and σ1: the last is a shift.
            fn small(x: $word, by: [u32; 3]) -> $word {
                x.rotate_right(by[0]) ^ x.rotate_right(by[1]) ^ (x >> by[2])
            }
            let next = |w: &[$word; 16], t: usize| {
                w[t].wrapping_add(small(w[(t + 1) % 16], $small0))
                    .wrapping_add(w[(t + 9) % 16])
                    .wrapping_add(small(w[(t + 14) % 16], $small1))
            };
            // The last 16 words of the message schedule.
            let mut w = [0; 16];
            for block in blocks {
                for (word, bytes) in w.iter_mut().zip(block.as_chunks().0) {
                    *word = <$word>::from_be_bytes(*bytes);
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
                for (group, k) in $k.as_chunks::<16>().0.iter().enumerate() {
                    if group > 0 {
                        sixteen!(t: w[t] = next(&w, t));
                    }
                    sixteen!(t: {
                        let t1 = h
                            .wrapping_add(big(e, $big1))
                            .wrapping_add(g ^ (e & (f ^ g)))
                            .wrapping_add(k[t])
                            .wrapping_add(w[t]);
                        let t2 = big(a, $big0).wrapping_add((a & b) | (c & (a | b)));
                        (h, g, f, e, d, c, b, a) =
                            (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
                    });
                }
                for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *word = word.wrapping_add(new);
                }
            }
            wipe(&mut w);
        }
    };
}
compress!(compress32, u32, K32, [2, 13, 22], [6, 11, 25], [7, 18, 3], [17, 19, 10]);
compress!(compress64, u64, K64, [28, 34, 39], [14, 18, 41], [1, 8, 7], [19, 61, 6]);
