//! Powers: with secret exponents by fixed windows of five bits, and with public ones bit by bit.
use super::Limbs;
use alloc::vec::Vec;

/// Bits of the exponents taken at a time.
const WINDOW: usize = 5;
const ENTRIES: usize = 1 << WINDOW;

/// What a backend has to know of a modulus.
pub(super) trait Arithmetic {
    /// A number modulo n, in the backend's form.
    type Element: Clone;
    /// A place for a result.
    fn zero(&self) -> Self::Element;
    /// The form of a number below n.
    fn enter(&self, number: &[u64]) -> Self::Element;
    /// The number again, below n.
    fn leave(&self, x: &Self::Element) -> Limbs;
    /// `out = a b`.
    fn multiply(&self, out: &mut Self::Element, a: &Self::Element, b: &Self::Element);
    /// `out = a^2`.
    fn square(&self, out: &mut Self::Element, a: &Self::Element);
    /// `out = table[index]`, reading all of the table.
    fn lookup(&self, table: &[Self::Element], index: u64, out: &mut Self::Element);
}

/// `base^exponent`. The exponent has at most `bits` bits, and limbs enough for those; a digit of zero is multiplied by
/// like any other.
pub(super) fn power<A: Arithmetic>(ring: &A, base: &A::Element, exponent: &[u64], bits: usize) -> A::Element {
    let table = table(ring, base);
    let (mut power, mut next, mut entry) = (ring.enter(&[1]), ring.zero(), ring.zero());
    for window in (0..bits.div_ceil(WINDOW)).rev() {
        for _ in 0..WINDOW {
            ring.square(&mut next, &power);
            core::mem::swap(&mut power, &mut next);
        }
        ring.lookup(&table, digit(exponent, WINDOW * window), &mut entry);
        ring.multiply(&mut next, &power, &entry);
        core::mem::swap(&mut power, &mut next);
    }
    power
}

/// `base^0 … base^31`.
fn table<A: Arithmetic>(ring: &A, base: &A::Element) -> Vec<A::Element> {
    let mut table = Vec::with_capacity(ENTRIES);
    let mut entry = ring.enter(&[1]);
    for _ in 1..ENTRIES {
        let mut next = ring.zero();
        ring.multiply(&mut next, &entry, base);
        table.push(core::mem::replace(&mut entry, next));
    }
    table.push(entry);
    table
}

/// The digit whose lowest bit is bit `at`.
fn digit(exponent: &[u64], at: usize) -> u64 {
    let (limb, shift) = (at / 64, at % 64);
    let above =
        if shift + WINDOW > 64 { exponent.get(limb + 1).copied().unwrap_or(0) << (64 - shift) } else { 0 };
    (exponent[limb] >> shift | above) % ENTRIES as u64
}

/// `base^exponent` for a public exponent that is not zero.
pub(super) fn power_vartime<A: Arithmetic>(ring: &A, base: &A::Element, exponent: u64) -> A::Element {
    let (mut power, mut next) = (base.clone(), ring.zero());
    for i in (0..exponent.ilog2()).rev() {
        ring.square(&mut next, &power);
        core::mem::swap(&mut power, &mut next);
        if exponent >> i & 1 == 1 {
            ring.multiply(&mut next, &power, base);
            core::mem::swap(&mut power, &mut next);
        }
    }
    power
}
