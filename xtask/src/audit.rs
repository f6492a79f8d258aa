//! Rules of the house that no compiler checks across all of it.

use crate::failure::Failure;
use crate::source;
use crate::workspace::root;

/// Where `unsafe` may stand: a PKCS#11 module is loaded and initialised, the Security framework of macOS called, and
/// CNG, CryptoAPI and Crypt32 of Windows.
const UNSAFE_ALLOWED: &[&str] = &[
    "crates/store/src/pkcs11",
    "crates/store/src/macos",
    "crates/store/src/windows",
    "crates/store/tests/contract/personal.rs",
];
/// More lines than this are more than one idea.
const LONG: usize = 500;
const FOLDERS: &[&str] = &["crates", "src-tauri", "tests", "xtask", "ui/src"];

/// `unsafe`, and the permission for it, stand only where they are allowed; long files are named as a warning.
pub(crate) fn audit() -> Result<(), Failure> {
    let mut findings = Vec::new();
    for path in FOLDERS.iter().flat_map(|folder| source::files(&root().join(folder))) {
        let name = path.strip_prefix(root()).unwrap_or(&path);
        if !["rs", "ts", "svelte", "css"].iter().any(|kind| path.extension().is_some_and(|found| found == *kind)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let lines = text.lines().count();
        if lines > LONG {
            println!("warning: {} has {lines} lines; past {LONG} it holds more than one idea", name.display());
        }
        let allowed = UNSAFE_ALLOWED.iter().any(|folder| name.starts_with(folder));
        if path.extension().is_some_and(|kind| kind == "rs") && !allowed {
            findings.extend(unsafe_lines(&text).into_iter().map(|line| format!("{}:{line}: unsafe", name.display())));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

/// The numbers, from 1, of the lines whose code says `unsafe`, or allows it.
fn unsafe_lines(source: &str) -> Vec<usize> {
    let code = without_comments_and_strings(source);
    let word = |c: char| !c.is_alphanumeric() && c != '_';
    let permits = |line: &str| {
        let allows = line.split(word).any(|w| w == "allow" || w == "expect");
        allows && line.split(word).any(|w| w == "unsafe_code")
    };
    code.lines()
        .enumerate()
        .filter(|(_, line)| line.split(word).any(|w| w == "unsafe") || permits(line))
        .map(|(index, _)| index + 1)
        .collect()
}

/// Rust source with its line breaks kept, and comments and string literals taken out.
fn without_comments_and_strings(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| raw_string(rest)).or_else(|| string(rest)).or_else(|| character(rest));
        let length = skipped.unwrap_or(first.len_utf8());
        let (head, tail) = rest.split_at(length);
        match skipped {
            Some(_) => kept.extend(head.chars().filter(|c| *c == '\n')),
            None => kept.push(first),
        }
        rest = tail;
    }
    kept
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    let body = rest.get(1 + hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(2 + hashes + body.find(&close).map_or(body.len(), |end| end + close.len()))
}

fn string(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    Some(end.map_or(rest.len(), |end| end + 2))
}

/// The literals that would otherwise look like the beginning of a string.
fn character(rest: &str) -> Option<usize> {
    ["'\"'", "'\\\"'", "b'\"'"].iter().find(|literal| rest.starts_with(**literal)).map(|literal| literal.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found() {
        assert_eq!(unsafe_lines("fn a() {\n    unsafe { b() }\n}\nunsafe impl Send for A {}\n"), [2, 4]);
        assert_eq!(unsafe_lines("#![allow(unsafe_code)]\n#![deny(unsafe_code)]\n"), [1]);
        assert_eq!(unsafe_lines("let quote = '\"'; unsafe { c() } // \"\n"), [1]);
    }

    #[test]
    fn words_are_not() {
        let words = "// unsafe\n/* unsafe\n unsafe */\nlet a = \"say \\\"unsafe\\\"\";\nlet b = r#\"\"unsafe\"\"#;\nunsafely();\n";
        assert_eq!(unsafe_lines(words), Vec::<usize>::new());
        assert_eq!(unsafe_lines(&format!("{words}unsafe {{}}\n")), [7]);
    }
}
