//! The lines and the JSON of certificates that cannot be read.

use inkan_client::{CertificateFault, CertificateList, CertificateRow, UnreadableRow};
use serde::Serialize;

use super::certificate_lines::protection;
use crate::words::Words;

/// A certificate of a list in JSON. A certificate that cannot be read has the same fields, with null for unknown
/// values.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Listed<'a> {
    Readable(&'a CertificateRow),
    Unreadable {
        #[serde(flatten)]
        row: &'a UnreadableRow,
        fingerprint_sha256: &'a str,
        not_before: Option<()>,
        not_after: Option<()>,
        usable: bool,
        reasons: [&'static str; 1],
    },
}

impl<'a> Listed<'a> {
    pub(super) fn of(row: &'a UnreadableRow) -> Self {
        Self::Unreadable {
            row,
            fingerprint_sha256: &row.id.0,
            not_before: None,
            not_after: None,
            usable: false,
            reasons: ["unreadable"],
        }
    }
}

/// Returns every certificate of a list, with those that cannot be read at the end.
pub(super) fn listed(list: &CertificateList) -> Vec<Listed<'_>> {
    let readable = list.certificates.iter().map(Listed::Readable);
    readable.chain(list.unreadable.iter().map(Listed::of)).collect()
}

pub(super) fn list_lines(row: &UnreadableRow, words: &Words) -> Vec<String> {
    vec![
        format!("× {}", row.name),
        words.with("list-unreadable", &[("serial", &known(row.serial.as_deref(), words)), ("id", &row.id.0[..16])]),
        format!("  {}", reason(row, words)),
    ]
}

/// Returns everything that is known about the certificate.
pub(super) fn details(row: &UnreadableRow, words: &Words) -> Vec<String> {
    let text = |text: &Option<String>| known(text.as_deref(), words);
    let mut lines = vec![row.name.clone()];
    lines.extend(row.label.as_ref().map(|label| words.with("details-label", &[("label", label)])));
    lines.extend([
        words.with("details-subject", &[("subject", &text(&row.subject))]),
        words.with("details-issuer", &[("issuer", &text(&row.issuer))]),
        words.with("details-serial", &[("serial", &text(&row.serial))]),
        words.with("details-key-alone", &[("protection", &protection(row.protection, words))]),
        words.with("details-id", &[("id", &row.id.0)]),
        format!("  {}", reason(row, words)),
    ]);
    lines
}

/// Returns one line that distinguishes the certificate from others.
pub(super) fn facts(row: &UnreadableRow, words: &Words) -> String {
    let serial = known(row.serial.as_deref(), words);
    words.with("delete-facts-unreadable", &[("name", &row.name), ("serial", &serial), ("id", &row.id.0[..16])])
}

fn reason(row: &UnreadableRow, words: &Words) -> String {
    match (row.fault, &row.dates) {
        (CertificateFault::Date, Some([from, until])) => {
            words.with("reason-unreadable-date", &[("from", from), ("until", until)])
        }
        (CertificateFault::BytesAfter, _) => words.text("reason-unreadable-bytes-after"),
        _ => words.text("reason-unreadable"),
    }
}

fn known(text: Option<&str>, words: &Words) -> String {
    text.map_or_else(|| words.text("unreadable-part"), str::to_owned)
}
