//! Four blocks at once, word by word: a shape that compilers turn into vectors (RFC 8439 §2.3).
use crate::secret::wipe;

/// One word of the state, of four blocks.
type Lanes = [u32; 4];

/// The blocks with the counter of `state` and the three after it, one behind the other.
pub(super) fn four_blocks(state: &[u32; 16], out: &mut [u8; 256]) {
    let mut start = state.map(|word| [word; 4]);
    for (i, counter) in (0..).zip(&mut start[12]) {
        *counter = counter.wrapping_add(i);
    }
    let mut s = start;
    for _ in 0..10 {
        for i in 0..4 {
            quarter_round(&mut s, i, 4 + i, 8 + i, 12 + i);
        }
        for i in 0..4 {
            quarter_round(&mut s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
        }
    }
    for (to, from) in s.iter_mut().zip(&start) {
        *to = add(*to, *from);
    }
    for (lane, block) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        for (to, word) in block.as_chunks_mut().0.iter_mut().zip(&s) {
            *to = word[lane].to_le_bytes();
        }
    }
    wipe(&mut start);
    wipe(&mut s);
}

/// RFC 8439 §2.1.
#[inline(always)]
fn quarter_round(s: &mut [Lanes; 16], a: usize, b: usize, c: usize, d: usize) {
    s[a] = add(s[a], s[b]);
    s[d] = xor_rotate::<16>(s[d], s[a]);
    s[c] = add(s[c], s[d]);
    s[b] = xor_rotate::<12>(s[b], s[c]);
    s[a] = add(s[a], s[b]);
    s[d] = xor_rotate::<8>(s[d], s[a]);
    s[c] = add(s[c], s[d]);
    s[b] = xor_rotate::<7>(s[b], s[c]);
}
#[inline(always)]
fn add(x: Lanes, y: Lanes) -> Lanes {
    core::array::from_fn(|i| x[i].wrapping_add(y[i]))
}
#[inline(always)]
fn xor_rotate<const BITS: u32>(x: Lanes, y: Lanes) -> Lanes {
    core::array::from_fn(|i| (x[i] ^ y[i]).rotate_left(BITS))
}
