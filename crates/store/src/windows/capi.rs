//! Calls CryptoAPI, the predecessor of CNG. It is used for RSA with PKCS#1 v1.5 only.

#![allow(unsafe_code)]

use std::ffi::CStr;
use std::ptr;

use windows_sys::Win32::Security::Cryptography as crypt;

use super::container::{Container, ENHANCED};
use super::owner;
use super::status::{Result, Status};
use super::wide::wide;

/// An open container of a CryptoAPI provider.
#[derive(Debug)]
pub(super) struct Context(usize);

#[derive(Debug)]
struct Key(usize);

#[derive(Debug)]
struct Hash(usize);

impl Context {
    pub(super) fn open(container: &Container, silent: bool) -> Result<Self> {
        let context = acquire(container, if silent { crypt::CRYPT_SILENT } else { 0 })?;
        if let Some(window) = owner::window().filter(|_| !silent) {
            let bytes = window.to_ne_bytes();
            // SAFETY: the parameter is a window handle, whose bytes outlive the call. Without it the prompt has no owner.
            unsafe { crypt::CryptSetProvParam(context.0, crypt::PP_CLIENT_HWND, bytes.as_ptr(), 0) };
        }
        Ok(context)
    }

    /// Makes a new container. Fails if the container exists.
    pub(super) fn create(container: &Container) -> Result<Self> {
        acquire(container, crypt::CRYPT_NEWKEYSET)
    }

    /// Deletes a container with its keys.
    pub(super) fn delete(container: &Container) -> Result<()> {
        // The call leaves no handle behind.
        acquire(container, crypt::CRYPT_DELETEKEYSET).map(std::mem::forget)
    }

    /// Makes an RSA key of 2048 bits in the container that cannot be exported. The key stays when the container is
    /// closed.
    pub(super) fn generate(&self, key_spec: u32) -> Result<()> {
        const LENGTH: u32 = 2048 << 16;
        let mut key = 0;
        // SAFETY: the context is open, and the call writes one handle.
        Status::check_last(unsafe { crypt::CryptGenKey(self.0, key_spec, LENGTH, &mut key) })?;
        drop(Key(key));
        Ok(())
    }

    /// Imports a `PRIVATEKEYBLOB` so that it cannot be exported. The key stays when the container is closed.
    pub(super) fn import(&self, blob: &[u8]) -> Result<()> {
        let size = u32::try_from(blob.len()).map_err(|_| Status::BAD_DATA)?;
        let mut key = 0;
        // SAFETY: the blob has the given length and outlives the call, which writes one handle.
        Status::check_last(unsafe { crypt::CryptImportKey(self.0, blob.as_ptr(), size, 0, 0, &mut key) })?;
        drop(Key(key));
        Ok(())
    }

    /// Returns the public half as a `PUBLICKEYBLOB`.
    pub(super) fn public_blob(&self, key_spec: u32) -> Result<Vec<u8>> {
        let key = self.key(key_spec)?;
        sized(|buffer, size| {
            // SAFETY: the buffer, null while its size is asked, holds `size` bytes.
            unsafe { crypt::CryptExportKey(key.0, 0, crypt::PUBLICKEYBLOB, 0, buffer, size) }
        })
    }

    pub(super) fn is_exportable(&self, key_spec: u32) -> Result<bool> {
        let key = self.key(key_spec)?;
        let bytes = sized(|buffer, size| {
            // SAFETY: the buffer, null while its size is asked, holds `size` bytes.
            unsafe { crypt::CryptGetKeyParam(key.0, crypt::KP_PERMISSIONS, buffer, size, 0) }
        })?;
        let permissions = u32::from_ne_bytes(bytes.try_into().map_err(|_| Status::BAD_DATA)?);
        Ok(permissions & crypt::CRYPT_EXPORT != 0)
    }

