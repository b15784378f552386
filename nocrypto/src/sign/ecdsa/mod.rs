//! ECDSA (FIPS 186-5 §6): signing on P-256, verifying on P-256 and P-384, with any hash. Signatures are r ‖ s,
//! big-endian and of fixed length; their DER is the business of others.
//!
//! Verification takes any s in [1, n-1]: whoever needs one signature per message and nonce must ask for s ≤ n/2 himself.
mod nonce;
mod private;
mod public;

pub use private::P256PrivateKey;
pub use public::{P256PublicKey, P384PublicKey};
