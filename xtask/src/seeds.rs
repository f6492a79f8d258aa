//! Checks the table of the manuals' lines, `docs/seeds.md`: each row names the tests that show its line, or says why there
//! are none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::rust_text::{self, Kind};
use crate::source;
use crate::workspace::root;

const LIST: &str = "docs/seeds.md";
const FOLDERS: &[&str] = &["crates", "src-tauri", "tests", "ui/tests"];
/// The words with which a cell without a test begins, before its reason.
const WITHOUT: [&str; 2] = ["open: ", "none: "];

/// The tests that a row can name.
#[derive(Debug, Default)]
struct Tests {
    /// The functions of Rust files by name, each with the files that have one of this name.
    functions: BTreeMap<String, Vec<PathBuf>>,
    /// The text of each test file of the UI, by its file name.
    of_the_ui: BTreeMap<String, String>,
}

/// Prints how many lines are shown in the terminal and in the window, and what is wrong with the table. Fails if
/// anything is.
pub(crate) fn seeds() -> Result<(), Failure> {
    let path = root().join(LIST);
    let list = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
    let (rows, findings) = findings(&list, &Tests::read()?);
    let shown = rows.iter().filter(|[terminal, window]| !is_open(terminal) && !is_open(window)).count();
    println!("{} lines of the manuals, {shown} of them shown or without a place", rows.len());
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

impl Tests {
    fn read() -> Result<Self, Failure> {
        let mut tests = Self::default();
        for path in FOLDERS.iter().flat_map(|folder| source::files(&root().join(folder))) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.ends_with(".rs") {
                let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
                for function in functions(&text) {
                    tests.functions.entry(function).or_default().push(path.clone());
                }
            } else if name.ends_with(".test.ts") {
                tests.of_the_ui.insert(name, std::fs::read_to_string(&path).map_err(Failure::file(&path))?);
            }
        }
        Ok(tests)
    }

    /// Returns whether a reference names a test; none if the text is no reference.
    fn have(&self, reference: &str) -> Option<bool> {
        if let Some((file, title)) = reference.split_once(".test.ts: ") {
            return Some(self.of_the_ui.get(&format!("{file}.test.ts")).is_some_and(|text| text.contains(title)));
        }
        let (modules, name) = reference.rsplit_once("::")?;
        let module = modules.rsplit("::").next().unwrap_or(modules);
        let within = |path: &Path| {
            path.file_stem().is_some_and(|stem| stem == module)
                || path.parent().is_some_and(|folder| folder.ends_with(module))
        };
        Some(self.functions.get(name).is_some_and(|files| files.iter().any(|path| within(path))))
    }
}

/// Returns the names of the functions in a Rust text.
fn functions(text: &str) -> BTreeSet<String> {
    let code = rust_text::pieces(text).into_iter().filter(|(kind, _)| *kind == Kind::Code);
    code.flat_map(|(_, piece)| {
        let names = piece.split("fn ").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_'));
        names.filter_map(|mut words| words.next().map(str::to_owned)).collect::<Vec<_>>()
    })
    .collect()
}

/// Returns the cells for the terminal and the window of each row, and what is wrong.
fn findings(list: &str, tests: &Tests) -> (Vec<[String; 2]>, Vec<String>) {
    let (mut rows, mut findings, mut lines) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in list.lines().filter(|row| row.starts_with("| S")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [line, _, _, terminal, window] = cells[..] else {
            findings.push(format!("not five cells: {}", row.chars().take(40).collect::<String>()));
            continue;
        };
        if !lines.insert(line.to_owned()) {
            findings.push(format!("{line}: listed twice"));
        }
        for cell in [terminal, window] {
            findings.extend(fault(cell, tests).map(|fault| format!("{line}: {fault}")));
        }
        rows.push([terminal.to_owned(), window.to_owned()]);
    }
    if rows.is_empty() {
        findings.push(format!("{LIST} has no row"));
    }
    (rows, findings)
}

/// Returns what is wrong with a cell; none if its tests exist, or if it says why it has none.
fn fault(cell: &str, tests: &Tests) -> Option<String> {
    let references = cell.split('`').skip(1).step_by(2).filter_map(|text| tests.have(text).map(|has| (text, has)));
    let references: Vec<_> = references.collect();
    if let Some((missing, _)) = references.iter().find(|(_, has)| !has) {
        return Some(format!("no such test: {missing}"));
    }
    let reason = WITHOUT.iter().find_map(|word| cell.strip_prefix(word));
    match reason {
        Some(reason) => reason.trim().is_empty().then(|| "no reason".to_owned()),
        None => references.is_empty().then(|| format!("neither a test nor open nor none: {cell}")),
    }
}

fn is_open(cell: &str) -> bool {
    cell.starts_with(WITHOUT[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tests() -> Tests {
        let functions = functions("mod a { async fn s9_1_a(hand: Hand) {} }\n// fn s9_2_comment()\n");
        Tests {
            functions: functions
                .into_iter()
                .map(|name| (name, vec![PathBuf::from("tests/journeys/window/login.rs")]))
                .collect(),
            of_the_ui: [("top.test.ts".to_owned(), "it(\"shows a badge\", …)".to_owned())].into(),
        }
    }

    fn faults(terminal: &str, window: &str) -> Vec<String> {
        findings(&format!("| S9:1 | words | does | {terminal} | {window} |\n"), &tests()).1
    }

    #[test]
    fn a_row_names_tests_that_exist_or_says_why_it_has_none() {
        assert_eq!(faults("`window::login::s9_1_a` (ja)", "`top.test.ts: shows a badge`"), Vec::<String>::new());
        assert_eq!(faults("open: not built, no list", "none: a dialog of the browser"), Vec::<String>::new());
        assert_eq!(
            faults("`window::login::s9_2_comment`", "none: a"),
            ["S9:1: no such test: window::login::s9_2_comment"]
        );
        assert_eq!(faults("`window::token::s9_1_a`", "none: a"), ["S9:1: no such test: window::token::s9_1_a"]);
        assert_eq!(faults("open: `x.test.ts: a`", "none: a"), ["S9:1: no such test: x.test.ts: a"]);
        assert_eq!(
            faults("open: ", "shown, `a_word`"),
            [
                "S9:1: neither a test nor open nor none: open:",
                "S9:1: neither a test nor open nor none: shown, `a_word`"
            ]
        );
    }

    #[test]
    fn broken_rows_are_named_and_an_empty_list_is_no_success() {
        assert_eq!(
            findings("| S9:1 | a | b |\n", &tests()).1,
            ["not five cells: | S9:1 | a | b |", "docs/seeds.md has no row"]
        );
        let row = "| S9:1 | a | b | none: c | none: d |\n";
        assert_eq!(findings(&row.repeat(2), &tests()).1, ["S9:1: listed twice"]);
    }
}
