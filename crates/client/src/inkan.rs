use std::sync::Arc;

use inkan_protocol::{Clock, Language, SystemClock};
use inkan_store::{CertificateId, CertificateStore, Location, PinSource, StoreError, StoredCertificate};

use crate::data::lazy_store::LazyStore;
use crate::diagnostics::Known;
use crate::net::proxy::{Network, ProxyLogin, ProxyLoginSource};
use crate::{Cancel, Error, Home};

/// The client. Its methods run the journeys.
#[derive(Debug, Clone)]
pub struct Inkan {
    pub(crate) home: Home,
    store: LazyStore,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) network: Network,
    /// The names of users that no diagnostic report may contain.
    pub(crate) known: Known,
    pub(crate) language: Language,
    pub(crate) cancel: Option<Cancel>,
}

impl Inkan {
    /// Returns a client with its data in `home` and its certificates in the store at `location`. The store is opened
    /// when a journey first needs it.
    pub fn new(home: Home, location: &Location, language: Language) -> Self {
        Self::with(home, LazyStore::at(location.clone(), None), language)
    }

    /// Does the same as [`Self::new`], and takes the store's PIN from `pin`.
    pub fn with_pin(home: Home, location: &Location, language: Language, pin: Arc<dyn PinSource>) -> Self {
        Self::with(home, LazyStore::at(location.clone(), Some(pin)), language)
    }

    /// Returns a client with its data in `home` and its certificates in `store`, which is open already.
    pub fn with_store(home: Home, store: Arc<dyn CertificateStore>, language: Language) -> Self {
        Self::with(home, LazyStore::opened(store), language)
    }

    fn with(home: Home, store: LazyStore, language: Language) -> Self {
        let network = Network::of(&home);
        let known = Known::default();
        Self { home, store, clock: Arc::new(SystemClock), network, known, language, cancel: None }
    }

    /// Returns the client with another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// Returns the client with a source for logins at a proxy.
    #[must_use]
    pub fn with_proxy_login_source(self, source: Arc<dyn ProxyLoginSource>) -> Self {
        Self { network: self.network.with_source(source), ..self }
    }

    /// Returns a copy of the client that does not ask the user for a login at a proxy.
    pub(crate) fn without_proxy_login(&self) -> Self {
        Self { network: self.network.clone().without_person(), ..self.clone() }
    }

    /// Stores a login for any proxy, in memory, as long as the program runs.
    pub fn know_proxy_login(&self, login: ProxyLogin) {
        self.network.know(login);
    }

    /// Forgets the login for a proxy. When a proxy asks for a login, the user is asked again.
    pub fn forget_proxy_login(&self) {
        self.network.forget();
    }

    /// Returns the client with another language.
    #[must_use]
    pub fn with_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Returns the client. Its acquisitions stop when `cancel` is triggered.
    #[must_use]
    pub fn with_cancel(self, cancel: Cancel) -> Self {
        Self { cancel: Some(cancel), ..self }
    }

    /// Returns [`Error::Cancelled`] if the journey was cancelled.
    pub(crate) fn unless_cancelled(&self) -> Result<(), Error> {
        self.cancel.as_ref().map_or(Ok(()), Cancel::check)
    }

    /// Returns the client's data directory.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Returns a description of the certificate store, for the details page.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be opened.
    pub fn store_description(&self) -> Result<String, Error> {
        Ok(self.store()?.description())
    }

    /// Returns the location of the store as [`Location`] is written, even if the store does not open. If the store has
    /// no location, returns its description.
    pub fn store_location(&self) -> String {
        let description = || self.store.get().map(CertificateStore::description).unwrap_or_default();
        self.store.location().map_or_else(description, Location::to_string)
    }

    /// Returns the certificate with that ID, as the store holds it now.
    pub(crate) fn stored_certificate(&self, id: &CertificateId) -> Result<StoredCertificate, Error> {
        self.store()?.certificate(id).map_err(|error| match error {
            StoreError::CertificateNotFound => Error::CertificateNotFound(id.0.clone()),
            other => other.into(),
        })
    }

    /// Returns the store. Opens it if it is not open yet.
    pub(crate) fn store(&self) -> Result<&dyn CertificateStore, StoreError> {
        self.store.get()
    }
}
