use cryptoki::object::ObjectClass;

use super::access::Access;
use super::failure::unavailable;
use super::key_pair::{KeyPair, destroy};
use super::keys::{identified_keys, key_called};
use super::objects;
use crate::{CertificateId, DeletedKey, Deletion, KeyId, Refusal, StoreError};

/// Deletes a certificate, and its key unless another certificate uses it, then verifies that they are gone.
pub(super) fn delete(access: &Access, id: &CertificateId) -> Result<Deletion, StoreError> {
    let session = access.changing()?;
    let _alone = access.token.alone();
    access.token.check_count(&session).map_err(unavailable)?;
    let all = objects::all_certificates(&session).map_err(unavailable)?;
    let (same, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|object| CertificateId::of(&object.der) == *id);
    let first = same.first().ok_or(StoreError::CertificateNotFound)?;
    let public_key = match first.public_key() {
        // Of a certificate that says nothing of its key, the `CKA_ID` is what the token joins them by.
        None => key_called(&session, &first.key).map_err(unavailable)?,
        inside => inside,
    };
    let pair = public_key.map(|key| KeyPair::find(&session, key)).transpose().map_err(unavailable)?;
    let sharing = pair.as_ref().map(|pair| pair.users(&others)).unwrap_or_default();
    let pair = pair.filter(|_| sharing.is_empty());
    // A key that could not be destroyed keeps its certificate, so that the next attempt finds both.
    let outcome = pair
        .as_ref()
        .map_or(Ok(()), |pair| pair.destroy(&session))
        .and_then(|()| same.iter().try_for_each(|object| destroy(&session, object.handle)));
    if let Err(error) = outcome {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), certificate = %id, "the store refused to delete the certificate or its key");
    }
    drop(session);
    prove(access, Some(id), pair.as_ref())?;
    let key = match pair {
        _ if !sharing.is_empty() => DeletedKey::SharedWith(sharing),
        Some(pair) if pair.has_private() => DeletedKey::Gone,
        _ => DeletedKey::WasMissing,
    };
    Ok(Deletion { certificate: id.clone(), key })
}

/// Deletes a key that no certificate uses, then verifies that it is gone.
pub(super) fn delete_key(access: &Access, id: &KeyId) -> Result<(), StoreError> {
    let session = access.changing()?;
    let _alone = access.token.alone();
    access.token.check_count(&session).map_err(unavailable)?;
    let all = objects::all_certificates(&session).map_err(unavailable)?;
    let mut found = None;
    for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
        let keys = identified_keys(&session, class, &all).map_err(unavailable)?;
        found = found.or_else(|| keys.into_iter().find(|key| key.id() == *id));
    }
    let Some(public_key) = found else { return Ok(()) };
    let pair = KeyPair::find(&session, public_key).map_err(unavailable)?;
    if let [user, ..] = pair.users(&all).as_slice() {
        return Err(StoreError::refused("delete a key", Refusal::UsedBy(user.clone())));
    }
    if let Err(error) = pair.destroy(&session) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), key = %id.0, "the store refused to delete the key");
    }
    drop(session);
    prove(access, None, Some(&pair))
}

/// Reads the store in a new session. Fails if anything is left.
fn prove(access: &Access, certificate: Option<&CertificateId>, pair: Option<&KeyPair>) -> Result<(), StoreError> {
    let session = access.using()?;
    let mut left = match pair {
        Some(pair) => pair.left(&session).map_err(unavailable)?,
        None => Vec::new(),
    };
    if let Some(id) = certificate {
        let all = objects::all_certificates(&session).map_err(unavailable)?;
        if all.iter().any(|object| CertificateId::of(&object.der) == *id) {
            left.push("certificate");
        }
    }
    if left.is_empty() { Ok(()) } else { Err(StoreError::DeletionIncomplete { left: left.join(", ") }) }
}
