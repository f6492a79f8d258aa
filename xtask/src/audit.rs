//! Checks rules that concern the whole project and that no compiler checks.

use std::path::Path;

use crate::failure::Failure;
use crate::rust_text::{self, Kind};
use crate::source;
use crate::workspace::root;

/// The folders and files that may contain `unsafe`. They load and initialise a PKCS#11 module, call the Security
/// framework of macOS, call CNG, CryptoAPI and Crypt32 of Windows, and let another window come to the front. On Linux
/// they set the environment variable by which WebKitGTK chooses how to draw, and look for the library of the tray.
const UNSAFE_ALLOWED: &[&str] = &[
    "crates/store/src/pkcs11",
    "crates/store/src/macos",
    "crates/store/src/windows",
    "crates/store/tests/contract/personal.rs",
    "src-tauri/src/foreground/windows.rs",
    "src-tauri/src/renderer/linux.rs",
    "src-tauri/src/tray/linux.rs",
];
/// The greatest number of lines of a file. A longer file probably has more than one purpose.
const LONG: usize = 500;
const FOLDERS: &[&str] = &["bench", "crates", "src-tauri", "tests", "xtask", "ui/src"];
/// The folders of the product. It may name a bank only in a profile.
const PRODUCT: &[&str] = &["crates", "src-tauri", "ui/src"];

/// Checks that `unsafe`, and the permission for it, are used only where they are allowed, and that the product names no
/// bank of `profiles`. Long files cause a warning.
pub(crate) fn audit() -> Result<(), Failure> {
    let mut findings = Vec::new();
    let banks = banks();
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
        if PRODUCT.iter().any(|folder| name.starts_with(folder)) && !is_test(name) {
            let hits = lines_naming(&banks, &without_tests(&text));
            findings.extend(hits.into_iter().map(|line| format!("{}:{line}: names a bank", name.display())));
        }
        if path.extension().is_some_and(|kind| kind == "rs") && !allowed {
            findings.extend(unsafe_lines(&text).into_iter().map(|line| format!("{}:{line}: unsafe", name.display())));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

/// Returns the short names of the banks in `profiles`.
fn banks() -> Vec<String> {
    let files = source::files(&root().join("profiles"));
    files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_lowercase())).collect()
}

fn is_test(name: &Path) -> bool {
    name.components().any(|part| part.as_os_str() == "tests") || name.to_string_lossy().ends_with(".test.ts")
}

/// Returns the source with its line breaks, and without the tests inside it.
fn without_tests(source: &str) -> String {
    rust_text::test_modules(source).into_iter().fold(source.to_owned(), |kept, (_, tests)| {
        let breaks = "\n".repeat(tests.matches('\n').count());
        kept.replacen(tests, &breaks, 1)
    })
}

/// Returns the numbers, from 1, of the lines that contain one of these words, in any case.
fn lines_naming(words: &[String], source: &str) -> Vec<usize> {
    let lines = source.lines().enumerate().filter(|(_, line)| {
        let line = line.to_lowercase();
        words.iter().any(|word| line.contains(word.as_str()))
    });
    lines.map(|(index, _)| index + 1).collect()
}

/// Returns the numbers, from 1, of the lines whose code contains `unsafe`, or allows it.
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

/// Returns Rust source with its line breaks, and without comments and string literals.
fn without_comments_and_strings(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    for (kind, piece) in rust_text::pieces(source) {
        match kind {
            Kind::Code => kept.push_str(piece),
            Kind::Comment | Kind::Text => kept.extend(piece.chars().filter(|c| *c == '\n')),
        }
    }
    kept
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

    #[test]
    fn a_bank_is_named_by_its_tests_only() {
        let words = ["kiwada".to_owned()];
        let source = "fn a() {\n    b(\"Kiwada\"); // KIWADA\n}\n\n#[cfg(test)]\nmod tests {\n    c(\"kiwada\");\n}\n// kiwada\n";
        assert_eq!(lines_naming(&words, &without_tests(source)), [2, 9]);
        assert!(is_test(Path::new("crates/a/tests/b.rs")) && is_test(Path::new("ui/src/a.test.ts")));
        assert!(!is_test(Path::new("crates/a/src/b.rs")));
        assert!(banks().len() >= 3, "{:?}", banks());
    }
}
