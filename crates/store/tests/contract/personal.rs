//! Accesses the system stores of Windows, without the store under test.

#![allow(unsafe_code)]

use std::ptr;

use schannel::RawPointer;
use schannel::cert_context::CertContext;
use schannel::cert_store::{CertAdd, CertStore};
use windows_sys::Win32::Security::Cryptography::{CERT_STORE_CTRL_COMMIT, CertControlStore};

/// Returns the DER and the friendly name of every certificate in one of the user's stores.
#[allow(dead_code, reason = "for one of the test programs")]
pub(crate) fn contents(store: &str) -> Vec<(Vec<u8>, Option<String>)> {
    let all = CertStore::open_current_user(store).unwrap();
    all.certs().map(|context| (context.to_der().to_vec(), context.friendly_name().ok())).collect()
}

pub(crate) fn write(store: &str, certificate: &[u8], name: &str) {
    let context = CertContext::new(certificate).unwrap();
    context.set_friendly_name(name).unwrap();
    let mut all = CertStore::open_current_user(store).unwrap();
    all.add_cert(&context, CertAdd::New).unwrap();
    commit(&all);
}

pub(crate) fn erase(store: &str, certificate: &[u8]) {
    let all = CertStore::open_current_user(store).unwrap();
    let found = all.certs().find(|context| context.to_der() == certificate);
    found.expect("what is to be erased").delete().unwrap();
    commit(&all);
}

/// Writes the changes of the store to disk. Without this call, Wine forgets a deletion.
fn commit(store: &CertStore) {
    // SAFETY: the store is open, and a commit takes no parameter.
    let committed = unsafe { CertControlStore(store.as_ptr(), 0, CERT_STORE_CTRL_COMMIT, ptr::null()) };
    assert_ne!(committed, 0, "{}", std::io::Error::last_os_error());
}
