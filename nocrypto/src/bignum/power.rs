//! Powers: with secret exponents by fixed windows of five bits, and with public ones bit by bit.
use super::{Limbs, Modulus, Residue};
use crate::ct;

/// Bits of the exponents taken at a time.
const WINDOW: usize = 5;
const ENTRIES: usize = 1 << WINDOW;

impl Modulus {
    /// The product of `base^exponent` over all `factors`, which share the squarings.
    ///
    /// Each exponent has as many limbs as the modulus, and no more bits. Every entry of every table is read for each
    /// digit, and a digit of zero is multiplied by like any other.
    pub(crate) fn power<const N: usize>(&self, factors: [(&Residue, &[u64]); N]) -> Residue {
        let len = self.value().len();
        let tables = factors.map(|(base, _)| self.table(base));
        let mut power = self.one().clone();
        let (mut next, mut entry) = (Residue(Limbs::zero(len)), Residue(Limbs::zero(len)));
        for window in (0..self.bits().div_ceil(WINDOW)).rev() {
            for _ in 0..WINDOW {
                self.multiply_into(&mut next, &power, &power);
                core::mem::swap(&mut power, &mut next);
            }
            for (table, (_, exponent)) in tables.iter().zip(&factors) {
                lookup(table, digit(exponent, WINDOW * window), &mut entry.0);
                self.multiply_into(&mut next, &power, &entry);
                core::mem::swap(&mut power, &mut next);
            }
        }
        power
    }
    /// `base^0 … base^31`, one behind the other.
    fn table(&self, base: &Residue) -> Limbs {
        let len = self.value().len();
        let mut table = Limbs::zero(ENTRIES * len);
        let (mut entry, mut next) = (self.one().clone(), Residue(Limbs::zero(len)));
        for slot in table.chunks_exact_mut(len) {
            slot.copy_from_slice(&entry.0);
            self.multiply_into(&mut next, &entry, base);
            core::mem::swap(&mut entry, &mut next);
        }
        table
    }
    /// `base^exponent` for a public exponent that is not zero.
    pub(crate) fn power_vartime(&self, base: &Residue, exponent: u64) -> Residue {
        let (mut power, mut next) = (base.clone(), Residue(Limbs::zero(self.value().len())));
        for i in (0..exponent.ilog2()).rev() {
            self.multiply_into(&mut next, &power, &power);
            core::mem::swap(&mut power, &mut next);
            if exponent >> i & 1 == 1 {
                self.multiply_into(&mut next, &power, base);
                core::mem::swap(&mut power, &mut next);
            }
        }
        power
    }
}

/// The digit whose lowest bit is bit `at`.
fn digit(exponent: &[u64], at: usize) -> u64 {
    let (limb, shift) = (at / 64, at % 64);
    let above =
        if shift + WINDOW > 64 { exponent.get(limb + 1).copied().unwrap_or(0) << (64 - shift) } else { 0 };
    (exponent[limb] >> shift | above) % ENTRIES as u64
}

fn lookup(table: &[u64], index: u64, out: &mut [u64]) {
    out.fill(0);
    for (i, entry) in (0..).zip(table.chunks_exact(out.len())) {
        let mask = ct::is_zero(i ^ index).mask();
        out.iter_mut().zip(entry).for_each(|(o, e)| *o |= e & mask);
    }
}
