//! Opens stores through PKCS#11: NSS's softoken on Linux, and every card, TPM or token that has a module.

mod access;
mod deletion;
mod failure;
mod gate;
mod generation;
mod importing;
mod initialize;
mod installation;
mod key_pair;
mod keys;
mod library;
mod lifetime;
mod module;
mod nss;
mod nss_folder;
mod objects;
mod signature;
mod single_part;
mod store;
mod token;
mod token_key;

use std::path::Path;
use std::sync::Arc;

use crate::{CertificateStore, PinSource, StoreError};
use access::Access;
use store::TokenStore;

#[cfg(target_os = "linux")]
pub(crate) use nss::native_directory;

/// Opens the NSS database in `directory`, and makes it if the folder is empty. A folder that does not exist is made
/// only if it is `own`, the folder of the user's own store of this system.
pub(crate) fn open_nss(
    directory: &Path,
    own: bool,
    pin: Option<Arc<dyn PinSource>>,
) -> Result<Arc<dyn CertificateStore>, StoreError> {
    Ok(Arc::new(TokenStore { access: Access { token: nss::open(directory, own)?, pin } }))
}

/// Opens the token with the label `label` of the module `library`. Without a label, opens the first token.
pub(crate) fn open_token(
    library: &Path,
    label: Option<&str>,
    pin: Option<Arc<dyn PinSource>>,
) -> Result<Arc<dyn CertificateStore>, StoreError> {
    Ok(Arc::new(TokenStore { access: Access { token: module::token(library, label)?, pin } }))
}
