use cryptoki::error::Result;
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::failure::is_gone;
use super::keys::{KeyObject, key_type, keys, keys_of};
use super::objects::CertificateObject;
use crate::CertificateId;
use crate::certificate::belongs_to;
use crate::public_key::PublicKey;

/// Both halves of a key, as they are in the token.
#[derive(Debug)]
pub(super) struct KeyPair {
    public_key: PublicKey,
    private: Vec<KeyObject>,
    public: Vec<KeyObject>,
}

impl KeyPair {
    /// Finds both halves together. A private half may be recognisable only by its public half or by a certificate.
    pub(super) fn find(session: &Session, public_key: PublicKey) -> Result<Self> {
        let private = keys_of(session, ObjectClass::PRIVATE_KEY, &public_key)?;
        let public = keys_of(session, ObjectClass::PUBLIC_KEY, &public_key)?;
        Ok(Self { public_key, private, public })
    }

    pub(super) fn has_private(&self) -> bool {
        !self.private.is_empty()
    }

    /// Returns the certificates that use this pair, each once.
    pub(super) fn users(&self, certificates: &[CertificateObject]) -> Vec<CertificateId> {
        let mut users: Vec<CertificateId> = certificates
            .iter()
            .filter(|object| self.may_be_used_by(object))
            .map(|object| CertificateId::of(&object.der))
            .collect();
        users.sort();
        users.dedup();
        users
    }

    /// Returns whether a certificate uses the key. The public key in the certificate decides; if the certificate does
    /// not parse, its `CKA_ID` or the bytes of the key do.
    fn may_be_used_by(&self, object: &CertificateObject) -> bool {
        belongs_to(&object.der, &self.public_key) || !object.is_readable() && self.has_id(&object.key)
    }

    fn has_id(&self, id: &[u8]) -> bool {
        let mut halves = self.private.iter().chain(&self.public);
        let is_computed = || self.public_key.token_id().is_some_and(|computed| computed == id);
        !id.is_empty() && (halves.any(|half| half.id == id) || is_computed())
    }

    /// Destroys the private half before the public one, so that an interruption leaves nothing that can sign.
    pub(super) fn destroy(&self, session: &Session) -> Result<()> {
        self.private.iter().chain(&self.public).try_for_each(|half| destroy(session, half.handle))
    }

    /// Returns the names of the parts that are left. The halves are searched for as before, and also by their former
    /// `CKA_ID`: without its certificate, a private EC key may not be recognised in another way.
    pub(super) fn left(&self, session: &Session) -> Result<Vec<&'static str>> {
        let mut left = Vec::new();
        let halves = [
            (ObjectClass::PRIVATE_KEY, &self.private, "private key"),
            (ObjectClass::PUBLIC_KEY, &self.public, "public key"),
        ];
        for (class, found, name) in halves {
            let mut there = !keys_of(session, class, &self.public_key)?.is_empty();
            for id in found.iter().map(|half| &half.id).filter(|id| !id.is_empty()) {
                let kind = key_type(&self.public_key).map(Attribute::KeyType);
                let like: Vec<Attribute> = kind.into_iter().chain([Attribute::Id(id.clone())]).collect();
                there |= !keys(session, class, &like)?.is_empty();
            }
            if there {
                left.push(name);
            }
        }
        Ok(left)
    }
}

/// Destroys one object. Succeeds if the object does not exist.
pub(super) fn destroy(session: &Session, object: ObjectHandle) -> Result<()> {
    match session.destroy_object(object) {
        Err(error) if is_gone(&error) => Ok(()),
        outcome => outcome,
    }
}
