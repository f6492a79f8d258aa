use std::slice;
use std::sync::Arc;

use data_encoding::BASE64;
use inkan_protocol::path;
use inkan_store::{CertificateId, KeyAlgorithm, KeyKind, PrivateKey, StoredCertificate};
use serde::Serialize;
use time::OffsetDateTime;

use crate::certificates::listing::Listing;
use crate::data::certificate_history::CertificateHistory;
use crate::enrolment::issued::Named;
use crate::enrolment::journal::{AcquisitionId, Entry};
use crate::enrolment::request::{certificate_of, install};
use crate::enrolment::step::{certificate_label, key_step};
use crate::time_format::in_japan;
use crate::{AcquisitionStep, Bank, CertificateRow, Error, Inkan};

/// A finished renewal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Renewed {
    /// The new certificate.
    pub certificate: CertificateRow,
    /// The certificate that was renewed and can be deleted (M10); none if it is not in the store.
    pub old: Option<CertificateRow>,
    /// Whether an interrupted earlier run had begun it.
    pub resumed: bool,
    /// The steps that this run has done, in order.
    pub steps: Vec<AcquisitionStep>,
}

/// A renewal that was interrupted. It continues when it is started again.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InterruptedRenewal {
    /// The bank's name on this PC.
    pub bank: String,
    /// The certificate that is renewed.
    pub certificate: CertificateId,
    /// The name that users see.
    pub name: String,
    /// The time of the beginning.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub started: OffsetDateTime,
}

impl Inkan {
    /// Renews `certificate`, or the certificate that a login would use. Writes the journal entry, generates a new key
    /// in the store, sends EST simplereenroll with the old certificate as proof, installs the new certificate, and
    /// notifies the bank with it (M3). If a run is interrupted at any point, the next call continues with the same key.
    /// The old certificate works until the bank is notified.
    ///
    /// # Errors
    /// [`Error::RenewalTooEarly`]; the errors of [`Inkan::log_in`] for the choice; the errors of [`Inkan::acquire`] for
    /// the rest, with [`Error::Cancelled`] if the user stopped it.
    pub fn renew(
        &self,
        bank: &str,
        certificate: Option<&CertificateId>,
        mut progress: impl FnMut(AcquisitionStep),
    ) -> Result<Renewed, Error> {
        let bank = self.bank(bank)?;
        let mut steps = Vec::new();
        let mut done = |step| {
            steps.push(step);
            progress(step);
        };
        let old = self.to_renew(&bank, certificate)?;
        let (user, store) = (old.name.clone(), self.store()?.description());
        let acquisition = AcquisitionId { bank: bank.name.clone(), contract: None, user, store };
        let _alone = acquisition.lock(&self.home)?.ok_or_else(|| Error::AcquisitionRunning(old.name.clone()))?;
        let interrupted = self.with_its_key(self.waiting_renewal(&acquisition, &old.id)?)?;
        let resumed = interrupted.is_some();
        let entry = match interrupted {
            Some(entry) => entry,
            None => {
                let row = self.certificate(&old.id, Some(&bank.name))?;
                if row.reasons.iter().any(|reason| reason.is_superseded()) {
                    return Err(self.why_none(&bank, slice::from_ref(&row)));
                }
                self.in_its_window(&bank, &old).map_err(|error| self.or_the_clock(&bank, error))?;
                self.unless_cancelled()?;
                self.begin(acquisition, algorithm(&old), Some(old.id.clone()))?
            }
        };
        let step = key_step(&entry);
        let (entry, key) = self.key_for(entry, &certificate_label(&bank, &old.name), !resumed)?;
        done(step);
        let new = match self.successor(&bank, &old, &key, step, &mut done) {
            Ok(new) => new,
            Err(error) => return Err(self.or_the_clock(&bank, self.give_up_if_final(error, Some(entry)))),
        };
        // The bank is notified over a connection with the new certificate, which proves that it is installed and works.
        let told = path::INSTALLED.replace("{fingerprint}", &new.0);
        let connection = self.certificate_connection(&bank, &new)?.stopped_by(self.cancel.clone());
        if let Err(error) = connection.post_bytes_for_nothing(&told) {
            return Err(self.give_up_if_final(error, Some(entry)));
        }
        done(AcquisitionStep::BankNotified);
        CertificateHistory::renewed(&self.home, &bank.name, &old.id, &new)?;
        entry.remove(&self.home)?;
        let rows = self.certificates(Some(&bank.name))?;
        let row = |id: &CertificateId| rows.iter().find(|row| row.id == *id).cloned();
        let certificate = row(&new).ok_or_else(|| Error::CertificateNotFound(new.0.clone()))?;
        Ok(Renewed { certificate, old: row(&old.id), resumed, steps })
    }

