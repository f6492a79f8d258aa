//! What a bank calls its passwords, its login ID and its roles.

use inkan_client::profile::{PasswordKind, Profile, RoleId};

use crate::words::Words;

/// What the bank calls that password.
pub(crate) fn password(kind: PasswordKind, profile: &Profile, words: &Words) -> String {
    let own = profile.passwords.rule(kind).and_then(|rule| rule.name.as_ref());
    own.map(|name| words.local(name).to_owned()).unwrap_or_else(|| match kind {
        PasswordKind::Login => words.text("ask-login-password"),
        PasswordKind::Confirmation => words.text("ask-confirmation-password"),
        PasswordKind::Approval => words.text("password-approval"),
        PasswordKind::Transfer => words.text("password-transfer"),
    })
}

/// What the bank calls the login ID.
pub(crate) fn login_id(profile: &Profile, words: &Words) -> String {
    profile.login_id_name.as_ref().map_or_else(|| words.text("argument-user"), |name| words.local(name).to_owned())
}

/// What the bank calls that role.
pub(crate) fn role(id: &RoleId, profile: &Profile, words: &Words) -> String {
    profile.role(id).map_or_else(|| id.0.clone(), |role| words.local(&role.name).to_owned())
}
