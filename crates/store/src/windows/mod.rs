//! The store of Windows: certificates in `CURRENT_USER\MY`, and keys in CNG, or in CryptoAPI if CNG cannot store keys.

mod blob;
mod capi;
mod cng;
mod container;
mod context;
mod deletion;
mod generation;
mod handle;
mod importation;
mod installation;
mod key;
mod orphans;
mod owner;
mod status;
mod status_names;
mod store;
mod system_store;
mod wide;

use std::sync::Arc;

use crate::{CertificateStore, Protection};
use store::WindowsStore;

pub use owner::set_owner_window;

/// Opens the user's own store.
pub(crate) fn open() -> Arc<dyn CertificateStore> {
    let protection = if generation::platform().is_some() { Protection::Hardware } else { Protection::Os };
    Arc::new(WindowsStore { protection })
}
