//! The running bank: options, storage and keys, sample people, and the errors of a start.

pub(crate) mod bank;
pub(crate) mod demo;
pub(crate) mod in_use_by_data;
pub(crate) mod options;
pub(crate) mod shared_keys;
pub(crate) mod start_error;
pub(crate) mod storage;

mod periodic;
mod profile_use;
