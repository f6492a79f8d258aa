use cryptoki::error::Result;
use cryptoki::object::{ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::access::Access;
use super::failure::{is_gone, unavailable};
use super::keys::{identified_keys, keys_of};
use super::objects::{self, CertificateObject};
use crate::public_key::PublicKey;
use crate::{CertificateId, DeletedKey, Deletion, KeyId, StoreError};

/// Private before public: what is left by a cut is then of no use to anybody.
const HALVES: [(ObjectClass, &str); 2] =
    [(ObjectClass::PRIVATE_KEY, "private key"), (ObjectClass::PUBLIC_KEY, "public key")];

/// Deletes a certificate, and its key unless another certificate uses it; then reads again.
pub(super) fn delete(access: &Access, id: &CertificateId) -> std::result::Result<Deletion, StoreError> {
    let session = access.changing()?;
    let _alone = access.token.alone();
    let all = objects::certificates(&session).map_err(unavailable)?;
    let (same, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|object| CertificateId::of(&object.der) == *id);
    let public_key = same.first().ok_or(StoreError::CertificateNotFound)?.public_key();
    let sharing = users(&others, public_key.as_ref());
    let own_key = public_key.filter(|_| sharing.is_empty());
    let found = match &own_key {
        Some(key) => destroy_key(&session, key),
        None => Ok(false),
    };
    // A key that could not be destroyed keeps its certificate, so that the next attempt finds both.
    let outcome = found.and_then(|found| {
        same.iter().try_for_each(|object| destroy(&session, object.handle))?;
        Ok(found)
    });
    if let Err(error) = &outcome {
        tracing::warn!(%error, certificate = %id, "the store refused to delete");
    }
    drop(session);
    prove(access, Some(id), own_key.as_ref())?;
    let key = match outcome {
        _ if !sharing.is_empty() => DeletedKey::SharedWith(sharing),
        Ok(false) => DeletedKey::WasMissing,
        // Refused, and gone all the same: another program was faster.
        Ok(true) | Err(_) => DeletedKey::Gone,
    };
    Ok(Deletion { certificate: id.clone(), key })
}

/// Deletes a key that no certificate uses; then reads again.
pub(super) fn delete_key(access: &Access, id: &KeyId) -> std::result::Result<(), StoreError> {
    let session = access.changing()?;
    let _alone = access.token.alone();
    let all = objects::certificates(&session).map_err(unavailable)?;
    let mut found = None;
    for (class, _) in HALVES {
        let keys = identified_keys(&session, class, &all).map_err(unavailable)?;
        found = found.or_else(|| keys.into_iter().find(|key| key.id() == *id));
    }
    let Some(public_key) = found else { return Ok(()) };
    if let [user, ..] = users(&all, Some(&public_key)).as_slice() {
        let reason = format!("the certificate {user} uses it");
        return Err(StoreError::Refused { operation: "delete a key", reason });
    }
    if let Err(error) = destroy_key(&session, &public_key) {
        tracing::warn!(%error, key = %id.0, "the store refused to delete");
    }
    drop(session);
    prove(access, None, Some(&public_key))
}

/// The certificates on that key, each once.
fn users(certificates: &[CertificateObject], key: Option<&PublicKey>) -> Vec<CertificateId> {
    let mut users: Vec<CertificateId> = certificates
        .iter()
        .filter(|object| key.is_some() && object.public_key().as_ref() == key)
        .map(|object| CertificateId::of(&object.der))
        .collect();
    users.sort();
    users.dedup();
    users
}

/// Whether there was a private half.
fn destroy_key(session: &Session, key: &PublicKey) -> Result<bool> {
    // Both are found before either goes: a private half may be known only by the public one.
    let private = keys_of(session, ObjectClass::PRIVATE_KEY, key)?;
    let public = keys_of(session, ObjectClass::PUBLIC_KEY, key)?;
    private.iter().chain(&public).try_for_each(|half| destroy(session, half.handle))?;
    Ok(!private.is_empty())
}

fn destroy(session: &Session, object: ObjectHandle) -> Result<()> {
    match session.destroy_object(object) {
        Err(error) if is_gone(&error) => Ok(()),
        outcome => outcome,
    }
}

/// Reads the store in a new session; finding anything is the error.
fn prove(
    access: &Access,
    certificate: Option<&CertificateId>,
    key: Option<&PublicKey>,
) -> std::result::Result<(), StoreError> {
    let session = access.using()?;
    let mut left = Vec::new();
    if let Some(key) = key {
        for (class, name) in HALVES {
            if !keys_of(&session, class, key).map_err(unavailable)?.is_empty() {
                left.push(name);
            }
        }
    }
    if let Some(id) = certificate {
        let all = objects::certificates(&session).map_err(unavailable)?;
        if all.iter().any(|object| CertificateId::of(&object.der) == *id) {
            left.push("certificate");
        }
    }
    if left.is_empty() { Ok(()) } else { Err(StoreError::DeletionIncomplete { left: left.join(", ") }) }
}
