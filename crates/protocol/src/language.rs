use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// Returns the first language in `tags` that the product has. `tags` is a locale name or an `Accept-Language`
    /// header. Quality values are ignored.
    pub fn preferred(tags: &str) -> Option<Self> {
        tags.split(',').find_map(|tag| match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
            "ja" => Some(Self::Ja),
            "en" => Some(Self::En),
            _ => None,
        })
    }

    /// Returns `ja` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// Returns the identifier by which Fluent chooses the plural rules.
    pub(crate) fn identifier(self) -> LanguageIdentifier {
        // Both tags are well-formed. The undetermined language would only lack the plural rules.
        self.tag().parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_stands_first_wins() {
        assert_eq!(Language::preferred("fr-FR, en-GB;q=0.8, ja;q=0.5"), Some(Language::En));
        assert_eq!(Language::preferred("ja_JP.UTF-8"), Some(Language::Ja));
        assert_eq!(Language::preferred("C"), None);
    }
}
