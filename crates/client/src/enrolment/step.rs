use inkan_protocol::printable;
use serde::Serialize;

use crate::Bank;
use crate::enrolment::journal::Entry;

/// A step of an acquisition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AcquisitionStep {
    /// The bank has checked the user and issued an enrolment code (S0-7).
    CheckedByBank,
    /// The key was generated in the store, and the journal records it.
    KeyMade,
    /// The key of an earlier run was found in the store.
    KeyFound,
    /// The bank has received the request and sent a certificate.
    RequestSent,
    /// The certificate is in the store beside its key.
    Installed,
    /// The bank was notified that the certificate is installed.
    BankNotified,
}

/// Returns the step by which an acquisition gets the key of that entry.
pub(crate) fn key_step(entry: &Entry) -> AcquisitionStep {
    if entry.key.is_some() { AcquisitionStep::KeyFound } else { AcquisitionStep::KeyMade }
}

/// Returns the label that other programs show: the name in the certificate and the bank's name, [`printable`], since
/// neither may deceive the user of another program.
pub(crate) fn certificate_label(bank: &Bank, name: &str) -> String {
    printable(&format!("{name} ({})", bank.profile.name.ja)).into_owned()
}
