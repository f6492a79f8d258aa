use std::collections::BTreeMap;

use inkan_protocol::{Catalogue, Language};

/// The report's own texts in one language.
pub(super) struct Words(Catalogue);

impl Words {
    pub(super) fn of(language: Language) -> Self {
        let source = match language {
            Language::Ja => include_str!("../../locales/ja/diagnostics.ftl"),
            Language::En => include_str!("../../locales/en/diagnostics.ftl"),
        };
        Self(Catalogue::new(language, source))
    }

    pub(super) fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    pub(super) fn with(&self, id: &str, facts: &[(&str, &str)]) -> String {
        let facts: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.0.text(id, &facts)
    }
}

/// Returns the text of a panic report before and after the place of the panic.
pub(crate) fn around_the_place(language: Language) -> (String, String) {
    const PLACE: &str = "*";
    let said = Words::of(language).with("panic", &[("place", PLACE)]);
    let (before, after) = said.split_once(PLACE).unwrap_or((&said, ""));
    (before.to_owned(), after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_hold_the_same_messages() {
        let [ja, en] =
            [include_str!("../../locales/ja/diagnostics.ftl"), include_str!("../../locales/en/diagnostics.ftl")];
        let ids = |source: &'static str| -> Vec<&str> {
            source.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect()
        };
        assert_eq!(ids(ja), ids(en));
        for language in Language::ALL {
            let (before, after) = around_the_place(language);
            assert!(before.contains("Inkan") && !after.is_empty(), "{before}…{after}");
        }
        for id in ids(ja) {
            for language in Language::ALL {
                assert!(Words::of(language).0.has(id), "{id}");
            }
        }
    }
}
