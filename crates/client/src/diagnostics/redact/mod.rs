//! Hides what must not leave this PC in a report. Each kind of text has its own redactor, which is tested on what it
//! must hide and on what it must leave.

mod blobs;
mod hex;
mod mail;
mod names;
mod numbers;
mod paths;
mod pattern;
mod pem;
mod secrets;
mod urls;

use std::path::Path;

use super::Known;

/// Returns the text without secrets and without names of people. `home` is the home directory of this PC's user.
pub(super) fn redact(text: &str, known: &Known, home: Option<&Path>) -> String {
    let text = pem::redact(text);
    let text = secrets::redact(&text);
    let text = urls::redact(&text);
    let text = mail::redact(&text);
    let text = paths::redact(&text, home);
    let text = names::redact(&text, known);
    let text = hex::redact(&text);
    let text = blobs::redact(&text);
    numbers::redact(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_help_desk_needs_is_left() {
        let known = Known::default();
        known.note("hanakodt");
        for line in [
            "2026-11-21T10:29:07Z WARN inkan_client::error: problem code=certificate_revoked reference=7K2M9QXA",
            "Inkan 0.1.0 (linux x86_64)",
            "https://direct.bank.example:8443/",
            "2026年11月21日 10:29",
            "407 proxy.example:8080 TLSv1.3 TLS_AES_256_GCM_SHA384",
            "pkcs11:/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
            "1a2b3c4d… EC 256",
            "Os { code: 111, kind: ConnectionRefused, message: \"Connection refused\" }",
        ] {
            assert_eq!(redact(line, &known, Some(Path::new("/home/hanako"))), line);
        }
    }

    #[test]
    fn several_kinds_in_one_line_are_all_hidden() {
        let known = Known::default();
        known.note("hanakodt");
        let line = "hanakodt at https://me:himitsu@proxy:8080/x?token=abc in /home/hanako/.pki, otp=482913 mail a@b.jp";
        let safe = redact(line, &known, Some(Path::new("/home/hanako")));
        for secret in ["hanako", "himitsu", "abc", "482913", "a@b.jp"] {
            assert!(!safe.contains(secret), "{secret}: {safe}");
        }
        assert!(safe.contains("@proxy:8080/x") && safe.contains("~/.pki"), "{safe}");
    }
}
