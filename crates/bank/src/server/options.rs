use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use inkan_profile::Profile;
use inkan_protocol::{Clock, SystemClock};
use serde::Serialize;
use url::Url;

use super::demo::DemoAccess;
use super::storage::Storage;
use crate::keys::hash_queue::LONGEST_WAIT;
use crate::listeners::limits::ConnectionLimits;
use crate::rules::issue_limit;

/// The options of a bank.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bank's profile.
    pub profile: Profile,
    /// Where the database, the CA and the keys are stored.
    pub storage: Storage,
    /// The address of the portal; port 0 is any free port.
    pub portal: SocketAddr,
    /// The address of the certificate login; port 0 is any free port.
    pub certificate_login: SocketAddr,
    /// The address of the plain listener, for CRL, OCSP and metrics; port 0 is any free port.
    pub plain: Option<SocketAddr>,
    /// The address of the plain listener that is written into certificates. If it is not given, certificates contain
    /// `http://localhost` and the port, if there is a plain listener.
    pub plain_url: Option<Url>,
    /// The limits of the connections of all listeners.
    pub limits: ConnectionLimits,
    /// The most certificates that one user gets within an hour.
    pub certificates_per_hour: usize,
    /// How long a password waits at most until it is hashed. One that would wait longer is refused at once.
    pub longest_password_wait: Duration,
    /// Whether to seed the sample people of the profile.
    pub demo: bool,
    /// The clock of the bank.
    pub clock: Arc<dyn Clock>,
}

impl Options {
    /// Returns options with free ports of the loopback interface, without sample people, with the system's clock.
    pub fn new(profile: Profile, storage: impl Into<Storage>) -> Self {
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            profile,
            storage: storage.into(),
            portal: loopback,
            certificate_login: loopback,
            plain: None,
            plain_url: None,
            limits: ConnectionLimits::default(),
            certificates_per_hour: issue_limit::USUAL,
            longest_password_wait: LONGEST_WAIT,
            demo: false,
            clock: Arc::new(SystemClock),
        }
    }
}

/// What the bank announces once it listens.
#[derive(Debug, Clone, Serialize)]
pub struct Announcement {
    /// The address of the portal, such as `https://localhost:N`.
    pub portal: String,
    /// The address of the certificate login, such as `https://localhost:M`.
    pub certificate_login: String,
    /// The address of the plain listener, such as `http://localhost:K`, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// The file of the CA's certificate in PEM.
    pub ca: PathBuf,
    /// The profile's short name.
    pub profile: String,
    /// The sample people, if they were seeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<DemoAccess>,
}
