use std::sync::{Arc, OnceLock};

use inkan_store::{CertificateStore, Location, PinSource, StoreError};

/// The certificate store, opened when a journey first needs it: what needs no certificate works without it. Clones
/// share what was opened; a store that does not open is tried again.
#[derive(Debug, Clone)]
pub(crate) struct LazyStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// None for a store that was open already.
    location: Option<Location>,
    pin: Option<Arc<dyn PinSource>>,
    opened: OnceLock<Arc<dyn CertificateStore>>,
}

impl LazyStore {
    pub(crate) fn at(location: Location, pin: Option<Arc<dyn PinSource>>) -> Self {
        Self(Arc::new(Inner { location: Some(location), pin, opened: OnceLock::new() }))
    }

    pub(crate) fn opened(store: Arc<dyn CertificateStore>) -> Self {
        Self(Arc::new(Inner { location: None, pin: None, opened: OnceLock::from(store) }))
    }

    /// Where the store is; none for one that was open already.
    pub(crate) fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }

    /// The store.
    pub(crate) fn get(&self) -> Result<&dyn CertificateStore, StoreError> {
        if let Some(store) = self.0.opened.get() {
            return Ok(store.as_ref());
        }
        // Two threads that come here at once get the same store: a module is loaded once in a process.
        let location = self.0.location.clone().unwrap_or_default();
        let store = inkan_store::open_with(&location, self.0.pin.clone())?;
        Ok(self.0.opened.get_or_init(|| store).as_ref())
    }
}
