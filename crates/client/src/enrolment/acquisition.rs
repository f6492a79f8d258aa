use std::sync::Arc;

use inkan_protocol::{ChosenPasswords, Code, EnrolmentCode, EnrolmentCodeRequest, Problem, Secret, login_id, path};
use inkan_store::{CertificateId, KeyAlgorithm, KeyName, PrivateKey, StoreError, StoredCertificate};
use serde::Serialize;
use time::OffsetDateTime;

use crate::data::certificate_history::CertificateHistory;
use crate::enrolment::issued::Named;
use crate::enrolment::journal::{AcquisitionId, Entry};
use crate::enrolment::request::Enrolment;
use crate::enrolment::step::{AcquisitionStep, certificate_label, key_step};
use crate::net::http_client::Connection;
use crate::services::holder::Holder;
use crate::{Bank, CertificateRow, Error, Inkan, Service};

/// The user who asks for a certificate, with what the bank checks before an issue (S0-7). A resumed run checks the same
/// again.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The contract number, at a bank that has contract numbers (S3-10).
    pub contract: Option<String>,
    /// The login ID.
    pub user: String,
    /// The login password of that ID.
    pub login_password: Secret,
    /// The token's one-time password, if the bank asks for one (S3-9).
    pub otp: Option<Secret>,
    /// The serial number of a token that this one-time password activates (S3-9).
    pub token_serial: Option<String>,
    /// The passwords that the user chooses, if the bank demands it because another person set the present ones.
    pub chosen_passwords: Option<ChosenPasswords>,
}

/// A finished acquisition.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Acquired {
    /// The new certificate.
    pub certificate: CertificateRow,
    /// Whether an interrupted earlier run had begun it.
    pub resumed: bool,
    /// The steps that this run has done, in order.
    pub steps: Vec<AcquisitionStep>,
    /// The certificates in the store that the new one replaces, which can be deleted (M10). A certificate that can
    /// still be used is never included.
    pub old: Vec<CertificateRow>,
    /// The problem that this PC's clock is wrong; none if it is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "specta", specta(optional))]
    pub clock: Option<Problem>,
}

/// An acquisition that was interrupted. It continues when its user asks for the certificate again.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InterruptedAcquisition {
    /// The bank's name on this PC.
    pub bank: String,
    /// The contract number, at a bank that has contract numbers.
    pub contract: Option<String>,
    /// The login ID of the user.
    pub user: String,
    /// The time of the beginning.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub started: OffsetDateTime,
}

impl Inkan {
    /// Acquires a certificate for the applicant: writes the journal entry, generates the key in the store under the
    /// entry's name, sends the request, installs the certificate and notifies the bank. If a run is interrupted at any
    /// point, the next call continues with the same key. No certificate is ever issued twice (S3-13).
    ///
    /// # Errors
    /// [`Error::AcquisitionRunning`] if another process is working on it; [`Error::Cancelled`] if the user stopped it
    /// ([`Self::with_cancel`]); [`Error::KeyMismatch`] and [`Error::IssuedCertificate`] if the certificate that the
    /// bank issued is refused. If the bank refuses for a reason that does not change, the key and the journal entry are
    /// removed. If the connection breaks, or the certificate is refused, both stay.
    pub fn acquire(
        &self,
        bank: &str,
        applicant: &Applicant,
        algorithm: KeyAlgorithm,
        progress: impl FnMut(AcquisitionStep),
    ) -> Result<Acquired, Error> {
        self.acquire_from(bank, applicant, Some(algorithm), progress)
    }

    /// Continues an acquisition as [`Self::acquire`] does, but never begins one.
    ///
    /// # Errors
    /// The errors of [`Self::acquire`]; [`Error::NoAcquisitionWaiting`].
    pub fn resume_acquisition(
        &self,
        bank: &str,
        applicant: &Applicant,
        progress: impl FnMut(AcquisitionStep),
    ) -> Result<Acquired, Error> {
        self.acquire_from(bank, applicant, None, progress)
    }

    /// Returns the acquisitions for this store that were interrupted on this PC and can be continued.
    ///
    /// # Errors
    /// [`Error::Data`]; [`Error::Store`] if an acquisition was interrupted and the store does not open.
    pub fn interrupted_acquisitions(&self) -> Result<Vec<InterruptedAcquisition>, Error> {
        let entries = self.entries_of_this_store()?.into_iter().filter(|entry| entry.renews.is_none());
        let told = |Entry { acquisition: AcquisitionId { bank, contract, user, .. }, started, .. }| {
            InterruptedAcquisition { bank, contract, user, started }
        };
        Ok(entries.map(told).collect())
    }

