//! Reads docs/layers.txt: who may import whom, the floors inside each crate, and where `unsafe` may stand.
use std::collections::BTreeMap;
use std::path::Path;

/// The layer table, by the import name of each crate.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Crates that a crate may import.
    pub(crate) imports: BTreeMap<String, Vec<String>>,
    /// Modules of a crate, floor by floor from the ground.
    pub(crate) floors: BTreeMap<String, Vec<Vec<String>>>,
    /// Files of a crate that may say `unsafe`.
    pub(crate) unsafe_files: BTreeMap<String, Vec<String>>,
}

impl Table {
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        let path = root.join("docs/layers.txt");
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Self::parse(&text)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut table = Self::default();
        for (n, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let bad =
                || format!("docs/layers.txt:{n}: expected `crate|floors|unsafe NAME : …`, found `{line}`");
            let (head, tail) = line.split_once(':').ok_or_else(bad)?;
            let (kind, name) = head.split_once(char::is_whitespace).ok_or_else(bad)?;
            let (name, words) =
                (name.trim().to_owned(), |s: &str| s.split_whitespace().map(str::to_owned).collect());
            match kind {
                "crate" => drop(table.imports.insert(name, words(tail))),
                "floors" => drop(table.floors.insert(name, tail.split('|').map(words).collect())),
                "unsafe" => drop(table.unsafe_files.insert(name, words(tail))),
                _ => return Err(bad()),
            }
        }
        Ok(table)
    }
}
