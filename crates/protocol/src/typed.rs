//! Normalises the text that a person types: half-width, without the blanks, line ends and hyphens that copying and
//! input methods add. Client and bank use the same functions. The client normalises before it sends a request.

use inkan_profile::{PasswordKind, PasswordRules};

use crate::password_text::{given_password, new_password};
use crate::typed_characters::{compatible, is_blank, is_hyphen, narrowed, trimmed};
use crate::{
    CertificateChange, ChosenPasswords, EnrolmentCodeRequest, Freeze, LogIn, LogInWithCertificate, Malformed,
    PasswordChange, Secret, TokenActivation, TokenResync, TokenRevocation, TokenUnlock, Unlock, UserEdit, is_name,
};

/// The body of a request, which may contain typed values.
pub trait Typed: Sized {
    /// Returns the body with its typed values normalised. If the bank's rules of passwords are not known, passwords are
    /// half-width.
    ///
    /// # Errors
    /// Returns [`Malformed`] if a value can never be right.
    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed>;

    /// Returns the one-time passwords in the body.
    fn otps(&self) -> impl Iterator<Item = &Secret> {
        std::iter::empty()
    }

    /// Returns the passwords in the body that the bank compares with registered ones.
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        Vec::new()
    }

    /// Refuses a password that is longer than the rule of the bank allows. A password that is too short is accepted,
    /// because it may be older than the rule.
    ///
    /// # Errors
    /// Returns [`Malformed::PasswordTooLong`].
    fn within(&self, rules: &PasswordRules) -> Result<(), Malformed> {
        let too_long = |(kind, password): (PasswordKind, &Secret)| {
            let max = rules.rule(kind)?.max;
            (password.expose().chars().count() > max as usize).then_some(Malformed::PasswordTooLong { kind, max })
        };
        self.passwords().into_iter().find_map(too_long).map_or(Ok(()), Err)
    }

    /// Does the same as [`Self::in_order`] at the bank, and also refuses a one-time password that was not sent as
    /// digits. The client has normalised it, and the bank counts every one-time password that it compares.
    ///
    /// # Errors
    /// Returns the errors of [`Self::in_order`].
    fn received(&self, rules: &PasswordRules) -> Result<Self, Malformed> {
        let sent_as_digits = |otp: &Secret| otp.expose().bytes().all(|byte| byte.is_ascii_digit());
        if self.otps().all(sent_as_digits) { self.in_order(Some(rules)) } else { Err(Malformed::Otp) }
    }
}

/// Returns `text` as a login ID: half-width, without blanks around it.
pub fn login_id(text: &str) -> String {
    trimmed(&compatible(text)).to_owned()
}

/// Returns `text` as [`login_id`] does, if the result can be a login ID.
///
/// # Errors
/// Returns [`Malformed::LoginId`] if the result is empty, or contains a blank, a line end, or a character that no name
/// has ([`is_name`]).
pub fn possible_login_id(text: &str) -> Result<String, Malformed> {
    let id = login_id(text);
    if id.is_empty() || id.contains(is_blank) || !is_name(&id) { Err(Malformed::LoginId) } else { Ok(id) }
}

/// Returns the contract number beside a login ID, as [`digits`] does.
fn possible_contract(text: &str) -> Result<String, Malformed> {
    let number = digits(text);
    if is_name(&number) { Ok(number) } else { Err(Malformed::LoginId) }
}

/// Returns `text` as a contract number or the serial number of a token: half-width, without the blanks and hyphens that
/// are printed between the digits.
pub fn digits(text: &str) -> String {
    let shown: String = compatible(text).chars().filter(|c| !is_blank(*c) && !is_hyphen(*c)).collect();
    // A mark that stood behind a hyphen may now stand behind a letter, which NFKC makes one letter.
    compatible(&shown)
}

/// Returns the new password, if one is given, as [`new_password`] does.
fn chosen(given: &Option<Secret>, kind: PasswordKind, rules: Option<&PasswordRules>) -> Option<Secret> {
    given.as_ref().map(|password| new_password(password, kind, rules))
}

/// Returns a one-time password without the blanks and hyphens that copying adds. Full-width digits are refused, so that
/// the person corrects them before one of the few attempts is used up.
fn otp(text: &Secret) -> Result<Secret, Malformed> {
    let shown = text.expose().chars().filter(|c| !is_blank(*c) && !is_hyphen(*c));
    let narrow = narrowed(text, shown);
    let possible = (6..=8).contains(&narrow.len()) && narrow.bytes().all(|byte| byte.is_ascii_digit());
    if possible { Ok(Secret::from(narrow.to_string())) } else { Err(Malformed::Otp) }
}

