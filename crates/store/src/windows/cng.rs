//! Calls CNG, for keys in key storage providers (Microsoft, "CNG Key Storage Functions").

#![allow(unsafe_code)]

use std::ptr;

use windows_sys::Win32::Security::Cryptography as crypt;
use windows_sys::core::PCWSTR;

use super::container::PLATFORM;
use super::owner;
use super::status::{Result, Status};
use super::wide::{narrow, wide};
use crate::KeyAlgorithm;

/// A key storage provider.
#[derive(Debug)]
pub(super) struct Provider {
    handle: usize,
    /// Whether the provider's keys can never be exported, as the keys of a TPM.
    hardware: bool,
}

/// A key in a provider.
#[derive(Debug)]
pub(super) struct Key(usize);

/// The padding of an RSA signature, with the name of the digest.
#[derive(Debug, Clone, Copy)]
pub(super) enum Padding {
    /// No padding, for ECDSA.
    None,
    Pkcs1(PCWSTR),
    /// RSA-PSS with a salt as long as the digest.
    Pss(PCWSTR),
}

impl Provider {
    pub(super) fn open(name: &str) -> Result<Self> {
        let (wide, mut handle) = (wide(name), 0);
        // SAFETY: the name ends with a NUL and outlives the call, which writes one handle.
        Status::check(unsafe { crypt::NCryptOpenStorageProvider(&mut handle, wide.as_ptr(), 0) })?;
        Ok(Self { handle, hardware: name == PLATFORM })
    }

    /// Returns whether the provider has a TPM. The platform provider then reports the type of the TPM.
    pub(super) fn has_tpm(&self) -> bool {
        property(self.handle, crypt::NCRYPT_PCP_PLATFORM_TYPE_PROPERTY).is_ok_and(|platform| !platform.is_empty())
    }

    /// Makes a key for signing that cannot be exported, and stores it under `name`.
    pub(super) fn generate(&self, algorithm: KeyAlgorithm, name: &str) -> Result<Key> {
        let identifier = match algorithm {
            KeyAlgorithm::EcP256 => crypt::BCRYPT_ECDSA_P256_ALGORITHM,
            KeyAlgorithm::Rsa2048 => crypt::BCRYPT_RSA_ALGORITHM,
        };
        let (name, mut handle) = (wide(name), 0);
        // SAFETY: both strings end with a NUL and outlive the call, which writes one handle.
        let made =
            unsafe { crypt::NCryptCreatePersistedKey(self.handle, &mut handle, identifier, name.as_ptr(), 0, 0) };
        Status::check(made)?;
        let key = Key(handle);
        if algorithm == KeyAlgorithm::Rsa2048 {
            key.set(crypt::NCRYPT_LENGTH_PROPERTY, 2048, crypt::NCRYPT_PERSIST_FLAG)?;
        }
        if self.hardware {
            return key.finish();
        }
        key.set(crypt::NCRYPT_KEY_USAGE_PROPERTY, crypt::NCRYPT_ALLOW_SIGNING_FLAG, crypt::NCRYPT_PERSIST_FLAG)?;
        key.keep()
    }

    /// Imports a key in `pkcs8` (RFC 5958) under `name` so that it cannot be exported.
    pub(super) fn import(&self, pkcs8: &[u8], name: &str) -> Result<Key> {
        let mut name = wide(name);
        let mut buffer = crypt::BCryptBuffer {
            cbBuffer: length(2 * name.len())?,
            BufferType: crypt::NCRYPTBUFFER_PKCS_KEY_NAME,
            pvBuffer: name.as_mut_ptr().cast(),
        };
        let parameters =
            crypt::BCryptBufferDesc { ulVersion: crypt::NCRYPTBUFFER_VERSION, cBuffers: 1, pBuffers: &mut buffer };
        let (size, mut handle) = (length(pkcs8.len())?, 0);
        let flags = crypt::NCRYPT_DO_NOT_FINALIZE_FLAG;
        let form = crypt::NCRYPT_PKCS8_PRIVATE_KEY_BLOB;
        // SAFETY: parameters, name and blob outlive the call, their lengths are given in bytes, and it writes one handle.
        let imported = unsafe {
            crypt::NCryptImportKey(self.handle, 0, form, &parameters, &mut handle, pkcs8.as_ptr(), size, flags)
        };
        Status::check(imported)?;
        Key(handle).keep()
    }

