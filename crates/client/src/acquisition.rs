use std::sync::Arc;

use base64::Engine;
use inkan_protocol::{Code, EnrolmentCode, EnrolmentCodeRequest, Secret, certs_only, path};
use inkan_store::{CertificateId, KeyAlgorithm, KeyId, PrivateKey, StoreError, StoredCertificate};
use serde::Serialize;
use specta::Type;
use time::OffsetDateTime;

use crate::connection::Connection;
use crate::issuer::base64_body;
use crate::journal::Entry;
use crate::{Bank, CertificateRow, Error, Inkan, Transport};

/// How far an acquisition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AcquisitionStep {
    /// The bank knows the person and issued an enrolment code (S0-7).
    CheckedByBank,
    /// The key is in the store, and the journal says so.
    KeyMade,
    /// The bank has the request and sent a certificate.
    RequestSent,
    /// The certificate is in the store beside its key.
    Installed,
    /// The bank knows that it is.
    BankTold,
}

/// A finished acquisition.
#[derive(Debug, Clone, Serialize)]
pub struct Acquired {
    /// The new certificate.
    pub certificate: CertificateRow,
    /// What was done for it, in order.
    pub steps: Vec<AcquisitionStep>,
}

/// An acquisition that was cut, and goes on when its person asks for it again.
#[derive(Debug, Clone, Serialize, Type)]
pub struct InterruptedAcquisition {
    /// The bank's name here.
    pub bank: String,
    /// Whose certificate.
    pub user: String,
    /// When its key was made.
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    pub started: OffsetDateTime,
}

impl Inkan {
    /// Gets `user` a certificate: key made in the store, journal, request, certificate installed, bank told. Cut
    /// anywhere, the next call goes on with the same key; nothing is ever issued twice (S3-13).
    ///
    /// # Errors
    /// A refusal of the bank leaves neither key nor journal behind. What cuts the connection leaves both.
    pub fn acquire(
        &self,
        bank: &str,
        user: &str,
        login_password: &Secret,
        algorithm: KeyAlgorithm,
        mut progress: impl FnMut(AcquisitionStep),
    ) -> Result<Acquired, Error> {
        let bank = self.bank(bank)?;
        let portal = bank.portal(self)?;
        let mut steps = Vec::new();
        let mut done = |step| {
            steps.push(step);
            progress(step);
        };
        let interrupted = self.interrupted(&bank, user)?;
        let code = match self.enrolment_code(&portal, user, login_password, interrupted.as_ref()) {
            Ok(code) => code,
            Err(error) => return Err(self.give_up_if_final(error, interrupted)),
        };
        done(AcquisitionStep::CheckedByBank);
        let entry = match interrupted {
            Some(entry) => entry,
            None => self.begin(&bank, user, algorithm)?,
        };
        done(AcquisitionStep::KeyMade);
        let enrolment = Enrolment { inkan: self, bank: &bank, portal: &portal, user, code: &code.code };
        let id = match enrolment.finish(&entry, &mut done) {
            Ok(id) => id,
            Err(error) => return Err(self.give_up_if_final(error, Some(entry))),
        };
        entry.remove(&self.home)?;
        Ok(Acquired { certificate: self.certificate(&id.0, Some(&bank.name))?, steps })
    }

