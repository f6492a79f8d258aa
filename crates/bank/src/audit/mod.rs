//! The audit log: every authentication and every act, in one chain of hashes, without secrets.
//!
//! An act is recorded inside the transaction that does it, so that nothing done is unrecorded and nothing recorded is
//! undone: [`record()`]. What is refused is recorded by the interface, around every request, in a transaction of its own.

pub(crate) mod chain;
mod event;
pub(crate) mod record;
mod witness;

pub(crate) use event::{Act, Actor, Event};
pub(crate) use record::{record, sessions_ended};
pub(crate) use witness::Witness;

pub use chain::{AuditFault, AuditHead};
