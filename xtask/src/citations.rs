//! Finds the rules that a test cites.

use std::path::Path;

use crate::rust_text::{self, Kind};

/// The citations of rules in a file's tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Citations {
    /// The cited rules, each with its line, counted from 1.
    pub(crate) rules: Vec<(String, usize)>,
    /// The ranges such as `S3-3 … S3-7`, each with its line. A range cites none of its rules.
    pub(crate) ranges: Vec<(String, usize)>,
}

/// Returns the citations in the tests of a file; `name` is its path in the working tree.
pub(crate) fn of_file(name: &Path, source: &str) -> Citations {
    let mut citations = Citations::default();
    let folder = |wanted: &str| name.parent().is_some_and(|path| path.components().any(|c| c.as_os_str() == wanted));
    let ends = |end: &str| name.to_string_lossy().ends_with(end);
    if ends(".test.ts") {
        read(source, 1, &mut citations);
    } else if ends(".rs") {
        // The package that is called tests has helpers in its src.
        let whole = folder("tests") && !folder("src");
        let tests = if whole { vec![(0, source)] } else { rust_text::test_modules(source) };
        for (line, text) in tests {
            of_rust(text, line + 1, &mut citations);
        }
    }
    citations
}

/// Reads the rules in the names of functions, in comments and in string literals.
fn of_rust(text: &str, first_line: usize, citations: &mut Citations) {
    let mut line = first_line;
    for (kind, piece) in rust_text::pieces(text) {
        match kind {
            Kind::Code => {
                for (index, code) in piece.lines().enumerate() {
                    let name = code.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
                    let rules = name.map(in_name).unwrap_or_default();
                    citations.rules.extend(rules.into_iter().map(|rule| (rule, line + index)));
                }
            }
            Kind::Comment if piece.starts_with("//!") => {}
            Kind::Comment | Kind::Text => read(piece, line, citations),
        }
        line += piece.matches('\n').count();
    }
}

/// Returns the rules in a function's name: `s4_7_s4_8_all_or_nothing` has two.
fn in_name(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut rules = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some((letter, digits)) = word.split_at_checked(1) else { continue };
        match (letter, words.get(index + 1)) {
            ("s", Some(next)) if digits.len() == 1 && number(digits) && number(next) => {
                rules.push(format!("S{digits}-{next}"));
            }
            ("q" | "m", _) if number(digits) => rules.push(format!("{}{digits}", letter.to_uppercase())),
            _ => {}
        }
    }
    rules
}

/// Reads the rules that a text names. A rule that is only the end of a range is left out.
fn read(text: &str, first_line: usize, citations: &mut Citations) {
    for (index, line) in text.lines().enumerate() {
        let mut found: Vec<(&str, usize, usize)> = Vec::new();
        for (at, _) in line.char_indices() {
            if let Some(length) = rule_at(line, at) {
                found.push((&line[at..at + length], at, at + length));
            }
        }
        let mut bounds = vec![false; found.len()];
        for pair in 1..found.len() {
            let between = line[found[pair - 1].2..found[pair].1].trim();
            if ["…", "...", "..", "–", "—", "-", "to", "bis", "〜", "～", "から"].contains(&between) {
                bounds[pair - 1] = true;
                bounds[pair] = true;
                let range = line[found[pair - 1].1..found[pair].2].to_owned();
                citations.ranges.push((range, first_line + index));
            }
        }
        let cited = found.iter().zip(bounds).filter(|(_, bound)| !bound);
        citations.rules.extend(cited.map(|((rule, ..), _)| ((*rule).to_owned(), first_line + index)));
    }
}

/// Returns the length of the rule's number that begins at the offset `at`.
fn rule_at(line: &str, at: usize) -> Option<usize> {
    let part_of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if line[..at].chars().next_back().is_some_and(part_of_a_word) {
        return None;
    }
    let rest = &line[at..];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match rest.as_bytes().first()? {
        b'S' => {
            let section = digits(&rest[1..]);
            let number = rest.get(1 + section..)?.strip_prefix('-').map(digits)?;
            (section == 1 && number > 0).then_some(2 + section + number)?
        }
        b'Q' | b'M' => match digits(&rest[1..]) {
            0 => return None,
            number => 1 + number,
        },
        _ => return None,
    };
    let ends = rest[length..].chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
    ends.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, source: &str) -> Vec<String> {
        of_file(Path::new(path), source).rules.into_iter().map(|(rule, _)| rule).collect()
    }

    #[test]
    fn names_comments_and_texts_cite() {
        let source = "//! S9-1\n// S9-2\nasync fn s9_3_s9_14_both() {\n    assert!(a, \"S9-5, Q0\"); // (M99)\n}\n";
        let cited = rules("crates/a/tests/b.rs", source);
        assert_eq!(cited, ["S9-2", "S9-3", "S9-14", "S9-5", "Q0", "M99"]);
        assert_eq!(of_file(Path::new("crates/a/tests/b.rs"), source).rules[1].1, 3, "the line");
        assert_eq!(rules("ui/tests/a.test.ts", "it(`S9-1: told`)"), ["S9-1"]);
    }

    #[test]
    fn the_product_cites_nothing() {
        let source =
            "/// S9-1\nfn s9_2_a() {}\n\n#[cfg(test)]\nmod tests {\n    fn q0_b() {} // M99\n}\n\nfn m98() {}\n";
        assert_eq!(rules("crates/a/src/b.rs", source), ["Q0", "M99"]);
        assert_eq!(rules("tests/src/b.rs", "// S9-1"), Vec::<String>::new());
        assert_eq!(rules("ui/src/a.ts", "// S9-1"), Vec::<String>::new());
    }

    #[test]
    fn a_range_cites_none_of_its_rules() {
        let source = "// S9-3…S9-7, S9-8 … S9-9 and S9-10\n// S9-1 and S9-2\n";
        let found = of_file(Path::new("tests/a.rs"), source);
        let cited: Vec<_> = found.rules.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(cited, ["S9-10", "S9-1", "S9-2"]);
        assert_eq!(found.ranges, [("S9-3…S9-7".to_owned(), 1), ("S9-8 … S9-9".to_owned(), 1)]);
    }

    #[test]
    fn what_only_looks_like_a_rule_is_none() {
        let source = "// AES9-1 S9-1a S99-1 S9 XQ0 Q0x M_1 USM99 S9--1\nfn sum_m98x_s9_b_qq1() {}\n";
        assert_eq!(rules("tests/a.rs", source), Vec::<String>::new());
    }
}
