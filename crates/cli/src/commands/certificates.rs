use inkan_client::profile::EntranceId;
use inkan_client::{
    CertificateRow, CleanUp, DeletedKey, DeletionOutcome, DeletionReport, Found, Inkan, KeptBecause, KeptCertificate,
    Protection, Reason, Unprotected,
};
use serde_json::{Value, json};

use crate::answers::Answers;
use crate::arguments::{Certificates, CertificatesAct};
use crate::commands::{import, unreadable};
use crate::consent;
use crate::dates::{end, moment};
use crate::failure::Failure;
use crate::output::{Output, in_brief};
use crate::words::Words;

pub(crate) fn run(command: Certificates, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    match command.act.unwrap_or(CertificatesAct::List { bank: None, entrance: None }) {
        CertificatesAct::List { bank, entrance } => {
            let list = inkan.certificate_list(bank.as_deref(), entrance.map(EntranceId).as_ref())?;
            output.result(&unreadable::listed(&list), |words| {
                let readable = list.certificates.iter().flat_map(|row| list_lines(row, words));
                let unreadable = list.unreadable.iter().flat_map(|row| unreadable::list_lines(row, words));
                let lines: Vec<String> = readable.chain(unreadable).collect();
                if lines.is_empty() { vec![words.text("certificates-none")] } else { lines }
            });
        }
        CertificatesAct::Show { certificate } => match inkan.find_certificate(&certificate, None)? {
            Found::Certificate(row) => output.result(&row, |words| {
                let early = row.bank.as_ref().filter(|_| row.usable);
                let early = early.map(|bank| words.with("before-changing-pc", &[("bank", bank)]));
                details(&row, words).into_iter().chain(early).collect()
            }),
            Found::Unreadable(row) => {
                output.result(&unreadable::Listed::of(&row), |words| unreadable::details(&row, words));
            }
        },
        CertificatesAct::Import { file, file_key, preview, accept_unprotected } => {
            let without_check = if accept_unprotected { Unprotected::Accepted } else { Unprotected::Refused };
            let import = import::Import { file: &file, choice: file_key.as_deref(), preview, without_check };
            import.run(inkan, answers, output)?;
        }
        CertificatesAct::Delete { certificates, yes } => {
            let mut found: Vec<Found> = Vec::new();
            for id in &certificates {
                let one = inkan.find_certificate(id, None)?;
                if !found.iter().any(|other| other.id() == one.id()) {
                    found.push(one);
                }
            }
            delete(&found, yes, Deletion::Ordered, inkan, answers, output)?;
        }
        CertificatesAct::Clean { yes } => {
            let found = inkan.clean_up_by_the_services_clocks()?;
            if !yes && !found.spent.is_empty() && !answers.can_ask() {
                return Err(proposed(&found, output));
            }
            let CleanUp { spent, kept } = found;
            output.kept(&kept, |words| kept.iter().map(|kept| kept_line(kept, words)).collect());
            if spent.is_empty() {
                output.result(&spent, |words| vec![words.text("clean-none")]);
            } else {
                let spent: Vec<Found> = spent.into_iter().map(|row| Found::Certificate(Box::new(row))).collect();
                delete(&spent, yes, Deletion::Proposed, inkan, answers, output)?;
            }
        }
        CertificatesAct::Forget { bank } => {
            inkan.forget_choice(&bank)?;
            output.result(&json!({ "bank": bank }), |words| vec![words.with("forgotten", &[("bank", &bank)])]);
        }
    }
    Ok(())
}

/// Says what would be deleted and what would stay, each with the reasons, if no person can be asked to agree.
fn proposed(found: &CleanUp, output: &Output) -> Failure {
    output.aside_lines(|words| {
        let kept = found.kept.iter().map(|kept| kept_line(kept, words));
        kept.chain(found.spent.iter().flat_map(|row| facts_and_warning(row, words))).collect()
    });
    let refused = Failure::NotAsked.into_problem();
    refused.iter().for_each(|problem| output.problem_with(problem, found));
    Failure::Incomplete
}

/// Who chose what is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deletion {
    /// The person, by name.
    Ordered,
    /// Inkan: each is judged once more before it goes.
    Proposed,
}

/// Deletes what was shown and agreed to, one after the other: of several, one that cannot go keeps none of the others.
fn delete(
    found: &[Found],
    yes: bool,
    deletion: Deletion,
    inkan: &Inkan,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    if !yes {
        confirm(
            &found.iter().flat_map(|one| facts_of(one, output.words())).collect::<Vec<_>>(),
            answers,
            output.words(),
        )?;
    }
    let ids: Vec<String> = found.iter().map(|one| one.id().0.clone()).collect();
    let outcomes = match (deletion, found) {
        (Deletion::Ordered, [only]) => {
            let DeletionReport { id, key } = inkan.delete(&only.id().0)?;
            vec![DeletionOutcome { id, name: only.name().to_owned(), key: Some(key), problem: None }]
        }
        (Deletion::Ordered, _) => inkan.delete_each(&ids, |_| {})?,
        (Deletion::Proposed, _) => inkan.clear_away(&ids, |_| {})?,
    };
    let value: Vec<_> = outcomes.iter().map(|outcome| outcome_value(outcome, output.words())).collect();
    output.result(&value, |words| outcomes.iter().map(|outcome| outcome_line(outcome, words)).collect());
    if outcomes.iter().any(|outcome| outcome.problem.is_some()) { Err(Failure::Incomplete) } else { Ok(()) }
}

