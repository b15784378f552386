//! X.509 certificates, keys and path validation (RFC 5280).
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod hostname;
pub mod key;
pub mod name;
mod oid;
pub mod pem;
mod time;

pub use key::{KeyKind, PrivateKey, PublicKey, SignatureAlgorithm};
pub use rustls_pki_types::ServerName;
pub use time::Time;
