use std::collections::HashMap;

use inkan_protocol::Problem;
use inkan_store::CertificateId;
use serde::Serialize;
use specta::Type;

use crate::memory::Memory;
use crate::{Error, Inkan};

/// What a deletion did, after the store was read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeletionReport {
    /// The certificate that is gone.
    pub id: CertificateId,
    /// What became of its key.
    pub key: DeletedKey,
}

/// What became of a deleted certificate's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeletedKey {
    /// Gone, proved.
    Gone,
    /// There was none.
    WasMissing,
    /// Kept, since these certificates use it.
    SharedWith(Vec<CertificateId>),
}

/// What became of one of several certificates that were to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeletionOutcome {
    /// The certificate.
    pub id: CertificateId,
    /// What people call it; the identity of one that is not here.
    pub name: String,
    /// What became of its key, where the certificate is gone.
    pub key: Option<DeletedKey>,
    /// Why it is not.
    pub problem: Option<Problem>,
}

impl Inkan {
    /// Deletes a certificate and its key from this PC, and proves it. Cannot be undone.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::Store`] with what is still there.
    pub fn delete(&self, id: &str) -> Result<DeletionReport, Error> {
        let row = self.certificate(id, None)?;
        self.delete_and_forget(row.id)
    }

    /// Deletes several, one after the other, and tells what became of each as it is known: one that cannot be deleted
    /// keeps none of the others, and no report is lost.
    ///
    /// # Errors
    /// As [`Inkan::certificates`], before anything is deleted.
    pub fn delete_each(
        &self,
        ids: &[String],
        mut told: impl FnMut(&DeletionOutcome),
    ) -> Result<Vec<DeletionOutcome>, Error> {
        let names: HashMap<String, String> =
            self.certificates(None)?.into_iter().map(|row| (row.id.0, row.name)).collect();
        let outcomes = ids.iter().map(|id| {
            let name = names.get(id).unwrap_or(id).clone();
            let id = CertificateId(id.clone());
            let (key, problem) = match self.delete_and_forget(id.clone()) {
                Ok(report) => (Some(report.key), None),
                Err(error) => (None, Some(error.into_problem())),
            };
            let outcome = DeletionOutcome { id, name, key, problem };
            told(&outcome);
            outcome
        });
        Ok(outcomes.collect())
    }

    fn delete_and_forget(&self, id: CertificateId) -> Result<DeletionReport, Error> {
        let deletion = self.store.delete(&id)?;
        Memory::deleted(&self.home, &id)?;
        let key = match deletion.key {
            inkan_store::DeletedKey::Gone => DeletedKey::Gone,
            inkan_store::DeletedKey::WasMissing => DeletedKey::WasMissing,
            inkan_store::DeletedKey::SharedWith(others) => DeletedKey::SharedWith(others),
        };
        Ok(DeletionReport { id, key })
    }
}
