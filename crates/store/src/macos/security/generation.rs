use core_foundation::data::CFData;
use core_foundation::number::CFNumber;
use core_foundation::string::CFString;
use security_framework::access_control::{ProtectionMode, SecAccessControl};
use security_framework::key::SecKey;

use super::attributes::Attributes;
use super::keychain::Keychain;
use super::{constants, framework};
use crate::macos::external_representation::public_key;
use crate::macos::status::{Cause, Failure};
use crate::public_key::PublicKey;
use crate::{KeyAlgorithm, KeyName};

/// `kSecAccessControlPrivateKeyUsage`: the key may sign.
const PRIVATE_KEY_USAGE: usize = 1 << 30;

/// Makes a permanent key pair: in the Secure Enclave if possible (P-256, in a program that is signed for it, on a Mac
/// that has one), otherwise in the file keychain. Leaves nothing if it fails.
pub(super) fn generate(algorithm: KeyAlgorithm, name: &KeyName, label: &str) -> Result<PublicKey, Failure> {
    match algorithm {
        KeyAlgorithm::EcP256 => match in_secure_enclave(name, label) {
            Err(failure) if failure.cause != Cause::Denied => {
                tracing::info!(number = failure.number(), "the Secure Enclave made no key: the file keychain makes it");
                in_file(&constants::key_type_ec(), 256, name, label)
            }
            made => made,
        },
        KeyAlgorithm::Rsa2048 => in_file(&constants::key_type_rsa(), 2048, name, label),
    }
}

fn in_secure_enclave(name: &KeyName, label: &str) -> Result<PublicKey, Failure> {
    let access = SecAccessControl::create_with_protection(
        Some(ProtectionMode::AccessibleWhenUnlockedThisDeviceOnly),
        PRIVATE_KEY_USAGE,
    );
    let private = half(name, label).with(constants::access_control(), &access.map_err(framework::status_failure)?);
    let parameters = parameters(Keychain::DataProtection, &constants::key_type_ec(), 256)
        .with(constants::token_id(), &constants::token_id_secure_enclave())
        .with(constants::private_key_attributes(), &private.to_dictionary());
    make(Keychain::DataProtection, &parameters)
}

fn in_file(key_type: &CFString, bits: i32, name: &KeyName, label: &str) -> Result<PublicKey, Failure> {
    let private = half(name, label)
        .flag(constants::is_sensitive(), true)
        .flag(constants::is_extractable(), false)
        .flag(constants::can_sign(), true);
    let public = half(name, label).flag(constants::can_verify(), true);
    let parameters = parameters(Keychain::File, key_type, bits)
        .with(constants::private_key_attributes(), &private.to_dictionary())
        .with(constants::public_key_attributes(), &public.to_dictionary());
    make(Keychain::File, &parameters)
}

/// Returns the attributes that both halves of a key have: the name, the label, and that they are permanent.
fn half(name: &KeyName, label: &str) -> Attributes {
    Attributes::default()
        .flag(constants::is_permanent(), true)
        .with(constants::application_tag(), &CFData::from_buffer(name.as_str().as_bytes()))
        .text(constants::label(), label)
}

fn parameters(keychain: Keychain, key_type: &CFString, bits: i32) -> Attributes {
    keychain
        .bound(Attributes::default())
        .with(constants::key_type(), key_type)
        .with(constants::key_size(), &CFNumber::from(bits))
}

fn make(keychain: Keychain, parameters: &Attributes) -> Result<PublicKey, Failure> {
    let private = framework::create_random_key(parameters)?;
    let public = private.public_key();
    let read = public.as_ref().and_then(SecKey::external_representation).and_then(|bytes| public_key(&bytes));
    read.ok_or_else(|| {
        // Without its public half, the key could never be found again.
        for half in [Some(private), public].into_iter().flatten() {
            if let Err(failure) = keychain.delete(constants::class_key(), &half) {
                tracing::error!(number = failure.number(), "half of an incomplete key is left in the keychain");
            }
        }
        Failure::silent()
    })
}
