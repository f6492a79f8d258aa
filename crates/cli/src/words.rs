use std::collections::BTreeMap;

use inkan_client::profile::LocalText;
use inkan_client::protocol::{Catalogue, Language, Who, problem_words};

/// The command line's words in one language.
#[derive(Debug)]
pub(crate) struct Words {
    language: Language,
    catalogue: Catalogue,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        let source = match language {
            Language::Ja => include_str!("../locales/ja/cli.ftl"),
            Language::En => include_str!("../locales/en/cli.ftl"),
        };
        Self { language, catalogue: Catalogue::new(language, source) }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn text(&self, id: &str) -> String {
        self.catalogue.text(id, &BTreeMap::new())
    }

    pub(crate) fn with(&self, id: &str, params: &[(&str, &str)]) -> String {
        let params = params.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        self.catalogue.text(id, &params)
    }

    /// A bank's own text.
    pub(crate) fn local<'a>(&self, text: &'a LocalText) -> &'a str {
        match self.language {
            Language::Ja => &text.ja,
            Language::En => &text.en,
        }
    }

    /// Who can mend a problem.
    pub(crate) fn who(&self, who: Who) -> String {
        let id = match who {
            Who::You => "who-you",
            Who::Administrator => "who-administrator",
            Who::Branch => "who-branch",
            Who::Bank => "who-bank",
        };
        problem_words(self.language).text(id, &BTreeMap::new())
    }

    #[cfg(test)]
    pub(crate) fn has(&self, id: &str) -> bool {
        self.catalogue.has(id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    fn ids(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(char::is_alphabetic))
            .filter_map(|l| l.split(" =").next())
            .collect()
    }

    #[test]
    fn both_catalogues_hold_the_same_messages() {
        let ja = ids(include_str!("../locales/ja/cli.ftl"));
        let en = ids(include_str!("../locales/en/cli.ftl"));
        assert_eq!(ja, en);
        assert!(ja.len() > 20);
    }

    #[test]
    fn every_message_that_the_code_names_exists() {
        let ja = ids(include_str!("../locales/ja/cli.ftl"));
        let sources = [
            include_str!("arguments.rs"),
            include_str!("bank_terms.rs"),
            include_str!("consent.rs"),
            include_str!("signals.rs"),
            include_str!("output.rs"),
            include_str!("proxy_login.rs"),
            include_str!("usage.rs"),
            include_str!("answers.rs"),
            include_str!("commands/acquire.rs"),
            include_str!("commands/bank.rs"),
            include_str!("commands/certificate_lines.rs"),
            include_str!("commands/certificates.rs"),
            include_str!("commands/change_pc.rs"),
            include_str!("commands/change_pc/walk.rs"),
            include_str!("commands/change_pc/report.rs"),
            include_str!("commands/change_pc/questions.rs"),
            include_str!("commands/doctor.rs"),
            include_str!("commands/forced_change.rs"),
            include_str!("commands/import.rs"),
            include_str!("commands/login.rs"),
            include_str!("commands/probe.rs"),
            include_str!("commands/settings.rs"),
            include_str!("commands/site.rs"),
            include_str!("commands/token.rs"),
            include_str!("commands/token_lines.rs"),
            include_str!("commands/user_edit.rs"),
            include_str!("commands/user_lines.rs"),
            include_str!("commands/users.rs"),
            include_str!("commands/way.rs"),
        ];
        for source in sources {
            for call in source.split("words.text(\"").skip(1).chain(source.split("words.with(\"").skip(1)) {
                let id = call.split('"').next().unwrap();
                assert!(ja.contains(id), "{id}");
            }
        }
    }
}
