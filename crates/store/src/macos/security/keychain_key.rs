use rustls::SignatureScheme;

use super::keys::key_pair;
use super::signature;
use crate::public_key::PublicKey;
use crate::{KeyId, PrivateKey, Refusal, StoreError};

const SIGN: &str = "sign";

/// A private key in a keychain. It is looked up for each signature, since it may have been deleted since the last one.
#[derive(Debug)]
pub(super) struct KeychainKey {
    id: KeyId,
    public_key: PublicKey,
    schemes: Vec<SignatureScheme>,
}

impl KeychainKey {
    pub(super) fn new(public_key: PublicKey) -> Self {
        // PSS in any case: what the key cannot pad is padded here. Asking the key what it can might ask the person.
        Self { id: public_key.id(), schemes: public_key.schemes(true), public_key }
    }
}

impl PrivateKey for KeychainKey {
    fn id(&self) -> &KeyId {
        &self.id
    }

    fn public_key(&self) -> &[u8] {
        &self.public_key.der
    }

    fn schemes(&self) -> &[SignatureScheme] {
        &self.schemes
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        let refused = || StoreError::refused(SIGN, Refusal::Scheme(scheme));
        if !self.schemes.contains(&scheme) {
            return Err(refused());
        }
        let pair = key_pair(&self.public_key).map_err(|failure| failure.during(SIGN))?;
        let key = pair.private.first().ok_or(StoreError::KeyMissing(None))?;
        let signed =
            signature::sign(&key.reference, self.public_key.key_kind.bits(), scheme, message).ok_or_else(refused)?;
        signed.map_err(|failure| failure.during(SIGN))
    }
}
