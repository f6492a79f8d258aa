//! Passwords that are easy to guess (NIST SP 800-63B §3.1.1.2): common ones, patterns, common words and the names of the
//! user, the company and the bank, also with digits and signs around them or instead of letters.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::password_pattern::{is_pattern, is_repeated};

/// Common passwords in lower case, one a line. `data/common-passwords.license.txt` names the source.
const COMMON: &str = include_str!("../../data/common-passwords.txt");
/// Words of the service and of the calendar, from which people make passwords, in lower case, one a line.
const WORDS: &str = include_str!("../../data/context-words.txt");
/// The shortest name, in characters, that a password may not contain. A shorter one may occur by chance.
const NAME: usize = 5;
/// The shortest word, in bytes, from which a password may not be made. A shorter one may occur by chance. Two kanji have
/// six bytes.
const WORD: usize = 4;
/// The most digits or signs beside a word that are read as letters of the word.
const READ_AS_LETTERS: usize = 2;
/// The legal forms of companies, which are not a part of their names.
const LEGAL_FORMS: [&str; 6] = ["株式会社", "有限会社", "合同会社", "合資会社", "(株)", "(有)"];

static LISTED: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.lines().chain(WORDS.lines()).collect());

/// Returns whether many people use the password, in upper or lower case, whether it is a pattern, or whether it is made
/// of a common word or a pattern and of digits and signs around it.
pub(super) fn is_common(password: &str) -> bool {
    let text = compact(password);
    let listed = |text: &str| LISTED.contains(text);
    listed(&text)
        || is_pattern(&text)
        || is_repeated(&text)
        || cores(&text).any(|core| {
            core.len() >= WORD && (listed(core) || is_pattern(core) || spellings(core).any(|text| listed(&text)))
        })
}

/// Returns whether the password is one of `names` or of their words, with digits and signs around it or not, or contains
/// a long one, in upper or lower case. Blanks in a name do not count.
pub(super) fn is_made_of<'a>(password: &str, names: impl IntoIterator<Item = &'a str>) -> bool {
    let text = compact(password);
    names.into_iter().flat_map(words).any(|name| {
        let long = name.chars().count() >= NAME;
        let made = |text: &str| text == *name || long && text.contains(&*name);
        made(&text)
            || spellings(&text).any(|text| made(&text))
            || cores(&text).any(|core| core == *name || spellings(core).any(|core| *core == *name))
    })
}

/// Returns the name, without its legal form, and each of its words.
fn words(name: &str) -> Vec<Zeroizing<String>> {
    let name: String = name.nfkc().collect();
    let name = LEGAL_FORMS.iter().fold(name, |name, form| name.replace(form, " "));
    let whole = std::iter::once(compact(&name));
    whole.chain(name.split_whitespace().map(compact)).filter(|word| !word.is_empty()).collect()
}

/// Returns the text in lower case, in half width, without blanks.
fn compact(text: &str) -> Zeroizing<String> {
    let compact = text.nfkc().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase);
    Zeroizing::new(compact.collect())
}

/// Returns the part of the text from its first to its last letter, alone and with a few of the characters beside it,
/// which may stand for letters.
fn cores(text: &str) -> impl Iterator<Item = &str> {
    let letter = |character: &(usize, char)| character.1.is_alphabetic();
    let first = text.char_indices().find(letter).map_or(text.len(), |(at, _)| at);
    let last = text.char_indices().rev().find(letter).map_or(text.len(), |(at, letter)| at + letter.len_utf8());
    let (head, tail) = (text.get(..first).unwrap_or_default(), text.get(last..).unwrap_or_default());
    let before = head.char_indices().rev().take(READ_AS_LETTERS).map(|(at, _)| at);
    let after = tail.char_indices().take(READ_AS_LETTERS).map(move |(at, sign)| last + at + sign.len_utf8());
    let ends: Vec<usize> = std::iter::once(last).chain(after).collect();
    let begins = std::iter::once(first).chain(before);
    let spans = begins.flat_map(move |begin| ends.clone().into_iter().map(move |end| (begin, end)));
    spans.filter_map(|(begin, end)| text.get(begin..end)).filter(|core| !core.is_empty())
}

/// Returns the text with letters instead of the digits and signs that people write for them, if it has such ones.
fn spellings(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    let spelled = |one: char| {
        let letter = move |character| match character {
            '0' => 'o',
            '1' | '!' => one,
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        };
        Zeroizing::new(text.chars().map(letter).collect::<String>())
    };
    ['i', 'l'].map(spelled).into_iter().filter(move |spelled| spelled.as_str() != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_form_in_which_passwords_are_looked_up() {
        assert!(COMMON.lines().count() > 19_000 && COMMON.lines().is_sorted());
        assert!(COMMON.lines().all(|line| line == line.to_lowercase()));
        assert!(WORDS.lines().count() > 80 && WORDS.lines().all(|line| *compact(line) == *line));
    }

    #[test]
    fn common_passwords_and_patterns_are_found_however_they_are_written() {
        for common in ["Password1", "Abc123", "PASSW0RD", "qwerty123", "aaaaaa", "111aaa", "1234abcd", "Fedcba98765"] {
            assert!(is_common(common), "{common}");
        }
        for own in ["Hanako2026", "Kakunin01", "Touro1", "Syounin001", "Sousin0001", "aabxcc1", "abc12x", "1851"] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn a_common_word_with_digits_signs_or_the_usual_substitutions_is_found() {
        for common in [
            "Winter2026",
            "W1nter2026",
            "2026winter",
            "P4ssw0rd77",
            "!Dragon!88",
            "Tokyo2026",
            "T0ky0",
            "t0ky02026",
            "Sakura0401",
            "Nippon01",
            "Bank2026",
            "Qwer2026",
            "Asdfgh77",
            "Abcd2027",
            "令和2026",
            "東京 2026",
            "Ｗｉｎｔｅｒ２０２６",
        ] {
            assert!(is_common(common), "{common}");
        }
        for own in ["Winterfell9x2", "Kagerou88", "xWinter2026x", "Abc2027", "Cat2026", "18512026", "白い鯨2026"] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn a_name_is_found_whole_or_within_if_it_is_long() {
        let names = ["keir001", "山田 太郎", "OKmate WEB", "ada"];
        for made in ["keir001", "KEIR001", "xKeir0012", "okmateweb1", "山田太郎", "Ada"] {
            assert!(is_made_of(made, names), "{made}");
        }
        for own in ["Keiri2026", "keir01", "canada12"] {
            assert!(!is_made_of(own, names), "{own}");
        }
        assert!(!is_made_of("Keiri2026", ["", " ", "株式会社"]));
    }

    #[test]
    fn a_word_of_a_name_with_digits_signs_or_substitutions_is_found() {
        let names = ["keir001", "山田 太郎", "Tanaka Jiro", "OKmate WEB", "ゲータ商事株式会社", "(株)Acme"];
        for made in [
            "Okmate2026",
            "0kmate2026",
            "keir0012026",
            "Jiro2026",
            "J1r0!",
            "xtanakax1",
            "T4naka99",
            "山田2026",
            "ゲータ商事01",
            "ｹﾞｰﾀ商事01",
            "acme2026",
        ] {
            assert!(is_made_of(made, names), "{made}");
        }
        for own in ["Jirou2026", "acmeist26", "Websters1", "ゲーム商事01"] {
            assert!(!is_made_of(own, names), "{own}");
        }
    }
}
