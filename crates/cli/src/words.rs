use std::collections::BTreeMap;

use inkan_client::profile::LocalText;
use inkan_client::protocol::{Catalogue, Language, Who, problem_words};

/// The texts of the command line in one language.
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

    /// Returns a text of the bank in this language.
    pub(crate) fn local<'a>(&self, text: &'a LocalText) -> &'a str {
        match self.language {
            Language::Ja => &text.ja,
            Language::En => &text.en,
        }
    }

    /// Returns a text of the bank in this language as it is written within a sentence: in English with a small first
    /// letter. A name in capitals stays.
    pub(crate) fn in_text(&self, text: &LocalText) -> String {
        self.within(self.local(text))
    }

    /// Returns a term as it is written within a sentence, as [`Self::in_text`].
    pub(crate) fn within(&self, text: &str) -> String {
        let mut letters = text.chars();
        match (self.language, letters.next(), letters.next()) {
            (Language::En, Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
                text.replacen(first, &first.to_lowercase().to_string(), 1)
            }
            _ => text.to_owned(),
        }
    }

    /// Returns the text that says who can mend a problem.
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
    use std::fs;
    use std::path::Path;

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
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut calls = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = fs::read_to_string(&path).unwrap();
                for call in source.split("words.text(\"").skip(1).chain(source.split("words.with(\"").skip(1)) {
                    let id = call.split('"').next().unwrap();
                    calls += usize::from(ja.contains(id));
                    assert!(ja.contains(id) || path.ends_with("words.rs"), "{}: {id}", path.display());
                }
            }
        }
        assert!(calls > 100, "{calls} calls name a message");
    }
}
