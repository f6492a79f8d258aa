use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::LocalText;
use crate::opaque_string::opaque_string;

/// One kind of password that a user can have.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasswordKind {
    /// The login password (ログインパスワード, 利用者暗証番号).
    Login,
    /// The confirmation password (確認用パスワード, ご契約先確認暗証番号, 登録確認用パスワード). The operator enters it
    /// with each action that changes something.
    Confirmation,
    /// The approval password (承認用パスワード, S4-7).
    Approval,
    /// The password for single transfers (都度振込送信確認用パスワード, S4-7).
    Transfer,
}

impl PasswordKind {
    /// All kinds of password.
    pub const ALL: [Self; 4] = [Self::Login, Self::Confirmation, Self::Approval, Self::Transfer];
}

/// The rules of this bank's passwords. Each role says which of the passwords its users have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRules {
    /// The rule of the login password (ログインパスワード, S1-9).
    pub login: PasswordRule,
    /// The rule of the confirmation password (確認用パスワード, S1-10).
    pub confirmation: PasswordRule,
    /// The rule of the approval password (承認用パスワード, S4-7, Q1).
    #[serde(default)]
    pub approval: Option<PasswordRule>,
    /// The rule of the password for single transfers (都度振込送信確認用パスワード, S4-7, Q1).
    #[serde(default)]
    pub transfer: Option<PasswordRule>,
    /// Consecutive failures after which a password is locked (M5).
    pub failures_until_lock: u32,
}

impl PasswordRules {
    /// Returns the rule of that password, if the bank has such a password.
    pub fn rule(&self, kind: PasswordKind) -> Option<&PasswordRule> {
        match kind {
            PasswordKind::Login => Some(&self.login),
            PasswordKind::Confirmation => Some(&self.confirmation),
            PasswordKind::Approval => self.approval.as_ref(),
            PasswordKind::Transfer => self.transfer.as_ref(),
        }
    }
}

/// The characters that a password can consist of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasswordCharacters {
    /// Half-width letters and digits.
    #[default]
    LettersAndDigits,
    /// Letters of every script, digits, signs and spaces, as an OpaqueString has them (RFC 8265 §4.2).
    OpaqueString,
}

impl PasswordCharacters {
    /// Returns whether the characters are the default ones.
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The rule of one password. Case matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRule {
    /// The smallest number of characters.
    pub min: u32,
    /// The greatest number of characters.
    pub max: u32,
    /// Whether the password must contain both half-width letters and half-width digits.
    pub mixed: bool,
    /// The characters that the password can consist of.
    #[serde(default, skip_serializing_if = "PasswordCharacters::is_default")]
    pub characters: PasswordCharacters,
    /// Whether the password must differ from the login ID.
    #[serde(default)]
    pub unlike_user_id: bool,
    /// Whether the password must differ from the login password.
    #[serde(default)]
    pub unlike_login_password: bool,
    /// The bank's own word for the password.
    #[serde(default)]
    pub name: Option<LocalText>,
    /// Whether the window offers a keyboard on the screen for typing the password (S4-7).
    #[serde(default)]
    pub software_keyboard: bool,
}

/// The values that a candidate is compared with.
#[derive(Clone, Copy, Default)]
pub struct PasswordContext<'a> {
    /// The login ID.
    pub user_id: &'a str,
    /// The login password that will be valid together with the candidate, if it is known.
    pub login_password: Option<&'a str>,
}

/// One way in which a candidate breaks a [`PasswordRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PasswordFault {
    /// The candidate has fewer than `min` characters.
    TooShort,
    /// The candidate has more than `max` characters.
    TooLong,
    /// The candidate contains a character that is not one of the rule's [`PasswordCharacters`].
    Character,
    /// The candidate contains only letters, or only digits.
    NotMixed,
    /// The candidate equals the login ID.
    LikeUserId,
    /// The candidate equals the login password.
    LikeLoginPassword,
}

