use inkan_client::profile::EntranceId;
use inkan_client::{
    AskedCertificate, CertificateId, CertificateRow, CleanUp, DeletionOutcome, DeletionReport, Found, Inkan,
    KeptBecause, KeptCertificate, RevocationStatus, Unprotected,
};
use serde_json::{Value, json};

use crate::answers::Answers;
use crate::arguments::{Certificates, CertificatesAction};
use crate::commands::certificate_lines::{deleted, details, facts_and_warning, list_lines};
use crate::commands::{import, unreadable};
use crate::consent;
use crate::failure::Failure;
use crate::output::{Output, in_brief};
use crate::words::Words;

pub(crate) fn run(command: Certificates, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    match command.act.unwrap_or(CertificatesAction::List { bank: None, entrance: None }) {
        CertificatesAction::List { bank, entrance } => {
            let list = inkan.certificate_list(bank.as_deref(), entrance.map(EntranceId).as_ref())?;
            output.result(&unreadable::listed(&list), |words| {
                let readable = list.certificates.iter().flat_map(|row| list_lines(row, words));
                let unreadable = list.unreadable.iter().flat_map(|row| unreadable::list_lines(row, words));
                let lines: Vec<String> = readable.chain(unreadable).collect();
                if lines.is_empty() { vec![words.text("certificates-none")] } else { lines }
            });
        }
        CertificatesAction::Show { certificate } => match inkan.find_certificate(&certificate, None)? {
            Found::Certificate(row) => output.result(&row, |words| {
                let early = row.bank.as_ref().filter(|_| row.usable);
                let early = early.map(|bank| words.with("before-changing-pc", &[("bank", bank)]));
                details(&row, words).into_iter().chain(early).collect()
            }),
            Found::Unreadable(row) => {
                output.result(&unreadable::Listed::of(&row), |words| unreadable::details(&row, words));
            }
        },
        CertificatesAction::Import { file, file_key, preview, accept_unprotected } => {
            let without_check = if accept_unprotected { Unprotected::Accepted } else { Unprotected::Refused };
            let import = import::Import { file: &file, key: file_key.as_deref(), preview, without_check };
            import.run(inkan, answers, output)?;
        }
        CertificatesAction::Delete { certificates, yes } => {
            let mut found: Vec<Found> = Vec::new();
            for id in &certificates {
                let one = inkan.find_certificate(id, None)?;
                if !found.iter().any(|other| other.id() == one.id()) {
                    found.push(one);
                }
            }
            delete(&found, yes, Deletion::Ordered, inkan, answers, output)?;
        }
        CertificatesAction::Clean { yes } => {
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
        CertificatesAction::Status => {
            let asked = inkan.ask_revocation()?;
            output.result(&asked, |words| {
                let lines: Vec<String> = asked.iter().map(|one| status_line(one, words)).collect();
                if lines.is_empty() { vec![words.text("revocation-nothing")] } else { lines }
            });
        }
        CertificatesAction::Forget { bank } => {
            inkan.forget_choice(&bank)?;
            output.result(&json!({ "bank": bank }), |words| vec![words.with("forgotten", &[("bank", &bank)])]);
        }
    }
    Ok(())
}

fn status_line(asked: &AskedCertificate, words: &Words) -> String {
    let line = match asked.status {
        RevocationStatus::Good => "revocation-good",
        RevocationStatus::Revoked => "revocation-revoked",
        RevocationStatus::OnHold => "revocation-on-hold",
        RevocationStatus::Unknown => "revocation-unknown",
        RevocationStatus::NoAnswer => "revocation-no-answer",
    };
    words.with(line, &[("name", &asked.name), ("id", &asked.id.0[..16])])
}

/// Prints what would be deleted and what would stay, each with its reasons. Used if no user can be asked to agree.
fn proposed(found: &CleanUp, output: &Output) -> Failure {
    output.aside_lines(|words| {
        let kept = found.kept.iter().map(|kept| kept_line(kept, words));
        kept.chain(found.spent.iter().flat_map(|row| facts_and_warning(row, words))).collect()
    });
    let refused = Failure::NotAsked.into_problem();
    refused.iter().for_each(|problem| output.problem_with(problem, found));
    Failure::Incomplete
}

/// The way in which the certificates for deletion were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deletion {
    /// The user named them.
    Ordered,
    /// Inkan proposed them. Each is judged again before its deletion.
    Proposed,
}

/// Deletes certificates one after the other, after the user has agreed. If one of several cannot be deleted, the others
/// still are.
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
    let ids: Vec<CertificateId> = found.iter().map(|one| one.id().clone()).collect();
    let outcomes = match (deletion, found) {
        (Deletion::Ordered, [only]) => {
            let DeletionReport { id, key } = inkan.delete(only.id())?;
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

/// Offers to delete certificates that a new one has replaced, in addition to the command's result (M10, S0-15). Asks
/// the user at the terminal. If no user can be asked, prints the commands that delete them. Returns whether they are
/// deleted.
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
    let ids: Vec<CertificateId> = rows.iter().map(|row| row.id.clone()).collect();
    let outcomes = inkan.clear_away(&ids, |_| {})?;
    output.aside_lines(|words| outcomes.iter().map(|outcome| outcome_line(outcome, words)).collect());
    Ok(outcomes.iter().all(|outcome| outcome.problem.is_none()))
}

/// Returns the line of a certificate that a clean-up might propose but that stays, with the reason.
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

/// Prints what would be deleted, and asks the user to agree.
fn confirm(lines: &[String], answers: &Answers, words: &Words) -> Result<(), Failure> {
    consent::asked(lines, &words.text("delete-ask"), answers)
}

fn facts_of(found: &Found, words: &Words) -> Vec<String> {
    match found {
        Found::Certificate(row) => facts_and_warning(row, words),
        Found::Unreadable(row) => vec![unreadable::facts(row, words)],
    }
}
