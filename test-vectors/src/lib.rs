//! The test vectors of nqsb by origin, as typed cases. Each folder of data has a `SOURCE.md`.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "used by tests alone: a broken vector has to stop them"
)]
mod records;
mod shared;

pub use records::{Record, cumulated, records};
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

/// The files of the folder `path` of this package, by name.
///
/// # Panics
/// If there is no such folder.
#[must_use]
pub fn files(path: &str) -> Vec<String> {
    let folder = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.retain(|name| name.ends_with(".txt"));
    names
}
