use cryptoki::object::ObjectClass;
use rustls::SignatureScheme;

use super::access::Access;
use super::failure::refused;
use super::keys::keys_of;
use super::signature;
use crate::public_key::PublicKey;
use crate::{KeyId, PrivateKey, StoreError};

const SIGN: &str = "sign";

/// A private key in a token, looked up anew for each signature: it may be deleted in between.
#[derive(Debug)]
pub(super) struct TokenKey {
    access: Access,
    id: KeyId,
    public_key: PublicKey,
    schemes: Vec<SignatureScheme>,
}

impl TokenKey {
    pub(super) fn new(access: Access, public_key: PublicKey) -> Self {
        Self { id: public_key.id(), schemes: public_key.schemes(access.token.pss), public_key, access }
    }
}

impl PrivateKey for TokenKey {
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
        if !self.schemes.contains(&scheme) {
            return Err(StoreError::Refused { operation: SIGN, reason: format!("not with {scheme:?}") });
        }
        let session = self.access.using()?;
        let _shared = self.access.token.shared();
        let found = keys_of(&session, ObjectClass::PRIVATE_KEY, &self.public_key).map_err(refused(SIGN))?;
        let key = found.first().ok_or(StoreError::KeyMissing)?;
        signature::sign(&session, key.handle, scheme, message).map_err(refused(SIGN))
    }
}
