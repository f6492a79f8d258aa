//! A report for the help desk: the system, the settings, the results of the checks, and the last events. The user reads
//! the report before it is sent. The report names no person.

pub(crate) mod check_up;
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
