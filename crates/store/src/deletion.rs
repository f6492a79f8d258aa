use serde::Serialize;

use crate::CertificateId;

/// The result of a deletion, after the store was read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The certificate that was deleted.
    pub certificate: CertificateId,
    /// What happened to its private key.
    pub key: DeletedKey,
}

/// What happened to the private key of a deleted certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DeletedKey {
    /// The key is gone, which was verified by reading the store again.
    Gone,
    /// There was no key.
    WasMissing,
    /// The key was kept, since these certificates use it.
    SharedWith(Vec<CertificateId>),
}
