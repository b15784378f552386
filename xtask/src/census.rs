//! Counts the word `unsafe` (also inside macros), refuses it outside the files named for it, and counts the ways out
//! of secrets, so that growth is seen.
use crate::source::rust_files;
use crate::table::Table;
use proc_macro2::{TokenStream, TokenTree};
use std::path::Path;

/// Package folders; docs/layers.txt names them by their import names.
const PACKAGES: [&str; 10] =
    ["asn1", "nocrypto", "x509", "entropy", "tls", "pinata", "conformance", "test-vectors", "xtask", "bench"];

pub(crate) fn check(root: &Path) -> Result<String, String> {
    let table = Table::read(root)?;
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    let (mut total, mut exposed) = (0, 0);
    for package in PACKAGES {
        let folder = root.join(package);
        let allowed = table.unsafe_files.get(&package.replace('-', "_")).map_or(&[][..], Vec::as_slice);
        for file in rust_files(&folder) {
            let name = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            let tokens: TokenStream = text.parse().map_err(|e| format!("{}: {e}", file.display()))?;
            let count = count(tokens, &["unsafe"]);
            total += count;
            if name.starts_with("src") {
                exposed += text.matches(".expose()").count() + text.matches(".reveal()").count();
            }
            if count > 0 {
                lines.push(format!("   {count:4}  {package}/{name}"));
                if !allowed.iter().any(|a| may(&name, a)) {
                    wrong.push(format!("{package}/{name} says `unsafe`; docs/layers.txt does not name it"));
                }
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    lines.push(format!("   `unsafe` {total} times, all in files named for it"));
    lines.push(format!("   ways out of secrets (expose, reveal) in shipped code: {exposed}"));
    Ok(lines.join("\n"))
}

/// Whether `name` is the file, or lies in the folder, that `allowed` names.
fn may(name: &str, allowed: &str) -> bool {
    if allowed.ends_with('/') {
        return name.starts_with(allowed);
    }
    name == allowed || (!allowed.contains('/') && name.rsplit('/').next() == Some(allowed))
}

fn count(tokens: TokenStream, words: &[&str]) -> usize {
    tokens
        .into_iter()
        .map(|tree| match tree {
            TokenTree::Group(group) => count(group.stream(), words),
            TokenTree::Ident(ident) => usize::from(words.iter().any(|w| ident == w)),
            TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_found_in_macros_and_not_in_comments_or_lint_names() {
        let text = "// unsafe\n#![allow(unsafe_code)] macro_rules! m { () => { unsafe { f() } } } fn g() { let _ = \"unsafe\"; }";
        assert_eq!(count(text.parse().unwrap(), &["unsafe"]), 1);
    }
    #[test]
    fn a_name_without_a_folder_is_allowed_anywhere_and_a_path_only_there() {
        assert!(may("src/hash/x86_64.rs", "x86_64.rs"));
        assert!(may("src/cpu/mod.rs", "src/cpu/"));
        assert!(!may("src/hash/portable.rs", "x86_64.rs"));
        assert!(!may("src/alloc.rs", "tests/alloc.rs"));
        assert!(!may("src/not_x86_64.rs", "x86_64.rs"));
    }
}
