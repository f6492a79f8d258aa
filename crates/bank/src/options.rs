use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use inkan_profile::Profile;
use inkan_protocol::{Clock, SystemClock};
use serde::Serialize;
use thiserror::Error;
use url::Url;

use crate::authority::AuthorityError;
use crate::demo::DemoAccess;
use crate::keys::password_hash::HashingError;
use crate::keys::secret_box::SealError;
use crate::listeners::tls_config::TlsError;
use crate::own_keys::OwnKeysError;
use crate::profile_use::InUseByData;
use crate::storage::Storage;

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

/// Why a bank does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data directory cannot be made.
    #[error("{data}: {cause}", data = .data.display())]
    Data {
        /// The directory.
        data: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The address of the database is none.
    #[error("the address of the database: {0}")]
    DatabaseAddress(#[source] url::ParseError),
    /// The keys that the instances share.
    #[error("keys: {0}")]
    OwnKeys(#[from] OwnKeysError),
    /// A text of the profile has control characters, or such as hide or turn the direction of the text.
    #[error("the profile: {0} has a character that cannot be printed as it is")]
    ProfileText(String),
    /// The profile cannot be kept in the data.
    #[error("the profile: {0}")]
    Profile(#[source] serde_json::Error),
    /// The data was begun with another profile, whose roles and rules it follows.
    #[error("this data belongs to the profile {found:?}, not to {asked:?}")]
    OtherProfile {
        /// The data's.
        found: String,
        /// The one to start with.
        asked: String,
    },
    /// Another program serves from the directory.
    #[error("{}: another inkan-bank serves from this directory; stop it first, or use a database that instances share", .0.display())]
    InUse(PathBuf),
    /// The keys of a bank are there, and its database is not.
    #[error("{}: missing beside the keys of a bank: restore it from a backup, or begin in an empty directory", .0.display())]
    DatabaseMissing(PathBuf),
    /// The data uses what the profile no longer has.
    #[error(transparent)]
    InUseByData(#[from] InUseByData),
    /// The profile has no sample people.
    #[error("the profile has no [demo] to seed")]
    NoDemo,
    /// The database cannot be opened or used.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A port cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// An address to publish is none.
    #[error("{address}: {cause}")]
    Address {
        /// What it is.
        address: String,
        /// Why it is none.
        #[source]
        cause: url::ParseError,
    },
    /// The CA or its files.
    #[error("certification authority: {0}")]
    Authority(#[from] AuthorityError),
    /// The key file for token secrets.
    #[error("token secrets: {0}")]
    Seal(#[from] SealError),
    /// The counters cannot be set up.
    #[error("metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    /// TLS cannot be set up with the CA's certificates.
    #[error("TLS: {0}")]
    Tls(#[from] TlsError),
    /// Passwords cannot be hashed.
    #[error("passwords: {0}")]
    Hashing(#[from] HashingError),
}
