//! The modules that call the Security framework.

mod attributes;
mod constants;
mod deletion;
mod framework;
mod generation;
mod importing;
mod installation;
mod items;
mod key_label;
mod keychain;
mod keychain_key;
mod keys;
mod signature;
mod store;

use std::sync::Arc;

use crate::CertificateStore;

/// Opens the user's keychains: the keychain files, and the data protection keychain if this program is signed for it.
pub(crate) fn open() -> Arc<dyn CertificateStore> {
    Arc::new(store::KeychainStore)
}
