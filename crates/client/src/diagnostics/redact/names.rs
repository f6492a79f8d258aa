//! Hides people, companies, login IDs and contract numbers: those that this run has noted, and those inside
//! distinguished names.

use std::sync::LazyLock;

use super::super::Known;
use super::pattern::{Pattern, read, replace};

static DISTINGUISHED: Pattern = LazyLock::new(|| {
    read(r#"\b(CN|OU|O|SN|GN|UID|L|ST|STREET|serialNumber|emailAddress)\s*=\s*(?:\\.|[^,+\n"\\<;])+"#)
});

pub(super) fn redact(text: &str, known: &Known) -> String {
    let text = replace(&DISTINGUISHED, text, "$1=<name>");
    known.longest_first().iter().fold(text, |text, name| hide(&text, name))
}

/// Hides a name. A name in Latin letters or digits is hidden only as a whole word: `ito` is not hidden in `monitor`.
fn hide(text: &str, name: &str) -> String {
    let mut safe = String::new();
    let mut rest = text;
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    while let Some(at) = rest.find(name) {
        let (before, found) = rest.split_at(at);
        let after = &found[name.len()..];
        let inside = joins(name.chars().next()) && joins(before.chars().next_back().or(safe.chars().next_back()))
            || joins(name.chars().next_back()) && joins(after.chars().next());
        safe.push_str(before);
        safe.push_str(if inside { name } else { "<name>" });
        rest = after;
    }
    safe.push_str(rest);
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> Known {
        let known = Known::default();
        names.iter().for_each(|name| known.note(name));
        known
    }

    #[test]
    fn it_hides_those_it_knows() {
        let known = known(&["hanakodt", "ゲータ 花子", "ゲータ商事株式会社", "00009876543 riyousya 1635", "ito"]);
        for secret in [
            "hanakodt",
            "user=\"hanakodt\"",
            "(hanakodt)",
            "ゲータ 花子様",
            "花子",
            "ゲータ商事株式会社の",
            "00009876543",
            "riyousya",
            "ito,",
        ] {
            let safe = redact(secret, &known);
            assert!(safe.contains("<name>"), "{safe}");
            for name in ["hanakodt", "花子", "ゲータ", "riyousya", "9876543"] {
                assert!(!safe.contains(name), "{safe}");
            }
        }
    }

    #[test]
    fn it_hides_distinguished_names() {
        let safe = redact(r"subject CN=taro\, jr,O=Geta Trading,C=JP", &Known::default());
        assert_eq!(safe, "subject CN=<name>,O=<name>,C=JP");
    }

    #[test]
    fn it_leaves_words_that_only_hold_a_name() {
        assert_eq!(redact("monitor hanakodt2 EC 256", &known(&["ito", "hanakodt"])), "monitor hanakodt2 EC 256");
    }
}
