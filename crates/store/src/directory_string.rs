//! Reads the strings inside names, by their ASN.1 tag.
//!
//! The X.509 parser is not used for this, since real certificates contain strings that the standard does not allow:
//! TeletexString in Shift_JIS (an old habit of Japanese CAs), and PrintableString in UTF-8.

use encoding_rs::SHIFT_JIS;

const UTF8: u32 = 0x0c;
const UNIVERSAL: u32 = 0x1c;
const BMP: u32 = 0x1e;

/// Returns the text of a string with that universal tag. Bytes that cannot be read become U+FFFD.
pub(crate) fn text(tag: u32, bytes: &[u8]) -> String {
    match tag {
        UTF8 => String::from_utf8_lossy(bytes).into_owned(),
        BMP => {
            let units: Vec<u16> =
                bytes.chunks(2).map(|pair| pair.iter().fold(0, |unit, b| unit << 8 | u16::from(*b))).collect();
            String::from_utf16_lossy(&units)
        }
        UNIVERSAL => bytes
            .chunks(4)
            .map(|four| four.iter().fold(0, |unit, b| unit << 8 | u32::from(*b)))
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
        _ => eight_bit(bytes),
    }
}

/// Reads a TeletexString, or a string of another type with one byte per character, in the encoding that it really has.
fn eight_bit(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let (japanese, broken) = SHIFT_JIS.decode_without_bom_handling(bytes);
    if broken || looks_western(bytes) { bytes.iter().copied().map(char::from).collect() } else { japanese.into_owned() }
}

/// Returns whether the bytes look like Latin-1 and not like Shift_JIS. In Latin-1, accented letters are single bytes
/// between ASCII letters. Shift_JIS has several such bytes in a row, or bytes from 0x81 to 0x9F, which are control
/// codes in Latin-1.
fn looks_western(bytes: &[u8]) -> bool {
    let high = |byte: &u8| *byte >= 0x80;
    !bytes.iter().any(|byte| (0x80..=0x9f).contains(byte)) && !bytes.windows(2).any(|pair| pair.iter().all(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_is_read_by_its_own_encoding() {
        assert_eq!(text(0x0c, "花子".as_bytes()), "花子");
        assert_eq!(text(0x13, b"Okmate CA"), "Okmate CA");
        assert_eq!(text(0x1e, &[0x82, 0xb1, 0x5b, 0x50]), "花子");
        assert_eq!(text(0x1c, &[0, 0, 0x82, 0xb1]), "花");
    }

    #[test]
    fn teletex_in_shift_jis_is_japanese() {
        // 山田太郎, ﾔﾏﾀﾞ, 株式会社オーケー
        assert_eq!(text(0x14, b"\x8e\x52\x93\x63\x91\xbe\x98\x59"), "山田太郎");
        assert_eq!(text(0x14, b"\xd4\xcf\xc0\xde"), "ﾔﾏﾀﾞ");
        assert_eq!(text(0x14, b"\x8a\x94\x8e\xae\x89\xef\x8e\xd0OK"), "株式会社OK");
    }

    #[test]
    fn teletex_in_latin_1_stays_latin() {
        assert_eq!(text(0x14, b"Z\xfcrich"), "Zürich");
        assert_eq!(text(0x14, b"Caf\xe9"), "Café");
        assert_eq!(text(0x14, b"Ren\xe9e"), "Renée");
    }

    #[test]
    fn printable_string_may_hold_utf_8() {
        assert_eq!(text(0x13, "株式会社".as_bytes()), "株式会社");
    }

    #[test]
    fn broken_bytes_do_not_stop_reading() {
        assert_eq!(text(0x0c, b"a\xffb"), "a\u{fffd}b");
        assert_eq!(text(0x1e, &[0, 0x61, 0]), "a\0");
    }
}
