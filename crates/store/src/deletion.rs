use serde::Serialize;

use crate::CertificateId;

/// What a deletion did, after the store was read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The certificate that is gone.
    pub certificate: CertificateId,
    /// What became of its private key.
    pub key: DeletedKey,
}

/// What became of the private key of a deleted certificate.
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
