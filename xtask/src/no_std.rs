//! *Builds* the five library crates where there is no std: `check` alone would not run the code generator, and it is
//! there that SIMD on a soft-float target fails.
use crate::run::{output, shown};
use std::path::Path;

/// Without std and without SSE registers: what a unikernel on x86-64 is built for.
const ALWAYS: &str = "x86_64-unknown-none";
/// Another instruction set, and 32-bit words.
pub(crate) const FURTHER: [&str; 2] = ["aarch64-unknown-none", "thumbv7em-none-eabihf"];

pub(crate) fn check(root: &Path, further: &[&str]) -> Result<String, String> {
    let mut said = Vec::new();
    for target in [ALWAYS].iter().chain(further) {
        if !installed(root, target) {
            said.push(format!("   {target}: not run, `rustup target add {target}` failed here"));
            continue;
        }
        let packages = "-p nqsb-asn1 -p nocrypto -p nqsb-x509 -p nqsb-entropy -p nqsb-tls";
        shown(root, &format!("cargo build --quiet {packages} --no-default-features --target {target}"))?;
        said.push(format!("   {target}: built"));
    }
    Ok(said.join("\n"))
}

/// Whether the target's library is there, or comes when asked for.
pub(crate) fn installed(root: &Path, target: &str) -> bool {
    let there =
        || output(root, "rustup target list --installed").is_ok_and(|list| list.lines().any(|t| t == target));
    there() || (output(root, &format!("rustup target add {target}")).is_ok() && there())
}
