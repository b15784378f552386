//! No import runs upward and there is no circle: between crates, and between the files of each crate.
use crate::run::output;
use crate::source::{Crate, ModulePath};
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) fn check(root: &Path) -> Result<String, String> {
    let table = Table::read(root)?;
    let mut wrong = crate_imports(root, &table)?;
    let (mut files, mut arrows) = (0, 0);
    for (name, floors) in &table.floors {
        let source = Crate::read(&root.join(name.replace('_', "-")).join("src"))?;
        let graph = source.arrows();
        files += graph.len();
        arrows += graph.values().map(BTreeSet::len).sum::<usize>();
        wrong.extend(judge(name, floors, &graph));
    }
    if wrong.is_empty() {
        return Ok(format!("   {files} files, {arrows} imports: none runs upward, no circle"));
    }
    Err(wrong.join("\n"))
}

/// Imports between crates that the table does not allow.
fn crate_imports(root: &Path, table: &Table) -> Result<Vec<String>, String> {
    let text = output(root, "cargo metadata --format-version 1 --no-deps --offline")?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let library = |p: &serde_json::Value| {
            let targets = p["targets"].as_array().cloned().unwrap_or_default();
            targets
                .iter()
                .find(|t| t["kind"][0] == "lib")
                .map_or_else(|| name(&p["name"]), |t| name(&t["name"]))
        };
        let Some(allowed) = table.imports.get(&library(package)) else { continue };
        for dependency in
            package["dependencies"].as_array().into_iter().flatten().filter(|d| d["kind"].is_null())
        {
            let import = [&dependency["rename"], &dependency["name"]].into_iter().find_map(|v| v.as_str());
            let import = import.unwrap_or_default();
            if !allowed.iter().any(|a| a == import) {
                wrong.push(format!(
                    "crate {} imports {import}, which docs/layers.txt does not allow",
                    library(package)
                ));
            }
        }
        if package["targets"].as_array().into_iter().flatten().any(|t| t["kind"][0] == "custom-build") {
            wrong.push(format!("crate {} has a build script", library(package)));
        }
    }
    Ok(wrong)
}

type Graph = BTreeMap<ModulePath, BTreeSet<ModulePath>>;

/// Everything that is wrong with the imports of one crate.
fn judge(name: &str, floors: &[Vec<String>], graph: &Graph) -> Vec<String> {
    let floor = |path: &ModulePath| {
        let top = path.first().map_or("lib", String::as_str);
        floors.iter().position(|modules| modules.iter().any(|m| m == top))
    };
    let mut wrong = Vec::new();
    for (from, targets) in graph {
        let Some(here) = floor(from) else {
            wrong.push(format!("{name}: module {} stands on no floor of docs/layers.txt", show(from)));
            continue;
        };
        for to in targets.iter().filter(|to| floor(to).is_some_and(|there| there > here)) {
            wrong.push(format!("{name}: {} imports {}, which stands above it", show(from), show(to)));
        }
    }
    wrong.extend(circle(graph).map(|c| {
        let names: Vec<_> = c.iter().map(show).collect();
        format!("{name}: a circle: {}", names.join(" → "))
    }));
    wrong
}

/// The first circle found, if there is one. A folder's own `mod.rs` and what lies below it may know each other:
/// they are one room.
fn circle(graph: &Graph) -> Option<Vec<ModulePath>> {
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| descend(graph, start, &mut Vec::new(), &mut done))
}

fn descend(
    graph: &Graph,
    at: &ModulePath,
    way: &mut Vec<ModulePath>,
    done: &mut BTreeSet<ModulePath>,
) -> Option<Vec<ModulePath>> {
    if let Some(begin) = way.iter().position(|m| m == at) {
        let mut found = way.get(begin..).unwrap_or_default().to_vec();
        found.push(at.clone());
        return Some(found);
    }
    if done.contains(at) {
        return None;
    }
    way.push(at.clone());
    let next = graph.get(at).into_iter().flatten().filter(|to| !at.starts_with(to));
    let found = next.into_iter().find_map(|to| descend(graph, to, way, done));
    way.pop();
    done.insert(at.clone());
    found
}

fn show(path: &ModulePath) -> String {
    if path.is_empty() { "lib".to_owned() } else { path.join("::") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate of three files on two floors, written to a folder of its own.
    fn wrong_with(test: &str, files: &[(&str, &str)]) -> Vec<String> {
        let src = std::env::temp_dir().join(format!("nqsb-layers-{}-{test}", std::process::id()));
        for (name, text) in files {
            let path = src.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let table = Table::parse("floors toy : low | high other | lib").unwrap();
        let wrong = judge("toy", &table.floors["toy"], &Crate::read(&src).unwrap().arrows());
        std::fs::remove_dir_all(src).unwrap();
        wrong
    }
    const LIB: (&str, &str) = ("lib.rs", "mod low; mod high; mod other; pub use high::High;");

    #[test]
    fn imports_that_run_down_are_right() {
        let wrong = wrong_with(
            "down",
            &[
                LIB,
                ("low.rs", "pub struct Low;"),
                ("high/mod.rs", "mod inner; pub use inner::High; pub(crate) const N: u8 = inner::M;"),
                (
                    "high/inner.rs",
                    "use crate::low::Low; use super::N; pub struct High(Low); pub(crate) const M: u8 = 1;",
                ),
                ("other.rs", "use crate::high::High; fn f(_: High) {}"),
            ],
        );
        assert_eq!(wrong, Vec::<String>::new());
    }
    #[test]
    fn an_import_that_runs_up_is_found() {
        let files =
            [LIB, ("low.rs", "use crate::high::High;"), ("high.rs", "pub struct High;"), ("other.rs", "")];
        assert_eq!(wrong_with("up", &files), ["toy: low imports high, which stands above it"]);
    }
    #[test]
    fn an_import_that_runs_up_through_the_root_is_found() {
        let files =
            [LIB, ("low.rs", "fn f(_: crate::High) {}"), ("high.rs", "pub struct High;"), ("other.rs", "")];
        assert_eq!(wrong_with("root", &files), ["toy: low imports high, which stands above it"]);
    }
    #[test]
    fn a_circle_is_found() {
        let files = [
            LIB,
            ("low.rs", ""),
            ("high.rs", "use crate::other::Other; pub struct High(Other);"),
            ("other.rs", "use crate::high::High; pub struct Other(High);"),
        ];
        assert_eq!(wrong_with("circle", &files), ["toy: a circle: high → other → high"]);
    }
    #[test]
    fn a_module_without_a_floor_is_found() {
        let files = [LIB, ("low.rs", ""), ("high.rs", ""), ("other.rs", ""), ("stray.rs", "")];
        assert_eq!(wrong_with("stray", &files), ["toy: module stray stands on no floor of docs/layers.txt"]);
    }
    #[test]
    fn a_line_that_is_none_of_the_three_is_told_with_its_number() {
        let said = Table::parse("crate a : b\nfloor a : b").unwrap_err();
        assert_eq!(said, "docs/layers.txt:2: expected `crate|floors|unsafe NAME : …`, found `floor a : b`");
    }
}
