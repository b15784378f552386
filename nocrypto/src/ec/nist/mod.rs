//! The prime curves of NIST, y² = x³ - 3x + b (SP 800-186 §3.2.1): what P-256 and P-384 have in common, written once.
pub(crate) mod kernel;
pub(crate) mod multiply;
pub(crate) mod point;
pub(crate) mod scalar;
pub(crate) mod verify_vartime;

use super::modulus::Modulus;

/// What tells one curve from the other. `N` limbs hold a field element, and a scalar.
pub(crate) trait Curve<const N: usize>: Copy {
    /// The field: p ≡ 3 mod 4, above 2^(64N-1).
    const FIELD: Modulus<N>;
    /// The order n of the group, a prime above 2^(64N-1).
    const ORDER: Modulus<N>;
    /// The coefficient b, plain.
    const B: [u64; N];
    /// The base point G, 3G, 5G … 63G, affine, in Montgomery form.
    const ODD_MULTIPLES_OF_G: &'static [[[u64; N]; 2]; 32];
}

/// An element of the field in Montgomery form, below p: equal elements have equal limbs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(C, align(32))]
pub(crate) struct Fe<const N: usize>(pub(super) [u64; N]);

impl<const N: usize> Fe<N> {
    pub(super) const ZERO: Self = Self([0; N]);
}