    pub(super) fn key(&self, name: &str, machine: bool, silent: bool) -> Result<Key> {
        let (name, mut handle) = (wide(name), 0);
        let place = if machine { crypt::NCRYPT_MACHINE_KEY_FLAG } else { 0 };
        let flags = place | if silent { crypt::NCRYPT_SILENT_FLAG } else { 0 };
        // SAFETY: the name ends with a NUL and outlives the call, which writes one handle.
        Status::check(unsafe { crypt::NCryptOpenKey(self.handle, &mut handle, name.as_ptr(), 0, flags) })?;
        Ok(Key(handle))
    }

    /// Returns the names of the user's keys in CNG. The keys of CryptoAPI, which CNG also lists, are left out.
    pub(super) fn names(&self) -> Result<Vec<String>> {
        let (mut names, mut state) = (Vec::new(), ptr::null_mut());
        let end = loop {
            let mut found: *mut crypt::NCryptKeyName = ptr::null_mut();
            let flags = crypt::NCRYPT_SILENT_FLAG;
            // SAFETY: the state is null at first and then what the last call left; both pointers may be written.
            let status = unsafe { crypt::NCryptEnumKeys(self.handle, ptr::null(), &mut found, &mut state, flags) };
            if let Err(status) = Status::check(status) {
                break status;
            }
            // SAFETY: a successful call points `found` to a record whose strings end with a NUL, ours until freed.
            unsafe {
                if (*found).dwLegacyKeySpec == 0 {
                    names.push(narrow((*found).pszName));
                }
                crypt::NCryptFreeBuffer(found.cast());
            }
        };
        if !state.is_null() {
            // SAFETY: the calls above allocated it, and nothing uses it any more.
            unsafe { crypt::NCryptFreeBuffer(state) };
        }
        if end.is_the_end() { Ok(names) } else { Err(end) }
    }
}

impl Key {
    /// Returns a key for a handle. The handle is freed when the key is dropped.
    pub(super) fn from_handle(handle: usize) -> Self {
        Self(handle)
    }

    /// Forbids the export of a new key, and stores it.
    fn keep(self) -> Result<Self> {
        match self.set(crypt::NCRYPT_EXPORT_POLICY_PROPERTY, 0, crypt::NCRYPT_PERSIST_FLAG) {
            Ok(()) => self.finish(),
            Err(status) => Err(self.give_up(status)),
        }
    }

    fn finish(self) -> Result<Self> {
        self.ask_in_the_window();
        // SAFETY: the handle is open.
        match Status::check(unsafe { crypt::NCryptFinalizeKey(self.0, 0) }) {
            Ok(()) => Ok(self),
            Err(status) => Err(self.give_up(status)),
        }
    }

    /// Destroys an incomplete key.
    fn give_up(self, cause: Status) -> Status {
        if let Err(status) = self.delete() {
            tracing::debug!(status = status.number(), "an incomplete key cannot be destroyed");
        }
        cause
    }

    /// Sets the window of the program as the owner of the provider's prompts, if the provider can do that.
    pub(super) fn ask_in_the_window(&self) {
        let Some(window) = owner::window() else { return };
        let bytes = window.to_ne_bytes();
        let (name, size) = (crypt::NCRYPT_WINDOW_HANDLE_PROPERTY, size_of::<isize>() as u32);
        // SAFETY: the bytes are those of a window handle, as the property wants them, and outlive the call.
        let set = unsafe { crypt::NCryptSetProperty(self.0, name, bytes.as_ptr(), size, 0) };
        if let Err(status) = Status::check(set) {
            tracing::debug!(status = status.number(), "the provider accepts no owner window for its prompts");
        }
    }

