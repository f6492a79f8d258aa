use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

/// A password, one-time password, enrolment code or session token: zeroized when dropped, never shown by `Debug`.
///
/// Serializing writes it out, since a secret's one purpose is to be sent in a request body over TLS.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Password))]
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Secret(#[cfg_attr(feature = "specta", specta(type = String))] SecretString);

impl Secret {
    /// The secret itself. Keep it no longer than the call needs.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it holds nothing at all.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl From<String> for Secret {
    /// Copies the text and zeroizes what was given: a text that has room to spare would be moved to a smaller place, and
    /// stay where it was.
    fn from(text: String) -> Self {
        let text = Zeroizing::new(text);
        Self(SecretString::from(text.as_str()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_it() {
        assert!(!format!("{:?}", Secret::from("Hanako2026".to_owned())).contains("Hanako"));
    }
}