fn outcome_value(outcome: &DeletionOutcome, words: &Words) -> Value {
    match &outcome.problem {
        Some(problem) => json!({ "id": outcome.id, "problem": in_brief(&problem.document(words.language())) }),
        None => json!({ "id": outcome.id, "key": outcome.key }),
    }
}

fn outcome_line(outcome: &DeletionOutcome, words: &Words) -> String {
    match (&outcome.key, &outcome.problem) {
        (Some(key), _) => deleted(&outcome.name, key, words),
        (None, problem) => {
            let document = problem.as_ref().map(|problem| problem.document(words.language()));
            let why = document.map_or_else(String::new, |document| format!("{} {}", document.title, document.detail));
            words.with("delete-failed", &[("name", &outcome.name), ("id", &outcome.id.0[..16]), ("why", &why)])
        }
    }
}

/// Offers to delete certificates that another has taken the place of, beside a result: asks a person at the terminal,
/// else names them and leaves them (M10, S0-15). Whether they are gone.
pub(crate) fn offer_old(
    rows: &[CertificateRow],
    yes: bool,
    inkan: &Inkan,
    answers: &Answers,
    output: &Output,
) -> Result<bool, Failure> {
    let words = output.words();
    if rows.is_empty() {
        return Ok(true);
    }
    if !yes && !answers.can_ask() {
        output.aside_lines(|words| {
            let commands = rows.iter().map(|row| words.with("old-waits", &[("id", &row.id.0[..16])]));
            rows.iter().flat_map(|row| facts_and_warning(row, words)).chain(commands).collect()
        });
        return Ok(false);
    }
    let lines: Vec<String> = rows.iter().flat_map(|row| facts_and_warning(row, words)).collect();
    if !yes && confirm(&lines, answers, words).is_err() {
        return Ok(false);
    }
    let ids: Vec<String> = rows.iter().map(|row| row.id.0.clone()).collect();
    let outcomes = inkan.clear_away(&ids, |_| {})?;
    output.aside_lines(|words| outcomes.iter().map(|outcome| outcome_line(outcome, words)).collect());
    Ok(outcomes.iter().all(|outcome| outcome.problem.is_none()))
}

/// A certificate that looks as if it could be cleared away, and why it stays.
fn kept_line(kept: &KeptCertificate, words: &Words) -> String {
    let because = match kept.because {
        KeptBecause::NotOfAServiceHere => words.text("kept-not-of-a-service-here"),
        KeptBecause::AnotherPurpose => words.text("kept-another-purpose"),
        KeptBecause::MayLogIn => words.text("kept-may-log-in"),
        KeptBecause::ClockNotCompared => words.text("kept-clock-not-compared"),
    };
    let row = &kept.certificate;
    words.with("kept", &[("name", &row.name), ("id", &row.id.0[..16]), ("because", &because)])
}

/// Everything a person may want to compare.
pub(crate) fn details(row: &CertificateRow, words: &Words) -> Vec<String> {
    let language = words.language();
    // A certificate without a subject is called by another name (RFC 5280 §4.1.2.6).
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

fn list_lines(row: &CertificateRow, words: &Words) -> Vec<String> {
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

pub(super) fn protection(protection: Option<Protection>, words: &Words) -> String {
    match protection {
        Some(Protection::Hardware) => words.text("protection-hardware"),
        Some(Protection::Os) => words.text("protection-os"),
        Some(Protection::File) => words.text("protection-file"),
        None => words.text("protection-none"),
    }
}

/// Names what would go, and asks.
fn confirm(lines: &[String], answers: &Answers, words: &Words) -> Result<(), Failure> {
    consent::asked(lines, &words.text("delete-ask"), answers)
}

fn facts_of(found: &Found, words: &Words) -> Vec<String> {
    match found {
        Found::Certificate(row) => facts_and_warning(row, words),
        Found::Unreadable(row) => vec![unreadable::facts(row, words)],
    }
}

/// The facts that tell look-alikes apart (M10), and that a certificate still works or why it does not.
fn facts_and_warning(row: &CertificateRow, words: &Words) -> Vec<String> {
    let live = row.usable.then(|| words.with("delete-usable", &[("name", &row.name)]));
    std::iter::once(facts(row, words)).chain(live).chain(reasons(row, words)).collect()
}

/// Name, expiry, serial and issue date: what tells look-alikes apart (M10).
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
