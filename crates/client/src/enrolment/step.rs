use serde::Serialize;

use crate::Bank;
use crate::enrolment::journal::Entry;

/// How far an acquisition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AcquisitionStep {
    /// The bank knows the person and issued an enrolment code (S0-7).
    CheckedByBank,
    /// The key was made in the store now, and the journal says so.
    KeyMade,
    /// The key that an earlier run made is in the store.
    KeyFound,
    /// The bank has the request and sent a certificate.
    RequestSent,
    /// The certificate is in the store beside its key.
    Installed,
    /// The bank knows that it is.
    BankNotified,
}

/// Returns what an acquisition does for that entry.
pub(crate) fn key_step(entry: &Entry) -> AcquisitionStep {
    if entry.key.is_some() { AcquisitionStep::KeyFound } else { AcquisitionStep::KeyMade }
}

/// What other programs' lists show: whose it is and for which bank, as a person would say it.
pub(crate) fn certificate_label(bank: &Bank, name: &str) -> String {
    format!("{name} ({})", bank.profile.name.ja)
}
