use inkan_profile::Moment;
use inkan_store::CertificateId;
use serde::Serialize;

use super::row::CertificateRow;

/// A key in a file, with the certificate for it, as a person sees it before it is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportableKey {
    /// From 1, in the order of the file.
    pub number: u32,
    /// The certificate, judged as if it were in the store already.
    pub certificate: CertificateRow,
    /// What the program that made the file called it.
    pub friendly_name: Option<String>,
    /// The subjects of the certificates above it in the file (RFC 4514), each the issuer of the one before.
    pub chain: Vec<String>,
    /// The certificate with its key is in the store already.
    pub already_installed: bool,
    /// Another certificate here, of the same issuer and serial number, beside which it cannot be imported.
    pub same_serial: Option<CertificateId>,
    /// How many certificates of the file are damaged, and are left out.
    pub unreadable: u32,
    /// The file has no integrity check: nothing shows whether it was changed.
    pub unprotected: bool,
}

impl ImportableKey {
    /// Returns the name, and what distinguishes it from others of that name: first and last day in Tokyo, issuer,
    /// serial number.
    pub fn told_apart(&self) -> String {
        let CertificateRow { name, issuer, serial, not_before, not_after, .. } = &self.certificate;
        let [from, until] = [not_before, not_after].map(|at| at.in_tokyo().date());
        format!("{name} ({from} – {until}, {issuer}, {serial})")
    }
}
