//! Escapes text from outside before it reaches a terminal, a log or a report.
//!
//! A certificate, a server, a profile or a file name can contain characters that control a terminal, that reorder or
//! hide the text beside them, or that begin a new line. Such a character is shown as `\u{1b}`, its code point in hex,
//! so that a reader sees which character it is. Letters of every script, spaces and backslashes stay as they are. The
//! result is for reading, and cannot be converted back.

use std::borrow::Cow;
use std::io::{self, Write};

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Ideographic};
use icu_properties::{CodePointMapData, CodePointSetData};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Returns `text` as it can be printed inside one line: control characters, line separators, and every format or
/// ignorable character are escaped.
pub fn printable(text: &str) -> Cow<'_, str> {
    let Some((first, _)) = first_deceptive(text) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        let (plain, from) = rest.split_at(at);
        shown.push_str(plain);
        let mut characters = from.chars();
        shown.extend(characters.by_ref().take(1).flat_map(char::escape_unicode));
        rest = characters.as_str();
        next = first_deceptive(rest).map(|(at, _)| at);
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// Returns the first `most` characters of [`printable`] text, with `…` instead of the rest. An escape counts as the
/// characters that are printed for it, and is never cut in two.
pub fn printable_within(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let (mut length, mut before) = (0, None);
    for character in text.chars() {
        let deceives = is_deceptive(character, before);
        let width = if deceives { character.escape_unicode().count() } else { 1 };
        if length + width > most {
            shown.push('…');
            break;
        }
        match deceives {
            true => shown.extend(character.escape_unicode()),
            false => shown.push(character),
        }
        length += width;
        before = Some(character);
    }
    shown
}

/// Writes `value` as one JSON value. Characters that [`printable`] escapes are written as JSON escapes, so that the
/// value is unchanged for a program that reads it.
///
/// # Errors
/// Returns an error if `value` cannot be JSON, or if `writer` fails.
pub fn write_json<T: Serialize + ?Sized>(writer: impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(writer, PrintableJson)).map_err(io::Error::from)
}

/// Returns `value` as [`write_json`] writes it.
///
/// # Errors
/// Returns an error if `value` cannot be JSON.
pub fn json_text<T: Serialize + ?Sized>(value: &T) -> io::Result<String> {
    let mut json = Vec::new();
    write_json(&mut json, value)?;
    String::from_utf8(json).map_err(io::Error::other)
}

/// A writer for a log. Each call takes one whole record, and writes it as one [`printable`] line.
#[derive(Debug)]
pub struct PrintableWriter<W>(pub W);

