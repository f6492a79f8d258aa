use std::fmt;
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use inkan_protocol::Secret;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use thiserror::Error;
use time::OffsetDateTime;
use url::Url;

use super::shared_keys::{self, OwnKeys, OwnKeysError};
use super::start_error::StartError;
use crate::authority::{Authority, CA_CERTIFICATE};
use crate::database::{Database, certificates, tokens};
use crate::keys::digest::sha256_hex;
use crate::keys::files;
use crate::keys::secret_box::SecretBox;

/// The file of the database in the bank's directory.
const DATABASE: &str = "bank.sqlite";
/// The file that the program locks while it serves from the directory.
const LOCK: &str = "serve.lock";

/// Keeps other programs from serving from the same directory until it is dropped.
#[derive(Debug)]
pub struct StorageLock {
    _file: Option<File>,
}

/// Why existing data of a bank cannot be opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenStorageError {
    /// No bank has been started in that directory.
    #[error("{} has no data of a bank: {DATABASE} is missing", .0.display())]
    Missing(PathBuf),
    /// The system refuses access to the file of the database.
    #[error("{} cannot be read: {cause}", .file.display())]
    Unreadable {
        /// The file of the database.
        file: PathBuf,
        /// The error of the system.
        #[source]
        cause: std::io::Error,
    },
    /// The address of the database is not a URL.
    #[error("the address of the database: {0}")]
    Address(#[from] url::ParseError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// The storage of a bank.
#[derive(Clone)]
pub enum Storage {
    /// SQLite, CA and keys in one directory, which is made if it is missing; for one machine.
    Directory(PathBuf),
    /// A PostgreSQL database that any number of instances share, with the bank's own keys in it.
    Database {
        /// `postgres://…`; may hold a password.
        address: Secret,
        /// The file of the key that seals the others. It is the same at every instance, and the first instance makes
        /// it.
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
    /// Locks the storage for this program. Several instances may share a database, but only one program may serve from
    /// a directory. The branch's console may run at the same time.
    ///
    /// # Errors
    /// [`StartError::InUse`] if another program serves from the directory; [`StartError::Data`].
    pub fn lock(&self) -> Result<StorageLock, StartError> {
        let Self::Directory(directory) = self else { return Ok(StorageLock { _file: None }) };
        let failed = |cause| StartError::Data { data: directory.clone(), cause };
        files::make_directory(directory).map_err(failed)?;
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(directory.join(LOCK)).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(StorageLock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(StartError::InUse(directory.clone())),
            Err(TryLockError::Error(cause)) => Err(failed(cause)),
        }
    }

    /// Opens the database, and makes it with its tables if it is missing.
    pub(crate) async fn database(&self) -> Result<Database, StartError> {
        match self {
            Self::Directory(directory) => {
                let failed = |cause| StartError::Data { data: directory.clone(), cause };
                files::make_directory(directory).map_err(failed)?;
                let file = directory.join(DATABASE);
                // The CA's certificate is made after the database: if only the certificate is there, the users are
                // lost.
                if !file.exists() && directory.join(CA_CERTIFICATE).exists() {
                    return Err(StartError::DatabaseMissing(file));
                }
                files::make_private_database(&file).map_err(failed)?;
                Ok(Database::open(&file).await?)
            }
            Self::Database { address, .. } => {
                let address = Url::parse(address.expose()).map_err(StartError::DatabaseAddress)?;
                Ok(Database::connect(&address).await?)
            }
        }
    }

    /// Opens the database of a bank that has been started before. Does not make one.
    pub(crate) async fn open_existing(&self) -> Result<Database, OpenStorageError> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join(DATABASE);
                match std::fs::metadata(&file) {
                    Ok(_) => Ok(Database::open(&file).await?),
                    Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                        Err(OpenStorageError::Missing(directory.clone()))
                    }
                    Err(cause) => Err(OpenStorageError::Unreadable { file, cause }),
                }
            }
            Self::Database { address, .. } => Ok(Database::connect(&Url::parse(address.expose())?).await?),
        }
    }

    /// Returns the file of the signed heads of the audit log, for the CA with that certificate. The file is beside the
    /// keys and not in the database, whose log it is to verify.
    pub(crate) fn audit_heads(&self, ca_certificate: &[u8]) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.join("audit-heads.jsonl"),
            // One PC may serve several banks.
            Self::Database { key_file, .. } => {
                files::directory_of(key_file).join(format!("audit-heads-{:.16}.jsonl", sha256_hex(ca_certificate)))
            }
        }
    }

    /// Returns the certificate of the bank's CA in DER; `None` if the bank has none yet.
    pub(crate) async fn ca_certificate(&self, database: &Database) -> Result<Option<Vec<u8>>, OpenStorageError> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join(CA_CERTIFICATE);
                let unreadable = |cause| OpenStorageError::Unreadable { file: file.clone(), cause };
                let Some(pem) = files::read(&file).map_err(unreadable)? else { return Ok(None) };
                let certificate = CertificateDer::from_pem_slice(&pem);
                let certificate = certificate.map_err(|error| unreadable(std::io::Error::other(error.to_string())))?;
                Ok(Some(certificate.to_vec()))
            }
            Self::Database { .. } => Ok(shared_keys::ca_certificate(&mut *database.read().await?).await?),
        }
    }

    /// Returns the secret box of the token secrets.
    pub(crate) async fn secret_box(&self, database: &Database) -> Result<SecretBox, OwnKeysError> {
        match self {
            Self::Directory(directory) => {
                let sealed = tokens::any_sealed(&mut *database.read().await?).await?;
                Ok(SecretBox::open_for(directory, sealed.as_ref())?)
            }
            Self::Database { key_file, .. } => shared_keys::secret_box(database, key_file).await,
        }
    }

    /// Returns the bank's own keys, and makes them if there are none.
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
                let mut reading = database.read().await?;
                let issued = certificates::any(&mut reading).await?;
                let sealed = tokens::any_sealed(&mut reading).await?;
                drop(reading);
                // The secret box first: it makes nothing if it finds a fault, and neither does the CA.
                Authority::check(&directory, issued.as_deref())?;
                let secret_box = SecretBox::open_for(&directory, sealed.as_ref())?;
                let authority = Authority::open(&directory, service, now)?;
                Ok(OwnKeys { authority, secret_box, server: None })
            }
            Self::Database { key_file, .. } => Ok(shared_keys::shared(database, key_file, service, now).await?),
        }
    }
}
