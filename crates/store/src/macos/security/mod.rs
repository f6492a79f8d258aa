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

/// The user's keychains: the file ones, and the data protection keychain as far as this program is signed for it.
pub(crate) fn open() -> Arc<dyn CertificateStore> {
    Arc::new(store::KeychainStore)
}
