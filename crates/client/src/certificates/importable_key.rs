use inkan_profile::Moment;
use inkan_store::CertificateId;
use serde::Serialize;

use super::row::CertificateRow;

/// A key in a file with its certificate, as it is shown to a user before the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportableKey {
    /// The number of the key, from 1, in the order of the file.
    pub number: u32,
    /// The certificate, judged as if it were already in the store.
    pub certificate: CertificateRow,
    /// The name that the program which wrote the file gave the key.
    pub friendly_name: Option<String>,
    /// The subjects of the certificates above it in the file (RFC 4514). Each is the issuer of the one before.
    pub chain: Vec<String>,
    /// Whether the certificate with its key is already in the store.
    pub already_installed: bool,
    /// Another certificate in the store with the same issuer and serial number. It prevents the import.
    pub same_serial: Option<CertificateId>,
    /// The number of certificates in the file that are damaged and are left out.
    pub unreadable: u32,
    /// Whether the file has no integrity check, so that a change of the file cannot be noticed.
    pub unprotected: bool,
}

impl ImportableKey {
    /// Returns the name, and what distinguishes the certificate from others of that name: its first and last day in
    /// Tokyo, its issuer and its serial number.
    pub fn told_apart(&self) -> String {
        let CertificateRow { name, issuer, serial, not_before, not_after, .. } = &self.certificate;
        let [from, until] = [not_before, not_after].map(|at| at.in_tokyo().date());
        format!("{name} ({from} – {until}, {issuer}, {serial})")
    }
}
