use std::collections::BTreeMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::Language;
use crate::text_parameter;

/// The texts of one part of the product in one language: a Fluent resource.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("locales", &self.bundle.locales).finish()
    }
}

impl Catalogue {
    /// Reads a Fluent resource that is part of the program.
    ///
    /// A message that Fluent cannot read is left out, since a missing text must not prevent a login. The test of each
    /// catalogue finds such a message.
    pub fn new(language: Language, source: &str) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Isolation marks around names would show as boxes in a terminal.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Returns the message `id`, or the id itself if there is no such message. The value of a parameter is made
    /// [`crate::printable()`]: most values come from outside. Dates and numbers are written as a bank prints them.
    pub fn text(&self, id: &str, params: &BTreeMap<String, String>) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        self.format(id, pattern, params)
    }

    /// Returns an attribute of the message `id`, or `id.attribute` if there is no such attribute.
    pub fn attribute(&self, id: &str, attribute: &str, params: &BTreeMap<String, String>) -> String {
        let found = self.bundle.get_message(id).and_then(|message| message.get_attribute(attribute));
        self.format(&format!("{id}.{attribute}"), found.map(|a| a.value()), params)
    }

    /// Returns whether there is a message `id`.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    fn format(
        &self,
        name: &str,
        pattern: Option<&fluent_syntax::ast::Pattern<&str>>,
        params: &BTreeMap<String, String>,
    ) -> String {
        let Some(pattern) = pattern else { return name.to_owned() };
        let arguments: FluentArgs<'_> = params
            .iter()
            .map(|(name, text)| (name.as_str(), text_parameter::value(name, text, self.language)))
            .collect();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

/// Returns the texts for every [`crate::Code`]. The message says what happened, `.detail` what that means, and `.next`
/// what to do.
pub fn problem_words(language: Language) -> &'static Catalogue {
    static JA: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::Ja => JA.get_or_init(|| Catalogue::new(language, include_str!("../locales/ja/problems.ftl"))),
        Language::En => EN.get_or_init(|| Catalogue::new(language, include_str!("../locales/en/problems.ftl"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn both_languages_have_words_for_every_code() {
        let none = BTreeMap::new();
        for language in Language::ALL {
            let words = problem_words(language);
            for code in Code::ALL.iter().map(|code| code.name()) {
                assert_ne!(words.text(code, &none), code, "{language:?}: {code}");
                for attribute in ["detail", "next"] {
                    let text = words.attribute(code, attribute, &none);
                    assert!(!text.starts_with(&format!("{code}.")), "{language:?}: {code}.{attribute}");
                }
            }
            for who in ["you", "administrator", "branch", "bank"] {
                assert!(words.has(&format!("who-{who}")), "{language:?}: who-{who}");
            }
        }
    }

    #[test]
    fn no_word_of_another_language_slips_in() {
        let en = include_str!("../locales/en/problems.ftl");
        assert!(en.chars().all(|c| c.is_ascii() || "’“”–…".contains(c)));
    }

    #[test]
    fn names_stand_in_the_words_without_isolation_marks() {
        let params = BTreeMap::from([("user".to_owned(), "jirodt".to_owned())]);
        let text = Catalogue::new(Language::En, "hello = Hello, { $user }.").text("hello", &params);
        assert_eq!(text, "Hello, jirodt.");
    }

    #[test]
    fn a_parameter_brings_no_control_and_no_line_into_the_words() {
        let params = BTreeMap::from([("user".to_owned(), "ji\u{1b}[2Jro\nRevoked\u{202e}".to_owned())]);
        let text = Catalogue::new(Language::En, "hello = Hello, { $user }.").text("hello", &params);
        assert_eq!(text, r"Hello, ji\u{1b}[2Jro\u{a}Revoked\u{202e}.");
    }
}