    /// Signs a digest of `algorithm` (`CALG_…`). The bytes come in CryptoAPI's order, the last first.
    pub(super) fn sign(&self, key_spec: u32, algorithm: u32, digest: &[u8]) -> Result<Vec<u8>> {
        let mut hash = 0;
        // SAFETY: the context is open, and the call writes one handle.
        Status::check_last(unsafe { crypt::CryptCreateHash(self.0, algorithm, 0, 0, &mut hash) })?;
        let hash = Hash(hash);
        // SAFETY: the digest is as long as the algorithm's, which the caller sees to.
        Status::check_last(unsafe { crypt::CryptSetHashParam(hash.0, crypt::HP_HASHVAL, digest.as_ptr(), 0) })?;
        sized(|buffer, size| {
            // SAFETY: the buffer, null while its size is asked, holds `size` bytes.
            unsafe { crypt::CryptSignHashW(hash.0, key_spec, ptr::null(), 0, buffer, size) }
        })
    }

    fn key(&self, key_spec: u32) -> Result<Key> {
        let mut key = 0;
        // SAFETY: the context is open, and the call writes one handle.
        Status::check_last(unsafe { crypt::CryptGetUserKey(self.0, key_spec, &mut key) })?;
        Ok(Key(key))
    }
}

/// Returns the names of the user's containers.
pub(super) fn names() -> Result<Vec<String>> {
    let (provider, mut context) = (wide(ENHANCED), 0);
    let flags = crypt::CRYPT_VERIFYCONTEXT | crypt::CRYPT_SILENT;
    // SAFETY: the name ends with a NUL and outlives the call, which writes one handle.
    Status::check_last(unsafe {
        crypt::CryptAcquireContextW(&mut context, ptr::null(), provider.as_ptr(), crypt::PROV_RSA_AES, flags)
    })?;
    let context = Context(context);
    let (mut names, mut which) = (Vec::new(), crypt::CRYPT_FIRST);
    loop {
        // Longer than the longest name, MAX_PATH.
        let mut buffer = [0_u8; 1024];
        let mut size = 1024;
        // SAFETY: the buffer holds `size` bytes.
        let listed = unsafe {
            crypt::CryptGetProvParam(context.0, crypt::PP_ENUMCONTAINERS, buffer.as_mut_ptr(), &mut size, which)
        };
        match Status::check_last(listed) {
            Ok(()) => names.extend(CStr::from_bytes_until_nul(&buffer).map(|name| name.to_string_lossy().into_owned())),
            Err(status) if status.is_the_end() => return Ok(names),
            Err(status) => return Err(status),
        }
        which = crypt::CRYPT_NEXT;
    }
}

fn acquire(container: &Container, flags: u32) -> Result<Context> {
    let (name, named, mut context) = (wide(&container.name), wide(&container.provider), 0);
    // A certificate may leave the provider out: the default one of that type then.
    let provider = if container.provider.is_empty() { ptr::null() } else { named.as_ptr() };
    let flags = flags | if container.machine { crypt::CRYPT_MACHINE_KEYSET } else { 0 };
    // SAFETY: both strings outlive the call and end with a NUL, or are null; it writes one handle.
    Status::check_last(unsafe {
        crypt::CryptAcquireContextW(&mut context, name.as_ptr(), provider, container.provider_type, flags)
    })?;
    Ok(Context(context))
}

/// Asks for the size with a null buffer, then for the contents.
fn sized(call: impl Fn(*mut u8, *mut u32) -> i32) -> Result<Vec<u8>> {
    let mut size = 0;
    Status::check_last(call(ptr::null_mut(), &mut size))?;
    let mut buffer = vec![0; size as usize];
    Status::check_last(call(buffer.as_mut_ptr(), &mut size))?;
    buffer.truncate(size as usize);
    Ok(buffer)
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this is its last use.
        unsafe { crypt::CryptReleaseContext(self.0, 0) };
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this is its last use. The key itself stays in its container.
        unsafe { crypt::CryptDestroyKey(self.0) };
    }
}

impl Drop for Hash {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this is its last use.
        unsafe { crypt::CryptDestroyHash(self.0) };
    }
}
