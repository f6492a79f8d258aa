use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::FileKind;

/// The number of characters of a text that are examined. A page or a mail can be recognised by its beginning.
const BEGINNING: usize = 4096;

/// Returns `content` as text, in the encoding that its byte order mark names. Bytes that are not text become U+FFFD.
pub(super) fn decode(content: &[u8]) -> Cow<'_, str> {
    let (encoding, mark) = Encoding::for_bom(content).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling(&content[mark..]).0
}

/// Returns the kind of a text that is neither PEM nor base64; none for other texts.
pub(super) fn kind_of(text: &str) -> Option<FileKind> {
    let beginning: String = text.trim_start().chars().take(BEGINNING).collect::<String>().to_ascii_lowercase();
    let begins = |all: &[&str]| all.iter().any(|one| beginning.starts_with(one));
    if begins(&["[internetshortcut]", "[{000214a0", "[desktop entry]"]) || is_web_location(&beginning) {
        return Some(FileKind::Shortcut);
    }
    if begins(&["putty-user-key-file-", "---- begin ssh2", "ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-sha2-"]) {
        return Some(FileKind::SshKey);
    }
    let saved = beginning.contains("snapshot-content-location:") || begins(&["from: <saved by"]);
    if saved || ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| beginning.contains(tag)) {
        // A mail can hold a page; then its headers come first.
        return Some(if !saved && is_mail(&beginning) { FileKind::Mail } else { FileKind::WebPage });
    }
    if beginning.contains("%pdf-") {
        return Some(FileKind::Document);
    }
    is_mail(&beginning).then_some(FileKind::Mail)
}

/// Returns whether the text is a shortcut of macOS to a page (`.webloc`).
fn is_web_location(beginning: &str) -> bool {
    beginning.contains("<plist") && beginning.contains("<key>url</key>")
}

/// Returns whether the text begins with the headers of a mail (RFC 5322 §2.2).
fn is_mail(beginning: &str) -> bool {
    let headers = beginning.lines().take_while(|line| !line.is_empty());
    let names: Vec<&str> = headers.filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    let has = |wanted: &str| names.contains(&wanted);
    has("from") && (has("subject") || has("date")) || has("mime-version") || has("received")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_by_what_they_begin_with() {
        for (text, kind) in [
            ("<!DOCTYPE html>\n<html lang=ja>", FileKind::WebPage),
            ("<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">", FileKind::WebPage),
            ("\n<HTML><HEAD><TITLE>404", FileKind::WebPage),
            ("From: <Saved by Blink>\nSubject: a\nMIME-Version: 1.0\n\n<html>", FileKind::WebPage),
            ("Received: from a\nFrom: b\nSubject: c\n\n<html>", FileKind::Mail),
            ("From: b\r\nDate: c\r\n\r\nhello", FileKind::Mail),
            ("[InternetShortcut]\r\nURL=https://bank.example/", FileKind::Shortcut),
            ("<plist version=\"1.0\"><dict><key>URL</key><string>x", FileKind::Shortcut),
            ("ssh-ed25519 AAAAC3Nza me@here", FileKind::SshKey),
            ("PuTTY-User-Key-File-3: ssh-rsa", FileKind::SshKey),
        ] {
            assert_eq!(kind_of(text), Some(kind), "{text}");
        }
        for text in ["From here on: nothing", "hello", "{\"from\": 1}"] {
            assert_eq!(kind_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_byte_order_mark_names_the_encoding() {
        assert_eq!(decode("\u{feff}鍵".as_bytes()), "鍵");
        assert_eq!(decode(b"\xff\xfea\0"), "a");
        assert_eq!(decode(b"\xfe\xff\0a"), "a");
    }
}
