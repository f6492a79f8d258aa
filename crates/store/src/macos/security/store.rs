use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use x509_parser::prelude::X509Certificate;

use super::items::{CertificateItem, certificates, identities, private_keys};
use super::key_label::{is_ours, key_label};
use super::keychain_key::KeychainKey;
use super::keys::{identified, key_pair, own_public_key};
use super::{deletion, generation, importing, installation, keys};
use crate::certificate::{is_authority, parse};
use crate::certificate_parts::Parts;
use crate::macos::external_representation::application_label;
use crate::macos::intermediate::intermediates;
use crate::macos::status::Failure;
use crate::public_key::PublicKey;
use crate::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey,
    Protection, StoreError, StoredCertificate,
};

/// The user's keychains.
#[derive(Debug)]
pub(super) struct KeychainStore;

impl CertificateStore for KeychainStore {
    fn description(&self) -> String {
        "keychain".to_owned()
    }

    /// Returns the protection that every new key has at least. A key in the Secure Enclave is protected better. Its
    /// certificate shows that.
    fn protection(&self) -> Protection {
        Protection::Os
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        let keys: HashMap<Vec<u8>, Protection> = private_keys()
            .map_err(Failure::reading)?
            .into_iter()
            .map(|key| (key.application_label, key.protection))
            .collect();
        let joined = identities().map_err(Failure::reading)?.into_iter().map(|identity| (identity.certificate, true));
        let all = certificates().map_err(Failure::reading)?.into_iter().map(|certificate| (certificate, false));
        let mut seen = HashSet::new();
        let mut contents = Contents::default();
        for (CertificateItem { der, .. }, joined) in joined.chain(all) {
            let protection = |public_key: Option<PublicKey>| {
                let name = public_key.and_then(|public_key| application_label(&public_key));
                // Of a key that goes by another name, the least is promised.
                name.and_then(|name| keys.get(&name).copied()).or(joined.then_some(Protection::Os))
            };
            let Ok(parsed) = parse(&der) else {
                let parts = Parts::of(&der);
                let protection = protection(parts.public_key());
                if protection.is_some() || !parts.is_authority() {
                    contents.add_odd(&der, None, protection, &mut seen);
                }
                continue;
            };
            let protection = protection(Some(PublicKey::of(parsed.public_key())));
            if protection.is_none() && !may_be_ours(&parsed) {
                continue;
            }
            let certificate = StoredCertificate::read(&parsed, protection);
            if seen.insert(certificate.id.clone()) {
                contents.certificates.push(certificate);
            }
        }
        Ok(contents)
    }

    /// Reads every keychain in the user's search list, since an administrator may have installed CA certificates in
    /// that of the system. Certificates are never locked, so this never prompts.
    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let all = certificates().map_err(Failure::reading)?;
        Ok(intermediates(all.into_iter().map(|item| item.der)))
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        if let Some(whole) = keys::named(name).map_err(Failure::reading)? {
            return Ok(Arc::new(KeychainKey::new(whole)));
        }
        deletion::delete_named(name)?;
        let made = generation::generate(algorithm, name, &key_label(label));
        let public_key = made.map_err(|failure| failure.during("generate a key"))?;
        // Not every keychain takes the label while it makes the key.
        match key_pair(&public_key) {
            Ok(pair) => installation::name_keys(&pair, label),
            Err(failure) => tracing::warn!(number = failure.number(), "the new key cannot be labelled"),
        }
        Ok(Arc::new(KeychainKey::new(public_key)))
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        if let Some(whole) = keys::named(name).map_err(Failure::reading)? {
            deletion::delete_key(&whole.id())?;
        }
        deletion::delete_named(name)
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let all = certificates().map_err(Failure::reading)?;
        let keys = identified(&all).map_err(Failure::reading)?;
        let known = keys.iter().filter_map(|(_, public)| public.clone());
        // These are read last, and one after the other: reading the key itself might ask the person.
        let unknown = keys.iter().filter(|(_, public)| public.is_none()).filter_map(|(key, _)| own_public_key(key));
        let found = PublicKey::with_id(known.chain(unknown), id).ok_or(StoreError::KeyMissing(None))?;
        Ok(Arc::new(KeychainKey::new(found)))
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        installation::install(certificate, name)
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        importing::import(identity, name)
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let all = certificates().map_err(Failure::reading)?;
        let item = all.iter().find(|item| CertificateId::of(&item.der) == *id);
        let public_key = item.and_then(CertificateItem::public_key).ok_or(StoreError::CertificateNotFound)?;
        if key_pair(&public_key).map_err(Failure::reading)?.private.is_empty() {
            return Err(StoreError::KeyMissing(None));
        }
        Ok(Arc::new(KeychainKey::new(public_key)))
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        deletion::delete(id)
    }

    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError> {
        deletion::delete_key(id)
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        let all = certificates().map_err(Failure::reading)?;
        let ours = identified(&all).map_err(Failure::reading)?.into_iter().filter(|(key, _)| is_ours(&key.label));
        let unused = ours.filter_map(|(_, public)| public).filter(|key| deletion::users(&all, Some(key)).is_empty());
        Ok(PublicKey::ids(unused))
    }
}

/// Returns whether a certificate without a key may be one that has lost its key. The keychain also has certificates of
/// CAs, and of other people for mail.
fn may_be_ours(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.extended_key_usage();
    !is_authority(certificate) && usage.is_ok_and(|found| found.is_some_and(|extension| extension.value.client_auth))
}
