//! Elliptic curves: fields, scalars, points. Private keys and their users are in `kx` and `sign`.
pub(crate) mod curve25519;
mod limbs;
mod modulus;
mod nist;
pub(crate) mod p256;
pub(crate) mod p384;
#[cfg(test)]
mod reference;
mod wnaf_vartime;
