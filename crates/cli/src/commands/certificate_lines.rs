//! The lines that describe a certificate to a user.

use inkan_client::{CertificateRow, DeletedKey, Protection, Reason};

use crate::dates::{end, moment};
use crate::words::Words;

/// Returns everything that a user may want to compare.
pub(crate) fn details(row: &CertificateRow, words: &Words) -> Vec<String> {
    let language = words.language();
    // A certificate without a subject has another name (RFC 5280 §4.1.2.6).
    let subject = (!row.subject.is_empty()).then(|| words.with("details-subject", &[("subject", &row.subject)]));
    let issuer = (!row.issuer.is_empty()).then(|| words.with("details-issuer", &[("issuer", &row.issuer)]));
    let mut lines: Vec<String> = std::iter::once(row.name.clone()).chain(subject).chain(issuer).collect();
    lines.extend([
        words.with("details-serial", &[("serial", &row.serial)]),
        words.with(
            "details-validity",
            &[("from", &moment(row.not_before, language)), ("until", &end(row.not_after, words))],
        ),
        words.with("details-key", &[("kind", &row.key_kind), ("protection", &protection(row.key.protection, words))]),
        words.with("details-id", &[("id", &row.id.0)]),
    ]);
    lines.extend(reasons(row, words));
    lines
}

/// Returns the lines of a certificate in a list.
pub(super) fn list_lines(row: &CertificateRow, words: &Words) -> Vec<String> {
    let until = end(row.not_after, words);
    let facts = [("until", until.as_str()), ("serial", &row.serial), ("id", &row.id.0[..16])];
    let mark = if row.usable { "○" } else { "×" };
    let mut lines = vec![format!("{mark} {}", row.name), words.with("list-facts", &facts)];
    lines.extend(reasons(row, words));
    lines
}

fn reasons(row: &CertificateRow, words: &Words) -> impl Iterator<Item = String> {
    row.reasons.iter().map(|reason| {
        let text = match reason {
            Reason::NotOfThisBank => words.text("reason-not-of-this-bank"),
            Reason::NotOfThisEntrance => words.text("reason-not-of-this-entrance"),
            Reason::NotAcceptedByServer => words.text("reason-not-accepted-by-server"),
            Reason::IntermediateMissing => words.text("reason-intermediate-missing"),
            Reason::Revoked => words.text("reason-revoked"),
            Reason::DatesContradict => words.text("reason-dates-contradict"),
            Reason::Expired => words.text("reason-expired"),
            Reason::NotYetValid => words.text("reason-not-yet-valid"),
            Reason::Superseded => words.text("reason-superseded"),
            Reason::SupersededElsewhere => words.text("reason-superseded-elsewhere"),
            Reason::KeyMissing => words.text("reason-key-missing"),
            Reason::KeyUnsupported => words.with(
                "reason-key-unsupported",
                &[("kind", &row.key_kind), ("supported", inkan_client::SUPPORTED_KEY_KINDS)],
            ),
            Reason::NoClientAuthentication => words.text("reason-no-client-authentication"),
        };
        format!("  {text}")
    })
}

/// Returns how the key is protected.
pub(super) fn protection(protection: Option<Protection>, words: &Words) -> String {
    match protection {
        Some(Protection::Hardware) => words.text("protection-hardware"),
        Some(Protection::Os) => words.text("protection-os"),
        Some(Protection::File) => words.text("protection-file"),
        None => words.text("protection-none"),
    }
}

/// Returns the facts that distinguish similar certificates (M10), and whether the certificate still works or why it
/// does not.
pub(super) fn facts_and_warning(row: &CertificateRow, words: &Words) -> Vec<String> {
    let live = row.usable.then(|| words.with("delete-usable", &[("name", &row.name)]));
    std::iter::once(facts(row, words)).chain(live).chain(reasons(row, words)).collect()
}

/// Returns the name, expiry, serial number and issue date, which distinguish similar certificates (M10).
fn facts(row: &CertificateRow, words: &Words) -> String {
    let facts = [
        ("name", row.name.as_str()),
        ("until", &end(row.not_after, words)),
        ("serial", &row.serial),
        ("issued", &moment(row.not_before, words.language())),
    ];
    words.with("delete-facts", &facts)
}

pub(crate) fn deleted(name: &str, key: &DeletedKey, words: &Words) -> String {
    let name = [("name", name)];
    match key {
        DeletedKey::Gone => words.with("deleted-with-key", &name),
        DeletedKey::WasMissing => words.with("deleted-without-key", &name),
        DeletedKey::SharedWith(others) => {
            let others: Vec<&str> = others.iter().map(|id| &id.0[..16]).collect();
            words.with("deleted-key-shared", &[name[0], ("others", &others.join(", "))])
        }
    }
}
