//! Makes variants of a typed password: the file may have been made with another spelling or encoding of it. Blanks come
//! from pasting, full-width letters from an input method, decomposed letters from macOS, and other encodings from old
//! terminals.

use encoding_rs::{EUC_JP, EncoderResult, SHIFT_JIS, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The longest password, in bytes, of which variants are tried.
const LONGEST_RESPELLED: usize = 1024;

/// An encoding in which a program may have written a password.
#[derive(Debug, Clone, Copy)]
pub(super) enum Encoding {
    Utf8,
    /// Windows-1252, which has the letters of Latin-1 in the same places.
    Western,
    /// CP932, Windows' Shift_JIS.
    Cp932,
    EucJp,
    /// The low byte of each UTF-16 unit, as old versions of Bouncy Castle write it.
    LowBytes,
}

impl Encoding {
    pub(super) const ALL: [Self; 5] = [Self::Utf8, Self::Western, Self::Cp932, Self::EucJp, Self::LowBytes];

    /// Returns the bytes of `text`; none if the encoding has no bytes for it.
    pub(super) fn encode(self, text: &str) -> Option<Zeroizing<Vec<u8>>> {
        let table = match self {
            Self::Utf8 => return Some(Zeroizing::new(text.as_bytes().to_vec())),
            Self::LowBytes => {
                let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
                bytes.extend(text.encode_utf16().map(|unit| unit.to_be_bytes()[1]));
                return Some(bytes);
            }
            Self::Western => WINDOWS_1252,
            Self::Cp932 => SHIFT_JIS,
            Self::EucJp => EUC_JP,
        };
        let mut encoder = table.new_encoder();
        let longest = encoder.max_buffer_length_from_utf8_without_replacement(text.len())?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(longest));
        let (end, _) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
        matches!(end, EncoderResult::InputEmpty).then_some(bytes)
    }
}

/// Returns `typed`, followed by the texts that may have been meant by it.
pub(super) fn spellings(typed: &str) -> Vec<Zeroizing<String>> {
    let mut texts = vec![written(typed.chars(), typed)];
    if typed.len() > LONGEST_RESPELLED {
        return texts;
    }
    let mut add = |text: Zeroizing<String>| {
        if !texts.contains(&text) {
            texts.push(text);
        }
    };
    let line = typed.trim_end_matches(['\r', '\n']);
    let bare = typed.trim_matches(is_unseen);
    add(written(line.chars(), typed));
    add(written(bare.chars(), typed));
    for text in [typed, bare] {
        add(written(text.nfc(), typed));
        add(written(text.nfd(), typed));
    }
    // NFKC makes half-width letters and digits of full-width ones, and full-width katakana of half-width ones.
    add(written(bare.nfkc(), typed));
    add(written(bare.chars().map(full_width), typed));
    add(written(bare.nfkc().map(full_width), typed));
    for text in [written(bare.chars(), typed), written(bare.nfkc(), typed)] {
        for likeness in likenesses(&text) {
            add(likeness);
        }
    }
    texts
}

/// Lists of characters that look alike or are on the same key of a Japanese keyboard. The input method and the system
/// decide which of them a program gets.
const LIKE: [&[char]; 5] = [
    // Tilde, wave dash, full-width tilde, overline.
    &['~', '\u{301c}', '\u{ff5e}', '\u{203e}'],
    // Hyphen-minus, hyphen, minus sign, full-width hyphen-minus.
    &['-', '\u{2010}', '\u{2212}', '\u{ff0d}'],
    // Backslash and yen sign, which share a key and a code, and both in full width.
    &['\\', '\u{a5}', '\u{ffe5}', '\u{ff3c}'],
    &['\'', '\u{2019}', '\u{ff07}'],
    &['"', '\u{201d}', '\u{ff02}'],
];
/// The greatest number of such texts that are made of one text.
const MOST_LIKENESSES: usize = 64;

/// Returns the texts that look like `text`. In each of them, all characters of one list of [`LIKE`] are replaced by the
/// same one.
fn likenesses(text: &str) -> Vec<Zeroizing<String>> {
    let mut made = vec![written(text.chars(), text)];
    for like in LIKE.iter().filter(|like| text.contains(**like)) {
        let each = made.iter().flat_map(|one| {
            like.iter()
                .map(|letter| written(one.chars().map(|own| if like.contains(&own) { *letter } else { own }), one))
        });
        made = each.take(MOST_LIKENESSES).collect();
    }
    made
}