impl<W: Write> Write for PrintableWriter<W> {
    fn write(&mut self, record: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(record);
        let (line, end) = text.strip_suffix('\n').map_or((&*text, ""), |line| (line, "\n"));
        self.0.write_all(format!("{}{end}", printable(line)).as_bytes())?;
        Ok(record.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

struct PrintableJson;

impl Formatter for PrintableJson {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = first_deceptive(rest) {
            let (plain, from) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, plain)?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.strip_prefix(character).unwrap_or_default();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// Returns whether `text` can be stored as a name of a user or a company, or as a login ID: [`printable`] leaves it as
/// it is, and each character is assigned and not for private use (RFC 8264 §9).
pub fn is_name(text: &str) -> bool {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let assigned = |character: char| {
        !matches!(categories.get(character), GeneralCategory::Unassigned | GeneralCategory::PrivateUse)
    };
    first_deceptive(text).is_none() && text.chars().all(assigned)
}

/// Returns the first character of `text` that must be escaped, with its byte offset.
fn first_deceptive(text: &str) -> Option<(usize, char)> {
    let mut before = None;
    text.char_indices().find(|(_, character)| is_deceptive(*character, before.replace(*character)))
}

/// Returns whether `character` controls a terminal, or hides or reorders text. One variation selector after an
/// ideograph does not count, because Japanese names contain such selectors.
fn is_deceptive(character: char, before: Option<char>) -> bool {
    if matches!(character, ' '..='~') {
        return false;
    }
    match CodePointMapData::<GeneralCategory>::new().get(character) {
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => true,
        _ if !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character) => false,
        _ => !(is_variation_selector(character) && before.is_some_and(is_ideograph)),
    }
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_ideograph(character: char) -> bool {
    CodePointSetData::new::<Ideographic>().contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_reads_stays() {
        for text in ["", "hanakodt", "ゲータ 花子（経理）", r"C:\Users\花子", "Müller", "髙﨑　葛\u{e0100}城", "علي"]
        {
            assert_eq!(printable(text), text);
            assert!(matches!(printable(text), Cow::Borrowed(_)), "{text}");
            assert_eq!(printable_within(text, 100), text);
        }
    }

    /// The window is tested with the same vectors.
    #[test]
    fn the_window_shows_a_text_as_the_terminal_does() {
        #[derive(serde::Deserialize)]
        struct Vector {
            text: String,
            shown: String,
        }
        #[derive(serde::Deserialize)]
        struct Vectors {
            stays: Vec<String>,
            escaped: Vec<Vector>,
        }
        let vectors: Vectors = serde_json::from_str(include_str!("../vectors/printable.json")).unwrap();
        assert!(!vectors.stays.is_empty() && !vectors.escaped.is_empty());
        vectors.stays.iter().for_each(|text| assert_eq!(printable(text), *text));
        vectors.escaped.iter().for_each(|vector| assert_eq!(printable(&vector.text), vector.shown));
    }

    #[test]
    fn controls_are_shown_by_their_code_points() {
        assert_eq!(printable("hana\u{1b}[31mko\u{7}\n\u{9b}2J"), r"hana\u{1b}[31mko\u{7}\u{a}\u{9b}2J");
        assert_eq!(printable("\u{202e}txt.exe"), r"\u{202e}txt.exe");
    }

    #[test]
    fn nothing_that_commands_reorders_or_hides_is_left() {
        let ranges = [
            0..=0x1f,
            0x7f..=0x9f,
            0xad..=0xad,
            0x34f..=0x34f,
            0x61c..=0x61c,
            0x115f..=0x1160,
            0x180b..=0x180f,
            0x200b..=0x200f,
            0x2028..=0x202e,
            0x2060..=0x206f,
            0x3164..=0x3164,
            0xfe00..=0xfe0f,
            0xfeff..=0xfeff,
            0xffa0..=0xffa0,
            0xfff9..=0xfffb,
            0xe0001..=0xe0001,
            0xe0020..=0xe007f,
            0xe0100..=0xe01ef,
        ];
        for number in ranges.into_iter().flatten() {
            let character = char::from_u32(number).unwrap();
            let text = format!("a{character}b");
            let shown = format!("a\\u{{{number:x}}}b");
            assert_eq!(printable(&text), shown);
            assert_eq!(printable_within(&text, 100), shown);
            let json = json_text(&text).unwrap();
            assert!(!json.contains(character), "{number:x}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn a_name_has_only_characters_that_are_shown_and_mean_the_same_everywhere() {
        for name in ["", "hanakodt", "ゲータ 花子", "Zoë O’Brien", "髙﨑　葛\u{e0100}城", "علي"] {
            assert!(is_name(name), "{name:?}");
        }
        for character in
            ["\u{0}", "\u{1b}", "\n", "\u{200b}", "\u{202e}", "\u{2067}", "\u{e000}", "\u{378}", "\u{ffff}"]
        {
            assert!(!is_name(&format!("花{character}子")), "{character:?}");
        }
    }

    #[test]
    fn one_variation_selector_belongs_to_its_ideograph_and_no_more() {
        assert_eq!(printable("葛\u{e0100}\u{e0101}"), "葛\u{e0100}\\u{e0101}");
        assert_eq!(printable("a\u{fe0f}"), r"a\u{fe0f}");
    }

    #[test]
    fn a_bounded_text_ends_with_an_ellipsis_and_cuts_no_escape() {
        assert_eq!(printable_within("hanakodt", 4), "hana…");
        assert_eq!(printable_within("ha\u{1b}na", 5), "ha…");
        assert_eq!(printable_within("ha\u{1b}na", 8), r"ha\u{1b}…");
    }

    #[test]
    fn a_log_record_is_one_line() {
        let mut log = PrintableWriter(Vec::new());
        log.write_all("WARN name=a\n2026 ERROR forged\u{1b}[2J\n".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(log.0).unwrap(), "WARN name=a\\u{a}2026 ERROR forged\\u{1b}[2J\n");
    }

    #[test]
    fn json_stays_as_serde_writes_it_otherwise() {
        let value = serde_json::json!({ "name": "花子\t\"x\"", "n": [1, null, true] });
        assert_eq!(json_text(&value).unwrap(), value.to_string());
    }
}
