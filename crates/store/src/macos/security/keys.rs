//! Identifies keys. The system labels a key with a hash of its public half. Keys of other programs may have other
//! labels, and a private key may not give its public half without asking the user.

use std::collections::HashMap;

use super::items::{CertificateItem, KeyItem, certificates, identities, private_keys, public_keys};
use crate::macos::external_representation as external;
use crate::macos::status::Failure;
use crate::public_key::PublicKey;
use crate::{KeyName, Protection};

/// Both halves of one key, as they are in the keychains.
#[derive(Debug, Default)]
pub(super) struct KeyPair {
    pub(super) private: Vec<KeyItem>,
    pub(super) public: Vec<KeyItem>,
}

/// Returns all items of that key in the keychains.
pub(super) fn key_pair(public_key: &PublicKey) -> Result<KeyPair, Failure> {
    let own = external::external_public_key(public_key);
    let mut names: Vec<Vec<u8>> = external::application_label(public_key).into_iter().collect();
    let halves = public_keys()?;
    let same = |half: &KeyItem| own.is_some() && external_bytes(half) == own;
    names.extend(halves.iter().filter(|half| same(half)).map(|half| half.application_label.clone()));
    let named = |key: &KeyItem| !key.application_label.is_empty() && names.contains(&key.application_label);
    let public = halves.into_iter().filter(|half| same(half) || named(half)).collect();
    let mut private: Vec<KeyItem> = private_keys()?.into_iter().filter(named).collect();
    if private.is_empty() {
        private = joined(public_key)?;
    }
    Ok(KeyPair { private, public })
}

/// Returns every private key with its public half, if a public key or a certificate in the keychain gives the public
/// half. Never prompts.
pub(super) fn identified(certificates: &[CertificateItem]) -> Result<Vec<(KeyItem, Option<PublicKey>)>, Failure> {
    let mut known: HashMap<Vec<u8>, PublicKey> = certificates
        .iter()
        .filter_map(CertificateItem::public_key)
        .filter_map(|key| Some((external::application_label(&key)?, key)))
        .collect();
    for half in public_keys()? {
        if let Some(key) = external_bytes(&half).and_then(|bytes| external::public_key(&bytes)) {
            known.insert(half.application_label, key);
        }
    }
    let keys = private_keys()?.into_iter();
    Ok(keys
        .map(|key| {
            let public = known.get(&key.application_label).cloned();
            (key, public)
        })
        .collect())
}

/// Returns the only key that was made under that name, if its public half is known.
pub(super) fn named(name: &KeyName) -> Result<Option<PublicKey>, Failure> {
    let called = |key: &KeyItem| key.application_tag == name.as_str().as_bytes();
    let mut found = identified(&certificates()?)?.into_iter().filter(|(key, _)| called(key));
    Ok(match (found.next(), found.next()) {
        (Some((key, public)), None) => public.or_else(|| own_public_key(&key)),
        _ => None,
    })
}

/// Returns the public half that the key itself gives. May ask the user.
pub(super) fn own_public_key(key: &KeyItem) -> Option<PublicKey> {
    external::public_key(&key.reference.public_key()?.external_representation()?)
}

fn external_bytes(key: &KeyItem) -> Option<Vec<u8>> {
    key.reference.external_representation().map(|data| data.to_vec())
}

/// Returns the private keys that the system has joined to certificates of that key, whatever their labels.
fn joined(public_key: &PublicKey) -> Result<Vec<KeyItem>, Failure> {
    let identities = identities()?.into_iter();
    let same = identities.filter(|identity| identity.certificate.public_key().as_ref() == Some(public_key));
    Ok(same
        .filter_map(|identity| {
            Some(KeyItem {
                keychain: identity.certificate.keychain,
                reference: identity.reference.private_key().ok()?,
                application_label: Vec::new(),
                application_tag: Vec::new(),
                label: String::new(),
                protection: Protection::Os,
            })
        })
        .collect())
}