    /// Returns the journal entries for this store. The store is opened only if the journal has an entry.
    pub(crate) fn entries_of_this_store(&self) -> Result<Vec<Entry>, Error> {
        let mut entries = Entry::all(&self.home)?;
        if !entries.is_empty() {
            let store = self.store()?.description();
            entries.retain(|entry| entry.acquisition.store == store);
        }
        Ok(entries)
    }

    fn acquire_from(
        &self,
        bank: &str,
        applicant: &Applicant,
        start: Option<KeyAlgorithm>,
        mut progress: impl FnMut(AcquisitionStep),
    ) -> Result<Acquired, Error> {
        applicant.contract.iter().chain([&applicant.user]).for_each(|name| self.known.note(name));
        let bank = self.bank(bank)?;
        let contract = bank.contract(applicant.contract.as_deref(), self.language)?;
        // The journal identifies a user by one form of the login ID, however it was typed.
        let user = login_id(&applicant.user);
        let applicant = &Applicant { contract: contract.clone(), user: user.clone(), ..applicant.clone() };
        let user = user.as_str();
        let name = bank.provisional_name(contract.as_deref(), user);
        let portal = bank.portal(self)?.stopped_by(self.cancel.clone());
        let mut steps = Vec::new();
        let mut done = |step| {
            steps.push(step);
            progress(step);
        };
        let holder = Holder { bank: bank.name.clone(), contract: contract.clone(), user: user.to_owned() };
        let acquisition = AcquisitionId {
            bank: bank.name.clone(),
            contract,
            user: user.to_owned(),
            store: self.store()?.description(),
        };
        let _alone = acquisition.lock(&self.home)?.ok_or_else(|| Error::AcquisitionRunning(user.to_owned()))?;
        let found = acquisition.entry(&self.home)?;
        let algorithm = found.as_ref().map(|entry| entry.algorithm).or(start);
        let algorithm = algorithm.ok_or_else(|| Error::NoAcquisitionWaiting(user.to_owned()))?;
        let resumed = found.is_some();
        let interrupted = self.with_its_key(found)?;

        let code = match self.enrolment_code(&portal, applicant, interrupted.as_ref()) {
            Ok(code) => code,
            Err(error) => {
                let error = self.give_up_if_final(error, interrupted);
                return Err(self.already_issued(error, &bank, &holder, &portal));
            }
        };
        done(AcquisitionStep::CheckedByBank);
        self.unless_cancelled()?;
        let label = certificate_label(&bank, &name);
        let begun_now = interrupted.is_none();
        let begun = match interrupted {
            Some(entry) => entry,
            None => self.begin(acquisition, algorithm, None)?,
        };
        let step = key_step(&begun);
        let (entry, key) = self.key_for(begun, &label, begun_now)?;
        done(step);
        let named = Named::User { contract: holder.contract.as_deref(), user };
        let enrolment = Enrolment { inkan: self, bank: &bank, portal: &portal, name: &name, named, code: &code };
        let id = match enrolment.finish(&key, &mut done) {
            Ok(id) => id,
            Err(error) => return Err(self.give_up_if_final(error, Some(entry))),
        };
        let stored = self.store()?.certificates()?;
        self.remember_acquired(&bank, &holder, &id, &stored)?;
        self.note_acquisition(&holder, &id)?;
        entry.remove(&self.home)?;
        let clock = self.wrong_clock_by(&bank, &portal).map(Error::into_problem);
        let certificate = self.row_among(&id, &stored, Some(&Service::Bank(Box::new(bank))))?;
        let old = self.replaced_among(&stored, &certificate)?;
        Ok(Acquired { certificate, resumed, steps, old, clock })
    }

    /// Records that the bank accepts the holder's new certificate and no earlier one of the holder (M2, Q7).
    fn remember_acquired(
        &self,
        bank: &Bank,
        holder: &Holder,
        new: &CertificateId,
        stored: &[StoredCertificate],
    ) -> Result<(), Error> {
        let Some(acquired) = stored.iter().find(|certificate| certificate.id == *new) else { return Ok(()) };
        // A CA with the same name and another key is another CA.
        let of_this_bank = |one: &&StoredCertificate| {
            one.authority_key == acquired.authority_key && one.issuer_name == acquired.issuer_name
        };
        let others = stored
            .iter()
            .filter(of_this_bank)
            .filter(|one| bank.holder_named(&one.name).as_ref() == Some(holder))
            .map(|one| one.id.clone());
        Ok(CertificateHistory::acquired(&self.home, holder, new, others)?)
    }

