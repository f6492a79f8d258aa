//! Compares names by RFC 5280 §7.1, with the string preparation of RFC 4518 §2.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use x509_parser::der_parser::asn1_rs::Tag;
use x509_parser::prelude::{AttributeTypeAndValue, FromDer, X509Name};

use crate::directory_string;

/// Marks bytes that are not a name. No encoded name begins with this byte.
const NOT_A_NAME: u8 = 0xff;
/// Marks a value that was prepared as text.
const TEXT: u8 = 0;
/// Marks a value that is compared by its bytes.
const BYTES: u8 = 1;

/// Returns bytes that are the same for any two names that match. The bytes have no other meaning.
pub(super) fn canonical(der: &[u8]) -> Vec<u8> {
    let Some(name) = X509Name::from_der(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, name)| name) else {
        return [&[NOT_A_NAME], der].concat();
    };
    let mut canonical = Vec::with_capacity(der.len());
    for part in name.iter_rdn() {
        // A part is a SET: the order of its attributes means nothing.
        let mut attributes: Vec<Vec<u8>> = part.iter().map(attribute).collect();
        attributes.sort_unstable();
        append(&mut canonical, &attributes.concat());
    }
    canonical
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> Vec<u8> {
    let mut canonical = Vec::new();
    append(&mut canonical, attribute.attr_type().as_bytes());
    let value = attribute.attr_value();
    let tag = value.tag();
    match Some(tag).filter(|tag| value.header.is_universal() && is_text(*tag)).and_then(|tag| prepared(tag, value.data))
    {
        Some(text) => {
            canonical.push(TEXT);
            append(&mut canonical, text.as_bytes());
        }
        None => {
            canonical.push(BYTES);
            canonical.extend(tag.0.to_be_bytes());
            canonical.push(value.class() as u8);
            append(&mut canonical, value.data);
        }
    }
    canonical
}

/// Writes the length before the bytes, so that two different lists of values never give the same bytes.
fn append(canonical: &mut Vec<u8>, bytes: &[u8]) {
    canonical.extend((bytes.len() as u64).to_be_bytes());
    canonical.extend(bytes);
}

fn is_text(tag: Tag) -> bool {
    [
        Tag::Utf8String,
        Tag::NumericString,
        Tag::PrintableString,
        Tag::T61String,
        Tag::Ia5String,
        Tag::VisibleString,
        Tag::GeneralString,
        Tag::UniversalString,
        Tag::BmpString,
    ]
    .contains(&tag)
}

