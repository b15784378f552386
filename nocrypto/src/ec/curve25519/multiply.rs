//! Multiples of the base point of edwards25519 by a secret scalar: Booth digits of five bits, every multiple in a table.
use super::kernel::Kernel;
use super::point::{Addend, Point};
use super::scalar::Scalar;
use super::table::BASE;
use crate::ct::Choice;
use zeroize::Zeroizing;

/// Bits of a digit.
const WIDTH: usize = 5;

/// `scalar`·B. The formulas are complete, so no digit is special.
pub(super) fn base<K: Kernel>(k: K, scalar: &Scalar) -> Zeroizing<Point> {
    let mut sum = Zeroizing::new(Point::IDENTITY);
    for (position, row) in BASE.0.iter().enumerate() {
        let (negative, digit) = booth_digit(scalar.limbs(), position);
        let mut entry = Addend::IDENTITY;
        k.lookup(row, digit.wrapping_sub(1), &mut entry);
        sum.add(k, &Addend::from_limbs(entry).negate_if(k, negative));
    }
    sum
}

/// Digit `position` of the scalar, in [-16, 16]: whether it is negative, and its absolute value.
///
/// The five bits of the position and the one below them, b₄…b₀ and c, stand for -16·b₄ + 8·b₃ + 4·b₂ + 2·b₁ + b₀ + c.
#[inline(always)]
fn booth_digit(scalar: &[u64; 4], position: usize) -> (Choice, u64) {
    let bits = match position * WIDTH {
        0 => scalar[0] << 1,
        at => {
            let (limb, shift) = ((at - 1) / 64, (at - 1) % 64);
            let above = scalar.get(limb + 1).map_or(0, |next| next << 1 << (63 - shift));
            scalar[limb] >> shift | above
        }
    } & ((2 << WIDTH) - 1);
    let negative = Choice::from_lsb(bits >> WIDTH);
    // Rounded up, the bits above c are b₄…b₀ + c; with b₄ at 16 and not -16 that is 32 too much.
    let rounded = (bits + 1) >> 1;
    let digit = rounded.wrapping_sub(negative.mask() & (1 << WIDTH));
    (negative, (digit ^ negative.mask()).wrapping_sub(negative.mask()))
}
