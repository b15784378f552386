//! Any number of blocks at once, word by word: a shape that compilers turn into vectors if there are many
//! (RFC 8439 §2.3).
use crate::secret::wipe;

/// The state of `L` blocks: word `i` of all of them in place `i`.
type Lanes<const L: usize> = [[u32; L]; 16];

/// The block with the counter of `state` and the `L - 1` after it, one behind the other: `64 L` bytes.
pub(super) fn blocks<const L: usize>(state: &[u32; 16], out: &mut [u8]) {
    let mut start = state.map(|word| [word; L]);
    for (i, counter) in (0..).zip(&mut start[12]) {
        *counter = counter.wrapping_add(i);
    }
    let mut s = start;
    rounds(&mut s);
    for (to, from) in s.iter_mut().zip(&start) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = to.wrapping_add(*from);
        }
    }
    for (lane, block) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        for (to, word) in block.as_chunks_mut().0.iter_mut().zip(&s) {
            *to = word[lane].to_le_bytes();
        }
    }
    wipe(start.as_flattened_mut());
    wipe(s.as_flattened_mut());
}

/// Twenty rounds: ten times the columns and the diagonals.
#[inline]
pub(super) fn rounds<const L: usize>(s: &mut Lanes<L>) {
    for _ in 0..10 {
        for i in 0..4 {
            quarter_round(s, i, 4 + i, 8 + i, 12 + i);
        }
        for i in 0..4 {
            quarter_round(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
        }
    }
}

/// RFC 8439 §2.1.
#[inline(always)]
#[allow(clippy::needless_range_loop, reason = "four arrays at once")]
fn quarter_round<const L: usize>(s: &mut Lanes<L>, at_a: usize, at_b: usize, at_c: usize, at_d: usize) {
    for l in 0..L {
        let (mut a, mut b, mut c, mut d) = (s[at_a][l], s[at_b][l], s[at_c][l], s[at_d][l]);
        a = a.wrapping_add(b);
        d = (d ^ a).rotate_left(16);
        c = c.wrapping_add(d);
        b = (b ^ c).rotate_left(12);
        a = a.wrapping_add(b);
        d = (d ^ a).rotate_left(8);
        c = c.wrapping_add(d);
        b = (b ^ c).rotate_left(7);
        (s[at_a][l], s[at_b][l], s[at_c][l], s[at_d][l]) = (a, b, c, d);
    }
}
