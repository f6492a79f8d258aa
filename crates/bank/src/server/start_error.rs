use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

use super::in_use_by_data::InUseByData;
use super::shared_keys::OwnKeysError;
use crate::authority::AuthorityError;
use crate::keys::password_hash::HashingError;
use crate::keys::secret_box::SecretBoxError;
use crate::listeners::tls_config::TlsError;

/// Why a bank does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data directory cannot be made.
    #[error("{data}: {cause}", data = .data.display())]
    Data {
        /// The data directory.
        data: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// The address of the database is not a URL.
    #[error("the address of the database: {0}")]
    DatabaseAddress(#[source] url::ParseError),
    /// The keys that the instances share cannot be used.
    #[error("keys: {0}")]
    OwnKeys(#[from] OwnKeysError),
    /// A text of the profile has control characters, or characters that hide text or change its direction.
    #[error("the profile: {0} has a character that cannot be printed as it is")]
    ProfileText(String),
    /// The profile cannot be stored.
    #[error("the profile: {0}")]
    Profile(#[source] serde_json::Error),
    /// The data belongs to another profile, whose roles and rules the users have.
    #[error("this data belongs to the profile {found:?}, not to {asked:?}")]
    OtherProfile {
        /// The profile of the data.
        found: String,
        /// The profile to start with.
        asked: String,
    },
    /// Another program serves from the directory.
    #[error("{}: another inkan-bank serves from this directory; stop it first, or use a database that instances share", .0.display())]
    InUse(PathBuf),
    /// The directory has the keys of a bank, but the database is missing.
    #[error("{}: missing, although the keys of the bank are there: restore it from a backup, or begin in an empty directory", .0.display())]
    DatabaseMissing(PathBuf),
    /// The data uses something that the profile no longer has.
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
        /// The address to listen on.
        address: SocketAddr,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// An address to publish is not a URL.
    #[error("{address}: {cause}")]
    Address {
        /// The address that is not a URL.
        address: String,
        /// Why it is not a URL.
        #[source]
        cause: url::ParseError,
    },
    /// The CA cannot be used, or one of its files.
    #[error("certification authority: {0}")]
    Authority(#[from] AuthorityError),
    /// The key file for the secrets of tokens cannot be used.
    #[error("token secrets: {0}")]
    SecretBox(#[from] SecretBoxError),
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
