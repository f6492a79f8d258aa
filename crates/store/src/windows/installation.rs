use schannel::cert_context::CertContext;
use schannel::cert_store::{CertAdd, CertStore};

use super::container::Container;
use super::context::{commit, set_container};
use super::status::{Result, Status};
use super::system_store::{self, AUTHORITIES, PERSONAL};

/// Installs a certificate for the key in `container`, under a name that Windows shows. Leaves nothing if it fails.
pub(super) fn install(der: &[u8], container: &Container, name: &str) -> Result<()> {
    let certificate = CertContext::new(der)?;
    set_container(&certificate, container)?;
    certificate.set_friendly_name(name)?;
    let mut store = system_store::open(PERSONAL)?;
    let added = store.add_cert(&certificate, CertAdd::New)?;
    commit(&store).inspect_err(|_| clear(&store, [added]))
}

/// Installs the intermediate CA certificates of a chain in the store in which Windows searches for them. The root is
/// left out, since the server has it. Leaves nothing if it fails.
pub(super) fn install_authorities(chain: &[Vec<u8>]) -> Result<()> {
    let mut store = system_store::open(AUTHORITIES)?;
    let mut added = Vec::new();
    let outcome = chain.iter().filter(|der| !is_root(der)).try_for_each(|der| match add(&mut store, der) {
        Ok(new) => {
            added.push(new);
            Ok(())
        }
        Err(status) if status.exists() => Ok(()),
        Err(status) => Err(status),
    });
    outcome.and_then(|()| commit(&store)).inspect_err(|_| clear(&store, added))
}

fn add(store: &mut CertStore, der: &[u8]) -> Result<CertContext> {
    store.add_cert(&CertContext::new(der)?, CertAdd::New).map_err(Status::from)
}

fn is_root(der: &[u8]) -> bool {
    crate::certificate::parse(der).is_ok_and(|certificate| certificate.subject() == certificate.issuer())
}

fn clear(store: &CertStore, added: impl IntoIterator<Item = CertContext>) {
    let deleted: Result<()> = added.into_iter().try_for_each(|certificate| Ok(certificate.delete()?));
    if let Err(status) = deleted.and_then(|()| commit(store)) {
        tracing::error!(status = status.number(), "the certificate of a failed installation is left in the store");
    }
}
