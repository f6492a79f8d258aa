use std::cmp::Reverse;

use inkan_store::{CertificateId, Protection, StoredCertificate};
use serde::Serialize;
use specta::Type;
use time::macros::offset;
use time::{Date, OffsetDateTime};

use crate::memory::Memory;
use crate::{Bank, Error, Inkan};

/// Why a certificate cannot be used at a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// None of the bank's CAs issued it; or, where no bank was named, none of any bank that has been added.
    NotOfThisBank,
    /// The bank refused it as revoked.
    Revoked,
    /// Its last day is past.
    Expired,
    /// Its first day is still to come.
    NotYetValid,
    /// A newer one of the same name is here.
    Superseded,
    /// Its private key is not here.
    KeyMissing,
    /// It is not for TLS client authentication.
    NoClientAuthentication,
}

/// The key behind a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CertificateKey {
    /// `EC` or `RSA`.
    pub algorithm: String,
    /// Its size.
    pub bits: u32,
    /// Who keeps it from being carried off; none where it is not here.
    pub protection: Option<Protection>,
}

/// A certificate as a person sees it, with what it can be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CertificateRow {
    /// SHA-256 of the DER in hex.
    pub id: CertificateId,
    /// What people tell them apart by (S1-2).
    pub name: String,
    /// Whose it is, where the certificate says so.
    pub person: Option<String>,
    /// Which company, where the certificate says so.
    pub organisation: Option<String>,
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hex.
    pub serial: String,
    /// First moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    pub not_after: OffsetDateTime,
    /// The same as `id`.
    pub fingerprint_sha256: String,
    /// Its key.
    pub key: CertificateKey,
    /// Name of the bank here that issued it.
    pub bank: Option<String>,
    /// No reason against it.
    pub usable: bool,
    /// Why not, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Days left by Tokyo's calendar: 0 on the last day, negative after it.
    pub days_left: i32,
    /// Whether it made the last login at its bank.
    pub last_used: bool,
}

impl Inkan {
    /// Every certificate in the store: those that can be used at `bank` first, the longest-lived and newest of them on
    /// top; then the others, each with its reasons. Silent.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Store`].
    pub fn certificates(&self, bank: Option<&str>) -> Result<Vec<CertificateRow>, Error> {
        let wanted = bank.map(|name| self.bank(name)).transpose()?;
        let banks = self.banks()?;
        let stored = self.store.certificates()?;
        let memory = Memory::read(&self.home)?;
        let now = self.clock.now();
        let judge = Judge { wanted: wanted.as_ref(), banks: &banks, stored: &stored, memory: &memory, now };
        let mut rows: Vec<CertificateRow> = stored.iter().map(|certificate| judge.row(certificate)).collect();
        rows.sort_by_cached_key(|row| (!row.usable, Reverse(row.not_after), Reverse(row.not_before), row.id.clone()));
        Ok(rows)
    }

    /// One certificate, by its identity or an unambiguous beginning of at least eight characters.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`].
    pub fn certificate(&self, id: &str, bank: Option<&str>) -> Result<CertificateRow, Error> {
        let wanted = id.to_ascii_lowercase();
        let mut matching = self.certificates(bank)?.into_iter().filter(|row| row.id.0.starts_with(&wanted));
        match (wanted.len() >= 8, matching.next(), matching.next()) {
            (true, Some(row), None) => Ok(row),
            _ => Err(Error::CertificateNotFound(id.to_owned())),
        }
    }
}

/// The day at the bank; Japan has had one offset since 1951.
fn tokyo_date(at: OffsetDateTime) -> Date {
    at.to_offset(offset!(+9)).date()
}

struct Judge<'a> {
    wanted: Option<&'a Bank>,
    banks: &'a [Bank],
    stored: &'a [StoredCertificate],
    memory: &'a Memory,
    now: OffsetDateTime,
}

impl Judge<'_> {
    fn row(&self, certificate: &StoredCertificate) -> CertificateRow {
        let bank = self.bank_of(certificate);
        let reasons = self.reasons(certificate, bank);
        let days_left = (tokyo_date(certificate.not_after) - tokyo_date(self.now)).whole_days();
        CertificateRow {
            id: certificate.id.clone(),
            name: certificate.name.clone(),
            person: certificate.person.clone(),
            organisation: certificate.organisation.clone(),
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            serial: certificate.serial.clone(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            fingerprint_sha256: certificate.id.0.clone(),
            key: CertificateKey {
                algorithm: certificate.key_algorithm.clone(),
                bits: certificate.key_bits,
                protection: certificate.protection,
            },
            bank: bank.map(|bank| bank.name.clone()),
            usable: reasons.is_empty(),
            reasons,
            days_left: i32::try_from(days_left).unwrap_or(i32::MAX),
            last_used: bank.is_some_and(|bank| self.memory.is_last_used(&bank.name, &certificate.id)),
        }
    }

    /// The bank that issued it: the wanted one first, since two added banks may share a CA.
    fn bank_of(&self, certificate: &StoredCertificate) -> Option<&Bank> {
        let mut banks = self.wanted.into_iter().chain(self.banks);
        banks.find(|bank| bank.issuers.iter().any(|issuer| issuer.is(&certificate.issuer_der)))
    }

    fn reasons(&self, certificate: &StoredCertificate, bank: Option<&Bank>) -> Vec<Reason> {
        let elsewhere = match (self.wanted, bank) {
            (Some(wanted), Some(bank)) => wanted.name != bank.name,
            (_, None) => true,
            (None, Some(_)) => false,
        };
        let checks = [
            (elsewhere, Reason::NotOfThisBank),
            (self.memory.is_revoked(&certificate.id), Reason::Revoked),
            (certificate.not_after < self.now, Reason::Expired),
            (certificate.not_before > self.now, Reason::NotYetValid),
            (self.superseded(certificate), Reason::Superseded),
            (certificate.protection.is_none(), Reason::KeyMissing),
            (!certificate.client_authentication, Reason::NoClientAuthentication),
        ];
        checks.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect()
    }

    /// Whether a newer certificate of the same name and issuer is here and works: an ID has one live certificate (M2).
    fn superseded(&self, certificate: &StoredCertificate) -> bool {
        self.stored.iter().any(|other| {
            other.name == certificate.name
                && other.issuer_der == certificate.issuer_der
                && other.not_before > certificate.not_before
                && other.protection.is_some()
                && other.not_after >= self.now
                && !self.memory.is_revoked(&other.id)
        })
    }
}
