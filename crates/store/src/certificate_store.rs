use std::sync::Arc;

use crate::{
    CertificateId, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey, Protection, StoreError,
    StoredCertificate,
};

/// A store of client certificates and their private keys.
pub trait CertificateStore: Send + Sync + std::fmt::Debug {
    /// Returns the location of the store, for logs and details: a path or a token's label.
    fn description(&self) -> String;

    /// Returns how a key made by [`Self::generate`] is protected.
    fn protection(&self) -> Protection;

    /// Returns every end-entity certificate whose key is or was in this store, and every certificate that cannot be
    /// read. Never prompts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Locked`].
    fn contents(&self) -> Result<Contents, StoreError>;

    /// Returns the certificates of [`Self::contents`] that can be read.
    ///
    /// # Errors
    /// The errors of [`Self::contents`].
    fn certificates(&self) -> Result<Vec<StoredCertificate>, StoreError> {
        Ok(self.contents()?.certificates)
    }

    /// Returns one certificate of [`Self::contents`] that can be read, as it is now. Never prompts. A store that can
    /// read one certificate alone does not read the others.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; the errors of [`Self::contents`].
    fn certificate(&self, id: &CertificateId) -> Result<StoredCertificate, StoreError> {
        let found = self.certificates()?.into_iter().find(|certificate| certificate.id == *id);
        found.ok_or(StoreError::CertificateNotFound)
    }

    /// Returns the CA certificates of this store, as DER. Never prompts. Some stores keep no CA certificates.
    ///
    /// # Errors
    /// The errors of [`Self::contents`].
    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(Vec::new())
    }

    /// Makes a key that cannot be exported, under `name`. Users see the key as `label` until it has a certificate. If
    /// an earlier call with the same name was interrupted and its key is complete, returns that key. If that key is
    /// incomplete, deletes it first. So repeated calls make only one key.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the store cannot make such a key. Nothing is left then, unless the token was removed
    /// meanwhile ([`StoreError::TokenRemoved`]).
    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Makes a key as [`Self::generate_named`] does, under a random name.
    ///
    /// # Errors
    /// The errors of [`Self::generate_named`].
    fn generate(&self, algorithm: KeyAlgorithm, label: &str) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.generate_named(algorithm, &KeyName::fresh()?, label)
    }

    /// Deletes the key that [`Self::generate_named`] left under `name`, complete or not. Succeeds if there is no such
    /// key. Call this only for a key for which no certificate was ever requested.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] if a certificate uses the key.
    fn abandon(&self, name: &KeyName) -> Result<(), StoreError>;

    /// Returns the key of that identity, for instance to continue an interrupted acquisition.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`].
    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Installs `certificate` beside its key, under the name `name`, by which the user knows it.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`], [`StoreError::AlreadyInstalled`], [`StoreError::NotACertificate`];
    /// [`StoreError::SerialNumberTaken`] if the store cannot keep it beside another one. The store is then unchanged.
    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError>;

    /// Imports a key and its certificate, under the name `name`, by which the user knows them. If the store can prevent
    /// it, the key cannot be exported again. The CA certificates of the chain are imported if the store keeps such
    /// certificates.
    ///
    /// # Errors
    /// [`StoreError::AlreadyInstalled`]; [`StoreError::SerialNumberTaken`] as for [`Self::install`];
    /// [`StoreError::KeyUnsupported`] for a kind of key with which Inkan cannot sign; [`StoreError::ImportUnsupported`]
    /// if the store imports no such key; [`StoreError::Refused`]. The store is then unchanged.
    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError>;

    /// Opens the key of a certificate for signing.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`], [`StoreError::KeyMissing`].
    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError>;

    /// Deletes the key, then the certificate, then reads the store again to verify that both are gone. If another
    /// certificate uses the key, the key is kept, and the result names that certificate. A certificate that cannot be
    /// read is deleted in the same way.
    ///
    /// # Errors
    /// [`StoreError::CertificateNotFound`]; [`StoreError::DeletionIncomplete`] names what is left.
    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError>;

    /// Deletes a key that has no certificate. Succeeds if there is no such key.
    ///
    /// # Errors
    /// [`StoreError::DeletionIncomplete`]; [`StoreError::Refused`] if a certificate uses the key.
    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError>;

    /// Returns the keys that no certificate uses.
    ///
    /// # Errors
    /// The errors of [`Self::contents`].
    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError>;
}
