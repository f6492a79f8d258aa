use super::constants;
use super::items::{CertificateItem, KeyItem, certificates, identities, private_keys, public_keys};
use super::keys::{identified, key_pair, own_public_key};
use crate::certificate::belongs_to;
use crate::macos::status::Failure;
use crate::public_key::PublicKey;
use crate::{CertificateId, DeletedKey, Deletion, KeyId, KeyName, Refusal, StoreError};

/// Deletes a certificate, and its key unless another certificate uses it, then verifies that they are gone.
pub(super) fn delete(id: &CertificateId) -> Result<Deletion, StoreError> {
    let (same, others): (Vec<_>, Vec<_>) = read_certificates()?.into_iter().partition(|item| is(item, id));
    let public_key = same.first().ok_or(StoreError::CertificateNotFound)?.public_key();
    let sharing = users(&others, public_key.as_ref());
    let own_key = public_key.filter(|_| sharing.is_empty());
    let had_key = match &own_key {
        Some(key) => !key_pair(key).map_err(Failure::reading)?.private.is_empty(),
        None => false,
    };
    let outcome = delete_identity(id, own_key.as_ref())
        .and_then(|()| delete_certificate(id))
        .and_then(|()| own_key.as_ref().map_or(Ok(()), delete_pair));
    if let Err(failure) = outcome {
        tracing::warn!(number = failure.number(), certificate = %id, "the keychain refused to delete the certificate or its key");
    }
    prove(Some(id), own_key.as_ref())?;
    let key = match had_key {
        _ if !sharing.is_empty() => DeletedKey::SharedWith(sharing),
        true => DeletedKey::Gone,
        false => DeletedKey::WasMissing,
    };
    Ok(Deletion { certificate: id.clone(), key })
}

/// Deletes a key that no certificate uses, then verifies that it is gone.
pub(super) fn delete_key(id: &KeyId) -> Result<(), StoreError> {
    let all = read_certificates()?;
    let known = identified(&all).map_err(Failure::reading)?.into_iter();
    let mut keys = known.filter_map(|(key, public)| public.or_else(|| own_public_key(&key)));
    let Some(public_key) = keys.find(|key| key.id() == *id) else { return Ok(()) };
    if let Some(user) = users(&all, Some(&public_key)).first() {
        return Err(StoreError::refused("delete a key", Refusal::UsedBy(user.clone())));
    }
    if let Err(failure) = delete_pair(&public_key) {
        tracing::warn!(number = failure.number(), key = %id.0, "the keychain refused to delete the key");
    }
    prove(None, Some(&public_key))
}

/// Deletes the incomplete key of that name, which never had a certificate, then verifies that it is gone.
pub(super) fn delete_named(name: &KeyName) -> Result<(), StoreError> {
    let called = |halves: Result<Vec<KeyItem>, Failure>| -> Result<Vec<KeyItem>, StoreError> {
        let mut named = halves.map_err(Failure::reading)?;
        named.retain(|half| half.application_tag == name.as_str().as_bytes());
        Ok(named)
    };
    for half in called(private_keys())?.iter().chain(&called(public_keys())?) {
        if let Err(failure) = half.keychain.delete(constants::class_key(), &half.reference) {
            tracing::warn!(number = failure.number(), "the keychain refused to delete an incomplete key");
        }
    }
    match (called(private_keys())?.is_empty(), called(public_keys())?.is_empty()) {
        (true, true) => Ok(()),
        (false, _) => Err(StoreError::DeletionIncomplete { left: "private key".to_owned() }),
        (true, false) => Err(StoreError::DeletionIncomplete { left: "public key".to_owned() }),
    }
}

/// Deletes the certificate together with its private key, if no other certificate uses the key. The references are
/// looked up again for each step, so that an item that was deleted by an earlier step is not used.
fn delete_identity(id: &CertificateId, own_key: Option<&PublicKey>) -> Result<(), Failure> {
    if own_key.is_none() {
        return Ok(());
    }
    for identity in identities()?.iter().filter(|identity| is(&identity.certificate, id)) {
        identity.certificate.keychain.delete(constants::class_identity(), &identity.reference)?;
    }
    Ok(())
}

fn delete_certificate(id: &CertificateId) -> Result<(), Failure> {
    for item in certificates()?.iter().filter(|item| is(item, id)) {
        item.keychain.delete(constants::class_certificate(), &item.reference)?;
    }
    Ok(())
}

/// Deletes the private half before the public one, so that an interruption leaves nothing that can sign.
pub(super) fn delete_pair(public_key: &PublicKey) -> Result<(), Failure> {
    let pair = key_pair(public_key)?;
    for half in pair.private.iter().chain(&pair.public) {
        half.keychain.delete(constants::class_key(), &half.reference)?;
    }
    Ok(())
}

/// Reads the keychains again. Fails if anything is left, or if they cannot be read.
fn prove(certificate: Option<&CertificateId>, key: Option<&PublicKey>) -> Result<(), StoreError> {
    let mut left = Vec::new();
    if let Some(key) = key {
        let pair = key_pair(key).map_err(Failure::reading)?;
        left.extend((!pair.private.is_empty()).then_some("private key"));
        left.extend((!pair.public.is_empty()).then_some("public key"));
    }
    if let Some(id) = certificate {
        left.extend(read_certificates()?.iter().any(|item| is(item, id)).then_some("certificate"));
    }
    if left.is_empty() { Ok(()) } else { Err(StoreError::DeletionIncomplete { left: left.join(", ") }) }
}

/// Returns the certificates that use the key, each once.
pub(super) fn users(items: &[CertificateItem], key: Option<&PublicKey>) -> Vec<CertificateId> {
    let on_it = items.iter().filter(|item| key.is_some_and(|key| belongs_to(&item.der, key)));
    let mut users: Vec<CertificateId> = on_it.map(|item| CertificateId::of(&item.der)).collect();
    users.sort();
    users.dedup();
    users
}

fn is(item: &CertificateItem, id: &CertificateId) -> bool {
    CertificateId::of(&item.der) == *id
}

fn read_certificates() -> Result<Vec<CertificateItem>, StoreError> {
    certificates().map_err(Failure::reading)
}
