//! Opens the system stores of certificates. They are opened each time, since an open store does not see changes that
//! other programs make.

use std::io;

use schannel::cert_context::CertContext;
use schannel::cert_store::{CertStore, CertStoreBuilder};

use super::container::Container;
use super::context::container;
use super::status::{Result, Status};
use crate::CertificateId;

/// The name of the store of the user's own certificates.
pub(super) const PERSONAL: &str = "MY";
/// The name of the store of the user's intermediate CA certificates.
pub(super) const AUTHORITIES: &str = "CA";

/// Opens a store of the user for changes.
pub(super) fn open(name: &str) -> Result<CertStore> {
    Ok(CertStore::open_current_user(name)?)
}

/// Opens the user's own certificates for reading.
pub(super) fn personal() -> Result<CertStore> {
    Ok(CertStoreBuilder::new().read_only().open_current_user(PERSONAL)?)
}

/// Opens the user's intermediate CA certificates for reading.
pub(super) fn authorities() -> Result<CertStore> {
    Ok(CertStoreBuilder::new().read_only().open_current_user(AUTHORITIES)?)
}

/// Returns the certificate of that identity.
pub(super) fn find(store: &CertStore, id: &CertificateId) -> Option<CertContext> {
    store.certs().find(|context| CertificateId::of(context.to_der()) == *id)
}

/// Returns the certificates of the user and the machine, except the user's `id`, whose key is in `key`; each once.
pub(super) fn sharing(key: &Container, id: Option<&CertificateId>) -> Result<Vec<CertificateId>> {
    let mut sharing = users(&personal()?, key);
    sharing.retain(|user| Some(user) != id);
    if let Some(machine) = machine()? {
        sharing.extend(users(&machine, key));
    }
    sharing.sort();
    sharing.dedup();
    Ok(sharing)
}

fn users(store: &CertStore, key: &Container) -> Vec<CertificateId> {
    let users = store.certs().filter(|context| container(context).is_some_and(|own| own.may_be(key)));
    users.map(|context| CertificateId::of(context.to_der())).collect()
}

/// Opens the machine's own certificates for reading; none if there is no such store.
fn machine() -> Result<Option<CertStore>> {
    match CertStoreBuilder::new().read_only().open_local_machine(PERSONAL) {
        Ok(store) => Ok(Some(store)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Status::from(error)),
    }
}
