use inkan_profile::Helper;
use inkan_store::{CertificateId, Protection};
use serde::Serialize;
use time::OffsetDateTime;

use super::reason::Reason;

/// The key of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateKey {
    /// `EC`, `RSA` or another name of an algorithm, or its OID if it has no name.
    pub algorithm: String,
    /// The size in bits; 0 if it is not known.
    pub bits: u32,
    /// How the key is protected against copying; none if the key is not in the store.
    pub protection: Option<Protection>,
}

/// A certificate as it is shown to a user, with the services that it can be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateRow {
    /// The SHA-256 of the DER, in hex.
    pub id: CertificateId,
    /// The name by which users distinguish certificates (S1-2).
    pub name: String,
    /// The holder's name, if the certificate has it.
    pub person: Option<String>,
    /// The holder's company, if the certificate has it.
    pub organisation: Option<String>,
    /// The subject (RFC 4514).
    pub subject: String,
    /// The issuer (RFC 4514).
    pub issuer: String,
    /// The serial number, in hex.
    pub serial: String,
    /// The first moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_before: OffsetDateTime,
    /// The last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
    /// The SHA-256 of the DER, in hex, as in `id`.
    pub fingerprint_sha256: String,
    /// The key of the certificate.
    pub key: CertificateKey,
    /// The key's algorithm with its size or curve: `RSA 2048`, `EC P-256`, `Ed25519`.
    pub key_kind: String,
    /// The name of the added bank that issued the certificate.
    pub bank: Option<String>,
    /// The name of the added site that accepts the certificate.
    pub site: Option<String>,
    /// Whether the certificate can be used, since no reason prevents it.
    pub usable: bool,
    /// The reasons why the certificate cannot be used, the most important first.
    pub reasons: Vec<Reason>,
    /// The number of days left by Tokyo's calendar: 0 on the last day, negative afterwards.
    pub days_left: i32,
    /// Whether the last login at the certificate's bank was with it, or it was the last one picked for its site.
    pub last_used: bool,
    /// Whether the certificate can be used and its bank renews it now (M1).
    pub renewable: bool,
    /// Who has the next certificate issued before the holder can acquire it, if this one has expired or is revoked; none
    /// if the holder needs no help (S3-1).
    pub reissued_by: Option<Helper>,
}
