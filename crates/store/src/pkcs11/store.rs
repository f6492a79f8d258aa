use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cryptoki::object::ObjectClass;

use super::access::Access;
use super::failure::unavailable;
use super::key_pair::KeyPair;
use super::keys::{identified_keys, keys, keys_of};
use super::objects::{self, CertificateObject};
use super::token_key::TokenKey;
use super::{deletion, generation, importing, installation};
use crate::certificate::{is_authority, parse};
use crate::certificate_parts::Parts;
use crate::public_key::PublicKey;
use crate::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey,
    Protection, StoreError, StoredCertificate,
};

/// A PKCS#11 token as a certificate store.
#[derive(Debug)]
pub(super) struct TokenStore {
    pub(super) access: Access,
}

impl TokenStore {
    fn key_of(&self, public_key: PublicKey) -> Arc<dyn PrivateKey> {
        Arc::new(TokenKey::new(self.access.clone(), public_key))
    }

    /// Reads the certificates whose DER is `wanted`.
    fn read(&self, wanted: impl Fn(&[u8]) -> bool) -> Result<Contents, StoreError> {
        let session = self.access.silent()?;
        let _shared = self.access.token.shared();
        let class = self.access.visible_keys(&session)?;
        let keys: HashMap<Vec<u8>, Protection> = keys(&session, class, &[])
            .map_err(unavailable)?
            .into_iter()
            .map(|key| (key.id, if key.may_be_elsewhere { Protection::File } else { self.protection() }))
            .collect();
        let mut seen = HashSet::new();
        let mut contents = Contents::default();
        let all = objects::certificates(&session).map_err(unavailable)?;
        for CertificateObject { key, der, label, .. } in all.into_iter().filter(|object| wanted(&object.der)) {
            let protection = |public_key: Option<PublicKey>| {
                let computed = public_key.and_then(|public_key| public_key.token_id());
                computed.and_then(|id| keys.get(&id)).or_else(|| keys.get(&key)).copied()
            };
            let Ok(parsed) = parse(&der) else {
                let parts = Parts::of(&der);
                let protection = protection(parts.public_key());
                if protection.is_some() || !parts.is_authority() {
                    contents.add_odd(&der, label, protection, &mut seen);
                }
                continue;
            };
            let protection = protection(Some(PublicKey::of(parsed.public_key())));
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
}

impl CertificateStore for TokenStore {
    fn description(&self) -> String {
        self.access.token.description.clone()
    }

    fn protection(&self) -> Protection {
        self.access.token.protection
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        self.read(|_| true)
    }

    fn certificate(&self, id: &CertificateId) -> Result<StoredCertificate, StoreError> {
        let found = self.read(|der| CertificateId::of(der) == *id)?;
        found.certificates.into_iter().next().ok_or(StoreError::CertificateNotFound)
    }

    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let session = self.access.silent()?;
        let _shared = self.access.token.shared();
        let all = objects::certificates(&session).map_err(unavailable)?;
        let authority = |der: &Vec<u8>| parse(der).is_ok_and(|parsed| is_authority(&parsed));
        Ok(all.into_iter().map(|object| object.der).filter(authority).collect())
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let public_key = self.access.insist(generation::GENERATE, Access::changing, |session| {
            let _alone = self.access.token.alone();
            generation::generate_named(&self.access.token, session, algorithm, name, label)
        })?;
        Ok(self.key_of(public_key))
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        let session = self.access.changing()?;
        let _alone = self.access.token.alone();
        generation::abandon(&self.access.token, &session, name)
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let session = self.access.using()?;
        let _shared = self.access.token.shared();
        let all = objects::certificates(&session).map_err(unavailable)?;
        let keys = identified_keys(&session, ObjectClass::PRIVATE_KEY, &all).map_err(unavailable)?;
        let found = PublicKey::with_id(keys, id);
        found.map(|public_key| self.key_of(public_key)).ok_or(StoreError::KeyMissing(None))
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        let session = self.access.changing()?;
        let alone = self.access.token.alone();
        let id = installation::install(&session, certificate, name)?;
        drop(alone);
        self.access.settle(session);
        Ok(id)
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        let session = self.access.changing()?;
        let alone = self.access.token.alone();
        let id = importing::import(&session, identity, name)?;
        drop(alone);
        self.access.settle(session);
        Ok(id)
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let session = self.access.using()?;
        let _shared = self.access.token.shared();
        let all = objects::certificates(&session).map_err(unavailable)?;
        let object = all.iter().find(|object| CertificateId::of(&object.der) == *id);
        let public_key = object.and_then(CertificateObject::public_key).ok_or(StoreError::CertificateNotFound)?;
        if keys_of(&session, ObjectClass::PRIVATE_KEY, &public_key).map_err(unavailable)?.is_empty() {
            return Err(StoreError::KeyMissing(None));
        }
        Ok(self.key_of(public_key))
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        deletion::delete(&self.access, id)
    }

    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError> {
        deletion::delete_key(&self.access, id)
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        let session = self.access.silent()?;
        let _shared = self.access.token.shared();
        let class = self.access.visible_keys(&session)?;
        let all = objects::all_certificates(&session).map_err(unavailable)?;
        let used: HashSet<KeyId> = all.iter().filter_map(|object| Some(object.public_key()?.id())).collect();
        let mut keys = identified_keys(&session, class, &all).map_err(unavailable)?;
        keys.retain(|key| !used.contains(&key.id()));
        let mut orphans = Vec::new();
        for key in keys {
            if KeyPair::find(&session, key.clone()).map_err(unavailable)?.users(&all).is_empty() {
                orphans.push(key);
            }
        }
        Ok(PublicKey::ids(orphans))
    }
}
