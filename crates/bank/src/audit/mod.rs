//! The audit log: every authentication and every act, in one chain of hashes, without secrets.
//!
//! An act is recorded inside the transaction that does it, so that nothing done is unrecorded and nothing recorded is
//! undone: [`record()`]. What is refused is recorded by the interface, around every request, in a transaction of its own.

pub(crate) mod chain;
mod context;
mod event;
pub(crate) mod record;

pub(crate) use context::AuditContext;
pub(crate) use event::{Actor, AuditAction, Event};
pub(crate) use record::{record, sessions_ended};

pub use chain::{AuditFault, AuditHead};
