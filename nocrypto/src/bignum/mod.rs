//! Constant-time integers of fixed length, for RSA.
//!
//! Lengths in limbs and bits are public, values are not. [`Limbs`] owns and wipes a number; [`Modulus`] computes with
//! [`Residue`]s in Montgomery form; [`division`] is bit by bit and slow, for keys only.
pub(crate) mod division;
pub(crate) mod limbs;
mod modulus;
mod montgomery;
mod power;

pub(crate) use limbs::Limbs;
pub(crate) use modulus::{Modulus, Residue};
#[cfg(test)]
mod tests;
