//! The bank's own words: for its passwords, its login ID, its roles, itself, and the lines of a certificate.

use inkan_client::profile::{LocalText, PasswordKind, Permission, Profile, Role, RoleClass, RoleId};

use crate::words::Words;

/// Returns the bank's name for that password.
pub(crate) fn password(kind: PasswordKind, profile: &Profile, words: &Words) -> String {
    let own = profile.passwords.rule(kind).and_then(|rule| rule.name.as_ref());
    own.map(|name| words.local(name).to_owned()).unwrap_or_else(|| match kind {
        PasswordKind::Login => words.text("ask-login-password"),
        PasswordKind::Confirmation => words.text("ask-confirmation-password"),
        PasswordKind::Approval => words.text("password-approval"),
        PasswordKind::Transfer => words.text("password-transfer"),
    })
}

/// Returns the bank's name for that password as it is written within a sentence.
pub(crate) fn password_in_text(kind: PasswordKind, profile: &Profile, words: &Words) -> String {
    words.within(&password(kind, profile, words))
}

/// Returns the bank's name for the login ID.
pub(crate) fn login_id(profile: &Profile, words: &Words) -> String {
    profile.login_id_name.as_ref().map_or_else(|| words.text("argument-user"), |name| words.local(name).to_owned())
}

/// Returns the bank's own word, or else the plain word `plain` of the catalogue.
pub(crate) fn own_or(own: Option<&LocalText>, plain: &str, words: &Words) -> String {
    own.map_or_else(|| words.text(plain), |own| words.local(own).to_owned())
}

/// Returns the bank's word for itself, as it is written within a sentence.
pub(crate) fn bank_itself(profile: &Profile, words: &Words) -> String {
    own_or(profile.words.bank.as_ref(), "word-bank", words)
}

/// Returns the bank's name for that role.
pub(crate) fn role(id: &RoleId, profile: &Profile, words: &Words) -> String {
    profile.role(id).map_or_else(|| id.0.clone(), |role| words.local(&role.name).to_owned())
}

/// Returns the names of the roles whose users may do `act`. If the bank gives it to no role, these are the roles of its
/// administrators.
pub(crate) fn who_may(act: Permission, profile: &Profile, words: &Words) -> String {
    let may: Vec<&Role> = profile.roles.iter().filter(|role| role.may(act)).collect();
    let named = match may.is_empty() {
        true => profile.roles.iter().filter(|role| role.class != RoleClass::General).collect(),
        false => may,
    };
    let names: Vec<String> = named.iter().map(|role| words.in_text(&role.name)).collect();
    names.join(&words.text("word-or"))
}