fn optional<T>(given: &Option<T>, act: impl Fn(&T) -> Result<T, Malformed>) -> Result<Option<T>, Malformed> {
    given.as_ref().map(act).transpose()
}

/// The body of a request without content.
impl Typed for () {
    fn in_order(&self, _: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(())
    }
}

impl Typed for LogIn {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        vec![(PasswordKind::Login, &self.login_password)]
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self {
            entrance: self.entrance.clone(),
            contract: self.contract.as_deref().map(possible_contract).transpose()?,
            user: possible_login_id(&self.user)?,
            login_password: given_password(&self.login_password, PasswordKind::Login, rules)?,
        })
    }
}

impl Typed for LogInWithCertificate {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        vec![(PasswordKind::Login, &self.login_password)]
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self {
            entrance: self.entrance.clone(),
            login_password: given_password(&self.login_password, PasswordKind::Login, rules)?,
        })
    }
}

/// New passwords keep what is wrong with them, because their own rule reports it (S1-9).
impl Typed for PasswordChange {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        let confirmation = self.confirmation_password.iter().map(|password| (PasswordKind::Confirmation, password));
        std::iter::once((PasswordKind::Login, &self.login_password)).chain(confirmation).collect()
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        let confirmation = |password: &Secret| given_password(password, PasswordKind::Confirmation, rules);
        Ok(Self {
            login_password: given_password(&self.login_password, PasswordKind::Login, rules)?,
            new_login_password: new_password(&self.new_login_password, PasswordKind::Login, rules),
            confirmation_password: optional(&self.confirmation_password, confirmation)?,
            new_confirmation_password: chosen(&self.new_confirmation_password, PasswordKind::Confirmation, rules),
            new_approval_password: chosen(&self.new_approval_password, PasswordKind::Approval, rules),
            new_transfer_password: chosen(&self.new_transfer_password, PasswordKind::Transfer, rules),
        })
    }
}

impl Typed for ChosenPasswords {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        self.confirmation_password.iter().map(|password| (PasswordKind::Confirmation, password)).collect()
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        let confirmation = |password: &Secret| given_password(password, PasswordKind::Confirmation, rules);
        Ok(Self {
            new_login_password: new_password(&self.new_login_password, PasswordKind::Login, rules),
            confirmation_password: optional(&self.confirmation_password, confirmation)?,
            new_confirmation_password: chosen(&self.new_confirmation_password, PasswordKind::Confirmation, rules),
            new_approval_password: chosen(&self.new_approval_password, PasswordKind::Approval, rules),
            new_transfer_password: chosen(&self.new_transfer_password, PasswordKind::Transfer, rules),
        })
    }
}

impl Typed for TokenActivation {
    fn otps(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.otp).chain(&self.otp_next)
    }

    fn in_order(&self, _: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self { serial: digits(&self.serial), otp: otp(&self.otp)?, otp_next: optional(&self.otp_next, otp)? })
    }
}

impl Typed for TokenResync {
    fn otps(&self) -> impl Iterator<Item = &Secret> {
        [&self.otp, &self.otp_next].into_iter()
    }

    fn in_order(&self, _: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self { otp: otp(&self.otp)?, otp_next: otp(&self.otp_next)? })
    }
}

impl Typed for TokenRevocation {
    fn otps(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.otp)
    }

    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        vec![(PasswordKind::Confirmation, &self.confirmation_password)]
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self {
            users: self.users.iter().map(|user| possible_login_id(user)).collect::<Result<_, _>>()?,
            otp: otp(&self.otp)?,
            confirmation_password: given_password(&self.confirmation_password, PasswordKind::Confirmation, rules)?,
        })
    }
}

impl Typed for EnrolmentCodeRequest {
    fn otps(&self) -> impl Iterator<Item = &Secret> {
        self.otp.iter()
    }

    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        let chosen = self.chosen_passwords.iter().flat_map(Typed::passwords);
        std::iter::once((PasswordKind::Login, &self.login_password)).chain(chosen).collect()
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self {
            contract: self.contract.as_deref().map(possible_contract).transpose()?,
            user: possible_login_id(&self.user)?,
            login_password: given_password(&self.login_password, PasswordKind::Login, rules)?,
            otp: optional(&self.otp, otp)?,
            token_serial: self.token_serial.as_deref().map(digits),
            public_key_sha256: self.public_key_sha256.clone(),
            chosen_passwords: optional(&self.chosen_passwords, |chosen| chosen.in_order(rules))?,
        })
    }
}

