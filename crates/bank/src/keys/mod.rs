//! What the bank keeps secret and how: hashes of passwords, sealed secrets, random codes, and the files of its keys.

pub(crate) mod digest;
pub(crate) mod files;
pub(crate) mod password_hash;
pub(crate) mod random;
pub(crate) mod secret_box;
