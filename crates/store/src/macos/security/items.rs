//! The items of the keychains. They are read each time, since another program may have changed them.

use core_foundation::boolean::CFBoolean;
use core_foundation::data::CFData;
use core_foundation::dictionary::CFDictionary;
use core_foundation::string::CFString;
use security_framework::certificate::SecCertificate;
use security_framework::identity::SecIdentity;
use security_framework::key::SecKey;

use super::attributes::Attributes;
use super::constants;
use super::framework::attribute;
use super::keychain::Keychain;
use crate::Protection;
use crate::certificate::public_key_of;
use crate::macos::status::Failure;
use crate::public_key::PublicKey;

/// A certificate, with or without its key.
#[derive(Debug)]
pub(super) struct CertificateItem {
    pub(super) keychain: Keychain,
    pub(super) reference: SecCertificate,
    pub(super) der: Vec<u8>,
}

impl CertificateItem {
    /// Returns the public key; none if no key can be read in the certificate.
    pub(super) fn public_key(&self) -> Option<PublicKey> {
        public_key_of(&self.der)
    }
}

/// A certificate that the system has joined to its private key.
#[derive(Debug)]
pub(super) struct IdentityItem {
    pub(super) reference: SecIdentity,
    pub(super) certificate: CertificateItem,
}

/// One half of a key pair.
#[derive(Debug)]
pub(super) struct KeyItem {
    pub(super) keychain: Keychain,
    pub(super) reference: SecKey,
    /// SHA-1 of the public half for most keys. Both halves always have the same label.
    pub(super) application_label: Vec<u8>,
    /// The name given by the program that made the key. Keys of this program have their [`crate::KeyName`] here.
    pub(super) application_tag: Vec<u8>,
    pub(super) label: String,
    pub(super) protection: Protection,
}

/// Returns every certificate.
pub(super) fn certificates() -> Result<Vec<CertificateItem>, Failure> {
    let mut items = Vec::new();
    for keychain in Keychain::ALL {
        let query = Attributes::of_class(constants::class_certificate()).flag(constants::return_reference(), true);
        items.extend(keychain.find(query)?.into_iter().map(|reference| certificate_item(keychain, reference)));
    }
    Ok(items)
}

/// Returns every certificate with a private key. One that is deleted meanwhile is left out.
pub(super) fn identities() -> Result<Vec<IdentityItem>, Failure> {
    let mut items = Vec::new();
    for keychain in Keychain::ALL {
        let query = Attributes::of_class(constants::class_identity()).flag(constants::return_reference(), true);
        for reference in keychain.find::<SecIdentity>(query)? {
            match reference.certificate() {
                Ok(certificate) => {
                    items.push(IdentityItem { reference, certificate: certificate_item(keychain, certificate) });
                }
                Err(error) => tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "an identity of the keychain has no certificate"
                ),
            }
        }
    }
    Ok(items)
}

/// Returns every private key.
pub(super) fn private_keys() -> Result<Vec<KeyItem>, Failure> {
    keys(&constants::key_class_private())
}

/// Returns every public key.
pub(super) fn public_keys() -> Result<Vec<KeyItem>, Failure> {
    keys(&constants::key_class_public())
}

fn keys(class: &CFString) -> Result<Vec<KeyItem>, Failure> {
    let mut items = Vec::new();
    for keychain in Keychain::ALL {
        let query = Attributes::of_class(constants::class_key())
            .with(constants::key_class(), class)
            .flag(constants::return_reference(), true)
            .flag(constants::return_attributes(), true);
        let found: Vec<CFDictionary> = keychain.find(query)?;
        items.extend(found.iter().filter_map(|described| key_item(keychain, described)));
    }
    Ok(items)
}

fn key_item(keychain: Keychain, described: &CFDictionary) -> Option<KeyItem> {
    let application_label: Option<CFData> = attribute(described, &constants::application_label());
    let application_tag: Option<CFData> = attribute(described, &constants::application_tag());
    let label: Option<CFString> = attribute(described, &constants::label());
    let token: Option<CFString> = attribute(described, &constants::token_id());
    let extractable: Option<CFBoolean> = attribute(described, &constants::is_extractable());
    Some(KeyItem {
        keychain,
        reference: attribute(described, &constants::value_reference())?,
        application_label: application_label.map(|data| data.to_vec()).unwrap_or_default(),
        application_tag: application_tag.map(|data| data.to_vec()).unwrap_or_default(),
        label: label.map(|label| label.to_string()).unwrap_or_default(),
        protection: match (token, extractable) {
            (Some(_), _) => Protection::Hardware,
            (None, Some(extractable)) if bool::from(extractable.clone()) => Protection::File,
            (None, _) => Protection::Os,
        },
    })
}

fn certificate_item(keychain: Keychain, reference: SecCertificate) -> CertificateItem {
    CertificateItem { keychain, der: reference.to_der(), reference }
}
