use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use crate::{FileFault, read_named_file};

/// Returns the text in the file at `path`, which a person named, if the file has at most `limit` bytes. The file is in
/// UTF-8, with or without a byte order mark, or in UTF-16 with one, as Notepad, Excel and PowerShell on Windows write
/// it. The text does not contain the mark.
///
/// # Errors
/// Returns [`FileFault`] if the file cannot be read, is larger than `limit`, or is in another encoding.
pub fn read_named_text(path: &Path, limit: usize) -> Result<Zeroizing<String>, FileFault> {
    text_of(&read_named_file(path, limit)?)
}

/// Returns the text in `input`, such as standard input, if it has at most `limit` bytes. The encodings are those of
/// [`read_named_text`].
///
/// # Errors
/// Returns [`FileFault::TooLarge`], [`FileFault::NotUnicode`] or [`FileFault::Unreadable`].
pub fn read_text(input: impl Read, limit: usize) -> Result<Zeroizing<String>, FileFault> {
    let most = limit.saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    input.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(FileFault::TooLarge { limit }) } else { text_of(&bytes) }
}

fn text_of(bytes: &[u8]) -> Result<Zeroizing<String>, FileFault> {
    let not_unicode = |before: &str| FileFault::NotUnicode { line: before.matches('\n').count() + 1 };
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Zeroizing::new(text.to_owned())),
                Err(error) => {
                    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    Err(not_unicode(std::str::from_utf8(valid).unwrap_or_default()))
                }
            };
        }
    };
    // A unit of UTF-16 has at most three bytes in UTF-8, so the buffer never grows, which would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    let pairs = bytes[2..].chunks_exact(2);
    let whole = pairs.remainder().is_empty();
    for letter in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(not_unicode(&text)),
        }
    }
    if whole { Ok(text) } else { Err(not_unicode(&text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unicode_text_of_windows_is_read() {
        let marked = "\u{feff}{\"パス\": \"🔑\"}\r\n";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { marked.encode_utf16().flat_map(bytes).collect() };
        let plain = marked.trim_start_matches('\u{feff}');
        for bytes in [plain.into(), marked.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            assert_eq!(read_text(&bytes[..], 100).unwrap().as_str(), plain);
        }
    }

    #[test]
    fn another_encoding_is_named_by_its_line() {
        for (bytes, at) in [(&b"a\nb\x95\x5c"[..], 2), (b"\xff\xfea\0\n", 1), (b"\xff\xfe\x00\xd8a\0", 1)] {
            let refused = read_text(bytes, 100);
            assert!(matches!(refused, Err(FileFault::NotUnicode { line }) if line == at), "{refused:?}");
        }
        assert!(matches!(read_text(std::io::repeat(b'a'), 100), Err(FileFault::TooLarge { limit: 100 })));
    }
}