impl Typed for UserEdit {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        vec![(PasswordKind::Confirmation, &self.confirmation_password)]
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        Ok(Self {
            companies: self.companies.as_ref().map(|codes| codes.iter().map(|code| digits(code)).collect()),
            confirmation_password: given_password(&self.confirmation_password, PasswordKind::Confirmation, rules)?,
            login_password: chosen(&self.login_password, PasswordKind::Login, rules),
            new_confirmation_password: chosen(&self.new_confirmation_password, PasswordKind::Confirmation, rules),
            approval_password: chosen(&self.approval_password, PasswordKind::Approval, rules),
            transfer_password: chosen(&self.transfer_password, PasswordKind::Transfer, rules),
            ..self.clone()
        })
    }
}

impl Typed for Unlock {
    fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
        vec![(PasswordKind::Confirmation, &self.confirmation_password)]
    }

    fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
        let confirmation_password = given_password(&self.confirmation_password, PasswordKind::Confirmation, rules)?;
        Ok(Self { passwords: self.passwords.clone(), confirmation_password })
    }
}

macro_rules! confirmed {
    ($($body:ident { $($rest:ident),* }),*) => {$(
        impl Typed for $body {
            fn passwords(&self) -> Vec<(PasswordKind, &Secret)> {
                vec![(PasswordKind::Confirmation, &self.confirmation_password)]
            }

            fn in_order(&self, rules: Option<&PasswordRules>) -> Result<Self, Malformed> {
                let confirmation_password = given_password(&self.confirmation_password, PasswordKind::Confirmation, rules)?;
                Ok(Self { $($rest: self.$rest,)* confirmation_password })
            }
        }
    )*};
}

confirmed!(TokenUnlock {}, Freeze {}, CertificateChange { act });

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    fn rules() -> PasswordRules {
        let profile = inkan_profile::Profile::from_toml(include_str!("../../../profiles/okmate.toml"));
        profile.unwrap().passwords
    }

    #[test]
    fn an_otp_is_the_same_however_it_was_typed() {
        for typed in ["123456", " 123456\n", "123 456", "　123　456　", "123-456", "\u{feff}123456"] {
            assert_eq!(otp(&secret(typed)).unwrap().expose(), "123456", "{typed:?}");
        }
        for typed in ["", "12345", "123456789", "12345a", "一二三四五六", "１２３４５６", "12345６"] {
            assert_eq!(otp(&secret(typed)).err(), Some(Malformed::Otp), "{typed:?}");
        }
    }

    #[test]
    fn a_bank_takes_digits_only_as_a_guess() {
        let resync = |otp: &str| TokenResync { otp: secret(otp), otp_next: secret("654321") };
        assert!(resync("123456").received(&rules()).is_ok());
        for sent in ["１２３４５６", "123456\n", "12345x", "12345", ""] {
            assert_eq!(resync(sent).received(&rules()).err(), Some(Malformed::Otp), "{sent:?}");
        }
        assert!(resync("123 456").in_order(None).is_ok());
    }

    /// The window is tested with the same vectors.
    #[test]
    fn ids_and_numbers_lose_what_is_around_and_between() {
        #[derive(serde::Deserialize)]
        struct Vector {
            meant: String,
            typed: Vec<String>,
        }
        #[derive(serde::Deserialize)]
        struct Vectors {
            digits: Vec<Vector>,
            login_id: Vec<Vector>,
        }
        let vectors: Vectors = serde_json::from_str(include_str!("../vectors/typed.json")).unwrap();
        assert!(!vectors.digits.is_empty() && !vectors.login_id.is_empty());
        for (rule, vectors) in [(digits as fn(&str) -> String, vectors.digits), (login_id, vectors.login_id)] {
            for Vector { meant, typed } in vectors {
                typed.iter().for_each(|text| assert_eq!(rule(text), meant, "{text:?}"));
            }
        }
    }

    #[test]
    fn an_id_with_a_blank_inside_is_none() {
        for typed in [
            "",
            "  ",
            "hana kodt",
            "hanako\ndt",
            "hana\u{200b}ko",
            "hana　ko",
            "a\tb",
            "hana\u{2067}ko",
            "hana\u{e000}ko",
        ] {
            assert_eq!(possible_login_id(typed), Err(Malformed::LoginId), "{typed:?}");
        }
        assert_eq!(possible_login_id(" hanakodt\n").as_deref(), Ok("hanakodt"));
    }

    #[test]
    fn s1_9_a_password_that_is_longer_than_the_rule_is_none() {
        let rules = rules();
        let log_in = |text: &str| LogInWithCertificate { entrance: None, login_password: secret(text) };
        let too_long = Err(Malformed::PasswordTooLong { kind: PasswordKind::Login, max: 12 });
        assert_eq!(log_in(&"a".repeat(37)).within(&rules), too_long);
        for possible in ["abcdef123456", "abc", ""] {
            assert_eq!(log_in(possible).within(&rules), Ok(()), "{possible:?}");
        }
    }
}
