//! The text of the bank's notices, in the languages of the catalogues.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use inkan_profile::LocalText;
use inkan_protocol::{Catalogue, Language, Notice};
use time::OffsetDateTime;

/// The parameters of a text.
pub(super) type Params = BTreeMap<String, String>;

/// Returns the notice `name` with its text `body`. `params` returns the parameters in a language.
pub(super) fn notice(name: &str, body: &str, params: impl Fn(Language) -> Params, published: OffsetDateTime) -> Notice {
    let [ja, en] = [Language::Ja, Language::En].map(|language| {
        let (words, params) = (catalogue(language), params(language));
        (words.text(name, &params), words.attribute(name, body, &params))
    });
    Notice { title: LocalText { ja: ja.0, en: en.0 }, body: LocalText { ja: ja.1, en: en.1 }, published }
}

/// Returns the catalogue of the notices in a language.
pub(super) fn catalogue(language: Language) -> &'static Catalogue {
    static JA: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::Ja => JA.get_or_init(|| Catalogue::new(language, include_str!("../../locales/ja/notices.ftl"))),
        Language::En => EN.get_or_init(|| Catalogue::new(language, include_str!("../../locales/en/notices.ftl"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_every_notice() {
        let params = BTreeMap::new();
        for (name, bodies) in [
            ("reissue", &["by-user", "by-branch"][..]),
            ("password-set", &["by-user", "by-branch"]),
            ("passwords-changed", &["by-user"]),
            ("certificate-issued", &["enrolled", "renewed"]),
        ] {
            for language in Language::ALL {
                assert!(catalogue(language).has(name), "{language:?} {name}");
                for body in bodies {
                    let text = catalogue(language).attribute(name, body, &params);
                    assert_ne!(text, format!("{name}.{body}"), "{language:?}");
                }
            }
        }
    }
}
