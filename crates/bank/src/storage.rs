use std::fmt;
use std::path::{Path, PathBuf};

use inkan_protocol::Secret;
use time::OffsetDateTime;
use url::Url;

use crate::authority::Authority;
use crate::database::Database;
use crate::files;
use crate::options::StartError;
use crate::own_keys::{self, OwnKeys, OwnKeysError};
use crate::seal::Seal;

/// Where a bank keeps what it must not lose.
#[derive(Clone)]
pub enum Storage {
    /// SQLite, CA and keys in one directory, made where it is missing; for one machine.
    Directory(PathBuf),
    /// A PostgreSQL database that any number of instances share, the bank's own keys in it.
    Database {
        /// `postgres://…`; may hold a password.
        address: Secret,
        /// The key under which the others are sealed, the same at every instance; made by the first.
        key_file: PathBuf,
    },
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(directory) => f.debug_tuple("Directory").field(directory).finish(),
            Self::Database { key_file, .. } => {
                f.debug_struct("Database").field("key_file", key_file).finish_non_exhaustive()
            }
        }
    }
}

impl<T: AsRef<Path>> From<T> for Storage {
    fn from(directory: T) -> Self {
        Self::Directory(directory.as_ref().to_owned())
    }
}

impl Storage {
    /// The database, with its tables.
    pub(crate) async fn database(&self) -> Result<Database, StartError> {
        match self {
            Self::Directory(directory) => {
                let failed = |cause| StartError::Data { data: directory.clone(), cause };
                files::make_directory(directory).map_err(failed)?;
                Ok(Database::open(&directory.join("bank.sqlite")).await?)
            }
            Self::Database { address, .. } => {
                let address = Url::parse(address.expose()).map_err(StartError::DatabaseAddress)?;
                Ok(Database::connect(&address).await?)
            }
        }
    }

    /// The database of a bank that has been started before.
    pub(crate) async fn begun(&self) -> Result<Database, sqlx::Error> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join("bank.sqlite");
                // Opening would make a new one.
                std::fs::metadata(&file)?;
                Database::open(&file).await
            }
            Self::Database { address, .. } => {
                let address = Url::parse(address.expose()).map_err(|cause| sqlx::Error::Configuration(cause.into()))?;
                Database::connect(&address).await
            }
        }
    }

    /// What opens the secrets of tokens.
    pub(crate) async fn seal(&self, database: &Database) -> Result<Seal, OwnKeysError> {
        match self {
            Self::Directory(directory) => Ok(Seal::open(directory)?),
            Self::Database { key_file, .. } => own_keys::seal(database, key_file).await,
        }
    }

    /// The bank's own keys, made where there are none.
    pub(crate) async fn own_keys(
        &self,
        database: &Database,
        service: &str,
        now: OffsetDateTime,
    ) -> Result<OwnKeys, StartError> {
        match self {
            Self::Directory(directory) => {
                let failed = |cause| StartError::Data { data: directory.clone(), cause };
                // Beside the names of this PC's files, the announcement is read by programs in other directories.
                let directory = directory.canonicalize().map_err(failed)?;
                let authority = Authority::open(&directory, service, now)?;
                Ok(OwnKeys { authority, seal: Seal::open(&directory)?, server: None })
            }
            Self::Database { key_file, .. } => Ok(own_keys::shared(database, key_file, service, now).await?),
        }
    }
}
