use inkan_profile::{LocalText, Profile};
use inkan_protocol::Language;

/// Returns the bank's own words and its telephone desk, as parameters of the problems that the bank reports. A word that
/// the profile leaves out has no parameter.
pub(super) fn called(profile: &Profile, language: Language) -> Vec<(&'static str, String)> {
    let own = [
        ("called_login_id", profile.login_id_name.as_ref()),
        ("called_login_password", profile.passwords.login.name.as_ref()),
        ("called_confirmation", profile.passwords.confirmation.name.as_ref()),
        ("called_bank", profile.words.bank.as_ref()),
    ];
    let own = own.into_iter().filter_map(|(name, word)| Some((name, in_text(word?, language))));
    let desk = profile.branch.iter().flat_map(|branch| {
        [
            ("reached", "yes".to_owned()),
            ("desk", local(&branch.name, language).to_owned()),
            ("telephone", branch.telephone.clone()),
            ("hours", local(&branch.hours, language).to_owned()),
        ]
    });
    own.chain(desk).collect()
}

/// Returns a word as it is written within a sentence: in English with a small first letter. A name in capitals stays.
fn in_text(word: &LocalText, language: Language) -> String {
    let word = local(word, language);
    let mut letters = word.chars();
    match (language, letters.next(), letters.next()) {
        (Language::En, Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            word.replacen(first, &first.to_lowercase().to_string(), 1)
        }
        _ => word.to_owned(),
    }
}

fn local(text: &LocalText, language: Language) -> &str {
    match language {
        Language::Ja => &text.ja,
        Language::En => &text.en,
    }
}

#[cfg(test)]
mod tests {
    use inkan_protocol::CALLED;

    use super::*;

    fn own(profile: &str, language: Language) -> Vec<(&'static str, String)> {
        called(&Profile::from_toml(profile).unwrap(), language)
    }

    #[test]
    fn a_bank_s_own_words_are_parameters_and_plain_ones_are_not() {
        let keiyaku = include_str!("../../../../../profiles/keiyaku.toml");
        let words = own(keiyaku, Language::En);
        assert_eq!(words[..2], [("called_login_id", "user ID".into()), ("called_login_password", "user PIN".into())]);
        let okmate = own(include_str!("../../../../../profiles/okmate.toml"), Language::Ja);
        assert!(okmate.iter().all(|(name, _)| !CALLED.contains(name)), "{okmate:?}");
        let shinkin = own(include_str!("../../../../../profiles/shinkin.toml"), Language::Ja);
        for word in [("called_bank", "当金庫".to_owned()), ("telephone", "0120-000-002".to_owned())] {
            assert!(shinkin.contains(&word), "{shinkin:?}");
        }
    }
}
