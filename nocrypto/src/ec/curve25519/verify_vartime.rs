//! The equation of Ed25519 verification (RFC 8032 §5.1.7). Variable time: all is public.
use super::kernel::Kernel;
use super::point::{Addend, Point, ProjectiveAddend};
use super::scalar::Scalar;
use super::table::ODD_MULTIPLES;
use crate::ct::Choice;
use crate::ec::wnaf_vartime::Wnaf;

/// Widths of the non-adjacent forms: 64 odd multiples of B are constants, 8 of the key are made here.
const WIDTH_B: usize = 8;
const WIDTH_A: usize = 5;

/// The encoding of `s`·B + `h`·`a`.
pub(super) fn encoded_sum<K: Kernel>(k: K, s: &Scalar, h: &Scalar, a: &Point) -> [u8; 32] {
    let multiples_of_a = odd_multiples(k, a);
    let (digits_b, digits_a) = (Wnaf::new(s.limbs(), WIDTH_B), Wnaf::new(h.limbs(), WIDTH_A));
    // Straus: one chain of doublings for both.
    let mut sum = Point::IDENTITY;
    for at in (0..digits_b.len().max(digits_a.len())).rev() {
        let (b, a) = (digits_b.digit(at), digits_a.digit(at));
        sum.double(k, b.is_some() || a.is_some());
        if let Some((index, negative)) = a {
            let addend = multiples_of_a[index];
            sum.add_projective(k, &addend.negate_if(k, Choice::from_lsb(negative.into())));
        }
        if let Some((index, negative)) = b {
            let addend = Addend::from_limbs(ODD_MULTIPLES[index]);
            sum.add(k, &addend.negate_if(k, Choice::from_lsb(negative.into())));
        }
    }
    sum.normalized(k).encode()
}

/// A, 3A, 5A … 15A.
fn odd_multiples<K: Kernel>(k: K, a: &Point) -> [ProjectiveAddend; 1 << (WIDTH_A - 2)] {
    let mut multiple = *a;
    let mut twice = multiple;
    twice.double(k, true);
    let twice = twice.to_projective_addend(k);
    let mut table = [multiple.to_projective_addend(k); 1 << (WIDTH_A - 2)];
    for entry in table.iter_mut().skip(1) {
        multiple.add_projective(k, &twice);
        *entry = multiple.to_projective_addend(k);
    }
    table
}
