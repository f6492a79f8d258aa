//! The audit log: every authentication and every action, in one chain of hashes, without secrets.
//!
//! [`record()`] records an action inside the transaction that does it, so that the log has each action and no other.
//! The audit layer of `http/` records refusals, in a transaction of their own.

pub(crate) mod chain;
mod context;
mod event;
pub(crate) mod record;

pub(crate) use context::AuditContext;
pub(crate) use event::{Actor, AuditAction, Event};
pub(crate) use record::{record, sessions_ended};

pub use chain::{AuditFault, AuditHead};
