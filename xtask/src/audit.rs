//! Rules of the house that no compiler checks across all of it.

use std::path::Path;

use crate::failure::Failure;
use crate::rust_text::{self, Kind};
use crate::source;
use crate::workspace::root;

/// Where `unsafe` may stand: a PKCS#11 module is loaded and initialised, the Security framework of macOS called, and
/// CNG, CryptoAPI and Crypt32 of Windows, and there the right to come to the front is handed over. On Linux WebKitGTK is
/// told by the environment how to draw, and the library of the tray is looked for.
const UNSAFE_ALLOWED: &[&str] = &[
    "crates/store/src/pkcs11",
    "crates/store/src/macos",
    "crates/store/src/windows",
    "crates/store/tests/contract/personal.rs",
    "src-tauri/src/foreground/windows.rs",
    "src-tauri/src/renderer/linux.rs",
    "src-tauri/src/tray/linux.rs",
];
/// More lines than this are more than one idea.
const LONG: usize = 500;
const FOLDERS: &[&str] = &["crates", "src-tauri", "tests", "xtask", "ui/src"];
/// What is shipped: a bank is a file here, never a name.
const PRODUCT: &[&str] = &["crates", "src-tauri", "ui/src"];

/// `unsafe`, and the permission for it, stand only where they are allowed; the product names no bank of `profiles`;
/// long files are named as a warning.
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

/// The short names of the banks that come with the project.
fn banks() -> Vec<String> {
    let files = source::files(&root().join("profiles"));
    files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_lowercase())).collect()
}

fn is_test(name: &Path) -> bool {
    name.components().any(|part| part.as_os_str() == "tests") || name.to_string_lossy().ends_with(".test.ts")
}

/// Source with its line breaks kept, and the tests inside it taken out.
fn without_tests(source: &str) -> String {
    rust_text::test_modules(source).into_iter().fold(source.to_owned(), |kept, (_, tests)| {
        let breaks = "\n".repeat(tests.matches('\n').count());
        kept.replacen(tests, &breaks, 1)
    })
}

/// The numbers, from 1, of the lines that hold one of these words, in whatever case.
fn lines_naming(words: &[String], source: &str) -> Vec<usize> {
    let lines = source.lines().enumerate().filter(|(_, line)| {
        let line = line.to_lowercase();
        words.iter().any(|word| line.contains(word.as_str()))
    });
    lines.map(|(index, _)| index + 1).collect()
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
