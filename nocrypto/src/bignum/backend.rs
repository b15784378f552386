//! [`Powers`]: which arithmetic takes the powers of a modulus, chosen once, by its size and what the CPU has.
use super::power::{self, Arithmetic};
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use super::x86_64::Ring;
use super::{Limbs, Modulus, Residue};
use crate::cpu::Features;

/// Takes the powers of the one modulus it was chosen for.
#[derive(Clone, Debug)]
pub(crate) struct Powers(Backend);

#[derive(Clone, Debug)]
enum Backend {
    Portable,
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Bits1024(Ring<9, 1>),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Bits1536(Ring<7, 2>),
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    Bits2048(Ring<9, 2>),
}

macro_rules! on_backend {
    ($powers:ident of $modulus:ident, $ring:ident => $result:expr) => {
        match &$powers.0 {
            Backend::Portable => {
                let $ring = $modulus;
                $result
            }
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Bits1024($ring) => $result,
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Bits1536($ring) => $result,
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            Backend::Bits2048($ring) => $result,
        }
    };
}

impl Powers {
    /// The best for `modulus`: vectors, if it nearly fills them.
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    pub(crate) fn choose(modulus: &Modulus, features: Features) -> Self {
        let Some(proof) = features.avx2() else { return Self(Backend::Portable) };
        Self(match modulus.bits() {
            897..=1024 => Backend::Bits1024(Ring::new(modulus, proof)),
            1025..=1536 => Backend::Bits1536(Ring::new(modulus, proof)),
            1537..=2048 => Backend::Bits2048(Ring::new(modulus, proof)),
            _ => Backend::Portable,
        })
    }
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    pub(crate) fn choose(_: &Modulus, _: Features) -> Self {
        Self(Backend::Portable)
    }
    /// `base^exponent`, for a number below n and a secret exponent of as many limbs, and no more bits.
    pub(crate) fn power(&self, modulus: &Modulus, base: &[u64], exponent: &[u64]) -> Limbs {
        on_backend!(self of modulus, ring => ring.leave(&power::power(ring, &ring.enter(base), exponent, modulus.bits())))
    }
    /// `base^exponent`, for a number below n and a public exponent that is not zero.
    pub(crate) fn power_vartime(&self, modulus: &Modulus, base: &[u64], exponent: u64) -> Limbs {
        on_backend!(self of modulus, ring => ring.leave(&power::power_vartime(ring, &ring.enter(base), exponent)))
    }
}

/// The portable backend.
impl Arithmetic for Modulus {
    type Element = Residue;

    fn zero(&self) -> Residue {
        Residue::zero(self)
    }
    fn enter(&self, number: &[u64]) -> Residue {
        self.residue(number)
    }
    fn leave(&self, x: &Residue) -> Limbs {
        self.number(x)
    }
    fn multiply(&self, out: &mut Residue, a: &Residue, b: &Residue) {
        self.multiply_into(out, a, b);
    }
    fn square(&self, out: &mut Residue, a: &Residue) {
        self.multiply_into(out, a, a);
    }
    fn lookup(&self, table: &[Residue], index: u64, out: &mut Residue) {
        out.0.fill(0);
        for (i, entry) in (0..).zip(table) {
            let mask = crate::ct::is_zero(i ^ index).mask();
            out.0.iter_mut().zip(&*entry.0).for_each(|(o, e)| *o |= e & mask);
        }
    }
}
