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

impl Inkan {
    /// Deletes a certificate and its key from this PC, and proves it. Cannot be undone.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::Store`] with what is still there.
    pub fn delete(&self, id: &str) -> Result<DeletionReport, Error> {
        let row = self.certificate(id, None)?;
        let deletion = self.store.delete(&row.id)?;
        Memory::deleted(&self.home, &row.id)?;
        let key = match deletion.key {
            inkan_store::DeletedKey::Gone => DeletedKey::Gone,
            inkan_store::DeletedKey::WasMissing => DeletedKey::WasMissing,
            inkan_store::DeletedKey::SharedWith(others) => DeletedKey::SharedWith(others),
        };
        Ok(DeletionReport { id: row.id, key })
    }
}
