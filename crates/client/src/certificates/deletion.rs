use std::collections::{HashMap, HashSet};

use inkan_protocol::Problem;
use inkan_store::{CertificateId, DeletedKey, StoreError};
use serde::Serialize;

use crate::data::certificate_history::{CertificateHistory, Deleted};
use crate::services::holder::Holder;
use crate::{CertificateList, CertificateRow, Error, Inkan, Reason};

/// What a deletion did, after the store was read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DeletionReport {
    /// The certificate that is gone.
    pub id: CertificateId,
    /// What became of its key.
    pub key: DeletedKey,
}

/// What became of one of several certificates that were to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DeletionOutcome {
    /// The certificate.
    pub id: CertificateId,
    /// What people call it; the identity of one that is not here.
    pub name: String,
    /// What became of its key, if the certificate is gone.
    pub key: Option<DeletedKey>,
    /// Why it is not.
    pub problem: Option<Problem>,
}

impl Inkan {
    /// Deletes a certificate and its key from this PC, and proves it. Cannot be undone.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::Store`] with what is still there.
    pub fn delete(&self, id: &CertificateId) -> Result<DeletionReport, Error> {
        match self.certificate(id, None) {
            Ok(row) => self.delete_and_forget(id, Some(&row)),
            Err(Error::CertificateUnreadable(_)) => self.delete_and_forget(id, None),
            Err(error) => Err(error),
        }
    }

    /// Deletes several, one after the other, and reports the result of each to `told`: one that cannot be deleted
    /// keeps none of the others, and no report is lost.
    ///
    /// # Errors
    /// As [`Inkan::certificates`], before anything is deleted.
    pub fn delete_each(
        &self,
        ids: &[CertificateId],
        told: impl FnMut(&DeletionOutcome),
    ) -> Result<Vec<DeletionOutcome>, Error> {
        self.each(ids, told, |id, row| self.delete_and_forget(id, row))
    }

    /// Clears away several of [`Inkan::spent_certificates`], as [`Self::delete_each`] deletes. Each is judged once more
    /// right before it goes, from the store and the data as they are then: one that is no longer spent stays.
    ///
    /// # Errors
    /// As [`Inkan::certificates`], before anything is deleted. [`Error::NotSpent`] is the problem of one that stays.
    pub fn clear_away(
        &self,
        ids: &[CertificateId],
        told: impl FnMut(&DeletionOutcome),
    ) -> Result<Vec<DeletionOutcome>, Error> {
        self.each(ids, told, |id, row| {
            if !self.is_spent_now(id)? {
                return Err(Error::NotSpent(row.map_or_else(|| id.0.clone(), |row| row.name.clone())));
            }
            self.delete_and_forget(id, row)
        })
    }

    fn each(
        &self,
        ids: &[CertificateId],
        mut told: impl FnMut(&DeletionOutcome),
        delete: impl Fn(&CertificateId, Option<&CertificateRow>) -> Result<DeletionReport, Error>,
    ) -> Result<Vec<DeletionOutcome>, Error> {
        let CertificateList { certificates, unreadable } = self.certificate_list(None, None)?;
        let rows: HashMap<CertificateId, CertificateRow> =
            certificates.into_iter().map(|row| (row.id.clone(), row)).collect();
        let unreadable: HashMap<CertificateId, String> = unreadable.into_iter().map(|row| (row.id, row.name)).collect();
        let mut seen = HashSet::new();
        let outcomes = ids.iter().filter(|id| seen.insert(*id)).map(|id| {
            let (row, id) = (rows.get(id), id.clone());
            let name = row.map(|row| &row.name).or_else(|| unreadable.get(&id)).unwrap_or(&id.0).clone();
            let (key, problem) = match delete(&id, row) {
                Ok(report) => (Some(report.key), None),
                Err(error) => (None, Some(error.into_problem())),
            };
            let outcome = DeletionOutcome { id, name, key, problem };
            told(&outcome);
            outcome
        });
        Ok(outcomes.collect())
    }

    /// Writes the order down before the store deletes anything, so that a deletion that is cut is known to have been
    /// ordered.
    fn delete_and_forget(&self, id: &CertificateId, row: Option<&CertificateRow>) -> Result<DeletionReport, Error> {
        let store = self.store()?;
        let deleted = row.map(|row| self.deletion_to_remember(row)).transpose()?.flatten();
        let holder = row.map(|row| self.holder(row)).transpose()?.flatten();
        // An earlier deletion may have been cut after the key had gone: what was ordered then stays ordered.
        let ordered_before = CertificateHistory::read(&self.home)?.is_being_deleted(id);
        if let Some(row) = row {
            self.note_given_up(row, holder)?;
        }
        CertificateHistory::deletion_begins(&self.home, id)?;
        let deletion = match store.delete(id) {
            Ok(deletion) => deletion,
            Err(error) => {
                if !ordered_before && !matches!(error, StoreError::DeletionIncomplete { .. }) {
                    CertificateHistory::deletion_failed(&self.home, id)?;
                }
                return Err(error.into());
            }
        };
        CertificateHistory::deleted(&self.home, id, deleted)?;
        Ok(DeletionReport { id: id.clone(), key: deletion.key })
    }

    /// Returns who holds the certificate at the bank that issued it, if that is known or its name says so.
    fn holder(&self, row: &CertificateRow) -> Result<Option<Holder>, Error> {
        let Some(bank) = &row.bank else { return Ok(None) };
        let known = CertificateHistory::read(&self.home)?.holder(&row.id).cloned();
        Ok(known.or(self.bank(bank)?.holder_named(&row.name)))
    }

    /// What to keep of a certificate that its bank may still accept when it is gone from here: the bank gives that
    /// person no other one until somebody has it reissued. That it has expired by this PC's clock proves nothing.
    fn deletion_to_remember(&self, row: &CertificateRow) -> Result<Option<Deleted>, Error> {
        let over = [Reason::Revoked, Reason::Superseded, Reason::SupersededElsewhere];
        let Some(bank) = row.bank.as_deref().filter(|_| !row.reasons.iter().any(|reason| over.contains(reason))) else {
            return Ok(None);
        };
        let (history, bank) = (CertificateHistory::read(&self.home)?, self.bank(bank)?);
        let holder = history.holder(&row.id).cloned().or_else(|| bank.holder_named(&row.name));
        let role = history.role(&row.id).cloned().or_else(|| bank.role_named(&row.name));
        let (at, not_after) = (self.clock.now(), Some(row.not_after));
        Ok(holder.map(|holder| Deleted { certificate: row.id.clone(), holder, role, at, not_after }))
    }
}
