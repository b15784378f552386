//! Scalars: numbers modulo the order L = 2^252 + 27742317777372353535851937790883648493 of the base point (RFC 8032
//! §5.1), plain.
use super::ladder::clamped;
use crate::ec::limbs;
use crate::ec::modulus::Modulus;
use zeroize::Zeroize;

/// A number of 256 bits, wiped when it goes; below L unless it was clamped.
pub(crate) struct Scalar([u64; 4]);

impl Scalar {
    /// The scalar of 32 private bytes (RFC 8032 §5.1.5 step 2): up to 2^255, not reduced, which none but [`Self::mul`]
    /// and the multiples of points see.
    pub(crate) fn from_clamped(bytes: &[u8; 32]) -> Self {
        Self(clamped(bytes))
    }

    /// 64 little-endian bytes modulo L.
    pub(crate) fn from_wide(bytes: &[u8; 64]) -> Self {
        let (low, high) = split(bytes);
        // a·R²/R = a·R, which is what the high half weighs.
        let low = Self(ORDER.mul(&limbs::from_le_bytes(low), &ORDER.rr));
        let low = Self(ORDER.mul(&low.0, &limbs::unit()));
        let high = Self(ORDER.mul(&limbs::from_le_bytes(high), &ORDER.rr));
        low.add(&high)
    }

    /// 32 little-endian bytes of a number below L, or `None`. For public numbers.
    pub(crate) fn from_canonical_vartime(bytes: &[u8; 32]) -> Option<Self> {
        let own = Self(limbs::from_le_bytes(bytes));
        ORDER.contains(&own.0).then_some(own)
    }

    /// Modulo L; both below L.
    pub(crate) fn add(&self, other: &Self) -> Self {
        Self(ORDER.add(&self.0, &other.0))
    }

    /// Modulo L.
    pub(crate) fn mul(&self, other: &Self) -> Self {
        let montgomery = Self(ORDER.mul(&self.0, &ORDER.rr));
        Self(ORDER.mul(&montgomery.0, &other.0))
    }

    pub(crate) fn to_bytes(&self) -> [u8; 32] {
        limbs::to_le_bytes(&self.0)
    }

    pub(super) fn limbs(&self) -> &[u64; 4] {
        &self.0
    }
}

impl Drop for Scalar {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The halves.
pub(crate) fn split(bytes: &[u8; 64]) -> (&[u8; 32], &[u8; 32]) {
    let (halves, _) = bytes.as_chunks::<32>();
    (&halves[0], &halves[1])
}

const ORDER: Modulus<4> =
    Modulus::new(limbs::hex("10000000 00000000 00000000 00000000 14def9de a2f79cd6 5812631a 5cf5d3ed"));
