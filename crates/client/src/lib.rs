//! The journeys of somebody who holds a client certificate.
//!
//! [`Inkan`] is the way in: it knows where the client's data is, which certificate store to use and what time it is. Its
//! methods add banks, acquire certificates, list and delete them, and log in. Everything that goes wrong is an
//! [`Error`], which turns into a [`inkan_protocol::Problem`] for the screen.
//!
//! Every journey blocks the thread that it is called on, for minutes where a store asks for a PIN. That thread is never
//! an async worker: the connection's own thread signs, the caller's thread waits.

mod certificates;
mod change_pc;
mod data;
mod diagnostics;
mod enrolment;
mod error;
mod net;
mod services;
mod session;

pub use certificates::cleanup::{CleanUp, KeptBecause, KeptCertificate};
pub use certificates::deletion::{DeletedKey, DeletionOutcome, DeletionReport};
pub use certificates::details::{CertificateDetails, ChainLink};
pub use certificates::import::{ImportableKey, Unprotected};
pub use certificates::import_file::ImportFile;
pub use certificates::list::{CertificateKey, CertificateRow, Reason};
pub use certificates::reminders::{Announcement, Reminder};
pub use certificates::unreadable::{CertificateList, Found, UnreadableRow};
pub use change_pc::form::PaperForm;
pub use change_pc::form_html::{Paper, PaperRow};
pub use change_pc::guide::{Guide, GuideAct, GuideStep};
pub use change_pc::moving::{Moving, ThisPc};
pub use data::data_dir::{Home, Lock};
pub use data::remembered::{Lesson, Remembered};
pub use data::settings::{Settings, TextSize};
pub use data::store_choice::{StoreChoice, StoreKind, check_store};
pub use diagnostics::check_up::{Check, CheckKind, CheckUp, Level, Remedy};
pub use diagnostics::core_file::keep_no_core_file;
pub use diagnostics::panics::keep_panics_quiet;
pub use diagnostics::probe::{Finding, ProbeReport};
pub use diagnostics::{RecentEvents, log_to_standard_error};
pub use enrolment::acquisition::{Acquired, AcquisitionStep, Applicant, InterruptedAcquisition};
pub use enrolment::cancel::Cancel;
pub use enrolment::renewal::{InterruptedRenewal, Renewed};
pub use error::{DataFile, Error};
pub use inkan_profile as profile;
pub use inkan_protocol as protocol;
#[cfg(windows)]
pub use inkan_store::set_owner_window;
pub use inkan_store::{
    CertificateFault, CertificateId, FileKind, KeyAlgorithm, Location, LocationError, MAX_PKCS12_BYTES, PinQuestion,
    PinSource, Protection, SUPPORTED_KEY_KINDS, TriesLeft,
};
pub use net::address::AddressFault;
pub use net::clock::Clocks;
pub use net::exchange::{AnswerReport, ChainCertificate, Distrust, Page, RequestReport, ServerReport, TlsReport};
pub use net::proxy::{ManualProxy, Proxy, ProxyFailure, ProxyLogin, ProxyLoginSource, ProxyQuestion};
pub use net::transport_error::{
    Breakage, CertificateRefusal, IssuerRelation, RefusalKind, ServerCertificateFault, Shown, Transport, Unusable,
};
pub use services::bank::{Bank, BankSummary};
pub use services::ca_file::{MAX_CA_FILE_BYTES, ca_certificates, read_ca_file};
pub use services::deep_link::{Destination, Link, LinkError};
pub use services::site::{Service, Site, SiteCheck, SiteSummary, SiteVisit};
pub use session::log_out::LogOut;
pub use session::login::{Credentials, LoggedIn, Session};
pub use session::users::{Power, Subject};

use std::sync::Arc;

use inkan_protocol::{Clock, Language, SystemClock};
use inkan_store::{CertificateStore, StoreError};

use crate::data::lazy_store::LazyStore;
use crate::diagnostics::Known;
use crate::net::proxy::Network;

/// The client, ready to make journeys.
#[derive(Debug, Clone)]
pub struct Inkan {
    home: Home,
    store: LazyStore,
    clock: Arc<dyn Clock>,
    network: Network,
    /// Whom no report may name.
    known: Known,
    language: Language,
    cancel: Option<Cancel>,
}

impl Inkan {
    /// With data in `home` and certificates in the store at `location`, which is opened when a journey first needs it.
    pub fn new(home: Home, location: &Location, language: Language) -> Self {
        Self::with(home, LazyStore::at(location.clone(), None), language)
    }

    /// As [`Self::new`], with somebody to ask where the store wants a PIN.
    pub fn with_pin(home: Home, location: &Location, language: Language, pin: Arc<dyn PinSource>) -> Self {
        Self::with(home, LazyStore::at(location.clone(), Some(pin)), language)
    }

    /// With data in `home` and certificates in a store that is open already.
    pub fn with_store(home: Home, store: Arc<dyn CertificateStore>, language: Language) -> Self {
        Self::with(home, LazyStore::opened(store), language)
    }

    fn with(home: Home, store: LazyStore, language: Language) -> Self {
        let network = Network::of(&home);
        let known = Known::default();
        Self { home, store, clock: Arc::new(SystemClock), network, known, language, cancel: None }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The same with somebody to ask where a proxy wants to know who is there.
    #[must_use]
    pub fn with_proxy_login_source(self, source: Arc<dyn ProxyLoginSource>) -> Self {
        Self { network: self.network.with_source(source), ..self }
    }

    /// Tells whichever proxy asks who is there, as long as the program runs.
    pub fn know_proxy_login(&self, login: ProxyLogin) {
        self.network.know(login);
    }

    /// No longer knows who is there: the proxy that asks next is answered anew.
    pub fn forget_proxy_login(&self) {
        self.network.forget();
    }

    /// The same in another language.
    #[must_use]
    pub fn with_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The same, whose acquisitions that can stop.
    #[must_use]
    pub fn with_cancel(self, cancel: Cancel) -> Self {
        Self { cancel: Some(cancel), ..self }
    }

    /// Goes on, unless somebody has stopped it.
    pub(crate) fn unless_cancelled(&self) -> Result<(), Error> {
        self.cancel.as_ref().map_or(Ok(()), Cancel::check)
    }

    /// Where the client keeps its data.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Where the certificates are, in words for the details page.
    ///
    /// # Errors
    /// [`Error::Store`] where the store cannot be opened.
    pub fn store_description(&self) -> Result<String, Error> {
        Ok(self.store()?.description())
    }

    /// Where the store is, as [`Location`] is written, whether it opens or not.
    pub fn store_location(&self) -> String {
        let description = || self.store.get().map(CertificateStore::description).unwrap_or_default();
        self.store.location().map_or_else(description, Location::to_string)
    }

    /// The store, opened where this is the first need of it.
    pub(crate) fn store(&self) -> Result<&dyn CertificateStore, StoreError> {
        self.store.get()
    }
}
