use std::sync::Arc;

use inkan_profile::{Profile, TokenState};
use inkan_protocol::Clock;
use thiserror::Error;

use super::token_import::{ImportedToken, TokenImportError, csv, pskc};
use crate::audit::{self, Actor, AuditAction, Event};
use crate::database::tokens::NewToken;
use crate::database::users::User;
use crate::database::{Database, contract, tokens, users};
use crate::keys::secret_box::SecretBox;
use crate::rules::time_format::whole_second;
use crate::rules::user_key::user_key;
use crate::server::shared_keys::OwnKeysError;
use crate::server::storage::{OpenStorageError, Storage};

/// The stock of tokens at the branch: imports deliveries and hands tokens out. Works beside a running bank on the same
/// data.
#[derive(Debug)]
pub struct TokenStock {
    profile: Profile,
    database: Database,
    secret_box: SecretBox,
    clock: Arc<dyn Clock>,
}

/// Why the token stock did not do an action. Nothing was changed.
#[derive(Debug, Error)]
pub enum TokenStockError {
    /// The delivery cannot be imported.
    #[error(transparent)]
    Import(#[from] TokenImportError),
    /// There is no such token, or it has ended.
    #[error("there is no token {0}")]
    TokenUnknown(String),
    /// The token belongs to another contract.
    #[error("token {0} was handed out to another contract")]
    HandedOut(String),
    /// There is no such contract.
    #[error("there is no contract {0}")]
    ContractUnknown(String),
    /// There is no such user in that contract.
    #[error("there is no user {0} in this contract")]
    UserUnknown(String),
    /// The data cannot be opened.
    #[error(transparent)]
    Storage(#[from] OpenStorageError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The secret box cannot be opened, or does not open the secret of a token.
    #[error(transparent)]
    SecretBox(#[from] crate::SecretBoxError),
    /// The key of the secret box cannot be used.
    #[error(transparent)]
    OwnKeys(#[from] OwnKeysError),
}

impl TokenStock {
    /// Opens the token stock of the bank in `storage`, with the time of `clock`.
    ///
    /// # Errors
    /// The database or the key for token secrets cannot be opened.
    pub async fn open(
        profile: Profile,
        storage: impl Into<Storage>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, TokenStockError> {
        let storage = storage.into();
        let database = storage.open_existing().await?;
        let secret_box = storage.secret_box(&database).await?;
        Ok(Self { profile, database, secret_box, clock })
    }

    /// Imports a delivery in CSV, with the columns serial, secret (base32 or hex), expires, step, digits, digest.
    /// Returns the number of tokens.
    ///
    /// # Errors
    /// The first fault, by line and field.
    pub async fn import_csv(&self, text: &str) -> Result<usize, TokenStockError> {
        self.take_in(&csv(text)?).await
    }

    /// Imports a PSKC container (RFC 6030), with the pre-shared key if it is encrypted. Returns the number of tokens.
    ///
    /// # Errors
    /// The first fault, by line and element.
    pub async fn import_pskc(&self, text: &str, shared_key: Option<&[u8]>) -> Result<usize, TokenStockError> {
        self.take_in(&pskc(text, shared_key)?).await
    }

    /// Hands a token out to the user of that login ID, whose next login offers to activate it. Without a user, hands it
    /// out to the contract, whose users may share it (S2-4).
    ///
    /// # Errors
    /// [`TokenStockError::TokenUnknown`], [`TokenStockError::HandedOut`], [`TokenStockError::ContractUnknown`],
    /// [`TokenStockError::UserUnknown`].
    pub async fn hand_out(&self, serial: &str, contract: &str, user: Option<&str>) -> Result<(), TokenStockError> {
        let mut change = self.database.write().await?;
        let token = tokens::find(&mut change, serial).await?.filter(|token| !token.ended);
        let token = token.ok_or_else(|| TokenStockError::TokenUnknown(serial.to_owned()))?;
        if token.contract.is_some_and(|other| other != contract) {
            return Err(TokenStockError::HandedOut(serial.to_owned()));
        }
        if contract::company(&mut change, contract).await?.is_none() {
            return Err(TokenStockError::ContractUnknown(contract.to_owned()));
        }
        let user = match user {
            None => None,
            Some(login_id) => {
                let key = user_key(&self.profile, Some(contract), login_id);
                let found = users::find(&mut change, &key).await?.filter(|user| user.contract == contract);
                Some(found.ok_or_else(|| TokenStockError::UserUnknown(login_id.to_owned()))?)
            }
        };
        tokens::hand_out(&mut change, serial, contract, user.as_ref().map(|user| user.key.as_str())).await?;
        let event = Event::done(Actor::Branch, AuditAction::TokenHandedOut { serial: serial.to_owned() });
        let event = match &user {
            Some(user) => event.upon(user),
            None => event.in_contract(contract),
        };
        audit::record(&mut change, whole_second(self.clock.now()), event).await?;
        if let Some(user) = user.filter(User::awaits_token) {
            tokens::set_of_user(&mut change, &user.key, TokenState::Unregistered, Some(serial), None).await?;
        }
        Ok(change.commit().await?)
    }

    async fn take_in(&self, delivery: &[ImportedToken]) -> Result<usize, TokenStockError> {
        let mut change = self.database.write().await?;
        for token in delivery {
            if tokens::find(&mut change, &token.serial).await?.is_some() {
                return Err(TokenImportError::Known(token.serial.clone()).into());
            }
            let new = NewToken {
                serial: &token.serial,
                sealed_secret: &self.secret_box.seal(&token.serial, &token.secret)?,
                expires: token.expires,
                step_seconds: token.step_seconds,
                digits: token.digits,
                digest: token.digest,
            };
            tokens::add(&mut change, &new).await?;
        }
        let event = Event::done(Actor::Branch, AuditAction::TokensImported { count: delivery.len() });
        audit::record(&mut change, whole_second(self.clock.now()), event).await?;
        change.commit().await?;
        tracing::info!(count = delivery.len(), "tokens imported");
        Ok(delivery.len())
    }
}
