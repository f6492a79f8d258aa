//! PKCS#12 files (RFC 7292): the form in which a certificate travels with its key.
//!
//! Read here and not by the operating system, whose importers call a correct password wrong where they do not know the
//! encryption. Everything is decoded and matched before any store is touched.

mod archive;
mod bags;
mod ber;
mod contents;
mod derivation;
mod effort;
mod encryption;
mod error;
mod mac;
mod matching;
mod oid;
mod password;
mod proof;
mod spelling;
mod structure;

use der::asn1::ObjectIdentifier;

use crate::Identity;
use archive::Integrity;

pub(crate) use ber::{After, der_from_ber};
pub use error::Pkcs12Error;

/// The largest file that is read, in bytes.
pub const MAX_PKCS12_BYTES: usize = 1024 * 1024;

/// A key in a file, with a certificate for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs12Entry {
    /// What the program that made the file called it.
    pub friendly_name: Option<String>,
    /// Key, certificate and chain.
    pub identity: Identity,
    /// How many certificates of the file cannot be read, and are in no chain.
    pub unreadable: u32,
}

/// Returns what is in `file` (DER or BER, with or without bytes after it), the integrity check first: each key with each
/// certificate that is for it, in the order of the keys.
///
/// The password may be written otherwise than the maker of the file wrote it, as long as the integrity check proves it:
/// with blanks at its ends, in full-width or half-width letters, composed or decomposed.
///
/// # Errors
/// By cause, see [`Pkcs12Error`]; nothing is half read.
pub fn decode_pkcs12(file: &[u8], password: &str) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    matching::match_up(archive::open(file, password, Integrity::Demanded)?)
}

/// As [`decode_pkcs12`], and reads files without an integrity check too: nothing then shows that the file is as it was
/// made, and only what its decryption gives tells a wrong password. For somebody who knows where the file comes from.
///
/// # Errors
/// As [`decode_pkcs12`], but for [`Pkcs12Error::Unprotected`].
pub fn decode_unprotected_pkcs12(file: &[u8], password: &str) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    matching::match_up(archive::open(file, password, Integrity::Optional)?)
}

fn unknown(algorithm: ObjectIdentifier) -> Pkcs12Error {
    Pkcs12Error::EncryptionUnknown { algorithm: algorithm.to_string() }
}
