use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use inkan_profile::Profile;
use inkan_protocol::{Clock, SystemClock};
use serde::Serialize;
use url::Url;

use super::demo::DemoAccess;
use super::storage::Storage;

/// How a bank is to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service it is.
    pub profile: Profile,
    /// Where the database, the CA and the keys are.
    pub storage: Storage,
    /// Where the portal listens; port 0 is any free one.
    pub portal: SocketAddr,
    /// Where the certificate login listens; port 0 is any free one.
    pub certificate_login: SocketAddr,
    /// Where CRL and OCSP answer over plain HTTP as well; port 0 is any free one.
    pub plain: Option<SocketAddr>,
    /// What certificates give as the address of the plain listener; none for `http://localhost` and its port, if there
    /// is one.
    pub plain_url: Option<Url>,
    /// Whether to seed the profile's sample people.
    pub demo: bool,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl Options {
    /// On free ports of the loopback interface, without sample people, by this machine's clock.
    pub fn new(profile: Profile, storage: impl Into<Storage>) -> Self {
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            profile,
            storage: storage.into(),
            portal: loopback,
            certificate_login: loopback,
            plain: None,
            plain_url: None,
            demo: false,
            clock: Arc::new(SystemClock),
        }
    }
}

/// What a bank says when it listens.
#[derive(Debug, Clone, Serialize)]
pub struct Announcement {
    /// `https://localhost:N`
    pub portal: String,
    /// `https://localhost:M`
    pub certificate_login: String,
    /// `http://localhost:K`, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// The CA's certificate in PEM.
    pub ca: PathBuf,
    /// The profile's short name.
    pub profile: String,
    /// The sample people, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<DemoAccess>,
}
