use inkan_protocol::{
    OwnToken, Secret, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock, TokensRevoked,
    path,
};

use crate::session::open_session::with_id;
use crate::{Error, Session};

impl Session {
    /// One's own hardware token, and whether its activation is offered now (S1-13).
    ///
    /// # Errors
    /// As [`Self::top`].
    pub fn token(&self) -> Result<OwnToken, Error> {
        self.connection.get(path::TOKEN, Some(&self.token))
    }

    /// Activates one's own token (S1-12, S2-15).
    ///
    /// # Errors
    /// As [`Self::top`]; the refusals of one-time passwords; [`inkan_protocol::Code::TokenSerialUnknown`],
    /// [`inkan_protocol::Code::TokenActivationTooEarly`] (S2-17), [`inkan_protocol::Code::TokenExpired`].
    pub fn activate_token(&mut self, activation: &TokenActivation) -> Result<OwnToken, Error> {
        let step = self.connection.post(path::TOKEN_ACTIVATION, activation, Some(&self.token))?;
        Ok(self.go_on(step))
    }

    /// Goes on without activating a token; the next login offers it again (S1-13).
    ///
    /// # Errors
    /// As [`Self::top`].
    pub fn skip_token(&mut self) -> Result<OwnToken, Error> {
        let step = self.connection.post(path::TOKEN_SKIP, &(), Some(&self.token))?;
        Ok(self.go_on(step))
    }

    /// Sets the clock of one's own token anew by two consecutive one-time passwords (M4).
    ///
    /// # Errors
    /// As [`Self::top`]; [`inkan_protocol::Code::TokenResyncFailed`].
    pub fn resync_token(&self, resync: &TokenResync) -> Result<OwnToken, Error> {
        self.connection.post(path::TOKEN_RESYNC, resync, Some(&self.token))
    }

    /// The users whose tokens this person may revoke, with their tokens (S2-11).
    ///
    /// # Errors
    /// As [`Self::top`]; [`inkan_protocol::Code::NotPermitted`] for a general user (S2-3).
    pub fn tokens(&self) -> Result<Vec<TokenLine>, Error> {
        self.connection.get(path::TOKENS, Some(&self.token))
    }

    /// Revokes the tokens of several users, all or none, and says from when each can activate the next (S2-9, S2-10).
    ///
    /// # Errors
    /// As [`Self::tokens`]; the refusals of the one-time password and of the confirmation password;
    /// [`inkan_protocol::Code::TokenUnusable`] if one's own token does not work (Q4).
    pub fn revoke_tokens(&self, revocation: &TokenRevocation) -> Result<TokensRevoked, Error> {
        self.connection.post(path::TOKEN_REVOCATIONS, revocation, Some(&self.token))
    }

    /// Opens another user's locked token (M5).
    ///
    /// # Errors
    /// As [`Self::tokens`]; the refusals of the confirmation password; [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn unlock_token(&self, user: &str, confirmation_password: &Secret) -> Result<TokenLine, Error> {
        let unlock = TokenUnlock { confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_TOKEN_UNLOCK, user), &unlock, Some(&self.token))
    }

    fn go_on(&mut self, step: TokenStep) -> OwnToken {
        self.logged_in.next = step.next;
        step.token
    }
}
