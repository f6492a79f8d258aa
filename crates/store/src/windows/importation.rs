use schannel::cert_context::CertContext;

use super::container::Container;
use super::context::{commit, set_container};
use super::deletion::delete_certificate;
use super::status::{Result, Status, refused, unavailable};
use super::system_store::PERSONAL;
use super::{generation, installation, system_store};
use crate::{CertificateId, Identity, StoreError, SystemError};

/// Imports the key, the certificate and the CA certificates of the chain. `there` is the container of the key if the
/// store has the key already. Leaves the store unchanged if it fails. A CA certificate that Windows refuses is left
/// out.
pub(super) fn import(
    identity: &Identity,
    name: &str,
    there: Option<Container>,
) -> std::result::Result<CertificateId, StoreError> {
    let id = identity.id();
    let certificate_there = system_store::find(&system_store::personal().map_err(unavailable)?, &id).is_some();
    if certificate_there && there.is_some() {
        return Err(StoreError::AlreadyInstalled(None));
    }
    let container = match &there {
        Some(container) => container.clone(),
        None => generation::import(identity.key(), name).map_err(unsupported)?,
    };
    let installed = if certificate_there {
        give_back(&id, &container)
    } else {
        installation::install(identity.certificate(), &container, name)
    };
    if let Err(cause) = installed {
        undo((!certificate_there).then_some(&id), there.is_none().then_some(&container));
        return Err(refused("import a certificate")(cause));
    }
    if let Err(status) = installation::install_authorities(identity.chain()) {
        tracing::warn!(status = status.number(), "Windows refused a CA certificate of the chain");
    }
    Ok(id)
}

/// Joins a certificate to its key again, after the certificate had lost the key.
fn give_back(id: &CertificateId, container: &Container) -> Result<()> {
    let store = system_store::open(PERSONAL)?;
    let certificate: CertContext = system_store::find(&store, id).ok_or(Status::NOT_SUPPORTED)?;
    set_container(&certificate, container)?;
    commit(&store)
}

fn undo(certificate: Option<&CertificateId>, key: Option<&Container>) {
    let undone = [certificate.map_or(Ok(()), delete_certificate), key.map_or(Ok(()), generation::delete)];
    for status in undone.into_iter().filter_map(Result::err) {
        tracing::error!(status = status.number(), "part of a failed import is left in the store");
    }
}

fn unsupported(status: Status) -> StoreError {
    if status.is_unsupported() {
        StoreError::ImportUnsupported(SystemError::from(status).into())
    } else {
        refused("import a key")(status)
    }
}
