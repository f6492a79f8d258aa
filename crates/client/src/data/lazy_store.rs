use std::sync::{Arc, OnceLock};

use inkan_store::{CertificateStore, Location, PinSource, StoreError};

/// The certificate store, which is opened when a journey first needs it. Journeys without certificates work without the
/// store. Clones share the opened store. If the store does not open, the next use tries again.
#[derive(Debug, Clone)]
pub(crate) struct LazyStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// The location of the store; none for a store that was already open.
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

    /// Returns the location of the store; none for a store that was already open.
    pub(crate) fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }

    /// Returns the store. Opens it if necessary.
    pub(crate) fn get(&self) -> Result<&dyn CertificateStore, StoreError> {
        if let Some(store) = self.0.opened.get() {
            return Ok(store.as_ref());
        }
        // Two threads that open the store at once get the same one: a module is loaded once in a process.
        let location = self.0.location.clone().unwrap_or_default();
        let store = inkan_store::open_with(&location, self.0.pin.clone())?;
        Ok(self.0.opened.get_or_init(|| store).as_ref())
    }
}
