//! The keys that all instances of a database share. The database stores them, sealed with the key of a file.

use std::io;
use std::path::{Path, PathBuf};

use rcgen::KeyPair;
use rustls::pki_types::CertificateDer;
use thiserror::Error;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::authority::{Authority, AuthorityError};
use crate::database::{Connection, Database, own_keys};
use crate::keys::files;
use crate::keys::secret_box::{SecretBox, SecretBoxError};

const CA_KEY: &str = "ca_key";
const CA_CERTIFICATE: &str = "ca_certificate";
const SERVER_KEY: &str = "server_key";
const TOKEN_KEY: &str = "token_key";

/// The keys of the bank.
#[derive(Debug)]
pub(crate) struct OwnKeys {
    pub(crate) authority: Authority,
    pub(crate) secret_box: SecretBox,
    /// The key of the server's certificate, if instances share one; otherwise each start makes its own.
    pub(crate) server: Option<KeyPair>,
}

/// Why the shared keys cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OwnKeysError {
    /// The directory of the key file cannot be made.
    #[error("{file}: {cause}", file = .file.display())]
    File {
        /// The key file.
        file: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// The key file is missing, although the database has keys that it seals.
    #[error("{}: missing; this database needs the key file of the instance that began it", .0.display())]
    KeyFileMissing(PathBuf),
    /// The key file does not belong to this database.
    #[error("{}: not the key of this database; it needs the key file of the instance that began it", .0.display())]
    OtherKey(PathBuf),
    /// Some of the keys are in the database and some are not.
    #[error("the database has lost its {0}")]
    Incomplete(&'static str),
    /// The CA cannot be used.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The key file cannot be used, or a key cannot be read.
    #[error(transparent)]
    SecretBox(#[from] SecretBoxError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Returns the CA's certificate in DER; `None` if there is none yet.
pub(crate) async fn ca_certificate(connection: &mut Connection) -> Result<Option<Vec<u8>>, sqlx::Error> {
    own_keys::find(connection, CA_CERTIFICATE).await
}

/// Returns the keys in the database, and makes them if there are none.
///
/// This is one transaction that writes, so that several instances that start at the same time make only one CA.
pub(crate) async fn shared(
    database: &Database,
    key_file: &Path,
    service: &str,
    now: OffsetDateTime,
) -> Result<OwnKeys, OwnKeysError> {
    let failed = |cause| OwnKeysError::File { file: key_file.to_owned(), cause };
    let mut change = database.write().await?;
    let known_certificate = own_keys::find(&mut change, CA_CERTIFICATE).await?;
    if known_certificate.is_some() && !key_file.exists() {
        return Err(OwnKeysError::KeyFileMissing(key_file.to_owned()));
    }
    let directory = files::directory_of(key_file);
    files::make_directory(directory).map_err(failed)?;
    let outer = SecretBox::of_file(key_file)?;
    if known_certificate.is_none() {
        begin(&mut change, &outer, service, now).await?;
    }
    let certificate = own_keys::find(&mut change, CA_CERTIFICATE).await?;
    let certificate = CertificateDer::from(certificate.ok_or(OwnKeysError::Incomplete(CA_CERTIFICATE))?);
    let ca = opened(&mut change, &outer, CA_KEY, key_file).await?;
    let server = opened(&mut change, &outer, SERVER_KEY, key_file).await?;
    let token = opened(&mut change, &outer, TOKEN_KEY, key_file).await?;
    let keys = OwnKeys {
        authority: Authority::of_keys(certificate, key(&ca)?, directory.canonicalize().map_err(failed)?)?,
        secret_box: SecretBox::of_key(&token)?,
        server: Some(key(&server)?),
    };
    change.commit().await?;
    Ok(keys)
}

/// Returns the secret box of the token secrets in a database that has keys.
pub(crate) async fn secret_box(database: &Database, key_file: &Path) -> Result<SecretBox, OwnKeysError> {
    if !key_file.exists() {
        return Err(OwnKeysError::KeyFileMissing(key_file.to_owned()));
    }
    let outer = SecretBox::of_file(key_file)?;
    SecretBox::of_key(&opened(&mut *database.read().await?, &outer, TOKEN_KEY, key_file).await?).map_err(Into::into)
}

async fn begin(
    change: &mut Connection,
    outer: &SecretBox,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), OwnKeysError> {
    let (ca, server) = (new_key()?, new_key()?);
    let certificate = Authority::new_certificate(service, &ca, now)?;
    let token = Zeroizing::new(rand::random::<[u8; 32]>());
    let (ca, server) = (Zeroizing::new(ca.serialize_der()), Zeroizing::new(server.serialize_der()));
    for (name, secret) in [(CA_KEY, ca.as_slice()), (SERVER_KEY, &server), (TOKEN_KEY, token.as_slice())] {
        own_keys::add(change, name, &outer.seal(name, secret)?).await?;
    }
    Ok(own_keys::add(change, CA_CERTIFICATE, &certificate).await?)
}

async fn opened(
    change: &mut Connection,
    outer: &SecretBox,
    name: &'static str,
    key_file: &Path,
) -> Result<Zeroizing<Vec<u8>>, OwnKeysError> {
    let sealed = own_keys::find(change, name).await?.ok_or(OwnKeysError::Incomplete(name))?;
    outer.unseal(name, &sealed).map_err(|_| OwnKeysError::OtherKey(key_file.to_owned()))
}

fn new_key() -> Result<KeyPair, OwnKeysError> {
    KeyPair::generate().map_err(|error| AuthorityError::from(error).into())
}

fn key(der: &[u8]) -> Result<KeyPair, OwnKeysError> {
    KeyPair::try_from(der).map_err(|error| AuthorityError::from(error).into())
}