    /// Acquisitions that were cut on this PC.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn interrupted_acquisitions(&self) -> Result<Vec<InterruptedAcquisition>, Error> {
        let entries = Entry::all(&self.home)?.into_iter();
        Ok(entries.map(|e| InterruptedAcquisition { bank: e.bank, user: e.user, started: e.started }).collect())
    }

    /// The journal's entry for this person, if its key is still here. One whose key is gone can never end: it goes.
    fn interrupted(&self, bank: &Bank, user: &str) -> Result<Option<Entry>, Error> {
        let Some(entry) = Entry::find(&self.home, &bank.name, user)? else { return Ok(None) };
        match self.store.key(&entry.key) {
            Ok(_) => Ok(Some(entry)),
            Err(StoreError::KeyMissing) => {
                entry.remove(&self.home)?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn enrolment_code(
        &self,
        portal: &Connection,
        user: &str,
        login_password: &Secret,
        interrupted: Option<&Entry>,
    ) -> Result<EnrolmentCode, Error> {
        let request = EnrolmentCodeRequest {
            user: user.to_owned(),
            login_password: login_password.clone(),
            public_key_sha256: interrupted.map(|entry| entry.key.0.clone()),
        };
        portal.post(path::ENROLMENT_CODES, &request, None)
    }

    fn begin(&self, bank: &Bank, user: &str, algorithm: KeyAlgorithm) -> Result<Entry, Error> {
        let label = certificate_label(bank, &bank.profile.certificate.common_name(user));
        let key = self.store.generate(algorithm, &label)?.id().clone();
        let entry = Entry { bank: bank.name.clone(), user: user.to_owned(), key, algorithm, started: self.clock.now() };
        match entry.write(&self.home) {
            Ok(()) => Ok(entry),
            Err(error) => {
                self.discard(&entry.key);
                Err(error.into())
            }
        }
    }

    /// After a refusal that asking again cannot change, key and journal go; after anything else they wait.
    fn give_up_if_final(&self, error: Error, entry: Option<Entry>) -> Error {
        if let Some(entry) = entry.filter(|_| is_final(&error)) {
            self.discard(&entry.key);
            if let Err(cause) = entry.remove(&self.home) {
                tracing::warn!(%cause, "a journal entry stays behind");
            }
        }
        error
    }

    fn discard(&self, key: &KeyId) {
        if let Err(cause) = self.store.delete_key(key) {
            tracing::warn!(%cause, key = key.0, "a key stays behind");
        }
    }
}

/// What the bank's refusal means for the key that was made for it.
fn is_final(error: &Error) -> bool {
    match error {
        Error::Bank(problem) => matches!(
            problem.code,
            Code::CertificateAlreadyIssued
                | Code::CertificationRequestInvalid
                | Code::CertificateRevoked
                | Code::CertificateExpired
                | Code::NotPermitted
        ),
        Error::KeyMismatch => true,
        _ => false,
    }
}

struct Enrolment<'a> {
    inkan: &'a Inkan,
    bank: &'a Bank,
    portal: &'a Connection,
    user: &'a str,
    code: &'a Secret,
}

impl Enrolment<'_> {
    fn finish(&self, entry: &Entry, done: &mut impl FnMut(AcquisitionStep)) -> Result<CertificateId, Error> {
        let key = self.inkan.store.key(&entry.key)?;
        let certificate = self.enrol(&key)?;
        done(AcquisitionStep::RequestSent);
        let id = self.install(&certificate)?;
        done(AcquisitionStep::Installed);
        let told = path::INSTALLED.replace("{fingerprint}", &id.0);
        self.portal.post_basic(&told, (self.user, self.code), None)?;
        done(AcquisitionStep::BankTold);
        Ok(id)
    }

    /// EST simpleenroll (RFC 7030 §4.2).
    fn enrol(&self, key: &Arc<dyn PrivateKey>) -> Result<StoredCertificate, Error> {
        let name = self.bank.profile.certificate.common_name(self.user);
        let request = inkan_store::certification_request(key.as_ref(), &name)?;
        let body = base64::engine::general_purpose::STANDARD.encode(request);
        let answer = self.portal.post_basic(
            path::EST_SIMPLE_ENROLL,
            (self.user, self.code),
            Some(("application/pkcs10", body)),
        )?;
        let unreadable = || self.portal.error(Transport::AnswerUnknown);
        let message = base64_body(&answer).map_err(|_| unreadable())?;
        let certificates = certs_only::decode(&message).map_err(|_| unreadable())?;
        let parsed: Result<Vec<StoredCertificate>, _> =
            certificates.iter().map(|der| StoredCertificate::parse(der, None)).collect();
        parsed
            .map_err(|_| unreadable())?
            .into_iter()
            .find(|certificate| certificate.key_id == *key.id())
            .ok_or(Error::KeyMismatch)
    }

    fn install(&self, certificate: &StoredCertificate) -> Result<CertificateId, Error> {
        let label = certificate_label(self.bank, &certificate.name);
        match self.inkan.store.install(&certificate.der, &label) {
            // An earlier run came this far and was cut before the bank knew.
            Err(StoreError::AlreadyInstalled) => Ok(certificate.id.clone()),
            other => Ok(other?),
        }
    }
}

/// What other programs' lists show: whose it is and for which bank, as a person would say it.
pub(crate) fn certificate_label(bank: &Bank, name: &str) -> String {
    format!("{name} ({})", bank.profile.name.ja)
}
