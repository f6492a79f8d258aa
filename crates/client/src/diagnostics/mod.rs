//! A report for the help desk: what this PC is, what is set, what was found, and what happened last. The person who
//! sends it reads it first, and it names no person.

pub(crate) mod check_up;
pub(crate) mod core_file;
mod known;
mod log;
pub(crate) mod panics;
pub(crate) mod probe;
mod redact;
mod report;
mod safe;
pub(crate) mod words;

pub use log::{RecentEvents, log_to_standard_error};

pub(crate) use known::Known;
pub(crate) use safe::Safe;
