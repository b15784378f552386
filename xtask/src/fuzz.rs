//! Runs the fuzz targets of fuzz/, where cargo-fuzz and a nightly compiler can be had.
use crate::run::{output, shown};
use std::path::Path;

/// Runs each target for `seconds`: once for coverage, once with value profiles, which find magic numbers.
pub(crate) fn run(root: &Path, seconds: u32, only: Option<&str>) -> Result<String, String> {
    if let Some(missing) = missing(root) {
        return Ok(format!("   not run: {missing}"));
    }
    let targets = output(root, "cargo +nightly fuzz list")?;
    let mut said = Vec::new();
    for target in targets.lines().filter(|t| only.is_none_or(|o| o == *t)) {
        let half = seconds.div_ceil(2);
        for profile in [0, 1] {
            let limits =
                format!("-max_total_time={half} -use_value_profile={profile} -timeout=10 -rss_limit_mb=2048");
            shown(root, &format!("cargo +nightly fuzz run {target} -- {limits}"))?;
        }
        said.push(format!("   {target}: {seconds} s, nothing found"));
    }
    if said.is_empty() {
        return Err(format!(
            "no fuzz target named {}; there are: {}",
            only.unwrap_or("?"),
            targets.replace('\n', " ")
        ));
    }
    Ok(said.join("\n"))
}

fn missing(root: &Path) -> Option<&'static str> {
    if output(root, "cargo fuzz --version").is_err() {
        return Some("cargo-fuzz is not installed (`cargo install cargo-fuzz`)");
    }
    if output(root, "cargo +nightly --version").is_err() {
        return Some("there is no nightly compiler (`rustup toolchain install nightly`)");
    }
    None
}
