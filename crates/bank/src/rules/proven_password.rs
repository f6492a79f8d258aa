use inkan_protocol::Code;

use super::refusal::Refusal;
use crate::database::Change;
use crate::database::users::{self, Kind};
use crate::keys::digest::sha256_hex;

/// The proof that a user knew a password. It holds as long as the password stays the same.
///
/// To compare a password takes long, and happens outside the transaction that acts on the result. Only
/// [`Service::authenticate`](super::service::Service::authenticate) and
/// [`Service::confirm`](super::service::Service::confirm) make a proof.
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

    /// Whether the password is the confirmation password.
    pub(super) fn is_confirmation(&self) -> bool {
        self.kind == Kind::Confirmation
    }

    /// Checks inside the transaction `change` that the user still has the password that was compared.
    ///
    /// # Errors
    /// [`Code::LoginFailed`] or [`Code::ConfirmationPasswordWrong`], as for a wrong password.
    pub(crate) async fn holds(&self, change: &mut Change) -> Result<(), Refusal> {
        let stored = users::password(change, &self.user, self.kind).await?;
        match stored.and_then(|stored| stored.hash) {
            Some(hash) if sha256_hex(hash.as_bytes()) == self.compared => Ok(()),
            _ => Err(Refusal::new(match self.kind {
                Kind::Login => Code::LoginFailed,
                Kind::Confirmation => Code::ConfirmationPasswordWrong,
            })),
        }
    }
}
