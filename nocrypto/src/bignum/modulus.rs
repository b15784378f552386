//! [`Modulus`], an odd number to compute by, and [`Residue`], a number below it in Montgomery form.
use super::limbs::{self, Limbs};
use super::montgomery;
use crate::ct::Choice;
use rand_core::CryptoRng;

/// An odd modulus of a public number of bits, with what Montgomery arithmetic needs. `R` is `2^(64 len)`.
#[derive(Clone, Debug)]
pub(crate) struct Modulus {
    n: Limbs,
    bits: usize,
    n0: u64,
    /// `R mod n`: one, in Montgomery form.
    one: Residue,
    /// `R^2 mod n`: multiplying by it enters the form.
    rr: Residue,
}

/// `x R mod n`, for the one modulus it was made by.
#[derive(Clone, Debug)]
pub(crate) struct Residue(pub(super) Limbs);

impl Modulus {
    /// `n` is odd, and bit `bits - 1` is its highest.
    pub(crate) fn new(n: Limbs, bits: usize) -> Self {
        debug_assert!(n[0] & 1 == 1 && bits.div_ceil(64) == n.len() && limbs::bit(&n, bits - 1) == 1);
        let (n0, empty) = (montgomery::negative_inverse(n[0]), Residue(Limbs::zero(n.len())));
        let (one, rr) = (empty.clone(), empty.clone());
        let mut own = Self { n, bits, n0, one, rr };
        // 2^(bits-1) is below n; doubled up to R.
        let mut one = empty.clone();
        one.0[(bits - 1) / 64] = 1 << ((bits - 1) % 64);
        (bits - 1..64 * own.n.len()).for_each(|_| own.double(&mut one));
        // 2^len R, squared six times, is 2^(64 len) R.
        let (mut rr, mut square) = (one.clone(), empty);
        (0..own.n.len()).for_each(|_| own.double(&mut rr));
        for _ in 0..6 {
            own.multiply_into(&mut square, &rr, &rr);
            core::mem::swap(&mut rr, &mut square);
        }
        (own.one, own.rr) = (one, rr);
        own
    }
    /// The modulus itself.
    pub(crate) fn value(&self) -> &Limbs {
        &self.n
    }
    pub(crate) const fn bits(&self) -> usize {
        self.bits
    }
    /// `-1/n mod 2^64`.
    pub(super) const fn n0(&self) -> u64 {
        self.n0
    }
    pub(crate) fn one(&self) -> &Residue {
        &self.one
    }
    /// `x mod n`, for an `x` of any length.
    pub(crate) fn residue(&self, x: &[u64]) -> Residue {
        // The low part may be n or more, but the multiplication takes any left factor.
        let (low, high) = x.split_at(x.len().min(self.n.len()));
        let mut sum = self.multiply(&Residue(Limbs::from_words(low, self.n.len())), &self.rr);
        if !high.is_empty() {
            self.add(&mut sum, &self.multiply(&self.residue(high), &self.rr));
        }
        sum
    }
    /// The number a residue stands for, below `n`.
    pub(crate) fn number(&self, x: &Residue) -> Limbs {
        let (mut out, mut one) = (Limbs::zero(self.n.len()), Limbs::zero(self.n.len()));
        one[0] = 1;
        montgomery::multiply(&mut out, &x.0, &one, &self.n, self.n0);
        out
    }
    /// A random residue, as good as uniform: 128 bits more than `n` has are drawn, and none is refused.
    pub(crate) fn random(&self, rng: &mut dyn CryptoRng) -> Residue {
        self.residue(&Limbs::random(self.n.len() + 2, rng))
    }
    pub(crate) fn multiply(&self, a: &Residue, b: &Residue) -> Residue {
        let mut out = Residue::zero(self);
        self.multiply_into(&mut out, a, b);
        out
    }
    pub(super) fn multiply_into(&self, out: &mut Residue, a: &Residue, b: &Residue) {
        montgomery::multiply(&mut out.0, &a.0, &b.0, &self.n, self.n0);
    }
    pub(crate) fn add(&self, a: &mut Residue, b: &Residue) {
        let top = limbs::add(&mut a.0, &b.0);
        montgomery::subtract_once(&mut a.0, top, &self.n);
    }
    pub(crate) fn subtract(&self, a: &mut Residue, b: &Residue) {
        let borrow = limbs::subtract(&mut a.0, &b.0);
        limbs::add_masked(&mut a.0, &self.n, Choice::from_lsb(borrow).mask());
    }
    fn double(&self, a: &mut Residue) {
        let top = limbs::double(&mut a.0, 0);
        montgomery::subtract_once(&mut a.0, top, &self.n);
    }
}
impl Residue {
    pub(super) fn zero(modulus: &Modulus) -> Self {
        Self(Limbs::zero(modulus.n.len()))
    }
    /// Whether two residues of one modulus are the same.
    pub(crate) fn eq(&self, other: &Self) -> Choice {
        limbs::eq(&self.0, &other.0)
    }
}
