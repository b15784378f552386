//! The constant-time vocabulary, over `subtle`: every secret decision is a [`Choice`], every use of one a mask.
//!
//! LLVM turns a mask that it can see through into a branch. So [`Choice::mask`] puts a barrier on the *mask*,
//! once, and everything here goes through it. What the barrier promises is checked on the binary, not believed.
use core::hint::black_box;
use core::ops::{BitAnd, BitOr, BitXor, Not};
use subtle::ConstantTimeEq;

/// A truth that must not decide a branch or an address.
#[derive(Clone, Copy)]
pub struct Choice(subtle::Choice);

impl Choice {
    /// The lowest bit of `word`.
    #[inline]
    #[must_use]
    pub fn from_lsb(word: u64) -> Self {
        Self(subtle::Choice::from((word & 1) as u8))
    }
    /// All ones for true, zero for false.
    #[inline]
    #[must_use]
    pub fn mask(self) -> u64 {
        black_box(0u64.wrapping_sub(u64::from(self.0.unwrap_u8())))
    }
    /// 1 for true, 0 for false: an operand for assembly, which the compiler does not see through.
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    #[inline]
    pub(crate) fn lsb(self) -> u64 {
        self.0.unwrap_u8().into()
    }
    /// The only way out: from here on the truth is public.
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn reveal(self) -> bool {
        let mut truth = [self.0.unwrap_u8()];
        publish(&mut truth);
        truth == [1]
    }
}

impl core::fmt::Debug for Choice {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Choice(..)")
    }
}
impl BitAnd for Choice {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
impl BitOr for Choice {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
impl BitXor for Choice {
    type Output = Self;
    fn bitxor(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
}
impl Not for Choice {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// From here on these bytes are public, though secrets went into them. It does nothing but mark the place: for readers,
/// and for `cargo xtask ct`, which hears of each.
#[inline]
#[track_caller]
pub fn publish(bytes: &mut [u8]) {
    #[cfg(nqsb_ct)]
    checker::hear(bytes, core::panic::Location::caller());
    let _ = bytes;
}

/// The same for a number.
#[inline]
#[must_use]
#[track_caller]
pub fn publish_word(word: u64) -> u64 {
    let mut bytes = word.to_ne_bytes();
    publish(&mut bytes);
    u64::from_ne_bytes(bytes)
}

/// How the checker of the binary hears of what is published; in no other build.
#[cfg(nqsb_ct)]
#[allow(missing_docs, reason = "one program's, and that builds this")]
pub mod checker {
    use core::panic::Location;
    use std::sync::OnceLock;
    extern crate std;

    pub type Listener = fn(&mut [u8], &'static Location<'static>);
    static LISTENER: OnceLock<Listener> = OnceLock::new();

    pub fn listen(listener: Listener) {
        let _ = LISTENER.set(listener);
    }
    pub(super) fn hear(bytes: &mut [u8], at: &'static Location<'static>) {
        if let Some(listener) = LISTENER.get() {
            listener(bytes, at);
        }
    }
}

/// Whether the bytes are the same. Lengths are public; different lengths are never equal.
#[must_use]
pub fn eq(a: &[u8], b: &[u8]) -> Choice {
    Choice(a.ct_eq(b))
}

/// Whether `word` is zero.
#[inline]
#[must_use]
pub fn is_zero(word: u64) -> Choice {
    // The top bit of `w | -w` is set for every word but zero.
    Choice::from_lsb(((word | word.wrapping_neg()) >> 63) ^ 1)
}

/// Whether `a < b`.
#[inline]
#[must_use]
pub fn less_than(a: u64, b: u64) -> Choice {
    // The borrow of a - b (Hacker's Delight §2-13).
    Choice::from_lsb(((!a & b) | ((!a | b) & a.wrapping_sub(b))) >> 63)
}

/// `if_true` or `if_false`.
#[inline]
#[must_use]
pub fn select(choice: Choice, if_true: u64, if_false: u64) -> u64 {
    let mask = choice.mask();
    (if_true & mask) | (if_false & !mask)
}

/// Copies `from` over `to` where `choice` is true. Both have the same public length; a longer tail stays as it is.
#[inline]
pub fn assign(choice: Choice, to: &mut [u64], from: &[u64]) {
    let mask = choice.mask();
    for (t, f) in to.iter_mut().zip(from) {
        *t ^= (*t ^ *f) & mask;
    }
}

/// Exchanges `a` and `b` where `choice` is true.
#[inline]
pub fn swap(choice: Choice, a: &mut [u64], b: &mut [u64]) {
    let mask = choice.mask();
    for (x, y) in a.iter_mut().zip(b) {
        let difference = (*x ^ *y) & mask;
        *x ^= difference;
        *y ^= difference;
    }
}

/// `table[index]`, reading all of the table; all zero if there is no such entry.
#[inline]
pub fn lookup<const N: usize>(table: &[[u64; N]], index: u64, out: &mut [u64; N]) {
    out.fill(0);
    for (i, entry) in (0u64..).zip(table) {
        let mask = is_zero(i ^ index).mask();
        for (o, e) in out.iter_mut().zip(entry) {
            *o |= *e & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDGES: [u64; 7] = [0, 1, 2, u64::MAX >> 1, 1 << 63, u64::MAX - 1, u64::MAX];

    #[test]
    fn comparisons_agree_with_the_plain_ones_at_the_edges() {
        for a in EDGES {
            assert_eq!(is_zero(a).reveal(), a == 0);
            for b in EDGES {
                assert_eq!(less_than(a, b).reveal(), a < b, "{a} < {b}");
                assert_eq!(select(less_than(a, b), a, b), a.min(b));
            }
        }
        assert!(eq(b"same", b"same").reveal());
        assert!(!eq(b"same", b"sane").reveal());
        assert!(!eq(b"same", b"sam").reveal());
    }
    #[test]
    fn moves_happen_only_where_the_choice_is_true() {
        for truth in [0, 1] {
            let (mut a, mut b) = ([1, 2], [3, 4]);
            swap(Choice::from_lsb(truth), &mut a, &mut b);
            assert_eq!((a, b), if truth == 1 { ([3, 4], [1, 2]) } else { ([1, 2], [3, 4]) });
            assign(Choice::from_lsb(truth), &mut a, &[9, 9]);
            assert_eq!(a, if truth == 1 { [9, 9] } else { [1, 2] });
        }
        let table = [[10, 1], [20, 2], [30, 3]];
        let mut out = [7; 2];
        for (i, entry) in (0..).zip(table) {
            lookup(&table, i, &mut out);
            assert_eq!(out, entry);
        }
        lookup(&table, 3, &mut out);
        assert_eq!(out, [0, 0]);
    }
}
