//! Runs nocrypto's tests on published vectors, and shows the tables that they print: cases per file and arm.
use crate::run::{shown, shown_with};
use std::path::Path;

/// Where `long`, also what takes minutes.
pub(crate) fn run(root: &Path, long: bool) -> Result<String, String> {
    let line = "cargo test --quiet -p nocrypto --test vectors -- --nocapture --test-threads=1";
    if long { shown_with(root, line, "NOCRYPTO_LONG", "1") } else { shown(root, line) }?;
    Ok(String::new())
}
