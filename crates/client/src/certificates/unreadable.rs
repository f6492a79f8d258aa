use inkan_store::{CertificateFault, CertificateId, Protection, UnreadableCertificate};
use serde::Serialize;

use crate::{CertificateRow, Error};

/// Every certificate in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateList {
    /// Those that can be read, judged.
    pub certificates: Vec<CertificateRow>,
    /// Those that cannot be read. They log in nowhere, and a person can delete them.
    pub unreadable: Vec<UnreadableRow>,
}

/// A certificate that cannot be read, as a person sees it. What is not known of it is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UnreadableRow {
    /// SHA-256 of its bytes in hex.
    pub id: CertificateId,
    /// What distinguishes it from others, as far as it can be read.
    pub name: String,
    /// What the store calls it.
    pub label: Option<String>,
    /// RFC 4514.
    pub subject: Option<String>,
    /// RFC 4514.
    pub issuer: Option<String>,
    /// Hex.
    pub serial: Option<String>,
    /// What is wrong with it.
    pub fault: CertificateFault,
    /// The first and the last moment of validity as the certificate has them, escaped; never none if `fault` is `date`.
    pub dates: Option<[String; 2]>,
    /// Who keeps its key from being carried off; none if the key is not here.
    pub protection: Option<Protection>,
}

/// A certificate that an ID led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One that can be read.
    Certificate(Box<CertificateRow>),
    /// One that cannot.
    Unreadable(UnreadableRow),
}

impl Found {
    /// Its identity.
    pub fn id(&self) -> &CertificateId {
        match self {
            Self::Certificate(row) => &row.id,
            Self::Unreadable(row) => &row.id,
        }
    }

    /// Returns the certificate if it can be read.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn readable(self) -> Result<CertificateRow, Error> {
        match self {
            Self::Certificate(row) => Ok(*row),
            Self::Unreadable(row) => Err(Error::CertificateUnreadable(row.name)),
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Certificate(row) => &row.name,
            Self::Unreadable(row) => &row.name,
        }
    }
}

impl From<&UnreadableCertificate> for UnreadableRow {
    fn from(certificate: &UnreadableCertificate) -> Self {
        Self {
            id: certificate.id.clone(),
            name: certificate.name(),
            label: certificate.label.clone(),
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            serial: certificate.serial.clone(),
            fault: certificate.fault,
            dates: certificate.dates.clone(),
            protection: certificate.protection,
        }
    }
}
