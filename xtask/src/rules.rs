//! Checks that a test cites each rule of `docs/rules.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::citations;
use crate::failure::Failure;
use crate::source;
use crate::workspace::root;

const LIST: &str = "docs/rules.md";
const FOLDERS: &[&str] = &["bench", "crates", "src-tauri", "tests", "xtask", "ui"];

/// A row of the list of rules.
#[derive(Debug, PartialEq, Eq)]
struct Rule {
    number: String,
    /// Whether only the app can keep the rule. No test needs to cite such a rule.
    of_the_window: bool,
}

/// Prints the rules that no test cites, and the citations of rules that do not exist. Fails if there are any.
pub(crate) fn rules() -> Result<(), Failure> {
    let path = root().join(LIST);
    let rules = read(&std::fs::read_to_string(&path).map_err(Failure::file(&path))?);
    let mut cited: BTreeMap<String, String> = BTreeMap::new();
    for path in FOLDERS.iter().flat_map(|folder| source::files(&root().join(folder))) {
        let name = path.strip_prefix(root()).unwrap_or(&path);
        // The tests of this search cite nothing.
        if !["rs", "ts"].iter().any(|kind| path.extension().is_some_and(|found| found == *kind))
            || name.starts_with("xtask")
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let found = citations::of_file(name, &text);
        for (range, line) in found.ranges {
            println!("note: {}:{line}: the range {range} cites none of its rules", name.display());
        }
        for (rule, line) in found.rules {
            cited.entry(rule).or_insert_with(|| format!("{}:{line}", name.display()));
        }
    }
    let findings = findings(&rules, &cited);
    println!("{} rules, {} of them cited by a test", rules.len(), rules.len() - uncited(&rules, &cited).count());
    for rule in uncited(&rules, &cited).filter(|rule| rule.of_the_window) {
        println!("{}: left to the window", rule.number);
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

fn uncited<'a>(rules: &'a [Rule], cited: &'a BTreeMap<String, String>) -> impl Iterator<Item = &'a Rule> {
    rules.iter().filter(|rule| !cited.contains_key(&rule.number))
}

fn findings(rules: &[Rule], cited: &BTreeMap<String, String>) -> Vec<String> {
    let mut findings = Vec::new();
    if rules.is_empty() {
        findings.push(format!("{LIST} holds no rule"));
    }
    let mut numbers = BTreeSet::new();
    findings.extend(
        rules.iter().filter(|rule| !numbers.insert(&rule.number)).map(|rule| format!("{}: listed twice", rule.number)),
    );
    let missing = uncited(rules, cited).filter(|rule| !rule.of_the_window);
    findings.extend(missing.map(|rule| format!("{}: no test cites it", rule.number)));
    let unknown = cited.iter().filter(|(rule, _)| !numbers.contains(rule));
    findings.extend(unknown.map(|(rule, place)| format!("{rule}: no rule, cited in {place}")));
    findings
}

/// Reads the rows of the tables: number, wording, profile.
fn read(list: &str) -> Vec<Rule> {
    let rows = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [number, _, profile] = cells[..] else { return None };
        let of_the_window = profile.split(',').any(|word| word.trim() == "window");
        let is_number = number.starts_with(['S', 'Q', 'M']) && number.ends_with(|c: char| c.is_ascii_digit());
        is_number.then(|| Rule { number: number.into(), of_the_window })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "Text\n\n| rule | what holds | profile |\n|---|---|---|\n| S9-1 | a | every |\n| Q0 | b | every, window |\n";

    fn cited(rules: &[&str]) -> BTreeMap<String, String> {
        rules.iter().map(|rule| ((*rule).to_owned(), "a.rs:1".to_owned())).collect()
    }

    #[test]
    fn the_list_is_read() {
        let number = |rule: &Rule| (rule.number.clone(), rule.of_the_window);
        let rules: Vec<_> = read(LIST).iter().map(number).collect();
        assert_eq!(rules, [("S9-1".to_owned(), false), ("Q0".to_owned(), true)]);
    }

    #[test]
    fn what_nobody_cites_is_named_but_for_the_windows_own() {
        assert_eq!(findings(&read(LIST), &cited(&[])), ["S9-1: no test cites it"]);
        assert_eq!(findings(&read(LIST), &cited(&["S9-1"])), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_rule_is_named_and_an_empty_list_is_no_success() {
        assert_eq!(findings(&read(LIST), &cited(&["S9-1", "S9-2"])), ["S9-2: no rule, cited in a.rs:1"]);
        assert_eq!(findings(&[], &cited(&[])), ["docs/rules.md holds no rule"]);
        let twice = format!("{LIST}| S9-1 | c | every |\n");
        assert_eq!(findings(&read(&twice), &cited(&["S9-1"])), ["S9-1: listed twice"]);
    }
}
