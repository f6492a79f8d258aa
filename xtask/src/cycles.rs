//! Finds import cycles between the files of a crate.
//!
//! An edge leads from a file to each file whose items it names, by `use` or by a path, through re-exports. `mod child;` and
//! the re-export of a child's items make no edge. Tests inside a file do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::modules::Crate;
use crate::workspace::root;

/// The page that gives the reason for each cycle that is allowed, as `- cycle: file.rs, file.rs: reason`.
const REASONS: &str = "docs/architecture.md";
const REASON: &str = "- cycle: ";
/// The folders that hold a crate's source.
const CRATES: &[&str] = &[
    "bench/src",
    "crates/bank/src",
    "crates/cli/src",
    "crates/client/src",
    "crates/profile/src",
    "crates/protocol/src",
    "crates/store/src",
    "src-tauri/src",
    "tests/src",
    "xtask/src",
];

/// Finds files that import each other, directly or through others.
///
/// # Errors
/// [`Failure::Findings`] with each cycle that [`REASONS`] does not name.
pub(crate) fn check() -> Result<(), Failure> {
    let page = root().join(REASONS);
    let allowed = allowed(&std::fs::read_to_string(&page).map_err(Failure::file(&page))?);
    let mut findings = Vec::new();
    for folder in CRATES {
        let source = Crate::read(&root().join(folder))?;
        for cycle in cycles(&source.edges()) {
            let names: BTreeSet<String> = cycle.iter().map(|file| shown(folder, file)).collect();
            if allowed.contains(&names) {
                continue;
            }
            findings
                .push(format!("these files import each other: {}", names.into_iter().collect::<Vec<_>>().join(", ")));
            let inside =
                source.edges().into_iter().filter(|((from, to), _)| cycle.contains(from) && cycle.contains(to));
            findings.extend(inside.map(|((from, to), names)| {
                format!("  {} names {} of {}", shown(folder, &from), names.join(", "), shown(folder, &to))
            }));
        }
    }
    println!("{} crates checked, {} cycles have a reason.", CRATES.len(), allowed.len());
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

fn shown(folder: &str, file: &Path) -> String {
    format!("{folder}/{}", file.to_string_lossy().replace('\\', "/"))
}

/// Returns the cycles that the page gives a reason for.
fn allowed(page: &str) -> BTreeSet<BTreeSet<String>> {
    let lines = page.lines().filter_map(|line| line.strip_prefix(REASON)?.split_once(": "));
    lines.map(|(files, _)| files.split(", ").map(|file| file.trim_matches('`').to_owned()).collect()).collect()
}

/// Returns the sets of files that reach each other along the edges.
fn cycles<T>(edges: &BTreeMap<(PathBuf, PathBuf), T>) -> Vec<BTreeSet<PathBuf>> {
    let mut reached: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    for (from, _) in edges.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.as_path()]);
        while let Some(file) = open.pop() {
            let next = edges.keys().filter(|(source, _)| source == file).map(|(_, target)| target.as_path());
            open.extend(next.filter(|target| seen.insert(*target)));
        }
        reached.insert(from, seen);
    }
    let mutual = |from: &Path, to: &Path| {
        reached.get(from).is_some_and(|seen| seen.contains(to))
            && reached.get(to).is_some_and(|seen| seen.contains(from))
    };
    let sets: BTreeSet<BTreeSet<PathBuf>> = reached
        .keys()
        .map(|file| reached.keys().filter(|other| mutual(file, other)).map(|other| (*other).to_owned()).collect())
        .collect();
    sets.into_iter().filter(|set| set.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(&str, &str)]) -> BTreeMap<(PathBuf, PathBuf), ()> {
        pairs.iter().map(|(from, to)| ((PathBuf::from(from), PathBuf::from(to)), ())).collect()
    }

    #[test]
    fn cycles_are_found_directly_and_through_others() {
        let found =
            cycles(&edges(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("e", "d"), ("f", "a")]));
        let set = |names: &[&str]| names.iter().map(PathBuf::from).collect::<BTreeSet<_>>();
        assert_eq!(found, [set(&["a", "b", "c"]), set(&["d", "e"])]);
        assert!(cycles(&edges(&[("a", "b"), ("a", "c"), ("b", "c")])).is_empty());
    }

    #[test]
    fn the_page_names_what_stays() {
        let page = "text\n- cycle: `crates/a/src/b.rs`, `crates/a/src/c.rs`: each draws the other.\n- other: x\n";
        let pair = ["crates/a/src/b.rs", "crates/a/src/c.rs"].map(String::from).into_iter().collect();
        assert_eq!(allowed(page), BTreeSet::from([pair]));
    }
}
