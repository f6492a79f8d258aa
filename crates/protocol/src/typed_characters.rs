//! The characters that typing, copying and input methods add to a text.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::Secret;

/// Returns a text of `characters`. None of them is longer than the character that was typed, so the buffer never grows
/// and leaves no copy in memory.
pub(crate) fn narrowed(typed: &Secret, characters: impl Iterator<Item = char>) -> Zeroizing<String> {
    let mut narrow = Zeroizing::new(String::with_capacity(typed.expose().len()));
    characters.for_each(|character| narrow.push(character));
    narrow
}

/// Returns `text` in NFKC: half-width digits and letters, one code point for each letter.
pub(crate) fn compatible(text: &str) -> String {
    text.nfkc().collect()
}

/// Returns `text` without the blanks around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Returns whether `c` is white space, a control character, or a character without width.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Returns whether `c` is a hyphen, a dash, or the long vowel mark that an input method makes of the same key.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' | '－' | 'ｰ')
}
