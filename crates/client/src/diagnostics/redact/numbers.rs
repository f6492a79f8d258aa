//! Hides numbers that are whole words and look like a one-time password, a token's serial number or a contract number.

use std::sync::LazyLock;

use super::pattern::{Pattern, read};

static ALONE: Pattern = LazyLock::new(|| read(r"\d+"));

pub(super) fn redact(text: &str) -> String {
    let Some(pattern) = &*ALONE else { return String::new() };
    let found = pattern.find_iter(text).filter(|found| {
        let (before, after) = (&text[..found.start()], &text[found.end()..]);
        let joins = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_alphanumeric() || "._:/-+,…".contains(c));
        // A sentence may end after the number.
        let ends = after.trim_start_matches(['.', ',']).chars().next().is_none_or(char::is_whitespace);
        let alone = !joins(before.chars().next_back()) && (!joins(after.chars().next()) || ends);
        alone && matches!(found.len(), 6 | 8..=14) && !is_reference(before)
    });
    let mut safe = String::new();
    let mut from = 0;
    for number in found {
        safe.push_str(&text[from..number.start()]);
        safe.push_str("<number>");
        from = number.end();
    }
    safe.push_str(&text[from..]);
    safe
}

/// Returns whether the text before a number announces a reference. A reference may consist of digits alone.
fn is_reference(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '=', ':', '"', '\u{ff1a}']);
    ["reference", "reference number", "Reference number", "お問い合わせ番号"].iter().any(|name| before.ends_with(name))
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_one_time_passwords_serials_and_contract_numbers() {
        assert_eq!(redact("482913"), "<number>");
        assert_eq!(redact("OTP 482913, then 482914."), "OTP <number>, then <number>.");
        assert_eq!(redact("token 33456789 of 00009876543"), "token <number> of <number>");
    }

    #[test]
    fn it_leaves_times_versions_ports_and_references() {
        for plain in [
            "2026-11-21T10:57:10.100647Z",
            "0.1.0",
            "localhost:39835",
            "127.0.0.1",
            "2048",
            "reference=12345678",
            "お問い合わせ番号 12345678",
            // The first digits of a thumbprint may all be decimal.
            "70543097…",
            "2026年11月21日",
            "10:29:07",
        ] {
            assert_eq!(redact(plain), plain);
        }
    }
}
