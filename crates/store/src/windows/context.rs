//! Reads and writes the properties that Windows stores with a certificate, and opens the key that they refer to.

#![allow(unsafe_code)]

use std::ptr;

use schannel::RawPointer;
use schannel::cert_context::CertContext;
use schannel::cert_store::CertStore;
use windows_sys::Win32::Security::Cryptography as crypt;

use super::cng;
use super::container::Container;
use super::owner;
use super::status::{Result, Status};
use super::wide::{narrow, wide};

/// How the key of a certificate is opened.
#[derive(Debug)]
pub(super) enum Acquired {
    /// The key is opened by CNG, which can also open a key of CryptoAPI.
    Cng(cng::Key),
    /// Only CryptoAPI can use the key.
    Capi,
}

/// Returns the container of the certificate's key; none if the certificate has no such property.
pub(super) fn container(certificate: &CertContext) -> Option<Container> {
    let mut size = 0;
    // SAFETY: the context is valid while `certificate` is, and a null buffer asks for the size alone.
    let answer = unsafe {
        crypt::CertGetCertificateContextProperty(
            raw(certificate),
            crypt::CERT_KEY_PROV_INFO_PROP_ID,
            ptr::null_mut(),
            &mut size,
        )
    };
    Status::check_last(answer).ok()?;
    // In units that align it as the structure wants, and with room for at least one.
    let room = (size as usize).max(size_of::<crypt::CRYPT_KEY_PROV_INFO>());
    let mut buffer = vec![0_u64; room.div_ceil(size_of::<u64>())];
    let data = buffer.as_mut_ptr();
    // SAFETY: the buffer holds `size` bytes.
    let answer = unsafe {
        crypt::CertGetCertificateContextProperty(
            raw(certificate),
            crypt::CERT_KEY_PROV_INFO_PROP_ID,
            data.cast(),
            &mut size,
        )
    };
    Status::check_last(answer).ok()?;
    // SAFETY: the buffer is aligned and holds the structure, whose strings lie in the same buffer and end with a NUL.
    unsafe {
        let information: &crypt::CRYPT_KEY_PROV_INFO = &*data.cast();
        Some(Container {
            name: narrow(information.pwszContainerName),
            provider: narrow(information.pwszProvName),
            provider_type: information.dwProvType,
            key_spec: information.dwKeySpec,
            machine: information.dwFlags & crypt::CRYPT_MACHINE_KEYSET != 0,
        })
    }
}

/// Returns the name that Windows shows for the certificate; none if it has no such name.
pub(super) fn friendly_name(certificate: &CertContext) -> Option<String> {
    let property = |data: *mut std::ffi::c_void, size: &mut u32| {
        // SAFETY: the context is valid while `certificate` is; `data` is null, which asks for the size alone, or holds
        // `size` bytes.
        Status::check_last(unsafe {
            crypt::CertGetCertificateContextProperty(raw(certificate), crypt::CERT_FRIENDLY_NAME_PROP_ID, data, size)
        })
    };
    let mut size = 0;
    property(ptr::null_mut(), &mut size).ok()?;
    let mut name = vec![0_u16; (size as usize).div_ceil(size_of::<u16>())];
    property(name.as_mut_ptr().cast(), &mut size).ok()?;
    let end = name.iter().position(|unit| *unit == 0).unwrap_or(name.len());
    Some(String::from_utf16_lossy(&name[..end]))
}

/// Sets the container of the certificate's key.
pub(super) fn set_container(certificate: &CertContext, container: &Container) -> Result<()> {
    let (mut name, mut provider) = (wide(&container.name), wide(&container.provider));
    let information = crypt::CRYPT_KEY_PROV_INFO {
        pwszContainerName: name.as_mut_ptr(),
        pwszProvName: provider.as_mut_ptr(),
        dwProvType: container.provider_type,
        dwFlags: if container.machine { crypt::CRYPT_MACHINE_KEYSET } else { 0 },
        cProvParam: 0,
        rgProvParam: ptr::null_mut(),
        dwKeySpec: container.key_spec,
    };
    // SAFETY: the structure and its strings outlive the call, which copies them.
    Status::check_last(unsafe {
        crypt::CertSetCertificateContextProperty(
            raw(certificate),
            crypt::CERT_KEY_PROV_INFO_PROP_ID,
            0,
            (&raw const information).cast(),
        )
    })
}

/// Opens the certificate's key, by CNG if possible. May ask the user unless `silent`.
pub(super) fn acquire(certificate: &CertContext, silent: bool) -> Result<Acquired> {
    let window = owner::window().filter(|_| !silent);
    let flags = crypt::CRYPT_ACQUIRE_PREFER_NCRYPT_KEY_FLAG
        | crypt::CRYPT_ACQUIRE_NO_HEALING
        | if silent { crypt::CRYPT_ACQUIRE_SILENT_FLAG } else { 0 }
        | if window.is_some() { crypt::CRYPT_ACQUIRE_WINDOW_HANDLE_FLAG } else { 0 };
    let parameters = window.as_ref().map_or(ptr::null(), |window| ptr::from_ref(window).cast());
    let (mut handle, mut key_spec, mut ours) = (0, 0, 0);
    // SAFETY: the context is valid; the parameters are null or, with their flag, a window handle; the rest is written.
    let acquired = unsafe {
        crypt::CryptAcquireCertificatePrivateKey(
            raw(certificate),
            flags,
            parameters,
            &mut handle,
            &mut key_spec,
            &mut ours,
        )
    };
    Status::check_last(acquired)?;
    match (key_spec, ours != 0) {
        (crypt::CERT_NCRYPT_KEY_SPEC, true) => Ok(Acquired::Cng(cng::Key::from_handle(handle))),
        // Without CRYPT_ACQUIRE_CACHE_FLAG a CNG handle is ours; another program may have put its own beside it.
        (crypt::CERT_NCRYPT_KEY_SPEC, false) => Err(Status::NOT_SUPPORTED),
        (_, ours) => {
            if ours {
                // SAFETY: the handle is open, and no other value owns it.
                unsafe { crypt::CryptReleaseContext(handle, 0) };
            }
            Ok(Acquired::Capi)
        }
    }
}

/// Writes the changes of the store to disk.
pub(super) fn commit(store: &CertStore) -> Result<()> {
    // SAFETY: the store is open while `store` lives, and a commit takes no parameter.
    Status::check_last(unsafe {
        crypt::CertControlStore(store.as_ptr(), 0, crypt::CERT_STORE_CTRL_COMMIT, ptr::null())
    })
}

fn raw(certificate: &CertContext) -> *const crypt::CERT_CONTEXT {
    // SAFETY: the pointer is only used while `certificate` lives, and nothing is freed through it.
    unsafe { certificate.as_ptr() }.cast_const().cast()
}