/// Returns the text prepared for a comparison. Returns none if the bytes are not text of that type: such a value has no
/// characters to compare.
fn prepared(tag: Tag, bytes: &[u8]) -> Option<String> {
    let text = directory_string::text(tag.0, bytes);
    if text.is_ascii() {
        return Some(without_needless_blanks(text.chars().map(|letter| letter.to_ascii_lowercase())));
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    // The compatibility caseless match of the Unicode Standard (D146), of which RFC 4518 §2.2 and §2.3 are an older form.
    let folded = text.nfd().default_case_fold().nfkd().default_case_fold().nfkd();
    Some(without_needless_blanks(folded))
}

/// Removes characters without width, blanks at both ends, and all but one of several blanks (RFC 4518 §2.2 and §2.6.1).
fn without_needless_blanks(text: impl Iterator<Item = char>) -> String {
    let mut prepared = String::new();
    let mut blank = false;
    for letter in text {
        if letter.is_whitespace() {
            blank = true;
        } else if !has_no_width(letter) {
            if blank && !prepared.is_empty() {
                prepared.push(' ');
            }
            blank = false;
            prepared.push(letter);
        }
    }
    prepared
}

/// Returns whether RFC 4518 §2.2 maps the character to nothing. Characters that are also blanks are handled before.
fn has_no_width(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{1806}'
                | '\u{180b}'..='\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffc}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0001}'
                | '\u{e0020}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::DistinguishedName;
    use crate::distinguished_name::text::tests::name;

    const CN: &[u8] = &[0x55, 4, 3];
    const O: &[u8] = &[0x55, 4, 10];

    fn common_name(tag: u8, text: &[u8]) -> DistinguishedName {
        DistinguishedName::of(&name(&[(CN, tag, text)]))
    }

    fn bmp(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    fn universal(text: &str) -> Vec<u8> {
        text.chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect()
    }

    #[test]
    fn the_string_type_makes_no_difference() {
        let utf8 = common_name(0x0c, b"Okmate CA");
        for tag in [0x13, 0x14, 0x16, 0x1a] {
            assert_eq!(common_name(tag, b"Okmate CA"), utf8, "{tag:x}");
        }
        assert_eq!(common_name(0x1e, &bmp("Okmate CA")), utf8);
        assert_eq!(common_name(0x1c, &universal("Okmate CA")), utf8);
        let japanese = common_name(0x0c, "山田".as_bytes());
        assert_eq!(common_name(0x14, b"\x8e\x52\x93\x63"), japanese, "TeletexString in Shift_JIS");
        assert_eq!(common_name(0x1e, &bmp("山田")), japanese);
    }

    #[test]
    fn case_width_and_blanks_make_no_difference() {
        let same = |one: &str, other: &str| common_name(0x0c, one.as_bytes()) == common_name(0x0c, other.as_bytes());
        for other in [
            "OKMATE CA",
            " okmate  ca ",
            "Okmate\u{3000}CA",
            "Ｏｋｍａｔｅ ＣＡ",
            "Okmate\u{a0}\tCA",
            "Ok\u{ad}mate CA",
        ] {
            assert!(same("Okmate CA", other), "{other:?}");
        }
        for (one, other) in [("Straße", "STRASSE"), ("ﾃﾞｰﾀ", "データ"), ("Cafe\u{301}", "CAFÉ"), ("が", "か\u{3099}")]
        {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [("Okmate CA", "OkmateCA"), ("CA 1", "CA 2"), ("データ", "テータ"), ("a", "")] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_not_text_compares_by_its_bytes() {
        assert_ne!(common_name(0x03, b"\0A"), common_name(0x03, b"\0a"), "a BIT STRING");
        assert_eq!(common_name(0x03, b"\0A"), common_name(0x03, b"\0A"));
        assert_ne!(common_name(0x03, b"A"), common_name(0x0c, b"A"));
        assert_ne!(common_name(0x0c, b"a\xff"), common_name(0x0c, b"a\xfe"), "no UTF-8");
        assert_ne!(DistinguishedName::of(b"CA"), DistinguishedName::of(b"ca"), "no names");
        assert_eq!(DistinguishedName::of(b"CA"), DistinguishedName::of(b"CA"));
        assert_ne!(DistinguishedName::of(&name(&[])), DistinguishedName::of(&[]));
    }

    #[test]
    fn the_parts_stay_apart_and_in_order() {
        let two = |one: (&[u8], &[u8]), other: (&[u8], &[u8])| {
            DistinguishedName::of(&name(&[(one.0, 0x0c, one.1), (other.0, 0x0c, other.1)]))
        };
        assert_eq!(two((O, b"A"), (CN, b"B")), two((O, b"a"), (CN, b"b")));
        assert_ne!(two((O, b"A"), (CN, b"B")), two((CN, b"B"), (O, b"A")));
        assert_ne!(two((O, b"A"), (CN, b"B")), two((O, b"AB"), (CN, b"")));
        assert_ne!(two((O, b"A"), (O, b"A")), DistinguishedName::of(&name(&[(O, 0x0c, b"A")])));
    }

    #[test]
    fn the_attributes_of_one_part_are_a_set() {
        let attribute = |oid: &[u8], text: &[u8]| {
            let value = [&[0x0c, text.len() as u8], text].concat();
            [&[0x30, (value.len() + oid.len() + 2) as u8, 6, oid.len() as u8], oid, &value].concat()
        };
        let part = |attributes: [Vec<u8>; 2]| {
            let set = attributes.concat();
            DistinguishedName::of(&[&[0x30, set.len() as u8 + 2, 0x31, set.len() as u8], set.as_slice()].concat())
        };
        let (organisation, person) = (attribute(O, b"Okmate"), attribute(CN, b"Hanako"));
        let one = part([organisation.clone(), person.clone()]);
        assert!(one.text().is_some());
        assert_eq!(one, part([person, organisation]));
        assert_ne!(one, DistinguishedName::of(&name(&[(O, 0x0c, b"Okmate"), (CN, 0x0c, b"Hanako")])));
    }

    proptest! {
        #[test]
        fn any_text_equals_itself_in_every_type_and_case(text in "\\PC{0,20}") {
            prop_assume!(!text.contains(char::REPLACEMENT_CHARACTER));
            let utf8 = common_name(0x0c, text.as_bytes());
            prop_assert_eq!(&utf8, &common_name(0x1e, &bmp(&text)));
            prop_assert_eq!(&utf8, &common_name(0x1c, &universal(&text)));
            prop_assert_eq!(&utf8, &common_name(0x0c, format!("  {text}\u{3000}").as_bytes()));
        }

        #[test]
        fn ascii_compares_as_all_other_text_does(text in "[ -~]{0,20}") {
            let folded = text.nfd().default_case_fold().nfkd().default_case_fold().nfkd();
            prop_assert_eq!(prepared(Tag::Utf8String, text.as_bytes()).unwrap(), without_needless_blanks(folded));
        }

        #[test]
        fn bytes_that_are_not_a_name_equal_themselves_alone(one in any::<Vec<u8>>(), other in any::<Vec<u8>>()) {
            let is_name = |der: &[u8]| DistinguishedName::of(der).text().is_some();
            prop_assume!(!is_name(&one) && !is_name(&other));
            prop_assert_eq!(DistinguishedName::of(&one) == DistinguishedName::of(&other), one == other);
        }
    }
}
