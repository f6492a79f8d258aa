use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use schannel::cert_context::CertContext;

use super::container::Container;
use super::context::{container, friendly_name};
use super::handle::Handle;
use super::key::{Origin, WindowsKey};
use super::orphans::{named_containers, our_keys, with_key};
use super::status::{Status, refused, unavailable};
use super::{deletion, generation, importation, installation, system_store};
use crate::certificate::{belongs_to, is_authority, parse, public_key_of};
use crate::certificate_parts::Parts;
use crate::public_key::PublicKey;
use crate::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, NotACertificate,
    PrivateKey, Protection, StoreError, StoredCertificate,
};

/// The lock for the user's certificates and keys, of which there is one per process.
static LOCK: RwLock<()> = RwLock::new(());

/// The user's own certificates and their keys.
#[derive(Debug)]
pub(super) struct WindowsStore {
    pub(super) protection: Protection,
}

impl CertificateStore for WindowsStore {
    fn description(&self) -> String {
        r"CURRENT_USER\MY".to_owned()
    }

    fn protection(&self) -> Protection {
        self.protection
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        let _shared = shared();
        let store = system_store::personal().map_err(unavailable)?;
        let (mut seen, mut contents) = (HashSet::new(), Contents::default());
        for context in store.certs() {
            let Ok(parsed) = parse(context.to_der()) else {
                let parts = Parts::of(context.to_der());
                let protection = match parts.public_key() {
                    Some(public_key) => protection(&context, &public_key),
                    None => kept(&context),
                };
                if protection.is_some() || !parts.is_authority() {
                    contents.add_odd(context.to_der(), friendly_name(&context), protection, &mut seen);
                }
                continue;
            };
            let protection = protection(&context, &PublicKey::of(parsed.public_key()));
            if protection.is_none() && is_authority(&parsed) {
                continue;
            }
            let certificate = StoredCertificate::read(&parsed, protection);
            if seen.insert(certificate.id.clone()) {
                contents.certificates.push(certificate);
            }
        }
        Ok(contents)
    }

    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let _shared = shared();
        let store = system_store::authorities().map_err(unavailable)?;
        let authority = |der: &Vec<u8>| parse(der).is_ok_and(|parsed| is_authority(&parsed));
        Ok(store.certs().map(|context| context.to_der().to_vec()).filter(authority).collect())
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let _alone = alone();
        let there = named_containers(name).map_err(unavailable)?;
        if let Some((container, public_key)) = there.iter().cloned().find_map(with_key) {
            return key(Origin::Container(container), public_key);
        }
        // CryptoAPI makes a container before it makes the key in it.
        deletion::delete_containers(&there)?;
        let container = generation::generate(algorithm, name, label).map_err(refused("generate a key"))?;
        let public_key = Handle::open(&container, true).and_then(|handle| handle.public_key());
        key(Origin::Container(container), public_key.map_err(refused("read a new key"))?)
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        let _alone = alone();
        deletion::delete_containers(&named_containers(name).map_err(unavailable)?)
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let _shared = shared();
        if let Some((container, public_key)) = keys()?.into_iter().find(|(_, public_key)| public_key.id() == *id) {
            return key(Origin::Container(container), public_key);
        }
        let store = system_store::personal().map_err(unavailable)?;
        let with_key = store.certs().find_map(|context| {
            let public_key = public_key(&context).filter(|public_key| public_key.id() == *id)?;
            Some((context, public_key))
        });
        let (context, public_key) = with_key.ok_or(StoreError::KeyMissing(None))?;
        key(Origin::Certificate(context), public_key)
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        let id = CertificateId::of(certificate);
        let public_key = PublicKey::of(parse(certificate)?.public_key());
        let _alone = alone();
        let store = system_store::personal().map_err(unavailable)?;
        if system_store::find(&store, &id).is_some() {
            return Err(StoreError::AlreadyInstalled(None));
        }
        let container = container_of(&public_key)?.ok_or(StoreError::KeyMissing(None))?;
        installation::install(certificate, &container, name).map_err(refused("install a certificate"))?;
        Ok(id)
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        let public_key = public_key_of(identity.certificate()).ok_or(NotACertificate)?;
        public_key.check_supported()?;
        let _alone = alone();
        importation::import(identity, name, container_of(&public_key)?)
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let _shared = shared();
        let store = system_store::personal().map_err(unavailable)?;
        let certificate = system_store::find(&store, id).ok_or(StoreError::CertificateNotFound)?;
        let public_key = public_key(&certificate).ok_or(StoreError::KeyMissing(None))?;
        key(Origin::Certificate(certificate), public_key)
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        let _alone = alone();
        deletion::delete(id)
    }

    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError> {
        let _alone = alone();
        deletion::delete_key(id)
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        let _shared = shared();
        let store = system_store::personal().map_err(unavailable)?;
        let certificates: Vec<CertContext> = store.certs().collect();
        let is_used = |own: &PublicKey| certificates.iter().any(|context| belongs_to(context.to_der(), own));
        Ok(PublicKey::ids(keys()?.into_iter().map(|(_, own)| own).filter(|own| !is_used(own))))
    }
}

fn shared() -> RwLockReadGuard<'static, ()> {
    LOCK.read().unwrap_or_else(PoisonError::into_inner)
}

fn alone() -> RwLockWriteGuard<'static, ()> {
    LOCK.write().unwrap_or_else(PoisonError::into_inner)
}

fn keys() -> Result<Vec<(Container, PublicKey)>, StoreError> {
    our_keys().map_err(unavailable)
}

fn key(origin: Origin, public_key: PublicKey) -> Result<Arc<dyn PrivateKey>, StoreError> {
    Ok(Arc::new(WindowsKey::new(origin, public_key)?))
}

/// Returns the container of the private half of `public_key`: a container of this program, or the container of a
/// certificate.
fn container_of(public_key: &PublicKey) -> Result<Option<Container>, StoreError> {
    if let Some((container, _)) = keys()?.into_iter().find(|(_, own)| own == public_key) {
        return Ok(Some(container));
    }
    let store = system_store::personal().map_err(unavailable)?;
    let mut same = store.certs().filter(|context| self::public_key(context).as_ref() == Some(public_key));
    Ok(same.find_map(|context| protection(&context, public_key).and_then(|_| container(&context))))
}

/// Returns the public key in the certificate. The key in its container may be another one.
fn public_key(certificate: &CertContext) -> Option<PublicKey> {
    public_key_of(certificate.to_der())
}

/// Returns how the private half of `public_key` is protected; none if the certificate has no private key. Never
/// prompts.
fn protection(certificate: &CertContext, public_key: &PublicKey) -> Option<Protection> {
    // Some other key in the container is as good as none.
    kept_as(certificate, |handle| handle.public_key().is_ok_and(|found| found != *public_key))
}

/// Returns how the key of a certificate is protected, for a certificate whose public key cannot be read.
fn kept(certificate: &CertContext) -> Option<Protection> {
    kept_as(certificate, |handle| handle.public_key().is_err_and(Status::key_is_gone))
}

fn kept_as(certificate: &CertContext, is_none: impl Fn(&Handle) -> bool) -> Option<Protection> {
    let exportable = match Handle::of_certificate(certificate, true) {
        Ok(handle) if is_none(&handle) => return None,
        Ok(handle) => match handle.is_exportable() {
            Err(status) if status.key_is_gone() => return None,
            answer => answer.unwrap_or(false),
        },
        Err(status) if status.key_is_gone() => return None,
        // It is there, and only the person could open it.
        Err(_) => false,
    };
    container(certificate).map(|container| container.protection(exportable))
}
