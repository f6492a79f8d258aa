use std::sync::Arc;

use core_foundation::data::CFData;
use core_foundation::string::CFString;
use zeroize::Zeroizing;

use super::attributes::Attributes;
use super::deletion::delete_pair;
use super::installation::{add_certificate, name_certificate, refuse_second};
use super::items::certificates;
use super::keychain::Keychain;
use super::keys::key_pair;
use super::store::key_label;
use super::{constants, framework};
use crate::certificate::parse;
use crate::macos::external_representation::private_key;
use crate::macos::status::{Cause, Failure};
use crate::public_key::{Kind, PublicKey};
use crate::{CertificateId, Identity, StoreError};

const IMPORT: &str = "import a certificate";

/// Key, chain, then certificate: into the file keychain, or beside the key where that is there already. What was added
/// goes again where a later one fails.
pub(super) fn import(identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
    let certificate = parse(identity.certificate())?;
    refuse_second(identity.certificate())?;
    let public_key = PublicKey::of(certificate.public_key());
    let key = private_key(identity.key(), &public_key).map_err(|reason| StoreError::ImportUnsupported { reason })?;
    let there = key_pair(&public_key).map_err(Failure::reading)?.private.first().map(|key| key.keychain);
    let own_key = there.is_none().then_some(&public_key);
    let mut added = Vec::new();
    let outcome = own_key
        .map_or(Ok(()), |public_key| add_key(key, public_key, name))
        .and_then(|()| add_certificates(there.unwrap_or(Keychain::File), identity, &mut added));
    if let Err(failure) = outcome {
        undo(own_key, &added);
        return Err(failure.during(IMPORT));
    }
    name_certificate(identity.certificate(), name);
    Ok(identity.id())
}

fn add_key(key: Zeroizing<Vec<u8>>, public_key: &PublicKey, name: &str) -> Result<(), Failure> {
    // The data object refers to these bytes, and does not copy them: they are wiped when both are gone.
    let external = CFData::from_arc(Arc::new(key));
    let attributes = Attributes::default()
        .with(constants::key_type(), &key_type(public_key))
        .with(constants::key_class(), &constants::key_class_private());
    let key = framework::create_key(&external, &attributes)?;
    let item = Attributes::of_class(constants::class_key())
        .with(constants::value_reference(), &key)
        .text(constants::label(), &key_label(name))
        .flag(constants::is_permanent(), true)
        .flag(constants::is_sensitive(), true)
        .flag(constants::is_extractable(), false);
    match Keychain::File.add(item) {
        Err(failure) if failure.cause == Cause::Duplicate => Ok(()),
        outcome => outcome,
    }
}

/// The intermediates, which a server may need to see, then the certificate itself. `added` holds those that were not
/// there before.
fn add_certificates<'a>(keychain: Keychain, identity: &'a Identity, added: &mut Vec<&'a [u8]>) -> Result<(), Failure> {
    let there = certificates()?;
    let is_root = |der: &[u8]| parse(der).is_ok_and(|own| own.subject() == own.issuer());
    for der in identity.chain().iter().filter(|der| !is_root(der) && !there.iter().any(|item| item.der == **der)) {
        add_certificate(keychain, der)?;
        added.push(der);
    }
    add_certificate(keychain, identity.certificate())?;
    added.push(identity.certificate());
    Ok(())
}

fn undo(key: Option<&PublicKey>, added: &[&[u8]]) {
    let outcome = key.map_or(Ok(()), delete_pair).and_then(|()| {
        let items = certificates()?;
        let mut items = items.iter().filter(|item| added.contains(&item.der.as_slice()));
        items.try_for_each(|item| item.keychain.delete(constants::class_certificate(), &item.reference))
    });
    if let Err(failure) = outcome {
        tracing::error!(reason = failure.reason, "an unfinished import stays in the keychain");
    }
}

fn key_type(public_key: &PublicKey) -> CFString {
    match public_key.kind {
        Kind::Rsa(_) => constants::key_type_rsa(),
        Kind::Ec(_) | Kind::Other(_) => constants::key_type_ec(),
    }
}
