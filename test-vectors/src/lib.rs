//! The test vectors of nqsb by origin, as typed cases. Each folder of data has a `SOURCE.md`.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "used by tests alone: a broken vector has to stop them"
)]
mod records;
mod shared;

pub use records::{Record, records};
pub use shared::{shared, shared_files, shared_text};

/// The text of a file of this package, say `nist/sha2.txt`.
///
/// # Panics
/// If there is no such file.
#[must_use]
pub fn text(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}
