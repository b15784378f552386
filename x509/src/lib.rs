//! X.509 certificates, keys and path validation (RFC 5280).
#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::arithmetic_side_effects)]
extern crate alloc;

pub mod builder;
pub mod certificate;
pub mod hostname;
pub mod key;
pub mod name;
mod oid;
pub mod path;
pub mod pem;
mod time;

pub use certificate::Certificate;
pub use certificate::error::Error;
pub use key::{KeyKind, PrivateKey, PublicKey, SignatureAlgorithm};
pub use path::anchor::TrustAnchor;
pub use path::budget::Budget;
pub use path::error::{PathError, PathErrorKind};
pub use path::profile::Profile;
pub use path::{Purpose, ValidPath, Verifier};
pub use rustls_pki_types::ServerName;
pub use time::Time;
