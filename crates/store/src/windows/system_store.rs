//! The system stores of certificates, opened afresh each time: an open one does not see what others change.

use std::io;

use schannel::cert_context::CertContext;
use schannel::cert_store::{CertStore, CertStoreBuilder};

use super::container::Container;
use super::context::container;
use super::status::{Result, Status};
use crate::CertificateId;

/// Where the user's own certificates are.
pub(super) const PERSONAL: &str = "MY";
/// Where the user's intermediate authorities are.
pub(super) const AUTHORITIES: &str = "CA";

/// A store of the user's, to be changed.
pub(super) fn open(name: &str) -> Result<CertStore> {
    Ok(CertStore::open_current_user(name)?)
}

/// The user's own certificates, to be read.
pub(super) fn personal() -> Result<CertStore> {
    Ok(CertStoreBuilder::new().read_only().open_current_user(PERSONAL)?)
}

/// The user's intermediate authorities, to be read.
pub(super) fn authorities() -> Result<CertStore> {
    Ok(CertStoreBuilder::new().read_only().open_current_user(AUTHORITIES)?)
}

/// The certificate of that identity.
pub(super) fn find(store: &CertStore, id: &CertificateId) -> Option<CertContext> {
    store.certs().find(|context| CertificateId::of(context.to_der()) == *id)
}

/// The certificates other than the user's `id` whose key is in `key`, the user's and the machine's, each once.
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

/// The machine's own certificates; none where it has no such store.
fn machine() -> Result<Option<CertStore>> {
    match CertStoreBuilder::new().read_only().open_local_machine(PERSONAL) {
        Ok(store) => Ok(Some(store)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Status::from(error)),
    }
}
