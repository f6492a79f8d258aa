use inkan_protocol::Secret;
use inkan_store::{Pkcs12Entry, Pkcs12Error, decode_pkcs12, decode_unprotected_pkcs12};

use crate::Error;

/// Whether a file without an integrity check is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unprotected {
    /// The file is refused.
    #[default]
    Refused,
    /// The user knows where the file comes from, and wants to import it.
    Accepted,
}

/// A PKCS#12 file that was opened with its password. The file is decoded once, so that the content that is shown is the
/// content that is imported. The keys are erased from memory when the value is dropped.
#[derive(Debug)]
pub struct OpenedFile {
    /// The keys, each with its certificate, in the order of the file.
    pub(super) entries: Vec<Pkcs12Entry>,
    /// Whether the file has no integrity check.
    pub(super) unprotected: bool,
}

impl OpenedFile {
    /// Decodes a PKCS#12 file.
    ///
    /// # Errors
    /// [`Error::Pkcs12`], with the cause.
    pub fn decode(file: &[u8], password: &Secret, without_check: Unprotected) -> Result<Self, Error> {
        match decode_pkcs12(file, password.expose()) {
            Err(Pkcs12Error::Unprotected) if without_check == Unprotected::Accepted => {
                Ok(Self { entries: decode_unprotected_pkcs12(file, password.expose())?, unprotected: true })
            }
            outcome => Ok(Self { entries: outcome?, unprotected: false }),
        }
    }
}