    /// Returns a property that is a number.
    pub(super) fn number(&self, name: PCWSTR) -> Result<u32> {
        let bytes = property(self.0, name)?;
        Ok(u32::from_ne_bytes(bytes.try_into().map_err(|_| Status::BAD_DATA)?))
    }

    /// Returns the public half as a blob of that type.
    pub(super) fn public_blob(&self, form: PCWSTR) -> Result<Vec<u8>> {
        sized(|buffer, capacity, written| {
            // SAFETY: the buffer, null while its size is asked, holds `capacity` bytes, and `written` may be written.
            unsafe { crypt::NCryptExportKey(self.0, 0, form, ptr::null(), buffer, capacity, written, 0) }
        })
    }

    /// Signs a digest. May ask the user. Returns an ECDSA signature as r‖s.
    pub(super) fn sign(&self, digest: &[u8], padding: Padding) -> Result<Vec<u8>> {
        let size = length(digest.len())?;
        let (mut pkcs1, mut pss) =
            (crypt::BCRYPT_PKCS1_PADDING_INFO::default(), crypt::BCRYPT_PSS_PADDING_INFO::default());
        let (information, flags) = match padding {
            Padding::None => (ptr::null(), 0),
            Padding::Pkcs1(hash) => {
                pkcs1.pszAlgId = hash;
                ((&raw const pkcs1).cast(), crypt::NCRYPT_PAD_PKCS1_FLAG)
            }
            Padding::Pss(hash) => {
                (pss.pszAlgId, pss.cbSalt) = (hash, size);
                ((&raw const pss).cast(), crypt::NCRYPT_PAD_PSS_FLAG)
            }
        };
        sized(|buffer, capacity, written| {
            // SAFETY: the padding is of the type that its flag names, or null; digest and buffer have the given lengths.
            unsafe {
                crypt::NCryptSignHash(self.0, information, digest.as_ptr(), size, buffer, capacity, written, flags)
            }
        })
    }

    /// Deletes the key from its provider.
    pub(super) fn delete(self) -> Result<()> {
        // SAFETY: the handle is open. A success frees it, so that `drop` must not.
        let deleted = Status::check(unsafe { crypt::NCryptDeleteKey(self.0, 0) });
        if deleted.is_ok() {
            std::mem::forget(self);
        }
        deleted
    }

    fn set(&self, name: PCWSTR, value: u32, flags: u32) -> Result<()> {
        let bytes = value.to_ne_bytes();
        // SAFETY: the name ends with a NUL; the value has the given length and outlives the call.
        Status::check(unsafe { crypt::NCryptSetProperty(self.0, name, bytes.as_ptr(), length(bytes.len())?, flags) })
    }
}

fn property(object: usize, name: PCWSTR) -> Result<Vec<u8>> {
    sized(|buffer, capacity, written| {
        // SAFETY: the buffer, null while its size is asked, holds `capacity` bytes, and `written` may be written.
        unsafe { crypt::NCryptGetProperty(object, name, buffer, capacity, written, 0) }
    })
}

/// Asks for the size with a null buffer, then for the contents.
fn sized(call: impl Fn(*mut u8, u32, *mut u32) -> i32) -> Result<Vec<u8>> {
    let mut size = 0;
    Status::check(call(ptr::null_mut(), 0, &mut size))?;
    let mut buffer = vec![0; size as usize];
    Status::check(call(buffer.as_mut_ptr(), size, &mut size))?;
    buffer.truncate(size as usize);
    Ok(buffer)
}

fn length(bytes: usize) -> Result<u32> {
    u32::try_from(bytes).map_err(|_| Status::BAD_DATA)
}

impl Drop for Provider {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this is its last use.
        unsafe { crypt::NCryptFreeObject(self.handle) };
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this is its last use.
        unsafe { crypt::NCryptFreeObject(self.0) };
    }
}
