//! Elliptic curves: fields, scalars, points. Private keys and their users are in `kx` and `sign`.
pub(crate) mod curve25519;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod divsteps;
mod limbs;
mod modulus;
mod nist;
pub(crate) mod p256;
pub(crate) mod p384;
#[cfg(test)]
mod reference;
mod wnaf_vartime;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;
