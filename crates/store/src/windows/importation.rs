use super::container::Container;
use super::deletion::delete_certificate;
use super::status::{Status, refused, unavailable};
use super::{generation, installation, system_store};
use crate::{CertificateId, Identity, StoreError};

/// Keeps key, certificate and chain. Leaves the store as it was where it fails.
pub(super) fn import(identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
    let id = identity.id();
    let store = system_store::personal().map_err(unavailable)?;
    if system_store::find(&store, &id).is_some() {
        return Err(StoreError::AlreadyInstalled);
    }
    let container = generation::import(identity.key(), name).map_err(|status| {
        if status.is_unsupported() {
            StoreError::ImportUnsupported { reason: status.to_string() }
        } else {
            refused("import a key")(status)
        }
    })?;
    installation::install(identity.certificate(), &container, name)
        .and_then(|()| installation::install_authorities(identity.chain()))
        .map_err(|status| undo(&id, &container, status))?;
    Ok(id)
}

fn undo(id: &CertificateId, container: &Container, cause: Status) -> StoreError {
    for undone in [delete_certificate(id), generation::delete(container)] {
        if let Err(status) = undone {
            tracing::error!(%status, certificate = %id, "part of an unfinished import stays in the store");
        }
    }
    refused("import a certificate")(cause)
}
