use inkan_profile::Profile;
use inkan_protocol::Code;

use super::refusal::Refusal;
use crate::database::Change;
use crate::database::users::{self, Kind};
use crate::keys::digest::sha256_hex;

/// The proof that a user knew a password. It holds as long as the password stays the same.
///
/// To compare a password takes long, and happens outside the transaction that acts on the result. Only
/// [`Service::authenticate`](super::service::Service::authenticate),
/// [`Service::confirm`](super::service::Service::confirm) and
/// [`OwnPasswords::write`](super::own_passwords::OwnPasswords::write) make a proof.
#[derive(Debug)]
pub(crate) struct ProvenPassword {
    user: String,
    kind: Kind,
    /// The SHA-256 in hex of the stored hash that was compared.
    compared: String,
}

impl ProvenPassword {
    pub(super) fn new(user: &str, kind: Kind, hash: &str) -> Self {
        Self { user: user.to_owned(), kind, compared: sha256_hex(hash.as_bytes()) }
    }

    /// The key of the user.
    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    /// Checks inside the transaction `change` that the user still has the password that was compared, and that the
    /// confirmation password is not locked. Whether the login password is locked is part of the user's standing.
    ///
    /// # Errors
    /// [`Code::ConfirmationPasswordLocked`]; [`Code::LoginFailed`] or [`Code::ConfirmationPasswordWrong`], as for a
    /// wrong password.
    pub(crate) async fn holds(&self, profile: &Profile, change: &mut Change) -> Result<(), Refusal> {
        let stored = users::password(change, &self.user, self.kind).await?;
        let most = i64::from(profile.passwords.failures_until_lock);
        if self.kind == Kind::Confirmation && stored.as_ref().is_some_and(|stored| stored.failures >= most) {
            return Err(Refusal::new(Code::ConfirmationPasswordLocked));
        }
        match stored.and_then(|stored| stored.hash) {
            Some(hash) if sha256_hex(hash.as_bytes()) == self.compared => Ok(()),
            _ => Err(Refusal::new(match self.kind {
                Kind::Login => Code::LoginFailed,
                Kind::Confirmation => Code::ConfirmationPasswordWrong,
            })),
        }
    }
}
