//! Whether the check for constant time knows all of nocrypto: what is public there, by rustdoc's account, is named in the
//! list of subjects, or in a list of what takes no secret. Of a method the name alone is looked for, not its type.
use crate::run::output;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::Path;

const SUBJECTS: &str = "conformance/src/bin/ct/subjects.rs";
/// Lines `PATH WHY`; the path of a type or module stands for what is in it.
const NO_SECRET: &str = "conformance/expected/no_secret.txt";

pub(crate) fn check(root: &Path) -> Result<String, String> {
    let public = public(root)?;
    let text = |file: &str| std::fs::read_to_string(root.join(file)).map_err(|e| format!("{file}: {e}"));
    let tokens: TokenStream = text(SUBJECTS)?.parse().map_err(|e| format!("{SUBJECTS}: {e}"))?;
    let mut named = BTreeSet::new();
    names(tokens, &mut named);
    let listed = text(NO_SECRET)?;
    let listed: Vec<&str> =
        listed.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_whitespace().next()).collect();
    let wrong = judge(&public, &named, &listed);
    if wrong.is_empty() {
        return Ok(format!(
            "   {} public names of nocrypto: each is a subject, or takes no secret",
            public.len()
        ));
    }
    Err(wrong.join("\n"))
}

fn judge(public: &BTreeSet<String>, named: &BTreeSet<String>, listed: &[&str]) -> Vec<String> {
    let in_it = |path: &str, holder: &str| {
        path.strip_prefix(holder).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let is_named = |path: &str| path.rsplit("::").next().is_some_and(|name| named.contains(name));
    let unknown = public
        .iter()
        .filter(|path| !is_named(path) && !listed.iter().any(|holder| in_it(path, holder)))
        .map(|path| format!("{path}: neither in {SUBJECTS} nor in {NO_SECRET}"));
    let idle = listed
        .iter()
        .filter(|holder| !public.iter().any(|path| in_it(path, holder) && !is_named(path)))
        .map(|holder| format!("{NO_SECRET}: {holder} is no longer needed"));
    unknown.chain(idle).collect()
}

/// `aead::AesGcm`, `aead::AesGcm::with`, `kdf::pbkdf2`, …
fn public(root: &Path) -> Result<BTreeSet<String>, String> {
    output(root, "cargo doc --quiet --package nocrypto --no-deps --all-features --target-dir target/ct")?;
    let pages = root.join("target/ct/doc/nocrypto");
    let page = |name: &str| {
        std::fs::read_to_string(pages.join(name)).map_err(|e| format!("{}: {e}", pages.join(name).display()))
    };
    let mut public = BTreeSet::new();
    for (link, path) in links(&page("all.html")?) {
        // Only pages of items: not the way back, not help.
        if !["struct.", "enum.", "trait.", "fn.", "type."].iter().any(|kind| link.contains(kind)) {
            continue;
        }
        let methods = links(&page(&link)?)
            .filter(|(link, _)| link.starts_with("#method.") || link.starts_with("#tymethod."))
            .map(|(_, name)| format!("{path}::{name}"))
            .collect::<Vec<_>>();
        // An alias has the methods of its type, and its page repeats them.
        if !link.contains("type.") {
            public.extend(methods);
        }
        public.insert(path);
    }
    if public.contains("cipher::aes::Aes::encrypt_blocks") && public.contains("hash::Hash::update") {
        Ok(public)
    } else {
        Err("rustdoc's pages are not as this program knows them".to_owned())
    }
}

/// Links in lists: where to, and their text.
fn links(page: &str) -> impl Iterator<Item = (String, String)> {
    page.split("<li><a href=\"").skip(1).filter_map(|rest| {
        let (link, rest) = rest.split_once('"')?;
        let text = rest.split_once('>')?.1.split_once('<')?.0;
        Some((link.to_owned(), text.to_owned()))
    })
}

fn names(tokens: TokenStream, into: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => names(group.stream(), into),
            TokenTree::Ident(ident) => drop(into.insert(ident.to_string())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_subject_nor_listed_is_told_and_so_is_what_need_not_be_listed() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let public = set(&["mac::Cmac", "mac::Cmac::tag", "cpu::Avx2", "cpu::Avx2::yes", "kdf::scrypt"]);
        let wrong = judge(&public, &set(&["Cmac", "tag"]), &["cpu", "mac::Cmac", "cp"]);
        assert_eq!(wrong.len(), 3);
        assert!(wrong[0].starts_with("kdf::scrypt: neither"));
        assert!(wrong[1].contains("mac::Cmac is no longer") && wrong[2].contains("cp is no longer"));
    }
}
