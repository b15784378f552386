//! Constant-time integers of fixed length, for RSA.
//!
//! Lengths in limbs and bits are public, values are not. [`Limbs`] owns and wipes a number; [`Modulus`] computes with
//! [`Residue`]s in Montgomery form, and [`Powers`] in whatever form is fastest; [`division`] is bit by bit and slow, for keys only.
mod backend;
pub(crate) mod division;
mod inverse;
pub(crate) mod limbs;
mod modulus;
mod montgomery;
mod power;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

pub(crate) use backend::Powers;
pub(crate) use limbs::Limbs;
pub(crate) use modulus::{Modulus, Residue};
#[cfg(test)]
mod tests;
