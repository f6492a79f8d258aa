use inkan_protocol::Secret;
use inkan_store::{Pkcs12Entry, Pkcs12Error, decode_pkcs12, decode_unprotected_pkcs12};

use crate::Error;

/// What becomes of a file that has no integrity check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unprotected {
    /// It is refused.
    #[default]
    Refused,
    /// The person knows where it comes from, and wants it all the same.
    Accepted,
}

/// A PKCS#12 file that its password has opened. It is decoded once: what is shown of it is what goes into the store.
/// Its keys are cleared from memory when it is dropped.
#[derive(Debug)]
pub struct OpenedFile {
    /// Each key with its certificate, in the order of the file.
    pub(super) entries: Vec<Pkcs12Entry>,
    /// Whether the file has no integrity check.
    pub(super) unprotected: bool,
}

impl OpenedFile {
    /// Decodes a PKCS#12 file.
    ///
    /// # Errors
    /// [`Error::Pkcs12`] by cause.
    pub fn decode(file: &[u8], password: &Secret, without_check: Unprotected) -> Result<Self, Error> {
        match decode_pkcs12(file, password.expose()) {
            Err(Pkcs12Error::Unprotected) if without_check == Unprotected::Accepted => {
                Ok(Self { entries: decode_unprotected_pkcs12(file, password.expose())?, unprotected: true })
            }
            outcome => Ok(Self { entries: outcome?, unprotected: false }),
        }
    }
}