impl PasswordRule {
    /// Returns every fault of `candidate`, in the order in which a person would correct them. The list is empty if
    /// `candidate` may be used.
    pub fn faults(&self, candidate: &str, context: PasswordContext<'_>) -> Vec<PasswordFault> {
        let opaque = self.opaque(candidate);
        let (candidate, usable) = match (self.characters, &opaque) {
            (PasswordCharacters::LettersAndDigits, _) => {
                (candidate, candidate.chars().all(|c| c.is_ascii_alphanumeric()))
            }
            (PasswordCharacters::OpaqueString, Some(opaque)) => (opaque.as_str(), true),
            // An empty candidate is too short, and has no wrong character.
            (PasswordCharacters::OpaqueString, None) => (candidate, candidate.is_empty()),
        };
        let opaque_login = context.login_password.and_then(|login| self.opaque(login));
        let login = opaque_login.as_ref().map(|login| login.as_str()).or(context.login_password);
        let length = candidate.chars().count();
        let letters = candidate.chars().any(|c| c.is_ascii_alphabetic());
        let digits = candidate.chars().any(|c| c.is_ascii_digit());
        let checks = [
            (length < self.min as usize, PasswordFault::TooShort),
            (length > self.max as usize, PasswordFault::TooLong),
            (!usable, PasswordFault::Character),
            (self.mixed && !(letters && digits), PasswordFault::NotMixed),
            (self.unlike_user_id && candidate == context.user_id, PasswordFault::LikeUserId),
            (self.unlike_login_password && login == Some(candidate), PasswordFault::LikeLoginPassword),
        ];
        checks.into_iter().filter_map(|(broken, fault)| broken.then_some(fault)).collect()
    }

    /// Returns `password` as it is compared, counted and hashed, if the rule allows an OpaqueString and `password` is
    /// one.
    pub fn opaque(&self, password: &str) -> Option<Zeroizing<String>> {
        (self.characters == PasswordCharacters::OpaqueString).then(|| opaque_string(password)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> PasswordRule {
        PasswordRule {
            min: 6,
            max: 12,
            mixed: true,
            characters: PasswordCharacters::default(),
            unlike_user_id: true,
            unlike_login_password: true,
            name: None,
            software_keyboard: false,
        }
    }

    fn faults(candidate: &str) -> Vec<PasswordFault> {
        rule().faults(candidate, PasswordContext { user_id: "hanako1", login_password: Some("Login123") })
    }

    #[test]
    fn s1_9_six_to_twelve_half_width_letters_and_digits_mixed() {
        assert_eq!(faults("abc12"), [PasswordFault::TooShort]);
        assert_eq!(faults("abc123"), []);
        assert_eq!(faults("abcdef123456"), []);
        assert_eq!(faults("abcdef1234567"), [PasswordFault::TooLong]);
        assert_eq!(faults("abcdef"), [PasswordFault::NotMixed]);
        assert_eq!(faults("123456"), [PasswordFault::NotMixed]);
        assert_eq!(faults("ａｂｃ１２３"), [PasswordFault::Character, PasswordFault::NotMixed]);
    }

    #[test]
    fn a_rule_may_allow_the_characters_of_an_opaque_string() {
        let rule = PasswordRule { mixed: false, characters: PasswordCharacters::OpaqueString, ..rule() };
        let context = PasswordContext { user_id: "hanako1", login_password: Some("は\u{3099}ら 色々と") };
        let faults = |candidate| rule.faults(candidate, context);
        assert_eq!(faults("白い 馬 ♦s"), []);
        assert_eq!(faults("e\u{301}e\u{301}e\u{301}"), [PasswordFault::TooShort], "three letters in NFC");
        assert_eq!(faults("ばら　色々と"), [PasswordFault::LikeLoginPassword], "the same in NFC");
        assert_eq!(faults("hanako\n1"), [PasswordFault::Character]);
        assert_eq!(faults(""), [PasswordFault::TooShort]);
    }

    #[test]
    fn s1_10_the_confirmation_password_is_unlike_id_and_login_password() {
        assert_eq!(faults("hanako1"), [PasswordFault::LikeUserId]);
        assert_eq!(faults("Login123"), [PasswordFault::LikeLoginPassword]);
        assert_eq!(faults("login123"), [], "case matters");
    }
}
