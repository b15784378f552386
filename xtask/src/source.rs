//! The modules of a crate as a program sees them: which file defines what, and which file imports from which.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// `["record", "wire"]` for `src/record/wire.rs`; empty for `src/lib.rs`.
pub(crate) type ModulePath = Vec<String>;

/// One crate's modules.
#[derive(Debug, Default)]
pub(crate) struct Crate {
    pub(crate) modules: BTreeMap<ModulePath, Module>,
}

#[derive(Debug, Default)]
pub(crate) struct Module {
    /// Names defined here, apart from modules.
    defines: BTreeSet<String>,
    /// Names handed on from elsewhere: name → absolute path.
    hands_on: BTreeMap<String, Vec<String>>,
    /// Modules of which everything is handed on.
    hands_on_all: Vec<Vec<String>>,
    /// Absolute paths that this file mentions, tests left out.
    mentions: BTreeSet<Vec<String>>,
}

impl Crate {
    /// Reads every file below `src`.
    pub(crate) fn read(src: &Path) -> Result<Self, String> {
        let mut all = Self::default();
        for file in rust_files(src) {
            let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            let parsed = syn::parse_file(&text).map_err(|e| format!("{}: {e}", file.display()))?;
            let Some(path) = module_path(src, &file) else { continue };
            all.modules.insert(path.clone(), Module::of(path, &parsed));
        }
        Ok(all)
    }

    /// Which file imports from which, by the file that *defines* the thing: handing on is seen through.
    pub(crate) fn arrows(&self) -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
        self.modules
            .iter()
            .map(|(from, module)| {
                let to = module.mentions.iter().map(|path| self.home_of(path, 0)).filter(|to| to != from);
                (from.clone(), to.collect())
            })
            .collect()
    }

    fn home_of(&self, path: &[String], depth: usize) -> ModulePath {
        let mut at = ModulePath::new();
        for (i, name) in path.iter().enumerate() {
            let mut deeper = at.clone();
            deeper.push(name.clone());
            if self.modules.contains_key(&deeper) {
                at = deeper;
                continue;
            }
            let Some(module) = self.modules.get(&at) else { break };
            if module.defines.contains(name) || depth > 8 {
                break;
            }
            let rest = path.get(i + 1..).unwrap_or_default();
            if let Some(target) = module.hands_on.get(name) {
                return self.home_of(&[target, rest].concat(), depth + 1);
            }
            for all in &module.hands_on_all {
                let home = self.home_of(all, depth + 1);
                if self.modules.get(&home).is_some_and(|m| m.defines.contains(name)) {
                    return home;
                }
            }
            break;
        }
        at
    }
}

/// Every `.rs` file below `folder`, sorted.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            if !path.ends_with("target") {
                found.extend(rust_files(&path));
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn module_path(src: &Path, file: &Path) -> Option<ModulePath> {
    let relative = file.strip_prefix(src).ok()?.with_extension("");
    let mut path: ModulePath = relative.iter().map(|s| s.to_string_lossy().into_owned()).collect();
    if path.first().is_some_and(|s| s == "bin") {
        return None;
    }
    if path.last().is_some_and(|s| matches!(s.as_str(), "mod" | "lib" | "main")) {
        path.pop();
    }
    Some(path)
}

impl Module {
    fn of(path: ModulePath, file: &syn::File) -> Self {
        let mut reader = Reader { here: path, module: Self::default() };
        reader.visit_file(file);
        reader.module
    }
}

struct Reader {
    here: ModulePath,
    module: Module,
}
impl Reader {
    /// An absolute path below the crate's root, or none for a path that leads elsewhere.
    fn absolute(&self, segments: &[String]) -> Option<Vec<String>> {
        let mut base = match segments.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.here.clone(),
            _ => return None,
        };
        let mut rest = segments.get(1..)?;
        if segments.first()? == "super" {
            base.pop();
            while let Some((first, more)) = rest.split_first().filter(|(f, _)| *f == "super") {
                debug_assert_eq!(first, "super");
                base.pop();
                rest = more;
            }
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    fn use_tree(&mut self, tree: &syn::UseTree, before: &[String], public: bool) {
        let join = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(p) => self.use_tree(&p.tree, &join(&p.ident), public),
            syn::UseTree::Group(g) => g.items.iter().for_each(|t| self.use_tree(t, before, public)),
            syn::UseTree::Name(n) if n.ident == "self" => self.uses(before, before.last().cloned(), public),
            syn::UseTree::Name(n) => self.uses(&join(&n.ident), Some(n.ident.to_string()), public),
            syn::UseTree::Rename(r) => self.uses(&join(&r.ident), Some(r.rename.to_string()), public),
            syn::UseTree::Glob(_) => self.uses(before, None, public),
        }
    }

    fn uses(&mut self, segments: &[String], name: Option<String>, public: bool) {
        let local = segments.first().map(|first| [&self.here[..], core::slice::from_ref(first)].concat());
        let absolute = match self.absolute(segments) {
            Some(path) => path,
            // `pub use child::Thing` without `self::`: handed on from a module declared here.
            None if public => {
                [local.unwrap_or_default(), segments.get(1..).unwrap_or_default().to_vec()].concat()
            }
            None => return,
        };
        match (public, name) {
            (true, Some(name)) => drop(self.module.hands_on.insert(name, absolute)),
            (true, None) => self.module.hands_on_all.push(absolute),
            (false, _) => drop(self.module.mentions.insert(absolute)),
        }
    }
}
impl<'ast> Visit<'ast> for Reader {
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "syn's enum may grow; what is not listed defines no name"
    )]
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Fn(i) => Some(&i.sig.ident),
            syn::Item::Struct(i) => Some(&i.ident),
            syn::Item::Enum(i) => Some(&i.ident),
            syn::Item::Trait(i) => Some(&i.ident),
            syn::Item::Const(i) => Some(&i.ident),
            syn::Item::Static(i) => Some(&i.ident),
            syn::Item::Type(i) => Some(&i.ident),
            syn::Item::Macro(i) => i.ident.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.module.defines.insert(name.to_string());
        }
        visit::visit_item(self, item);
    }
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree(&item.tree, &[], public);
    }
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if segments.len() > 1
            && let Some(absolute) = self.absolute(&segments)
        {
            self.module.mentions.insert(absolute);
        }
        visit::visit_path(self, path);
    }
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // A test may look anywhere.
        if item.content.is_none() || is_test(&item.attrs) {
            return;
        }
        self.here.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.here.pop();
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("cfg")
            && matches!(&a.meta, syn::Meta::List(list) if list.tokens.clone().into_iter().any(|t| t.to_string() == "test"))
    })
}
