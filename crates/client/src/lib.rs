//! The journeys of a user who holds a client certificate.
//!
//! [`Inkan`] is the entry point: it holds the client's data directory, the certificate store and the clock. Its methods
//! add banks, acquire certificates, list and delete them, and log in. Each failure is an [`Error`], which turns into a
//! [`inkan_protocol::Problem`] for the screen.
//!
//! Each journey blocks the thread that calls it, for minutes if a store asks for a PIN. That thread is never an async
//! worker: the connection's own thread signs, and the calling thread waits.

mod certificates;
mod change_pc;
mod data;
mod diagnostics;
mod enrolment;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod inkan;
mod net;
mod services;
mod session;
mod time_format;

pub use certificates::cleanup::{CleanUp, KeptBecause, KeptCertificate};
pub use certificates::deletion::{DeletionOutcome, DeletionReport};
pub use certificates::details::{CertificateDetails, ChainLink};
pub use certificates::export::CertificateFormat;
pub use certificates::import_file::{ImportFile, MOST_IMPORT_FILES};
pub use certificates::import_key::KeyChoice;
pub use certificates::importable_key::ImportableKey;
pub use certificates::opened_file::{OpenedFile, Unprotected};
pub use certificates::reason::Reason;
pub use certificates::reminders::{Announcement, Reminder};
pub use certificates::row::{CertificateKey, CertificateRow};
pub use certificates::status::{AskedCertificate, RevocationStatus};
pub use certificates::unreadable::{CertificateList, Found, UnreadableRow};
pub use change_pc::form::PaperForm;
pub use change_pc::form_html::{Paper, PaperRow};
pub use change_pc::guide::{Guide, GuideAction, GuideStep, HelperRole};
pub use change_pc::migration_request::{MigrationRequest, ThisPc};
pub use data::certificate_history::HistoryEntry;
pub use data::data_dir::{Home, Lock};
pub use data::data_file_error::DataFile;
pub use data::remembered::Remembered;
pub use data::settings::{Settings, TextSize, Theme};
pub use data::store_choice::{StoreChoice, StoreKind, check_store};
pub use diagnostics::check_up::{Check, CheckKind, CheckUp, Level, Remedy};
pub use diagnostics::panics::keep_panics_quiet;
pub use diagnostics::probe::{Finding, ProbeReport};
pub use diagnostics::{RecentEvents, log_to_standard_error};
pub use enrolment::acquisition::{Acquired, Applicant, InterruptedAcquisition};
pub use enrolment::cancel::Cancel;
pub use enrolment::issued_refusal::{IssuedFault, IssuedRefusal};
pub use enrolment::renewal::{InterruptedRenewal, Renewed};
pub use enrolment::step::AcquisitionStep;
pub use error::Error;
pub use inkan::Inkan;
pub use inkan_profile as profile;
pub use inkan_protocol as protocol;
#[cfg(windows)]
pub use inkan_store::set_owner_window;
pub use inkan_store::{
    CertificateFault, CertificateId, DeletedKey, FileKind, KeyAlgorithm, Location, LocationError, MAX_PKCS12_BYTES,
    PinQuestion, PinSource, Protection, SUPPORTED_KEY_KINDS, TriesLeft,
};
pub use net::address::AddressFault;
pub use net::clocks::Clocks;
pub use net::exchange::{AnswerReport, ChainCertificate, Distrust, Page, RequestReport, ServerReport, TlsReport};
pub use net::proxy::{ManualProxy, Proxy, ProxyFailure, ProxyLogin, ProxyLoginSource, ProxyQuestion};
pub use net::transport_error::{
    Breakage, CertificateRefusal, IssuerRelation, RefusalKind, ServerCertificateFault, Shown, Transport, Unusable,
};
pub use services::bank::{Bank, BankSummary};
pub use services::ca_file::{MAX_CA_FILE_BYTES, ca_certificates, read_ca_file};
pub use services::deep_link::{Destination, Link};
pub use services::link_error::LinkError;
pub use services::site::{Service, Site, SiteCheck, SiteSummary, SiteVisit};
pub use session::log_out::LogOut;
pub use session::login::Credentials;
pub use session::open_session::{LoggedIn, Session};
pub use session::users::{AllowedAction, ManagedUser};
