use std::path::PathBuf;

use inkan_client::CertificateRow;
use serde::Serialize;

use crate::commands::migration_steps::{self, StepText};
use crate::words::Words;

/// What was announced, what has been done, what is left, and the paper.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) plan: Vec<StepText>,
    pub(super) done: Vec<StepText>,
    pub(super) left: Vec<StepText>,
    /// Steps that may be done or not: nothing on this PC shows it.
    pub(super) unknown: Vec<StepText>,
    pub(super) form: Option<PathBuf>,
    /// Whether this is said to be the old PC, and has no certificate of the person.
    pub(super) none_here: bool,
    /// Whether this is said to be the new PC, and nothing shows that the person's certificate here is a new one.
    pub(super) here_before: bool,
    /// Certificates that are of no more use and are still here (M10).
    pub(super) old: Vec<CertificateRow>,
}

/// The report in words.
pub(super) fn lines(report: &Report, words: &Words) -> Vec<String> {
    let list = |steps: &[StepText]| -> Vec<String> {
        steps.iter().zip(1..).map(|(step, number)| migration_steps::line(number, step, words)).collect()
    };
    let mut lines = Vec::new();
    if !report.done.is_empty() {
        lines.push(words.text("way-done"));
        lines.extend(list(&report.done));
    }
    match (report.left.is_empty(), report.unknown.is_empty()) {
        (false, _) => lines.push(words.text("way-left")),
        (true, true) => lines.push(words.text("way-nothing-left")),
        // Whether anything is left is not known.
        (true, false) => {}
    }
    lines.extend(list(&report.left));
    if !report.unknown.is_empty() {
        lines.push(words.text("way-unknown"));
        lines.extend(list(&report.unknown));
    }
    lines.extend(report.form.as_ref().map(|file| words.with("way-form", &[("file", &file.display().to_string())])));
    lines
}
