//! Recognises the kind of a file that a user selected. Users often select a file of another kind with a similar name.
//!
//! A kind is recognised by content and never by the extension, which users and mail programs change.

mod armor;
mod certificates;
mod der_kind;
mod kind;
mod magic;
mod text;

use std::borrow::Cow;

pub use certificates::{NoCertificates, certificates_in};
pub use kind::FileKind;

/// Returns the kind of a file that begins with `content`.
pub fn recognise(content: &[u8]) -> FileKind {
    if content.iter().all(|byte| *byte == 0) {
        return if content.is_empty() { FileKind::Empty } else { FileKind::Zeros };
    }
    if let Some(kind) = magic::kind_of(content).or_else(|| der_kind::kind_of(content)) {
        return kind;
    }
    let text = text::decode(content);
    if text.trim().is_empty() {
        return FileKind::Empty;
    }
    let sections = armor::sections(&text);
    if !sections.is_empty() {
        return armor::kind_of(&sections);
    }
    let bare = armor::bare_base64(&text).and_then(|der| der_kind::kind_of(&der));
    bare.or_else(|| text::kind_of(&text)).unwrap_or(FileKind::Unknown)
}

/// Returns the PKCS#12 file in `content`, whether it is binary, PEM or base64.
///
/// # Errors
/// If the file is not PKCS#12, the error is the kind of the file.
pub fn pkcs12_in(content: &[u8]) -> Result<Cow<'_, [u8]>, FileKind> {
    let kind = recognise(content);
    if kind != FileKind::Pkcs12 {
        return Err(kind);
    }
    if der_kind::kind_of(content) == Some(FileKind::Pkcs12) {
        return Ok(Cow::Borrowed(content));
    }
    let text = text::decode(content);
    let sections = armor::sections(&text).into_iter().filter_map(|section| section.der());
    let found = sections.chain(armor::bare_base64(&text));
    let mut files = found.filter(|der| der_kind::kind_of(der) == Some(FileKind::Pkcs12));
    files.next().map(Cow::Owned).ok_or(FileKind::Unknown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The beginning of a SEQUENCE that begins as a PFX does.
    const PFX: &[u8] = &[0x30, 0x0d, 2, 1, 3, 0x30, 8, 6, 3, 0x2a, 3, 4, 0xa0, 1, 0];

    #[test]
    fn a_pkcs12_file_is_found_in_whatever_a_mail_made_of_it() {
        let base64 = data_encoding::BASE64.encode(PFX);
        let (first, second) = base64.split_at(8);
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let armoured = format!("-----BEGIN PKCS12-----\r\n{first}\r\n{second}\r\n-----END PKCS12-----\r\n");
        let texts = [
            armoured.clone(),
            format!("Bag Attributes\n  friendlyName: x\n{armoured}"),
            // What `certutil -encode` calls every file.
            armoured.replace("PKCS12", "CERTIFICATE"),
            armoured.replace("\r\n", "\n").trim_end().to_owned(),
            format!("{first}\n{second}\n"),
            format!("  {first}\r\n{second}"),
            base64.trim_end_matches('=').to_owned(),
        ];
        for text in texts {
            let marked = format!("\u{feff}{text}");
            for file in [text.as_bytes(), marked.as_bytes(), &utf16(&marked)] {
                assert_eq!(recognise(file), FileKind::Pkcs12, "{text}");
                assert_eq!(pkcs12_in(file).as_deref(), Ok(PFX), "{text}");
            }
        }
        assert_eq!(pkcs12_in(PFX).as_deref(), Ok(PFX));
    }

    proptest! {
        #[test]
        fn anything_at_all_is_some_kind(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            recognise(&bytes);
            let _ = (pkcs12_in(&bytes).is_ok(), certificates_in(&bytes).is_ok());
        }

        #[test]
        fn a_changed_file_is_some_kind(position in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let certificate = rcgen::generate_simple_self_signed(["one.example".to_owned()]).unwrap().cert;
            for file in [certificate.der().to_vec(), certificate.pem().into_bytes(), PFX.to_vec()] {
                let mut changed = file;
                let at = position.index(changed.len());
                changed[at] = byte;
                let _ = (recognise(&changed), pkcs12_in(&changed).is_ok(), certificates_in(&changed).is_ok());
            }
        }
    }

    #[test]
    fn what_holds_nothing_is_empty() {
        for empty in [&b""[..], b"\r\n", "\u{feff}".as_bytes(), b"\xff\xfe"] {
            assert_eq!(recognise(empty), FileKind::Empty, "{empty:x?}");
        }
        assert_eq!(recognise(&[0; 512]), FileKind::Zeros);
    }

    #[test]
    fn anything_else_is_unknown() {
        for other in [&b"hello"[..], &[0x30], &[0x30, 0x82, 2, 1, 3], &[0xff; 40], b"{\"a\": 1}", b"YWJj"] {
            assert_eq!(recognise(other), FileKind::Unknown, "{other:x?}");
        }
    }
}