    /// Returns the entry, unless its key was made and is gone. Such an entry can never be completed, so it is removed,
    /// and the acquisition begins again.
    pub(crate) fn with_its_key(&self, found: Option<Entry>) -> Result<Option<Entry>, Error> {
        let Some(entry) = found else { return Ok(None) };
        let Some(key) = &entry.key else { return Ok(Some(entry)) };
        match self.store()?.key(key) {
            Ok(_) => Ok(Some(entry)),
            Err(StoreError::KeyMissing(_)) => {
                entry.remove(&self.home)?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn enrolment_code(
        &self,
        portal: &Connection,
        applicant: &Applicant,
        interrupted: Option<&Entry>,
    ) -> Result<EnrolmentCode, Error> {
        let request = EnrolmentCodeRequest {
            contract: applicant.contract.clone(),
            user: applicant.user.clone(),
            login_password: applicant.login_password.clone(),
            otp: applicant.otp.clone(),
            token_serial: applicant.token_serial.clone(),
            public_key_sha256: interrupted.and_then(|entry| entry.key.as_ref()).map(|key| key.0.clone()),
            chosen_passwords: applicant.chosen_passwords.clone(),
        };
        portal.post(path::ENROLMENT_CODES, &request, None)
    }

    /// Writes a new entry to disk.
    pub(crate) fn begin(
        &self,
        acquisition: AcquisitionId,
        algorithm: KeyAlgorithm,
        renews: Option<CertificateId>,
    ) -> Result<Entry, Error> {
        let entry =
            Entry { acquisition, name: KeyName::fresh()?, key: None, renews, algorithm, started: self.clock.now() };
        entry.write(&self.home)?;
        Ok(entry)
    }

    /// Returns the entry and its key, which is generated if there is none yet. The journal has the key's name before
    /// the store has the key.
    pub(crate) fn key_for(
        &self,
        mut entry: Entry,
        label: &str,
        begun_now: bool,
    ) -> Result<(Entry, Arc<dyn PrivateKey>), Error> {
        if let Some(key) = &entry.key {
            let key = self.store()?.key(key)?;
            return Ok((entry, key));
        }
        match self.store()?.generate_named(entry.algorithm, &entry.name, label) {
            Ok(key) => {
                entry.key = Some(key.id().clone());
                entry.write(&self.home)?;
                Ok((entry, key))
            }
            Err(error) => {
                if begun_now && made_nothing(&error) {
                    entry.remove(&self.home)?;
                }
                Err(error.into())
            }
        }
    }

    /// Removes the key and the journal entry if the bank's refusal is final. After any other error, both stay.
    pub(crate) fn give_up_if_final(&self, error: Error, entry: Option<Entry>) -> Error {
        if let Some(entry) = entry.filter(|_| is_final(&error))
            && let Err(cause) = self.discard(&entry)
        {
            tracing::warn!(
                cause = &cause as &(dyn std::error::Error + 'static),
                "the journal entry of a refused acquisition cannot be removed"
            );
        }
        error
    }

    /// Removes the key and then the entry, because only the entry knows the key. A key that already has a certificate
    /// stays.
    pub(crate) fn discard(&self, entry: &Entry) -> Result<(), Error> {
        match &entry.key {
            None => self.store()?.abandon(&entry.name)?,
            Some(key) if self.store()?.certificates()?.iter().any(|installed| installed.key_id == *key) => {}
            Some(key) => self.store()?.delete_key(key)?,
        }
        Ok(entry.remove(&self.home)?)
    }
}

/// Returns whether a store that failed with `error` while generating a key has certainly made no key.
fn made_nothing(error: &StoreError) -> bool {
    use StoreError as E;
    matches!(error, E::Locked(_) | E::WrongPin(_) | E::Denied(_) | E::Unsupported(_) | E::Refused { .. })
}

/// Returns whether asking the bank again cannot succeed, so that the key is of no more use.
fn is_final(error: &Error) -> bool {
    match error {
        Error::Bank(problem) => matches!(
            problem.code,
            Code::CertificateAlreadyIssued
                | Code::CertificateNotIssued
                | Code::AcquisitionDeadlinePassed
                | Code::CertificationRequestInvalid
                | Code::CertificateRevoked
                | Code::CertificateExpired
                | Code::CertificateSuperseded
                | Code::RenewalTooEarly
                | Code::NotPermitted
        ),
        _ => false,
    }
}
