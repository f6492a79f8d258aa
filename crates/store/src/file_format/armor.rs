//! Reads PEM (RFC 7468), and base64 without the PEM lines around it. A mail program or a console may have changed
//! blanks and line ends. The PEM label decides the kind of the file only if the content does not.

use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, Encoding};

use super::{FileKind, der_kind};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// The encoding of base64 without padding, whose last letter may have unused bits that are not zero.
static LENIENT: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = BASE64_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification.encoding().ok()
});

/// The text between two lines of dashes.
pub(super) struct Section<'a> {
    label: &'a str,
    body: &'a str,
}

impl Section<'_> {
    pub(super) fn der(&self) -> Option<Vec<u8>> {
        base64_of(self.body)
    }

    /// Returns whether the section should contain certificates.
    pub(super) fn is_certified(&self) -> bool {
        matches!(self.kind(), FileKind::Certificate | FileKind::CertificateCollection)
    }

    fn kind(&self) -> FileKind {
        self.der().and_then(|der| der_kind::kind_of(&der)).unwrap_or_else(|| match self.label {
            "OPENSSH PRIVATE KEY" => FileKind::SshKey,
            "PKCS12" | "PFX" => FileKind::Pkcs12,
            "PKCS7" | "CMS" => FileKind::CertificateCollection,
            "X509 CRL" => FileKind::RevocationList,
            label if label.starts_with("PGP ") => FileKind::OpenPgp,
            label if label.ends_with("CERTIFICATE REQUEST") => FileKind::CertificationRequest,
            label if label.ends_with("CERTIFICATE") => FileKind::Certificate,
            label if label.ends_with("PRIVATE KEY") => FileKind::PrivateKey,
            label if label.ends_with("PUBLIC KEY") => FileKind::PublicKey,
            _ => FileKind::Unknown,
        })
    }
}

/// Returns the sections of a text, in their order. The last one may lack its end.
pub(super) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = rest.split_once(BEGIN) {
        let Some((label, after)) = from.split_once(DASHES) else { break };
        let (body, next) = after.split_once(END).unwrap_or((after, ""));
        if !label.contains(['\r', '\n']) {
            sections.push(Section { label: label.trim(), body });
        }
        rest = next;
    }
    sections
}

/// Returns the kind of a file with these sections. If they are of several kinds, returns the one that says most about
/// the purpose of the file.
pub(super) fn kind_of(sections: &[Section<'_>]) -> FileKind {
    let kinds: Vec<FileKind> = sections.iter().map(Section::kind).collect();
    let has = |kind: FileKind| kinds.contains(&kind);
    let certified = has(FileKind::Certificate) || has(FileKind::CertificateCollection);
    if !has(FileKind::Pkcs12) && has(FileKind::PrivateKey) && certified {
        return FileKind::KeyAndCertificate;
    }
    let telling = [
        FileKind::Pkcs12,
        FileKind::PrivateKey,
        FileKind::Certificate,
        FileKind::CertificateCollection,
        FileKind::CertificationRequest,
    ];
    let first = || kinds.first().copied().unwrap_or(FileKind::Unknown);
    telling.into_iter().find(|kind| has(*kind)).unwrap_or_else(first)
}

/// Returns the bytes that `text` encodes, if it is base64 and nothing else.
pub(super) fn bare_base64(text: &str) -> Option<Vec<u8>> {
    base64_of(text).filter(|bytes| !bytes.is_empty())
}

fn base64_of(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\0').collect();
    let letters = compact.trim_end_matches('=');
    let most_padding = letters.len().next_multiple_of(4) - letters.len();
    if compact.len() - letters.len() > most_padding {
        return None;
    }
    LENIENT.as_ref()?.decode(letters.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> FileKind {
        kind_of(&sections(text))
    }

    fn labelled(label: &str) -> String {
        format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n")
    }

    #[test]
    fn a_label_tells_what_the_content_does_not() {
        for (label, expected) in [
            ("CERTIFICATE", FileKind::Certificate),
            ("TRUSTED CERTIFICATE", FileKind::Certificate),
            ("NEW CERTIFICATE REQUEST", FileKind::CertificationRequest),
            ("RSA PRIVATE KEY", FileKind::PrivateKey),
            ("ENCRYPTED PRIVATE KEY", FileKind::PrivateKey),
            ("OPENSSH PRIVATE KEY", FileKind::SshKey),
            ("PUBLIC KEY", FileKind::PublicKey),
            ("PKCS7", FileKind::CertificateCollection),
            ("X509 CRL", FileKind::RevocationList),
            ("PGP PUBLIC KEY BLOCK", FileKind::OpenPgp),
            ("EC PARAMETERS", FileKind::Unknown),
        ] {
            assert_eq!(kind(&labelled(label)), expected, "{label}");
        }
    }

    #[test]
    fn a_key_beside_a_certificate_is_told_from_either() {
        let both = labelled("EC PARAMETERS") + &labelled("EC PRIVATE KEY") + &labelled("CERTIFICATE");
        assert_eq!(kind(&both), FileKind::KeyAndCertificate);
        assert_eq!(kind(&(labelled("EC PARAMETERS") + &labelled("EC PRIVATE KEY"))), FileKind::PrivateKey);
        assert_eq!(kind("-----BEGIN CERTIFICATE-----\nAAAA"), FileKind::Certificate);
    }

    #[test]
    fn text_that_is_not_base64_encodes_nothing() {
        assert_eq!(bare_base64("YWJj\r\nZGVm"), Some(b"abcdef".to_vec()));
        assert_eq!(bare_base64("hello, world"), None);
        for (text, bytes) in [("YQ==", "a"), ("YQ=", "a"), ("YQ", "a"), ("YR==", "a"), ("YWI=", "ab"), ("YWI", "ab")] {
            assert_eq!(bare_base64(text), Some(bytes.into()), "{text}");
        }
        for text in ["Y", "Y===", "YQ===", "YWI==", "YWJj=", "YQ==YQ==", "=", "===="] {
            assert_eq!(bare_base64(text), None, "{text}");
        }
        assert_eq!(bare_base64(" \n"), None);
    }
}
