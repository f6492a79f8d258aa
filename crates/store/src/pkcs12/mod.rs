//! Reads PKCS#12 files (RFC 7292), the format for a certificate with its private key.
//!
//! The importers of operating systems are not used: if they do not know the encryption, they report a wrong password.
//! The whole file is decoded and matched before any store is changed.

mod archive;
mod bags;
mod ber;
mod contents;
mod derivation;
mod effort;
mod encryption;
mod entry;
mod error;
mod mac;
mod matching;
mod oid;
mod password;
mod proof;
mod spelling;
mod structure;

use archive::Integrity;

pub use archive::MAX_PKCS12_BYTES;
pub(crate) use ber::{After, der_from_ber};
pub use entry::Pkcs12Entry;
pub use error::Pkcs12Error;

/// Checks the integrity of `file` (DER or BER, with or without bytes after it) and returns each key with each of its
/// certificates, in the order of the keys.
///
/// The password may be spelt in another way than in the file, if the integrity check proves the spelling: with blanks
/// at its ends, in full-width or half-width letters, composed or decomposed.
///
/// # Errors
/// [`Pkcs12Error`]. No part of the file is returned then.
pub fn decode_pkcs12(file: &[u8], password: &str) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    matching::match_up(archive::open(file, password, Integrity::Demanded)?)
}

/// Reads a file as [`decode_pkcs12`] does, even if it has no integrity check. Nothing then proves that the file is
/// unchanged, and only the result of the decryption shows whether the password is right. Use this only if the user
/// knows where the file comes from.
///
/// # Errors
/// The errors of [`decode_pkcs12`], except [`Pkcs12Error::Unprotected`].
pub fn decode_unprotected_pkcs12(file: &[u8], password: &str) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    matching::match_up(archive::open(file, password, Integrity::Optional)?)
}
