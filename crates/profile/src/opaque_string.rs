//! The profile OpaqueString for passwords (RFC 8265 §4.2).

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use zeroize::Zeroizing;

/// The largest factor by which NFC lengthens a text in UTF-8 (Unicode Standard Annex 15).
const NFC_GROWTH: usize = 3;

/// Returns `text` in the form in which an OpaqueString is compared and counted: each space as U+0020, and in NFC.
/// Returns nothing if `text` is empty or contains a character that an OpaqueString does not have. The zero-width joiners
/// are refused in every context, because a person does not see them.
pub(crate) fn opaque_string(text: &str) -> Option<Zeroizing<String>> {
    // With the whole capacity at once, the buffer never grows and leaves no copy in memory.
    let mut spaced = Zeroizing::new(String::with_capacity(text.len()));
    spaced.extend(text.chars().map(|c| if category(c) == GeneralCategory::SpaceSeparator { ' ' } else { c }));
    let mut normal = spaced;
    if !is_nfc(&normal) {
        let mut composed = Zeroizing::new(String::with_capacity(normal.len() * NFC_GROWTH));
        composed.extend(normal.nfc());
        normal = composed;
    }
    let allowed = normal.char_indices().all(|(at, c)| is_free(c) && fits(c, &normal, at));
    (allowed && !normal.is_empty()).then_some(normal)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// Returns whether the FreeformClass has `c`, alone or in some context (RFC 8264 §4.3, §9).
fn is_free(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return true;
    }
    // RFC 8264 §9.6 excludes these.
    let excluded = matches!(c, '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}');
    // The conjoining letters of Old Hangul (RFC 8264 §9.9).
    let jamo = matches!(
        c,
        '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7c6}' | '\u{d7cb}'..='\u{d7fb}'
    );
    let shown = !matches!(
        category(c),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    );
    shown && !excluded && !jamo && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Returns whether `c`, at byte `at` of `text`, is in a context that allows it (RFC 5892 appendix A.3 to A.9).
fn fits(c: char, text: &str, at: usize) -> bool {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let before = head.chars().next_back();
    let after = tail.chars().nth(1);
    match c {
        '\u{b7}' => before == Some('l') && after == Some('l'),
        '\u{375}' => after.is_some_and(|c| script(c) == Script::Greek),
        '\u{5f3}' | '\u{5f4}' => before.is_some_and(|c| script(c) == Script::Hebrew),
        '\u{30fb}' => text.chars().any(|c| matches!(script(c), Script::Hiragana | Script::Katakana | Script::Han)),
        '\u{660}'..='\u{669}' => !text.contains(|c| matches!(c, '\u{6f0}'..='\u{6f9}')),
        '\u{6f0}'..='\u{6f9}' => !text.contains(|c| matches!(c, '\u{660}'..='\u{669}')),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opaque(text: &str) -> Option<String> {
        opaque_string(text).map(|text| text.to_string())
    }

    /// The examples of RFC 8265 §4.3.
    #[test]
    fn the_examples_of_the_rfc_hold() {
        let kept = ["correct horse battery staple", "Correct Horse Battery Staple", "πßå", "Jack of ♦s"];
        kept.iter().for_each(|text| assert_eq!(opaque(text).as_deref(), Some(*text)));
        assert_eq!(opaque("foo\u{1680}bar").as_deref(), Some("foo bar"));
        assert_eq!(opaque(""), None);
        assert_eq!(opaque("my cat is a \u{9}by"), None);
    }

    #[test]
    fn a_text_is_composed_but_its_width_stays() {
        assert_eq!(opaque("e\u{301}は\u{3099}").as_deref(), Some("éば"));
        assert_eq!(opaque("㈱ Ａ　ｱ").as_deref(), Some("㈱ Ａ ｱ"));
    }

    #[test]
    fn what_is_not_seen_or_not_assigned_is_refused() {
        for refused in [
            "\0",
            "\n",
            "\u{7f}",
            "\u{85}",
            "\u{ad}",
            "\u{200b}",
            "\u{200c}",
            "\u{200d}",
            "\u{202e}",
            "\u{2028}",
            "\u{2060}",
            "\u{fe0f}",
            "\u{e000}",
            "\u{378}",
            "\u{ffff}",
            "\u{1112}\u{119e}",
            "\u{640}",
        ] {
            assert_eq!(opaque(&format!("花{refused}子")), None, "{refused:?}");
        }
    }

    #[test]
    fn some_characters_need_their_context() {
        for allowed in ["l·l", "\u{375}α", "א\u{5f3}", "ア・イ", "٠٩", "۰۹"] {
            assert_eq!(opaque(allowed).as_deref(), Some(allowed));
        }
        for refused in ["a·b", "l·", "\u{375}a", "a\u{5f4}", "a・b", "٠۹"] {
            assert_eq!(opaque(refused), None, "{refused:?}");
        }
    }
}
