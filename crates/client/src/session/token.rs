use inkan_protocol::{
    OwnToken, Secret, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock, TokensRevoked,
    path,
};

use crate::session::open_session::with_id;
use crate::{Error, Session};

impl Session {
    /// Returns the user's own hardware token, and whether its activation is offered now (S1-13).
    ///
    /// # Errors
    /// The errors of [`Self::top`].
    pub fn token(&self) -> Result<OwnToken, Error> {
        self.connection.get(path::TOKEN, Some(&self.token))
    }

    /// Activates the user's own token (S1-12, S2-15).
    ///
    /// # Errors
    /// The errors of [`Self::top`]; the refusals of one-time passwords; [`inkan_protocol::Code::TokenSerialUnknown`],
    /// [`inkan_protocol::Code::TokenActivationTooEarly`] (S2-17), [`inkan_protocol::Code::TokenExpired`].
    pub fn activate_token(&mut self, activation: &TokenActivation) -> Result<OwnToken, Error> {
        let step = self.connection.post(path::TOKEN_ACTIVATION, activation, Some(&self.token))?;
        Ok(self.go_on(step))
    }

    /// Continues without activating a token. The next login offers the activation again (S1-13).
    ///
    /// # Errors
    /// The errors of [`Self::top`].
    pub fn skip_token(&mut self) -> Result<OwnToken, Error> {
        let step = self.connection.post(path::TOKEN_SKIP, &(), Some(&self.token))?;
        Ok(self.go_on(step))
    }

    /// Resynchronises the clock of the user's own token by two consecutive one-time passwords (M4).
    ///
    /// # Errors
    /// The errors of [`Self::top`]; [`inkan_protocol::Code::TokenResyncFailed`].
    pub fn resync_token(&self, resync: &TokenResync) -> Result<OwnToken, Error> {
        self.connection.post(path::TOKEN_RESYNC, resync, Some(&self.token))
    }

    /// Returns the users whose tokens the logged-in user may revoke, with their tokens (S2-11).
    ///
    /// # Errors
    /// The errors of [`Self::top`]; [`inkan_protocol::Code::NotPermitted`] for a general user (S2-3).
    pub fn tokens(&self) -> Result<Vec<TokenLine>, Error> {
        self.connection.get(path::TOKENS, Some(&self.token))
    }

    /// Revokes the tokens of several users, all or none. Returns from when each user can activate the next token (S2-9,
    /// S2-10).
    ///
    /// # Errors
    /// The errors of [`Self::tokens`]; the refusals of the one-time password and of the confirmation password;
    /// [`inkan_protocol::Code::TokenUnusable`] if the operator's own token does not work (Q4).
    pub fn revoke_tokens(&self, revocation: &TokenRevocation) -> Result<TokensRevoked, Error> {
        self.connection.post(path::TOKEN_REVOCATIONS, revocation, Some(&self.token))
    }

    /// Unlocks another user's locked token (M5).
    ///
    /// # Errors
    /// The errors of [`Self::tokens`]; the refusals of the confirmation password;
    /// [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn unlock_token(&self, user: &str, confirmation_password: &Secret) -> Result<TokenLine, Error> {
        let unlock = TokenUnlock { confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_TOKEN_UNLOCK, user), &unlock, Some(&self.token))
    }

    fn go_on(&mut self, step: TokenStep) -> OwnToken {
        self.logged_in.next = step.next;
        step.token
    }
}
