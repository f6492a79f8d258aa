use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

/// A password, one-time password, enrolment code or session token. A secret is zeroized when it is dropped, and `Debug`
/// does not show it.
///
/// Serializing writes the secret in plain text, because a secret is sent in the body of a request over TLS.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Password))]
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Secret(#[cfg_attr(feature = "specta", specta(type = String))] SecretString);

impl Secret {
    /// Returns the secret itself. Keep it no longer than the call needs.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns whether the secret is empty.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl From<String> for Secret {
    /// Copies `text` and zeroizes the original. Without the copy, a string with spare capacity would be moved to a
    /// smaller buffer, and the old buffer would keep the secret.
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
