//! Compares the names of subjects and issuers, and writes them as text.

mod matching;
mod text;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub(crate) use text::{COMMON_NAME, NAME, ORGANISATION, attribute, attribute_in, rfc4514};

/// A distinguished name (RFC 5280 §4.1.2.4). Two names are equal if they match by RFC 5280 §7.1: the string type, the
/// case of letters and the number of blanks make no difference. The bytes are kept, since a name may have to be sent or
/// hashed.
#[derive(Clone)]
pub struct DistinguishedName(Arc<Parts>);

struct Parts {
    der: Vec<u8>,
    canonical: Vec<u8>,
}

impl DistinguishedName {
    /// Makes a name from its DER. Bytes that are not a name are equal only to the same bytes.
    pub fn of(der: &[u8]) -> Self {
        Self(Arc::new(Parts { der: der.to_vec(), canonical: matching::canonical(der) }))
    }

    /// Returns the DER, exactly as the certificate or the server wrote it.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// Returns the string form of RFC 4514; none if the bytes are not a name.
    pub fn text(&self) -> Option<String> {
        text::name_text(&self.0.der)
    }
}

impl PartialEq for DistinguishedName {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.canonical == other.0.canonical
    }
}

impl Eq for DistinguishedName {}

impl Hash for DistinguishedName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.canonical.hash(state);
    }
}

impl fmt::Debug for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DistinguishedName").field(&self.text().unwrap_or_default()).finish()
    }
}
