use inkan_store::{CertificateId, Protection};
use serde::Serialize;
use time::OffsetDateTime;

use super::reason::Reason;

/// The key behind a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateKey {
    /// `EC`, `RSA` or another algorithm's name, or its OID if it has none.
    pub algorithm: String,
    /// Its size; 0 if it has none that is known.
    pub bits: u32,
    /// Who keeps it from being carried off; none if it is not here.
    pub protection: Option<Protection>,
}

/// A certificate as a person sees it, with what it can be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateRow {
    /// SHA-256 of the DER in hex.
    pub id: CertificateId,
    /// What distinguishes certificates for people (S1-2).
    pub name: String,
    /// Whose it is, if the certificate says so.
    pub person: Option<String>,
    /// Which company, if the certificate says so.
    pub organisation: Option<String>,
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hex.
    pub serial: String,
    /// First moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
    /// Equal to `id`.
    pub fingerprint_sha256: String,
    /// Its key.
    pub key: CertificateKey,
    /// The key's algorithm with its size or curve: `RSA 2048`, `EC P-256`, `Ed25519`.
    pub key_kind: String,
    /// Name of the bank here that issued it.
    pub bank: Option<String>,
    /// Name of the site here that accepts it.
    pub site: Option<String>,
    /// No reason against it.
    pub usable: bool,
    /// Why not, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Days left by Tokyo's calendar: 0 on the last day, negative after it.
    pub days_left: i32,
    /// Whether it made the last login at its bank, or was picked last for its site.
    pub last_used: bool,
    /// Whether it can be used and its bank renews it now (M1).
    pub renewable: bool,
}
