//! Runs `ratio` of bench/, a workspace of its own.
use crate::run::shown;
use std::path::Path;

pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<String, String> {
    let line = "cargo run --quiet --release --manifest-path bench/Cargo.toml --bin ratio --";
    shown(root, &format!("{line} {}", arguments.join(" ")))?;
    Ok(String::new())
}
