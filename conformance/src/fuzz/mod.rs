//! The fuzz targets as plain functions: libFuzzer calls them (`fuzz/`), and a test replays every corpus file.
//!
//! Each takes any bytes. A panic is a finding; so is a broken promise, which each asserts.
#![allow(clippy::panic, reason = "a finding is told by a panic")]
mod certificate;
mod der;
mod tls;

pub use certificate::certificate;
pub use der::der;
pub use tls::{Side, honest, tls_client, tls_server};

/// A target by its name, as the folders of `fuzz/corpus` are called.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(n, _)| *n == name).map(|(_, target)| *target)
}

/// Takes any bytes; panics if a promise is broken.
pub type Target = fn(&[u8]);

/// All targets.
pub const TARGETS: &[(&str, Target)] =
    &[("certificate", certificate), ("der", der), ("tls_client", tls_client), ("tls_server", tls_server)];
