//! Wraps calls of the Security framework that the crate security-framework does not have, or does not have with every
//! attribute.

#![allow(unsafe_code, reason = "foreign functions, and objects that they hand over")]

use std::ptr;

use core_foundation::ConcreteCFType;
use core_foundation::array::CFArray;
use core_foundation::base::{CFType, CFTypeRef, OSStatus, TCFType, ToVoid};
use core_foundation::data::CFData;
use core_foundation::dictionary::CFDictionary;
use core_foundation::error::{CFError, CFErrorRef};
use core_foundation::string::CFString;
use security_framework::base::Error;
use security_framework::key::{Algorithm, SecKey};
use security_framework::os::macos::keychain::SecKeychain;
use security_framework_sys::base::SecKeyRef;
use security_framework_sys::import_export::{
    SEC_KEY_IMPORT_EXPORT_PARAMS_VERSION, SecItemImport, SecItemImportExportKeyParameters, kSecKeyImportOnlyOne,
};
use security_framework_sys::key::{SecKeyCreateRandomKey, SecKeyIsAlgorithmSupported, kSecKeyOperationTypeSign};
use security_framework_sys::keychain_item::{SecItemAdd, SecItemCopyMatching, SecItemDelete, SecItemUpdate};

use super::attributes::Attributes;
use super::constants;
use crate::macos::status::Failure;

/// Calls `SecItemCopyMatching`. Returns every item found, in the form `T` that `query` asks for.
pub(super) fn copy_matching<T: ConcreteCFType>(query: &Attributes) -> Result<Vec<T>, Failure> {
    let mut found: CFTypeRef = ptr::null();
    // SAFETY: the dictionary outlives the call, and `found` is a place for one reference.
    checked(unsafe { SecItemCopyMatching(query.to_dictionary().as_concrete_TypeRef(), &raw mut found) })?;
    if found.is_null() {
        return Ok(Vec::new());
    }
    // SAFETY: not null, and by the Create Rule ours to release.
    let found = unsafe { CFType::wrap_under_create_rule(found) };
    let Some(array) = found.downcast::<CFArray>() else { return Ok(found.downcast().into_iter().collect()) };
    Ok(array.get_all_values().into_iter().filter_map(concrete).collect())
}

/// Calls `SecItemAdd`.
pub(super) fn add(attributes: &Attributes) -> Result<(), Failure> {
    // SAFETY: the dictionary outlives the call; no result is asked for.
    checked(unsafe { SecItemAdd(attributes.to_dictionary().as_concrete_TypeRef(), ptr::null_mut()) })
}

/// Calls `SecItemUpdate`.
pub(super) fn update(query: &Attributes, changes: &Attributes) -> Result<(), Failure> {
    let (query, changes) = (query.to_dictionary(), changes.to_dictionary());
    // SAFETY: both dictionaries outlive the call.
    checked(unsafe { SecItemUpdate(query.as_concrete_TypeRef(), changes.as_concrete_TypeRef()) })
}

/// Calls `SecItemDelete`.
pub(super) fn delete(query: &Attributes) -> Result<(), Failure> {
    // SAFETY: the dictionary outlives the call.
    checked(unsafe { SecItemDelete(query.to_dictionary().as_concrete_TypeRef()) })
}

/// Calls `SecKeyCreateRandomKey`. Returns the private half of a new key pair.
pub(super) fn create_random_key(parameters: &Attributes) -> Result<SecKey, Failure> {
    let mut error: CFErrorRef = ptr::null_mut();
    // SAFETY: the dictionary outlives the call, and `error` is a place for one reference.
    let key = unsafe { SecKeyCreateRandomKey(parameters.to_dictionary().as_concrete_TypeRef(), &raw mut error) };
    created(key, error)
}

/// Calls `SecItemImport`, which puts a private key (PEM) into the default file keychain so that it cannot be exported.
pub(super) fn import_key(pem: &CFData) -> Result<(), Failure> {
    let keychain = SecKeychain::default().map_err(status_failure)?;
    // Permanent as everything there, and sensitive; not extractable, which is left out.
    let attributes = CFArray::from_CFTypes(&[constants::is_permanent(), constants::is_sensitive()]);
    let parameters = SecItemImportExportKeyParameters {
        version: SEC_KEY_IMPORT_EXPORT_PARAMS_VERSION,
        flags: kSecKeyImportOnlyOne,
        passphrase: ptr::null(),
        alertTitle: ptr::null(),
        alertPrompt: ptr::null(),
        accessRef: ptr::null_mut(),
        keyUsage: ptr::null_mut(),
        keyAttributes: attributes.as_concrete_TypeRef(),
    };
    // SAFETY: data, parameters with what they refer to, and keychain outlive the call. Where nothing is passed the
    // framework finds out for itself, and hands nothing back.
    checked(unsafe {
        SecItemImport(
            pem.as_concrete_TypeRef(),
            ptr::null(),
            ptr::null_mut(),
            ptr::null_mut(),
            0,
            &raw const parameters,
            keychain.as_concrete_TypeRef(),
            ptr::null_mut(),
        )
    })
}

/// Calls `SecKeyIsAlgorithmSupported` for signing. May ask the user.
pub(super) fn signs_with(key: &SecKey, algorithm: Algorithm) -> bool {
    // SAFETY: the key outlives the call, and the algorithm is a constant of the framework.
    let answer =
        unsafe { SecKeyIsAlgorithmSupported(key.as_concrete_TypeRef(), kSecKeyOperationTypeSign, algorithm.into()) };
    answer != 0
}

/// Returns one attribute of an item.
pub(super) fn attribute<T: ConcreteCFType>(described: &CFDictionary, name: &CFString) -> Option<T> {
    described.find(name.to_void()).and_then(|value| concrete(*value))
}

/// Converts a CFError to a [`Failure`].
pub(super) fn failure(error: &CFError) -> Failure {
    Failure::of_error(&error.domain().to_string(), error.code() as i64, &error.description().to_string())
}

/// Converts an error of security-framework to a [`Failure`].
pub(super) fn status_failure(error: Error) -> Failure {
    Failure::of_status(error.code(), &error.to_string())
}

fn checked(status: OSStatus) -> Result<(), Failure> {
    if status == 0 { Ok(()) } else { Err(status_failure(Error::from_code(status))) }
}

fn created(key: SecKeyRef, error: CFErrorRef) -> Result<SecKey, Failure> {
    if !key.is_null() {
        // SAFETY: not null, and by the Create Rule ours to release.
        return Ok(unsafe { SecKey::wrap_under_create_rule(key) });
    }
    if error.is_null() {
        return Err(Failure::silent());
    }
    // SAFETY: not null, and by the Create Rule ours to release.
    Err(failure(&unsafe { CFError::wrap_under_create_rule(error) }))
}

/// Returns a member of a collection, if it has the expected type.
fn concrete<T: ConcreteCFType>(member: CFTypeRef) -> Option<T> {
    if member.is_null() {
        return None;
    }
    // SAFETY: the collections of the framework hold Core Foundation objects only, and retaining it (the Get Rule) keeps
    // it beyond its collection.
    unsafe { CFType::wrap_under_get_rule(member) }.downcast()
}
