//! The reference bank: a corporate internet-banking service that runs on a profile.
//!
//! It has two TLS listeners (the portal, and the certificate login, which requires a client certificate), its own CA,
//! EST, users, sessions and revocation. TLS proves who holds a key. Whether a request is permitted is decided by the
//! database.
//!
//! [`Bank::start`] starts it. The program `inkan-bank` adds a command line.

mod audit;
mod authority;
mod branch;
mod database;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod keys;
mod listeners;
mod rules;
mod server;

pub use audit::{AuditFault, AuditHead};
pub use authority::AuthorityError;
pub use branch::{
    AuditError, AuditTrail, Branch, BranchError, NewPerson, SignedHeadFiles, TokenFieldFault, TokenImportError,
    TokenStock, TokenStockError, WithoutHeads, verify_file,
};
pub use database::contract::ContractRecord;
pub use keys::password_hash::HashingError;
pub use keys::secret_box::SecretBoxError;
pub use listeners::limits::ConnectionLimits;
pub use listeners::tls_config::TlsError;
pub use server::bank::Bank;
pub use server::demo::{DemoAccess, DemoUserAccess};
pub use server::in_use_by_data::InUseByData;
pub use server::options::{Announcement, Options};
pub use server::shared_keys::OwnKeysError;
pub use server::start_error::StartError;
pub use server::storage::{OpenStorageError, Storage, StorageLock};