    /// Returns the renewals for this store that were interrupted on this PC.
    ///
    /// # Errors
    /// [`Error::Data`]; [`Error::Store`] if a renewal or acquisition was interrupted and the store does not open.
    pub fn interrupted_renewals(&self) -> Result<Vec<InterruptedRenewal>, Error> {
        let entries = self.entries_of_this_store()?.into_iter();
        let told = |entry: Entry| {
            let AcquisitionId { bank, user: name, .. } = entry.acquisition;
            Some(InterruptedRenewal { bank, certificate: entry.renews?, name, started: entry.started })
        };
        Ok(entries.filter_map(told).collect())
    }

    /// Returns the named certificate. If none is named, returns the certificate of the only interrupted renewal, or
    /// else the certificate that a login would use.
    fn to_renew(&self, bank: &Bank, named: Option<&CertificateId>) -> Result<StoredCertificate, Error> {
        let mut waiting = self.interrupted_renewals()?.into_iter().filter(|renewal| renewal.bank == bank.name);
        let id = match (named, waiting.next(), waiting.next()) {
            (None, Some(only), None) => only.certificate,
            _ => self.choose_for_login(bank, &Listing::of(self), None, named)?.id,
        };
        let found = self.stored_certificate(&id);
        if matches!(found, Err(Error::CertificateNotFound(_))) {
            self.forget_renewal(&id)?;
        }
        found
    }

    /// Ends the renewal of a certificate that was deleted meanwhile. If its successor is installed, the successor
    /// stays, and its first login notifies the bank.
    fn forget_renewal(&self, old: &CertificateId) -> Result<(), Error> {
        for entry in Entry::all(&self.home)?.into_iter().filter(|entry| entry.renews.as_ref() == Some(old)) {
            if let Some(_alone) = entry.acquisition.lock(&self.home)? {
                self.discard(&entry)?;
            }
        }
        Ok(())
    }

    /// Returns the interrupted renewal of the certificate `old`. An entry for another certificate can no longer be
    /// completed, because `old` is in the store, and is removed.
    fn waiting_renewal(&self, acquisition: &AcquisitionId, old: &CertificateId) -> Result<Option<Entry>, Error> {
        let Some(entry) = acquisition.entry(&self.home)? else { return Ok(None) };
        if entry.renews.as_ref() == Some(old) {
            return Ok(Some(entry));
        }
        self.discard(&entry)?;
        Ok(None)
    }

    fn in_its_window(&self, bank: &Bank, old: &StoredCertificate) -> Result<(), Error> {
        let opens = bank.profile.certificate.renewal_opens(old.not_after);
        if self.clock.now() >= opens { Ok(()) } else { Err(Error::RenewalTooEarly(in_japan(opens))) }
    }

    /// Returns the new certificate, which this run or an earlier run installed.
    fn successor(
        &self,
        bank: &Bank,
        old: &StoredCertificate,
        key: &Arc<dyn PrivateKey>,
        step: AcquisitionStep,
        done: &mut impl FnMut(AcquisitionStep),
    ) -> Result<CertificateId, Error> {
        // Only a key that an earlier run generated can already have a certificate.
        if step == AcquisitionStep::KeyFound
            && let Some(installed) = self.store()?.certificates()?.into_iter().find(|one| one.key_id == *key.id())
        {
            return Ok(self.checked(installed, bank, Named::AsRenewed(&old.name), None)?.certificate().id.clone());
        }
        let request = inkan_store::renewal_request(key.as_ref(), &old.der)?;
        let body = BASE64.encode(&request);
        let connection = self.certificate_connection(bank, &old.id)?.stopped_by(self.cancel.clone());
        let answer = connection.post_bytes(path::EST_SIMPLE_REENROLL, ("application/pkcs10", body))?;
        let new = certificate_of(&connection, &answer, key)?;
        let new = self.checked(new, bank, Named::AsRenewed(&old.name), Some(&connection))?;
        done(AcquisitionStep::RequestSent);
        let id = install(self, bank, &new)?;
        done(AcquisitionStep::Installed);
        Ok(id)
    }
}

/// Returns the algorithm of the old key, which was chosen for a reason.
fn algorithm(old: &StoredCertificate) -> KeyAlgorithm {
    if matches!(old.key_kind, KeyKind::Rsa { .. }) { KeyAlgorithm::Rsa2048 } else { KeyAlgorithm::EcP256 }
}
