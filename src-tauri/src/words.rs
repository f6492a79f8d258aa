//! The texts that the system shows for the app outside its window.

use std::collections::BTreeMap;

use inkan_client::CertificateRow;
use inkan_client::protocol::{Catalogue, Language, day_text};

use crate::notification::Notification;

/// The shell's texts in one language.
#[derive(Debug)]
pub(crate) struct Words {
    language: Language,
    catalogue: Catalogue,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        Self { language, catalogue: Catalogue::new(language, source(language)) }
    }

    pub(crate) fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// Returns the notification that a certificate expires.
    pub(crate) fn reminder(&self, certificate: &CertificateRow) -> Notification {
        let name = certificate.name.as_str();
        let title = match certificate.days_left {
            0 => self.with("reminder-today", &[("name", name)]),
            1 => self.with("reminder-tomorrow", &[("name", name)]),
            days => self.with("reminder-days", &[("name", name), ("days", &days.to_string())]),
        };
        let text = self.with("reminder-until", &[("date", &day_text(certificate.not_after, self.language))]);
        Notification { title, text, open: self.text("reminder-open") }
    }

    /// Returns the notification that `count` more certificates expire.
    pub(crate) fn more_reminders(&self, count: usize) -> Notification {
        let title = self.with("reminder-more", &[("count", &count.to_string())]);
        Notification { title, text: self.text("reminder-more-text"), open: self.text("reminder-more-open") }
    }

    fn with(&self, id: &str, params: &[(&str, &str)]) -> String {
        let params: BTreeMap<String, String> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.catalogue.text(id, &params)
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::Ja => include_str!("../locales/ja/shell.ftl"),
        Language::En => include_str!("../locales/en/shell.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: Language) -> BTreeSet<&'static str> {
        let lines = source(language).lines().filter(|line| line.starts_with(char::is_alphabetic));
        lines.filter_map(|line| line.split(" =").next()).collect()
    }

    #[test]
    fn both_catalogues_hold_the_same_messages_and_each_that_the_code_names() {
        let ja = ids(Language::Ja);
        assert_eq!(ja, ids(Language::En));
        let named: BTreeSet<&str> =
            [include_str!("words.rs"), include_str!("tray/mod.rs"), include_str!("web_view/linux.rs")]
                .iter()
                .flat_map(|source| {
                    let calls = source.split(".text(\"").skip(1).chain(source.split(".with(\"").skip(1));
                    calls.chain(source.split(", \"").skip(1).filter(|word| word.starts_with("menu-")))
                })
                .filter_map(|call| call.split('"').next())
                .filter(|id| !id.is_empty())
                .collect();
        assert_eq!(named, ja, "each is named, and each named is there");
    }

    #[test]
    fn no_word_of_another_language_slips_in() {
        assert!(source(Language::En).replace('’', "'").is_ascii());
    }
}
