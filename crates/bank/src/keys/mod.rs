//! Secrets of the bank: hashes of passwords, sealed secrets, random codes, and the files of keys.

pub(crate) mod digest;
pub(crate) mod files;
pub(crate) mod hash_queue;
pub(crate) mod password_hash;
pub(crate) mod random;
pub(crate) mod secret_box;
