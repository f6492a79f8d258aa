//! The reference bank: a corporate internet-banking service that runs on a profile.
//!
//! Two TLS listeners (the portal; certificate login, which demands the client certificate), its own CA, EST, users,
//! sessions, revocation. TLS proves who holds a key; whether that counts is judged on every request from the database.
//!
//! [`Bank::start`] is the whole of it; the program `inkan-bank` adds a command line.

mod audit;
mod authority;
mod bank;
mod branch;
mod database;
mod demo;
mod http;
mod keys;
mod listeners;
mod metrics;
mod options;
mod own_keys;
mod profile_use;
mod rules;
mod storage;
mod tokens;

pub use audit::{AuditError, AuditFault, AuditHead, AuditTrail, verify_file};
pub use authority::AuthorityError;
pub use bank::Bank;
pub use branch::{Branch, BranchError, NewPerson};
pub use database::contract::ContractRecord;
pub use demo::{DemoAccess, DemoUserAccess};
pub use keys::password_hash::HashingError;
pub use keys::secret_box::SealError;
pub use listeners::tls_config::TlsError;
pub use options::{Announcement, Options, StartError};
pub use own_keys::OwnKeysError;
pub use profile_use::InUseByData;
pub use storage::{OpenStorageError, Storage, StorageLock};
pub use tokens::{TokenFieldFault, TokenImportError, TokenStock, TokenStockError};
