//! Multiples of a point by a secret scalar: regular windows of signed odd digits (Joye–Tunstall 2009).
//!
//! The formulas have exceptions: points that are the same or opposite, infinity. With an odd scalar in [1, n-1] and odd
//! digits, none zero, only one can occur, in the last addition; each function says why, and does that addition twice.
use super::kernel::Kernel;
use super::point::{Affine, Chudnovsky, Jacobian};
use super::scalar::Scalar;
use crate::ct::Choice;
use zeroize::Zeroizing;

/// Bits of a digit in [`point`].
const WIDTH: usize = 5;

/// `scalar`·`p` for a scalar in [1, n-1].
///
/// Before digit d of position j is added, the sum is 32a with a ≥ 1 the digits above, so neither infinity nor, as
/// integers, ±d. For j > 0, 32a ± d < n, so not modulo n either. For j = 0, 32a + d is the scalar, not 0 modulo n;
/// 32a - d = scalar - 2d is n exactly for the scalar n - 2|d|: then both points are the same.
pub(crate) fn point<K: Kernel<N>, const N: usize>(
    k: K,
    scalar: &Scalar<K::Curve, N>,
    p: &Affine<N>,
) -> Zeroizing<Jacobian<N>> {
    // (2i + 1)·p
    let mut multiple = Jacobian::from_affine(k, p);
    let mut twice = multiple;
    twice.double(k);
    let twice = twice.to_chudnovsky(k);
    let mut table = Table([multiple.to_chudnovsky(k).to_limbs(); 1 << (WIDTH - 1)]);
    for entry in table.0.iter_mut().skip(1) {
        multiple.add(k, &twice);
        *entry = multiple.to_chudnovsky(k).to_limbs();
    }

    let (scalar, even) = scalar.odd();
    let digit = |position: usize| {
        let (negative, index) = odd_digit(scalar.limbs(), position, WIDTH);
        let mut entry = Chudnovsky::from_limbs(k.lookup_chudnovsky(&table.0, index));
        k.negate_if(negative ^ even, &mut entry.y);
        entry
    };
    let top = (64 * N).div_ceil(WIDTH) - 1;
    let first = digit(top);
    let mut sum = Zeroizing::new(Jacobian { x: first.x, y: first.y, z: first.z });
    for position in (1..top).rev() {
        for _ in 0..WIDTH {
            sum.double(k);
        }
        sum.add(k, &digit(position));
    }
    for _ in 0..WIDTH {
        sum.double(k);
    }
    let mut doubled = Zeroizing::new(*sum);
    doubled.double(k);
    let same = sum.add(k, &digit(0)).none();
    sum.assign(k, same, &doubled);
    sum
}

/// `scalar`·G for a scalar in [1, n-1], from a table with the odd multiples of 2^(wi)·G in row i: no doublings.
///
/// The digits below position i sum up to an odd number of absolute value below 2^(wi), so neither zero nor ± the next
/// addend. Below the top position both together stay below n. At the top the sum of both is the scalar, not 0 modulo
/// n; their difference is 0 modulo n exactly for the scalar 2d·2^(wi) - n: then both points are the same.
pub(crate) fn base<K: Kernel<N>, const N: usize, const HALF: usize>(
    k: K,
    scalar: &Scalar<K::Curve, N>,
    table: &[[[[u64; N]; 2]; HALF]],
) -> Zeroizing<Jacobian<N>> {
    let width = HALF.ilog2() as usize + 1;
    let (scalar, even) = scalar.odd();
    let digit = |position: usize, row| {
        let (negative, index) = odd_digit(scalar.limbs(), position, width);
        let mut entry = Affine::from_limbs(k.lookup_affine(row, index));
        k.negate_if(negative ^ even, &mut entry.y);
        entry
    };
    let mut rows = table.iter().enumerate();
    let mut sum = Zeroizing::new(Jacobian { x: super::Fe::ZERO, y: super::Fe::ZERO, z: super::Fe::ZERO });
    if let Some((position, row)) = rows.next() {
        *sum = Jacobian::from_affine(k, &digit(position, row));
    }
    let last = rows.next_back();
    for (position, row) in rows {
        sum.add_affine(k, &digit(position, row));
    }
    if let Some((position, row)) = last {
        let mut doubled = Zeroizing::new(*sum);
        doubled.double(k);
        let same = sum.add_affine(k, &digit(position, row)).none();
        sum.assign(k, same, &doubled);
    }
    sum
}

/// Aligned for the loads of a scan.
#[repr(C, align(64))]
struct Table<const N: usize>([[[u64; N]; 5]; 1 << (WIDTH - 1)]);

/// Digit `position` of an odd number written in odd digits of `width` bits: whether it is negative, and (|digit| - 1)/2.
///
/// A digit is the `width` bits above its lowest, doubled, plus one, less 2^width; the top one is not lessened.
#[inline(always)]
fn odd_digit<const N: usize>(odd: &[u64; N], position: usize, width: usize) -> (Choice, u64) {
    let (limb, shift) = (position * width / 64, position * width % 64);
    let above = odd.get(limb + 1).map_or(0, |next| next << 1 << (63 - shift));
    let bits = odd[limb] >> shift | above;
    if (position + 1) * width >= 64 * N {
        return (Choice::from_lsb(0), bits >> 1);
    }
    let negative = !Choice::from_lsb(bits >> width);
    (negative, ((bits ^ negative.mask()) & ((1 << width) - 1)) >> 1)
}
