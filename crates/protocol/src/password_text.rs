use inkan_profile::{PasswordCharacters, PasswordKind, PasswordRules};

use crate::typed_characters::{narrowed, trimmed};
use crate::{Malformed, Secret};

/// Returns a password for a comparison, as the rule of its kind has it. A half-width password loses the blanks around
/// it, and full-width letters become half-width: no such password contains a full-width character or a blank (S1-9), so
/// a password that can be right is not changed.
///
/// # Errors
/// Returns [`Malformed::Password`] or [`Malformed::OpaquePassword`] if the password can never be right.
pub(crate) fn given_password(
    text: &Secret,
    kind: PasswordKind,
    rules: Option<&PasswordRules>,
) -> Result<Secret, Malformed> {
    match rules.and_then(|rules| rules.rule(kind)) {
        Some(rule) if rule.characters == PasswordCharacters::OpaqueString => {
            let opaque = rule.opaque(text.expose()).ok_or(Malformed::OpaquePassword)?;
            Ok(Secret::from(opaque.to_string()))
        }
        _ => half_width_password(text),
    }
}

/// Returns a new password as the bank counts, compares and hashes it. What is wrong with the password stays, because its
/// own rule reports it.
pub fn new_password(text: &Secret, kind: PasswordKind, rules: Option<&PasswordRules>) -> Secret {
    let opaque = rules.and_then(|rules| rules.rule(kind)).and_then(|rule| rule.opaque(text.expose()));
    opaque.map_or_else(|| text.clone(), |opaque| Secret::from(opaque.to_string()))
}

fn half_width_password(text: &Secret) -> Result<Secret, Malformed> {
    let narrow = narrowed(text, text.expose().chars().map(half_width));
    let narrow = trimmed(&narrow);
    let possible = narrow.chars().all(|c| c.is_ascii_graphic());
    if possible { Ok(Secret::from(narrow.to_owned())) } else { Err(Malformed::Password) }
}

/// Returns the half-width form of a full-width letter, digit, sign or blank.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use inkan_profile::Profile;

    use super::*;
    use crate::{LogInWithCertificate, Typed, UserEdit};

    const OKMATE: &str = include_str!("../../../profiles/okmate.toml");

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    fn rules() -> PasswordRules {
        Profile::from_toml(OKMATE).unwrap().passwords
    }

    fn opaque_rules() -> PasswordRules {
        let mut rules = rules();
        rules.login.characters = PasswordCharacters::OpaqueString;
        rules
    }

    fn given(text: &str, rules: Option<&PasswordRules>) -> Result<String, Malformed> {
        given_password(&secret(text), PasswordKind::Login, rules).map(|password| password.expose().to_owned())
    }

    #[test]
    fn s1_9_a_password_is_half_width_and_has_no_blank() {
        let rules = Some(rules());
        for typed in ["Hanako2026", "Ｈａｎａｋｏ２０２６", "Hanako2026\n", " Hanako2026　"] {
            assert_eq!(given(typed, None).as_deref(), Ok("Hanako2026"), "{typed:?}");
            assert_eq!(given(typed, rules.as_ref()).as_deref(), Ok("Hanako2026"), "{typed:?}");
        }
        for typed in ["はなこ２０２６", "Hanako 2026", "ﾊﾅｺ2026"] {
            assert_eq!(given(typed, rules.as_ref()), Err(Malformed::Password), "{typed:?}");
        }
    }

    #[test]
    fn an_opaque_password_keeps_its_width_and_its_blanks() {
        let rules = opaque_rules();
        for (typed, meant) in [(" 白い　馬 ", " 白い 馬 "), ("Ａe\u{301}", "Ａé"), ("Hanako2026", "Hanako2026")]
        {
            assert_eq!(given(typed, Some(&rules)).as_deref(), Ok(meant), "{typed:?}");
        }
        for typed in ["", "白い\n馬", "白い\u{200b}馬"] {
            assert_eq!(given(typed, Some(&rules)), Err(Malformed::OpaquePassword), "{typed:?}");
        }
        let body = LogInWithCertificate { entrance: None, login_password: secret("は\u{3099}ら\u{3000}") };
        assert_eq!(body.received(&rules).unwrap().login_password.expose(), "ばら ");
        assert_eq!(body.received(&self::rules()).err(), Some(Malformed::Password));
    }

    #[test]
    fn a_new_password_is_hashed_as_it_is_compared_later() {
        let edit: UserEdit = serde_json::from_str(
            r#"{"confirmation_password": "Kakunin01", "login_password": "は\u3099ら\u3000", "new_confirmation_password": "\uff21"}"#,
        )
        .unwrap();
        let sent = edit.in_order(Some(&opaque_rules())).unwrap();
        assert_eq!(sent.login_password.unwrap().expose(), "ばら ");
        assert_eq!(sent.new_confirmation_password.unwrap().expose(), "\u{ff21}", "a fault stays");
    }
}
