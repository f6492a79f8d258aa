//! What the branch does: for people whom nobody in their company can help (S0-11, S3-4, S4-4), and to begin contracts.
//!
//! Works beside a bank that runs on the same data: each act is one write transaction, as at the bank itself.

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

use crate::database::users::{self, User};
use crate::database::{Connection, Database, contract};
use crate::keys::password_hash::{Hashing, HashingError};
use crate::rules::refusal::Refusal;
use crate::rules::time_format::whole_second;
use crate::rules::user_key::user_key;
use crate::server::storage::{OpenStorageError, Storage};

pub use audit_trail::{AuditError, AuditTrail, verify_file};
pub use people::NewPerson;
pub use token_import::{TokenFieldFault, TokenImportError};
pub use token_stock::{TokenStock, TokenStockError};

/// The branch's console upon a bank's data.
#[derive(Debug)]
pub struct Branch {
    profile: Profile,
    database: Database,
    hashing: Hashing,
    clock: Arc<dyn Clock>,
}

/// Why the branch did not do something. Nothing was done then.
#[derive(Debug, Error)]
pub enum BranchError {
    /// By a rule of the bank.
    #[error("{}: {about}", .code.name())]
    Refused {
        /// The rule's code.
        code: Code,
        /// What it is about: a user, a field.
        about: String,
    },
    /// No such contract.
    #[error("there is no contract {0:?}")]
    ContractUnknown(String),
    /// There is one of that number already, or a user of that ID in it.
    #[error("{0} is there already")]
    Known(String),
    /// Not a contract number of this bank.
    #[error("{0:?} is not a contract number of this bank")]
    ContractNumber(String),
    /// A company's name that is empty, or has characters that cannot be printed as they are.
    #[error("{0:?} cannot be the name of a company: no control characters, and none that hide or turn the text")]
    Company(String),
    /// No such role.
    #[error("there is no role {0:?}")]
    RoleUnknown(String),
    /// A login ID that could be mistaken: letters, digits, `-`, `_` and `.` only, at most 64.
    #[error("{0:?} cannot be a login ID")]
    LoginId(String),
    /// The bank has not been started on this data since it keeps its profile there.
    #[error("start the bank on this data once: it does not know its profile yet")]
    ProfileMissing,
    /// The profile that the data keeps cannot be read.
    #[error("the profile in the data: {0}")]
    ProfileUnreadable(#[from] serde_json::Error),
    /// The data cannot be opened.
    #[error(transparent)]
    Storage(#[from] OpenStorageError),
    /// The database.
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
    /// Opens the console upon the data of a bank, with the time of `clock`.
    ///
    /// # Errors
    /// There is no such data, or the bank has not been started on it.
    pub async fn open(storage: impl Into<Storage>, clock: Arc<dyn Clock>) -> Result<Self, BranchError> {
        let database = storage.into().open_existing().await?;
        let document = contract::document(&mut *database.read().await?).await?;
        let document = document.filter(|document| !document.is_empty()).ok_or(BranchError::ProfileMissing)?;
        Ok(Self { profile: serde_json::from_str(&document)?, database, hashing: Hashing::new()?, clock })
    }

    /// The bank's profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    fn now(&self) -> OffsetDateTime {
        whole_second(self.clock.now())
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
