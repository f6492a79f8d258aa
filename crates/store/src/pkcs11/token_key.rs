use std::sync::{Mutex, MutexGuard, PoisonError};

use cryptoki::error::Result as Pkcs11Result;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use rustls::SignatureScheme;

use super::access::Access;
use super::failure::{is_gone, is_session_over, refused};
use super::keys::keys_of;
use super::objects::attributes_of;
use super::signature;
use crate::public_key::PublicKey;
use crate::{KeyId, PrivateKey, Refusal, StoreError};

const SIGN: &str = "sign";

/// A private key in a token. It is looked up for each signature, since it may have been deleted since the last one.
#[derive(Debug)]
pub(super) struct TokenKey {
    access: Access,
    id: KeyId,
    public_key: PublicKey,
    schemes: Vec<SignatureScheme>,
    /// A decrypted copy of the key, if decrypting is slow, and the session of the copy.
    copy: Mutex<Option<(Session, ObjectHandle)>>,
}

impl TokenKey {
    pub(super) fn new(access: Access, public_key: PublicKey) -> Self {
        Self {
            id: public_key.id(),
            schemes: public_key.schemes(access.token.pss),
            public_key,
            access,
            copy: Mutex::new(None),
        }
    }

    /// Tries to sign once. `wrong` says that the PIN of the previous attempt was wrong.
    fn attempt(&self, scheme: SignatureScheme, message: &[u8], wrong: bool) -> Result<Vec<u8>, StoreError> {
        self.access.insist(SIGN, Access::using, |session| {
            let shared = self.access.token.shared();
            let found = keys_of(session, ObjectClass::PRIVATE_KEY, &self.public_key).map_err(refused(SIGN))?;
            let Some(key) = found.first().map(|key| key.handle) else {
                *self.copy() = None;
                return Err(StoreError::KeyMissing(None));
            };
            if asks_each_time(session, key).map_err(refused(SIGN))? {
                // Nobody else has to wait while a person types.
                drop(shared);
                return self.sign_after_login(session, key, scheme, message, wrong).map(Ok);
            }
            Ok(if self.access.token.decrypts_slowly().map_err(refused(SIGN))? {
                self.sign_with_copy(key, scheme, message)
            } else {
                sign(session, key, scheme, message)
            })
        })
    }

    /// Signs after a login that is valid for this one signature (PKCS#11 v3.1 §5.6.8, `CKU_CONTEXT_SPECIFIC`).
    fn sign_after_login(
        &self,
        session: &Session,
        key: ObjectHandle,
        scheme: SignatureScheme,
        message: &[u8],
        wrong: bool,
    ) -> Result<Vec<u8>, StoreError> {
        let pin = self.access.pin_for_one_use(wrong)?;
        let _shared = self.access.token.shared();
        let single_part = self.access.token.single_part().map_err(refused(SIGN))?;
        let signature = signature::sign(scheme, message, |mechanism, data| {
            session.sign_init(mechanism, key)?;
            session.login(UserType::ContextSpecific, pin.as_ref())?;
            single_part.sign(session, data)
        });
        signature.map_err(|error| match is_gone(&error) {
            true => StoreError::KeyMissing(Some(error.into())),
            false => refused(SIGN)(error),
        })
    }

    fn copy(&self) -> MutexGuard<'_, Option<(Session, ObjectHandle)>> {
        self.copy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs with a copy that is an object of its session only: it is never stored, and ends with the session.
    fn sign_with_copy(&self, key: ObjectHandle, scheme: SignatureScheme, message: &[u8]) -> Pkcs11Result<Vec<u8>> {
        let mut copy = self.copy();
        if let Some((session, copied)) = copy.as_ref() {
            match sign(session, *copied, scheme, message) {
                // A logout destroys it.
                Err(error) if is_gone(&error) || is_session_over(&error) => {}
                outcome => return outcome,
            }
        }
        *copy = None;
        let session = self.access.token.reading()?;
        let copied = session.copy_object(key, &[Attribute::Token(false)])?;
        let signature = sign(&session, copied, scheme, message)?;
        *copy = Some((session, copied));
        Ok(signature)
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
            return Err(StoreError::refused(SIGN, Refusal::Scheme(scheme)));
        }
        let mut wrong = false;
        loop {
            match self.attempt(scheme, message, wrong) {
                // A session may have ended with nothing wrong with the token: a card out and in again.
                Err(StoreError::TokenRemoved(_)) => return self.attempt(scheme, message, wrong),
                // In a session of its own: that of the attempt is still in the middle of signing.
                Err(StoreError::WrongPin(_)) if self.access.asks_again() => wrong = true,
                outcome => return outcome,
            }
        }
    }
}

fn sign(session: &Session, key: ObjectHandle, scheme: SignatureScheme, message: &[u8]) -> Pkcs11Result<Vec<u8>> {
    signature::sign(scheme, message, |mechanism, data| session.sign(mechanism, key, data))
}

/// Returns whether the key needs a login for each signature, as the key of a signing card may.
fn asks_each_time(session: &Session, key: ObjectHandle) -> Pkcs11Result<bool> {
    let read = attributes_of(session, key, &[AttributeType::AlwaysAuthenticate])?;
    Ok(matches!(read.as_deref(), Some([Attribute::AlwaysAuthenticate(true)])))
}
