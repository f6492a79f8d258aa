//! The work of the branch: for users whom no administrator can help (S0-11, S3-4, S4-4), and for new contracts.
//!
//! The branch works beside a running bank on the same data. Each action is one write transaction, as at the bank.

mod audit_trail;
mod certificates;
mod contracts;
mod people;
mod token_import;
mod token_stock;
mod tokens;

use std::sync::Arc;

use inkan_profile::Profile;
use inkan_protocol::{Clock, Code};
use thiserror::Error;
use time::OffsetDateTime;

use crate::authority::CaEnd;
use crate::database::users::{self, User};
use crate::database::{Connection, Database, contract};
use crate::keys::hash_queue::LONGEST_WAIT;
use crate::keys::password_hash::{Hashing, HashingError};
use crate::rules::certificate_validity::Issuing;
use crate::rules::person_name::LONGEST_COMPANY;
use crate::rules::refusal::Refusal;
use crate::rules::time_format::whole_second;
use crate::rules::user_key::user_key;
use crate::server::storage::{OpenStorageError, Storage};

pub use audit_trail::{AuditError, AuditTrail, SignedHeadFiles, WithoutHeads, verify_file};
pub use people::NewPerson;
#[cfg(fuzzing)]
pub(crate) use token_import::{ImportedToken, csv, pskc};
pub use token_import::{TokenFieldFault, TokenImportError};
pub use token_stock::{TokenStock, TokenStockError};

/// The branch's console on the data of a bank.
#[derive(Debug)]
pub struct Branch {
    storage: Storage,
    profile: Profile,
    database: Database,
    hashing: Hashing,
    clock: Arc<dyn Clock>,
}

/// Why the branch did not do an action. Nothing was changed.
#[derive(Debug, Error)]
pub enum BranchError {
    /// A rule of the bank refuses the action.
    #[error("{}: {about}", .code.name())]
    Refused {
        /// The rule's code.
        code: Code,
        /// The parameters of the refusal as text, such as a user or a field.
        about: String,
    },
    /// There is no such contract.
    #[error("there is no contract {0:?}")]
    ContractUnknown(String),
    /// The contract number or the login ID is already taken.
    #[error("{0} already exists")]
    Known(String),
    /// The number is not a contract number of this bank.
    #[error("{0:?} is not a contract number of this bank")]
    ContractNumber(String),
    /// The company's name is empty or too long, or has characters that cannot be printed.
    #[error(
        "{0:?} is not a valid name of a company: it must have 1 to {LONGEST_COMPANY} characters, and each must be printable"
    )]
    Company(String),
    /// There is no such role.
    #[error("there is no role {0:?}")]
    RoleUnknown(String),
    /// The login ID has characters other than letters, digits, `-`, `_` and `.`, or more than 64.
    #[error("{0:?} cannot be a login ID")]
    LoginId(String),
    /// The data has no profile: the bank must be started on it once.
    #[error("the data has no profile yet: start the bank on it once")]
    ProfileMissing,
    /// The profile in the data cannot be read.
    #[error("the profile in the data: {0}")]
    ProfileUnreadable(#[from] serde_json::Error),
    /// The data has no certificate of a CA that can be read.
    #[error("the data has no certificate of the bank's CA: restore it from a backup")]
    CaMissing,
    /// The data cannot be opened.
    #[error(transparent)]
    Storage(#[from] OpenStorageError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
}

impl From<Refusal> for BranchError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { code: refusal.code(), about: refusal.about() }
    }
}

impl Branch {
    /// Opens the console on the data of a bank. `clock` gives the time.
    ///
    /// # Errors
    /// There is no such data, or the bank has not been started on it.
    pub async fn open(storage: impl Into<Storage>, clock: Arc<dyn Clock>) -> Result<Self, BranchError> {
        let storage = storage.into();
        let database = storage.open_existing().await?;
        let document = contract::document(&mut *database.read().await?).await?;
        let document = document.filter(|document| !document.is_empty()).ok_or(BranchError::ProfileMissing)?;
        let (profile, hashing) = (serde_json::from_str(&document)?, Hashing::new(LONGEST_WAIT)?);
        Ok(Self { storage, profile, database, hashing, clock })
    }

    /// Returns the bank's profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    fn now(&self) -> OffsetDateTime {
        whole_second(self.clock.now())
    }

    /// Returns what a new certificate depends on. The other acts of the branch do not need the CA.
    async fn issuing(&self) -> Result<Issuing<'_>, BranchError> {
        let certificate = self.storage.ca_certificate(&self.database).await?;
        let ca_end = certificate.as_deref().and_then(CaEnd::of_certificate).ok_or(BranchError::CaMissing)?;
        Ok(Issuing { profile: &self.profile, ca_end })
    }

    async fn user(
        &self,
        connection: &mut Connection,
        contract: Option<&str>,
        login_id: &str,
    ) -> Result<User, BranchError> {
        let found = users::find(connection, &user_key(&self.profile, contract, login_id)).await?;
        Ok(found.ok_or_else(|| Refusal::new(Code::UserUnknown).with("user", login_id))?)
    }
}