/// Returns whether the character is invisible at the end of a field.
fn is_unseen(letter: char) -> bool {
    let format =
        matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    letter.is_whitespace() || letter.is_control() || format
}

fn full_width(letter: char) -> char {
    match letter {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// Collects characters in one buffer that never grows, so that no copy of a part is left in memory. No normalisation
/// makes more than eighteen characters of one.
fn written(letters: impl Iterator<Item = char>, source: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(18 * 4 * source.len().min(LONGEST_RESPELLED) + source.len()));
    text.extend(letters);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(typed: &str) -> Vec<String> {
        spellings(typed).iter().map(|text| text.to_string()).collect()
    }

    #[test]
    fn what_was_typed_comes_first() {
        for typed in ["", " ", "pass1234", "パスワード", "ＡＢＣ "] {
            assert_eq!(texts(typed)[0], typed);
        }
        assert_eq!(texts("pass"), ["pass", "ｐａｓｓ"]);
    }

    #[test]
    fn blanks_line_ends_and_marks_at_the_ends_are_taken_off() {
        for typed in ["pass 1234 ", "　pass 1234", "pass 1234\r\n", "\u{feff}pass 1234\u{200b}", "pass 1234\u{a0}\t"] {
            assert!(texts(typed).contains(&"pass 1234".to_owned()), "{typed:?}");
        }
        assert!(texts("pass \n").contains(&"pass ".to_owned()), "a blank that belongs to the password stays");
    }

    #[test]
    fn full_width_and_half_width_stand_for_each_other() {
        for (typed, meant) in [
            ("ｐａｓｓ１２３４", "pass1234"),
            ("ｐａｓｓ１２３４　", "pass1234"),
            ("pass1234", "ｐａｓｓ１２３４"),
            ("パスワード123", "パスワード１２３"),
            ("パスワード１２３", "パスワード123"),
            ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
            ("a　b", "a b"),
        ] {
            assert!(texts(typed).contains(&meant.to_owned()), "{typed}");
        }
    }

    #[test]
    fn composed_and_decomposed_letters_stand_for_each_other() {
        for (typed, meant) in
            [("Mu\u{308}nchen", "M\u{fc}nchen"), ("M\u{fc}nchen", "Mu\u{308}nchen"), ("ガ", "カ\u{3099}")]
        {
            assert!(texts(typed).contains(&meant.to_owned()), "{typed}");
        }
    }

    /// A user sees no difference between these characters, and an input method may type any of them.
    #[test]
    fn look_alikes_of_one_key_stand_for_each_other() {
        for like in LIKE {
            for typed in like {
                for meant in like {
                    let [typed, meant] = [typed, meant].map(|letter| format!("pass{letter}1{letter}"));
                    assert!(texts(&typed).contains(&meant), "{typed} {meant}");
                }
            }
        }
        assert!(texts("a\u{301c}b\u{a5}c").contains(&"a~b\\c".to_owned()), "of two lists");
    }

    #[test]
    fn nothing_but_spellings_of_the_same_text_is_tried() {
        assert_eq!(texts("pass-1").len(), 5, "{:?}", texts("pass-1"));
        for typed in ["~-\\'\"", "pass-1", "\u{a5}\u{ff5e}"] {
            for text in texts(typed) {
                assert_eq!(text.chars().count(), typed.chars().count(), "{text}");
            }
        }
        assert!(texts("~-\\'\"").len() <= 2 * MOST_LIKENESSES + 12);
    }

    #[test]
    fn a_long_password_is_not_respelled() {
        assert_eq!(texts(&"長".repeat(1000)).len(), 1);
        assert_eq!(texts(&"a".repeat(LONGEST_RESPELLED + 1)).len(), 1);
        assert_eq!(texts(&"a".repeat(LONGEST_RESPELLED)).len(), 2);
    }

    #[test]
    fn an_encoding_that_lacks_a_letter_gives_nothing() {
        assert_eq!(Encoding::Cp932.encode("表"), Some(vec![0x95, 0x5c].into()));
        assert_eq!(Encoding::Western.encode("表"), None);
        assert_eq!(Encoding::Cp932.encode("🔑"), None);
        assert_eq!(Encoding::LowBytes.encode("表"), Some(vec![0x68].into()));
    }
}
