//! The typed command line in a form that a user can copy to type it again.

use std::ffi::OsString;

/// Returns the command line of this process with one more option, quoted for the shell.
pub(crate) fn with_option(option: &str) -> String {
    line(std::env::args_os().skip(1).collect(), option)
}

fn line(mut arguments: Vec<OsString>, option: &str) -> String {
    // After `--`, no word is an option.
    let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    arguments.insert(end, option.into());
    let words = arguments.iter().map(|word| quoted(&word.to_string_lossy()));
    std::iter::once("inkan".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Returns a word quoted so that the shell reads it back unchanged: `sh` (POSIX.1 §2.2.2), or the command interpreter
/// of Windows.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./:=@%+,".contains(letter);
    match word {
        word if !word.is_empty() && word.chars().all(|letter| plain(letter) || cfg!(windows) && letter == '\\') => {
            word.to_owned()
        }
        word if cfg!(windows) => format!("\"{word}\""),
        word => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    fn again(words: &[&str]) -> String {
        line(words.iter().map(OsString::from).collect(), "--site")
    }

    #[test]
    fn every_word_comes_back_quoted() {
        let typed = ["bank", "add", "https://bank.example/?a=1&b=2", "--ca", "/tmp/it's a CA.pem"];
        let expected = r"inkan bank add 'https://bank.example/?a=1&b=2' --ca '/tmp/it'\''s a CA.pem' --site";
        assert_eq!(again(&typed), expected);
        assert_eq!(
            again(&["--lang", "ja", "bank", "add", "--", "銀行.example"]),
            "inkan --lang ja bank add --site -- 銀行.example"
        );
        assert_eq!(quoted(""), "''");
    }
}
