use std::collections::BTreeMap;

use inkan_protocol::{Catalogue, Language};

/// The texts of a check.
pub(super) struct Said {
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) next: Option<String>,
}

/// Returns the texts of the message `id`. A message without `.next` has no next step.
pub(super) fn said(language: Language, id: &str, facts: &[(&str, &str)]) -> Said {
    let catalogue = Catalogue::new(language, source(language));
    let params: BTreeMap<String, String> =
        facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let next = leaves_something(source(language), id).then(|| catalogue.attribute(id, "next", &params));
    Said { title: catalogue.text(id, &params), detail: catalogue.attribute(id, "detail", &params), next }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::Ja => include_str!("../../../locales/ja/check-up.ftl"),
        Language::En => include_str!("../../../locales/en/check-up.ftl"),
    }
}

/// Returns whether the message `id` has a `.next`.
fn leaves_something(source: &str, id: &str) -> bool {
    let mut lines = source.lines().skip_while(|line| line.split(" =").next() != Some(id)).skip(1);
    lines.by_ref().take_while(|line| line.starts_with(' ')).any(|line| line.trim_start().starts_with(".next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: [&str; 22] = [
        "certificate-unreadable",
        "key-unsupported",
        "key-not-usable-now",
        "key-lost-of-site",
        "site-answers",
        "version",
        "store-hardware",
        "store-os",
        "store-file",
        "keys-open",
        "keys-none",
        "key-lost",
        "key-not-tried",
        "acquisition-waits",
        "proxy-none",
        "proxy-set",
        "proxy-unreadable",
        "roots",
        "roots-none",
        "bank-answers",
        "clock-right",
        "clock-not-compared",
    ];

    #[test]
    fn both_catalogues_hold_every_message_with_the_same_parts() {
        for id in MESSAGES.into_iter().chain([
            "certificate-dates-contradict",
            "clock-drifts",
            "clock-of-server",
            "clock-not-told",
            "renewal-waits",
            "proxy-off",
            "proxy-by-hand",
            "bank-elsewhere",
        ]) {
            let parts = Language::ALL.map(|language| {
                let said = said(language, id, &[]);
                assert!(!said.title.is_empty() && said.title != id, "{id}");
                assert!(!said.detail.is_empty() && !said.detail.contains(".detail"), "{id}");
                said.next.is_some()
            });
            assert_eq!(parts[0], parts[1], "{id}");
        }
    }
}
