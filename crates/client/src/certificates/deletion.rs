use std::collections::{HashMap, HashSet};

use inkan_protocol::Problem;
use inkan_store::{CertificateId, DeletedKey, StoreError};
use serde::Serialize;

use crate::data::certificate_history::{CertificateHistory, Deleted};
use crate::services::holder::Holder;
use crate::{CertificateList, CertificateRow, Error, Inkan, Reason};

/// The result of a deletion, after the store was read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DeletionReport {
    /// The certificate that was deleted.
    pub id: CertificateId,
    /// What happened to its key.
    pub key: DeletedKey,
}

/// The result for one of several certificates that were to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DeletionOutcome {
    /// The certificate.
    pub id: CertificateId,
    /// The name that users see, or the ID if the certificate is not in the store.
    pub name: String,
    /// What happened to its key, if the certificate was deleted.
    pub key: Option<DeletedKey>,
    /// Why the certificate was not deleted.
    pub problem: Option<Problem>,
}

impl Inkan {
    /// Deletes a certificate and its key from this PC, and checks afterwards that both are gone. A deletion cannot be
    /// undone.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::Store`], which says what is left.
    pub fn delete(&self, id: &CertificateId) -> Result<DeletionReport, Error> {
        match self.certificate(id, None) {
            Ok(row) => self.delete_and_forget(id, Some(&row)),
            Err(Error::CertificateUnreadable(_)) => self.delete_and_forget(id, None),
            Err(error) => Err(error),
        }
    }

    /// Deletes certificates one after the other, and reports each result to `told`. If a certificate cannot be deleted,
    /// the others still are, and their results are reported.
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`], before anything is deleted.
    pub fn delete_each(
        &self,
        ids: &[CertificateId],
        told: impl FnMut(&DeletionOutcome),
    ) -> Result<Vec<DeletionOutcome>, Error> {
        self.each(ids, told, |id, row| self.delete_and_forget(id, row))
    }

    /// Clears away some of [`Inkan::spent_certificates`], as [`Self::delete_each`] deletes. Judges each certificate
    /// again right before its deletion, by the store and the data at that moment. A certificate that is no longer spent
    /// stays.
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`], before anything is deleted. A certificate that stays has the problem
    /// [`Error::NotSpent`].
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

    /// Deletes a certificate. Records the order before the store deletes anything, so that an interrupted deletion is
    /// known to have been ordered.
    fn delete_and_forget(&self, id: &CertificateId, row: Option<&CertificateRow>) -> Result<DeletionReport, Error> {
        let store = self.store()?;
        let deleted = row.map(|row| self.deletion_to_remember(row)).transpose()?.flatten();
        let holder = row.map(|row| self.holder(row)).transpose()?.flatten();
        // An earlier deletion may have been interrupted after the key was deleted. Its order must stay recorded.
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

    /// Returns the holder of the certificate at the bank that issued it, if the holder is known or named in the
    /// certificate.
    fn holder(&self, row: &CertificateRow) -> Result<Option<Holder>, Error> {
        let Some(bank) = &row.bank else { return Ok(None) };
        let known = CertificateHistory::read(&self.home)?.holder(&row.id).cloned();
        Ok(known.or(self.bank(bank)?.holder_named(&row.name)))
    }

    /// Returns what to remember of a certificate that its bank may still accept after the deletion. In that case the
    /// bank issues no other certificate to the holder until a helper has it reissued. An expiry by this PC's clock does
    /// not prove that the bank refuses the certificate.
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

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::certificates::tests::test_client::{Ca, TestClient};

    fn incomplete() -> StoreError {
        StoreError::DeletionIncomplete { left: "the certificate".to_owned() }
    }

    #[test]
    fn a_certificate_is_deleted_whether_it_can_be_read_or_not() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        let broken = client.put_unreadable("broken");
        for id in [&one.id, &broken] {
            let report = client.delete(id).unwrap();
            assert_eq!((&report.id, report.key), (id, DeletedKey::Gone));
            assert!(matches!(client.delete(id), Err(Error::CertificateNotFound(_))));
            assert!(!client.history().is_being_deleted(id));
        }
    }

    #[test]
    fn a_deletion_that_was_cut_is_known_and_one_that_did_not_begin_is_not() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        let fails = |failure| {
            client.fail_deletion(failure);
            assert!(client.delete(&one.id).is_err());
            client.history().is_being_deleted(&one.id)
        };
        assert!(!fails(StoreError::Locked(None)), "nothing was deleted");
        assert!(fails(incomplete()));
        assert!(fails(StoreError::Locked(None)), "what was ordered before stays ordered");
        client.delete(&one.id).unwrap();
        assert!(!client.history().is_being_deleted(&one.id));
    }

    #[test]
    fn each_certificate_is_reported_once_under_its_name() {
        let ca = Ca::root("Bank CA");
        let (one, other) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let client = TestClient::with(&ca, &[&one, &other]);
        let broken = client.put_unreadable("broken");
        let missing = CertificateId("00".into());
        let ids = [&one.id, &missing, &one.id, &broken, &other.id].map(Clone::clone);
        let mut reported = Vec::new();
        let outcomes = client.delete_each(&ids, |outcome| reported.push(outcome.clone())).unwrap();
        assert_eq!(outcomes, reported);
        let names: Vec<_> = outcomes.iter().map(|outcome| (outcome.name.as_str(), outcome.key.is_some())).collect();
        assert_eq!(names, [("hanakodt", true), ("00", false), ("broken", true), ("jirodt", true)]);
        assert!(outcomes.iter().all(|outcome| outcome.key.is_some() != outcome.problem.is_some()));
    }

    #[test]
    fn m10_only_a_spent_certificate_is_cleared_away() {
        let ca = Ca::root("Bank CA");
        let (live, dead) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let client = TestClient::with(&ca, &[&live, &dead]);
        CertificateHistory::refused(&client.home, Some("okmate"), &dead.id, Code::CertificateRevoked).unwrap();
        let outcomes = client.clear_away(&[live.id.clone(), dead.id.clone()], |_| ()).unwrap();
        assert_eq!(
            outcomes[0].problem.as_ref().map(|problem| problem.code),
            Some(Error::NotSpent(String::new()).code())
        );
        assert_eq!(outcomes[1].key, Some(DeletedKey::Gone));
        assert_eq!(client.certificates(None).unwrap().len(), 1);
    }

    #[test]
    fn m2_what_the_bank_may_still_accept_is_remembered_and_what_it_refuses_is_not() {
        let ca = Ca::root("Bank CA");
        let (live, revoked) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let foreign = Ca::root("Foreign CA").issue("shirodt", (100, 100));
        let client = TestClient::with(&ca, &[&live, &revoked, &foreign]);
        CertificateHistory::refused(&client.home, Some("okmate"), &revoked.id, Code::CertificateRevoked).unwrap();
        client.delete_each(&[live.id.clone(), revoked.id, foreign.id], |_| ()).unwrap();
        let history = client.history();
        let remembered: Vec<_> = history.deletions_at("okmate").collect();
        assert_eq!(remembered.len(), 1);
        assert_eq!((&remembered[0].certificate, remembered[0].holder.user.as_str()), (&live.id, "hanakodt"));
        assert_eq!((remembered[0].at, remembered[0].not_after), (client.clock.now(), Some(live.not_after)));
    }
}
