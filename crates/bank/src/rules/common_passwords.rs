//! Passwords that are easy to guess (NIST SP 800-63B §3.1.1.2): common ones, patterns, and the names of the user and of
//! the bank.

use std::sync::OnceLock;

/// Common passwords in lower case, one a line, sorted by bytes. `data/common-passwords.license.txt` names the source.
const COMMON: &str = include_str!("../../data/common-passwords.txt");
/// The shortest name, in characters, that a password may not contain. A shorter one may occur by chance.
const NAME: usize = 5;
/// The shortest run that counts as a pattern, in characters.
const RUN: usize = 3;

/// Returns whether many people use the password, in upper or lower case, or whether it is a pattern.
pub(super) fn is_common(password: &str) -> bool {
    static LINES: OnceLock<Vec<&str>> = OnceLock::new();
    let lower = password.to_lowercase();
    LINES.get_or_init(|| COMMON.lines().collect()).binary_search(&lower.as_str()).is_ok() || is_pattern(&lower)
}

/// Returns whether the text has only runs of the same character or of characters that follow each other: `aaaa1111`,
/// `1234abcd`.
fn is_pattern(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|character| i64::from(u32::from(character))).collect();
    let mut rest = codes.as_slice();
    while let [first, second, ..] = rest {
        let step = second - first;
        if !(-1..=1).contains(&step) {
            return false;
        }
        let run = 1 + rest.windows(2).take_while(|pair| matches!(pair, [one, next] if next - one == step)).count();
        if run < RUN {
            return false;
        }
        rest = rest.get(run..).unwrap_or_default();
    }
    rest.is_empty()
}

/// Returns whether the password is one of `names` or contains a long one, in upper or lower case. Blanks in a name do
/// not count.
pub(super) fn is_made_of<'a>(password: &str, names: impl IntoIterator<Item = &'a str>) -> bool {
    let password = compact(password);
    names.into_iter().map(compact).any(|name| {
        !name.is_empty() && (password == name || (name.chars().count() >= NAME && password.contains(&name)))
    })
}

fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_in_lower_case() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 19_000 && lines.is_sorted());
        assert!(lines.iter().all(|line| **line == line.to_lowercase()));
    }

    #[test]
    fn common_passwords_and_patterns_are_found_however_they_are_written() {
        for common in ["Password1", "Abc123", "PASSW0RD", "qwerty123", "aaaaaa", "111aaa", "1234abcd", "Fedcba98765"] {
            assert!(is_common(common), "{common}");
        }
        for own in ["Hanako2026", "Kakunin01", "Touro1", "Syounin001", "Sousin0001", "aabbcc1", "abc12x", "1851"] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn a_name_is_found_whole_or_within_if_it_is_long() {
        let names = ["keir001", "山田 太郎", "OKmate WEB", "ada"];
        for made in ["keir001", "KEIR001", "xKeir0012", "okmateweb1", "山田太郎", "Ada"] {
            assert!(is_made_of(made, names), "{made}");
        }
        for own in ["Keiri2026", "keir01", "canada12", "okmate12"] {
            assert!(!is_made_of(own, names), "{own}");
        }
        assert!(!is_made_of("Keiri2026", ["", " "]));
    }
}
