use inkan_client::{CertificateRow, DeletionReport, Inkan, Renewed};
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::Renew;
use crate::commands::{acquire, certificate_lines, login};
use crate::dates::{end, moment};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// The result of a renewal, and of the deletion of the old certificate.
#[derive(Serialize)]
struct Outcome {
    #[serde(flatten)]
    renewed: Renewed,
    /// None if the old certificate was not to be deleted, was not deleted or is not in the store.
    deleted: Option<DeletionReport>,
}

pub(crate) fn run(command: &Renew, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let certificate = match &command.certificate {
        Some(named) => Some(inkan.find_for_login(&command.bank, named)?),
        // An interrupted renewal is continued.
        None if inkan.interrupted_renewals()?.iter().any(|renewal| renewal.bank == command.bank) => None,
        None => login::choose(&command.bank, None, inkan, answers, output.words())?,
    };
    let renewed = inkan.renew(&command.bank, certificate.as_ref(), |step| {
        output.progress(|words| acquire::name(step, words));
    })?;
    let deletion = renewed.old.as_ref().filter(|_| command.delete_old).map(|old| inkan.delete(&old.id));
    let (deleted, failed) = match deletion {
        None => (None, None),
        Some(Ok(report)) => (Some(report), None),
        Some(Err(error)) => (None, Some(error)),
    };
    let outcome = Outcome { renewed, deleted };
    // The renewal is reported even if the deletion of the old certificate fails.
    output.result(&outcome, |words| lines(&outcome, words));
    match failed {
        None => Ok(()),
        Some(error) => {
            output.aside(&error.into_problem());
            Err(Failure::Incomplete)
        }
    }
}

fn lines(outcome: &Outcome, words: &Words) -> Vec<String> {
    let mut lines = vec![words.text("renewed")];
    lines.extend(certificate_lines::details(&outcome.renewed.certificate, words));
    match (&outcome.renewed.old, &outcome.deleted) {
        (Some(old), Some(report)) => lines.push(certificate_lines::deleted(&old.name, &report.key, words)),
        (Some(old), None) => lines.extend(offer(old, words)),
        (None, _) => {}
    }
    lines
}

/// Returns the facts that distinguish the old certificate from similar ones (M10), and the command that deletes it.
fn offer(old: &CertificateRow, words: &Words) -> [String; 2] {
    let language = words.language();
    let facts = [
        ("name", old.name.as_str()),
        ("until", &end(old.not_after, words)),
        ("serial", &old.serial),
        ("issued", &moment(old.not_before, language)),
    ];
    [words.with("delete-facts", &facts), words.with("renewed-old", &[("id", &old.id.0[..16])])]
}
