//! A bank that serves: its options, its data and keys, its sample people, and why it does not start.

pub(crate) mod bank;
pub(crate) mod demo;
pub(crate) mod in_use_by_data;
pub(crate) mod options;
pub(crate) mod shared_keys;
pub(crate) mod start_error;
pub(crate) mod storage;

mod profile_use;
