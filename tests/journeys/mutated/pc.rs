//! Runs the journeys inside this process, because thousands of program starts would take minutes.

use std::sync::{Arc, OnceLock};

use inkan_client::protocol::Language;
use inkan_client::{Home, Inkan, Location};
use inkan_store::CertificateStore;
use tempfile::TempDir;

/// The NSS database of this process, which can open only one, and its folder.
static STORE: OnceLock<(Arc<dyn CertificateStore>, TempDir)> = OnceLock::new();

/// Makes a client with data of its own. The folder is removed with the second value.
pub(crate) fn client() -> (Inkan, TempDir) {
    let (store, _) = STORE.get_or_init(|| {
        let directory = TempDir::new().unwrap();
        let store = inkan_store::open(&Location::Nss(directory.path().to_owned())).unwrap();
        (store, directory)
    });
    let home = TempDir::new().unwrap();
    (Inkan::with_store(Home::at(home.path()), Arc::clone(store), Language::Ja), home)
}
