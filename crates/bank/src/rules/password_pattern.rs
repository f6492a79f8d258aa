//! Patterns in passwords, which are easy to guess (NIST SP 800-63B §3.1.1.2).

/// The shortest run that counts as a pattern, in characters.
const RUN: usize = 3;
/// The longest part that makes a pattern if it is repeated, in characters.
const PART: usize = 4;
/// Keys that follow each other on a keyboard: in rows, of several countries, and in columns.
const KEYS: [&str; 16] = [
    "1234567890-^",
    "qwertyuiop@[",
    "asdfghjkl;:]",
    "zxcvbnm,./",
    "qwertzuiop",
    "azertyuiop",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "0p;/",
];

/// Returns whether the text has only runs of the same character, or of characters that follow each other in the alphabet
/// or on a keyboard: `aaaa1111`, `1234abcd`, `1qaz2wsx`.
pub(super) fn is_pattern(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let run = longest_run(rest);
        if run < RUN {
            return false;
        }
        rest = rest.char_indices().nth(run).and_then(|(at, _)| rest.get(at..)).unwrap_or_default();
    }
    true
}

/// Returns whether the text is a short part again and again: `okok`, `ab1ab1ab`.
pub(super) fn is_repeated(text: &str) -> bool {
    let length = text.chars().count();
    (1..=PART.min(length / 2)).any(|part| text.chars().zip(text.chars().skip(part)).all(|(one, next)| one == next))
}

/// Returns the length of the longest run at the beginning of the text, in characters.
fn longest_run(text: &str) -> usize {
    let by_code =
        [-1, 0, 1].map(|step| run(text, |one, next| i64::from(u32::from(next)) - i64::from(u32::from(one)) == step));
    let follows = |keys: &str, one, next| keys.chars().zip(keys.chars().skip(1)).any(|pair| pair == (one, next));
    let by_keys = KEYS.iter().flat_map(|keys| {
        [run(text, |one, next| follows(keys, one, next)), run(text, |one, next| follows(keys, next, one))]
    });
    by_keys.chain(by_code).max().unwrap_or_default()
}

/// Returns how many characters at the beginning of the text `follow` each other.
fn run(text: &str, follow: impl Fn(char, char) -> bool) -> usize {
    let pairs = text.chars().zip(text.chars().skip(1));
    usize::from(!text.is_empty()) + pairs.take_while(|(one, next)| follow(*one, *next)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_the_alphabet_and_of_the_keyboard_are_patterns() {
        for pattern in ["aaaa1111", "1234abcd", "1qaz2wsx", "qwertz", "poiuyt", "asdfjkl;", "qweasdzxc"] {
            assert!(is_pattern(pattern), "{pattern}");
        }
        for own in ["aabbcc", "abc12", "qw12er", "x1y2z3"] {
            assert!(!is_pattern(own), "{own}");
        }
    }

    #[test]
    fn a_short_part_again_and_again_is_a_pattern() {
        for repeated in ["okok", "ab1ab1ab", "a1a1a1", "19191919", "花火花火"] {
            assert!(is_repeated(repeated), "{repeated}");
        }
        for own in ["", "a", "ab1ab", "hanakohanako", "1851"] {
            assert!(!is_repeated(own), "{own}");
        }
    }
}
