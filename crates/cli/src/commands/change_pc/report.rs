use std::path::PathBuf;

use inkan_client::CertificateRow;
use serde::Serialize;

use crate::commands::migration_steps::{self, StepText};
use crate::words::Words;

/// The planned steps, the steps that are done, the steps that are left, and the paper.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) plan: Vec<StepText>,
    pub(super) done: Vec<StepText>,
    pub(super) left: Vec<StepText>,
    /// The steps for which nothing on this PC shows whether they are done.
    pub(super) unknown: Vec<StepText>,
    pub(super) form: Option<PathBuf>,
    /// Whether the user says that this is the old PC, but it has no certificate of the user.
    pub(super) none_here: bool,
    /// Whether the user says that this is the new PC, but nothing shows that the user's certificate on it is a new one.
    pub(super) here_before: bool,
    /// The certificates in the store that are no longer needed (M10).
    pub(super) old: Vec<CertificateRow>,
}

/// Returns the report in words.
pub(super) fn lines(report: &Report, words: &Words) -> Vec<String> {
    let list = |steps: &[StepText]| -> Vec<String> {
        steps.iter().zip(1..).map(|(step, number)| migration_steps::line(number, step, words)).collect()
    };
    let mut lines = Vec::new();
    if !report.done.is_empty() {
        lines.push(words.text("migration-done"));
        lines.extend(list(&report.done));
    }
    match (report.left.is_empty(), report.unknown.is_empty()) {
        (false, _) => lines.push(words.text("migration-left")),
        (true, true) => lines.push(words.text("migration-nothing-left")),
        // It is not known whether a step is left.
        (true, false) => {}
    }
    // What is known beside the next step is shown once more.
    let left = report.left.iter().zip(1..).flat_map(|(step, number)| match number {
        1 => migration_steps::lines(number, step, words),
        _ => vec![migration_steps::line(number, step, words)],
    });
    lines.extend(left);
    if !report.unknown.is_empty() {
        lines.push(words.text("migration-unknown"));
        lines.extend(list(&report.unknown));
    }
    lines.extend(
        report.form.as_ref().map(|file| words.with("migration-form", &[("file", &file.display().to_string())])),
    );
    lines
}
