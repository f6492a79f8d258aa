use inkan_store::{CertificateFault, CertificateId, Protection, UnreadableCertificate};
use serde::Serialize;

use crate::{CertificateRow, Error};

/// All certificates in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateList {
    /// The certificates that can be read, judged.
    pub certificates: Vec<CertificateRow>,
    /// The certificates that cannot be read. No service accepts them, and a user can delete them.
    pub unreadable: Vec<UnreadableRow>,
}

/// A certificate that cannot be read, as it is shown to a user. Fields that cannot be read are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UnreadableRow {
    /// The SHA-256 of its bytes, in hex.
    pub id: CertificateId,
    /// A name that distinguishes it from others, as far as it can be read.
    pub name: String,
    /// The name that the store gives it.
    pub label: Option<String>,
    /// The subject (RFC 4514).
    pub subject: Option<String>,
    /// The issuer (RFC 4514).
    pub issuer: Option<String>,
    /// The serial number, in hex.
    pub serial: Option<String>,
    /// What is wrong with it.
    pub fault: CertificateFault,
    /// The first and the last moment of validity as written in the certificate, escaped; never none if `fault` is
    /// `date`.
    pub dates: Option<[String; 2]>,
    /// How its key is protected against copying; none if the key is not in the store.
    pub protection: Option<Protection>,
}

/// A certificate that was found by an ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A certificate that can be read.
    Certificate(Box<CertificateRow>),
    /// A certificate that cannot be read.
    Unreadable(UnreadableRow),
}

impl Found {
    /// Returns the ID of the certificate.
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

    /// Returns the name that users see.
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
