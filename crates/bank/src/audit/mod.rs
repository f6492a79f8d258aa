//! The audit log: every authentication and every action, in one chain of hashes, without secrets.
//!
//! [`record()`] records an action inside the transaction that does it, so that the log has each action and no other.
//! The audit layer of `http/` records refusals, in a transaction of their own.

pub(crate) mod chain;
mod context;
mod event;
pub(crate) mod record;
pub(crate) mod refusal_counts;
pub(crate) mod signed_head;
mod source_address;

pub(crate) use context::AuditContext;
pub(crate) use event::{Actor, AuditAction, Event};
pub(crate) use record::{record, record_counted, sessions_ended};
pub(crate) use source_address::{from_address, source_address, subscriber};

pub use chain::{AuditFault, AuditHead};
