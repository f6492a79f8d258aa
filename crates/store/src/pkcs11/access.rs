use std::ops::Deref;
use std::sync::{Arc, RwLockReadGuard};

use cryptoki::error::Result as Pkcs11Result;
use cryptoki::object::ObjectClass;
use cryptoki::session::Session;
use cryptoki::types::AuthPin;

use super::failure::{is_at_its_end, refused, unavailable};
use super::gate::{Opening, Shutting};
use super::token::Token;
use crate::{PinSource, StoreError};

/// A session. Its module exists longer than the session. The session is closed while no other session is opened or
/// closed. Fields are dropped in the order in which they are declared.
#[derive(Debug)]
pub(super) struct Opened<'a> {
    _closing: Shutting<'a>,
    session: Session,
    _closed: Opening<'a>,
    life: RwLockReadGuard<'a, u64>,
}

impl Deref for Opened<'_> {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

/// A token and the source of its PIN.
#[derive(Debug, Clone)]
pub(super) struct Access {
    pub(super) token: Arc<Token>,
    pub(super) pin: Option<Arc<dyn PinSource>>,
}

impl Access {
    /// Opens a session for listing. It never asks for the PIN, so it may not see private objects.
    pub(super) fn silent(&self) -> Result<Opened<'_>, StoreError> {
        self.opened(Token::reading)
    }

    /// Returns the class of the objects that show without a login which keys the token has: the private keys, or their
    /// public halves if the private keys are hidden.
    pub(super) fn visible_keys(&self, session: &Session) -> Result<ObjectClass, StoreError> {
        let unlocked = self.token.is_unlocked(session).map_err(unavailable)?;
        Ok(if unlocked { ObjectClass::PRIVATE_KEY } else { ObjectClass::PUBLIC_KEY })
    }

    /// Opens a session for using keys. May ask for the PIN.
    pub(super) fn using(&self) -> Result<Opened<'_>, StoreError> {
        self.unlocked(self.opened(Token::reading)?)
    }

    /// Opens a session for changes. May ask for the PIN.
    pub(super) fn changing(&self) -> Result<Opened<'_>, StoreError> {
        self.unlocked(self.opened(Token::writing)?)
    }

    /// Calls `act` with a session. If `act` fails because the module must be restarted, restarts it and calls `act`
    /// once more. The module of a TPM does not free the keys that it has loaded, and fails when the TPM is full.
    pub(super) fn insist<'a, T>(
        &'a self,
        operation: &'static str,
        open: impl Fn(&'a Self) -> Result<Opened<'a>, StoreError>,
        act: impl Fn(&Session) -> Result<Pkcs11Result<T>, StoreError>,
    ) -> Result<T, StoreError> {
        let session = open(self)?;
        let seen = *session.life;
        let mut outcome = act(&session)?;
        drop(session);
        if outcome.as_ref().is_err_and(is_at_its_end) && self.token.renew(seen)? {
            tracing::warn!(token = self.token.description, "the module failed and was restarted");
            let session = open(self)?;
            outcome = act(&session)?;
        }
        outcome.map_err(refused(operation))
    }

    /// Restarts the module after objects were made, if it gives them wrong handles. The module of a TPM does so after
    /// its first object was deleted. The objects themselves are stored correctly.
    pub(super) fn settle(&self, session: Opened<'_>) {
        let seen = *session.life;
        let counted = self.token.check_count(&session);
        drop(session);
        if counted.is_err()
            && let Err(error) = self.token.renew(seen)
        {
            tracing::error!(
                error = &error as &(dyn std::error::Error + 'static),
                "the module gives objects wrong handles and cannot be restarted"
            );
        }
    }

    /// Returns the PIN for one use of a key that asks each time; none for a token with a PIN pad.
    pub(super) fn pin_for_one_use(&self, wrong: bool) -> Result<Option<AuthPin>, StoreError> {
        self.token.asked(self.pin.as_deref(), wrong, true)
    }

    /// Returns whether the source of the PIN can be asked again after a wrong PIN.
    pub(super) fn asks_again(&self) -> bool {
        self.pin.as_ref().is_some_and(|pin| pin.asks_again())
    }

    fn opened(&self, open: impl Fn(&Token) -> Pkcs11Result<Session>) -> Result<Opened<'_>, StoreError> {
        let life = self.token.hold();
        let session = open(&self.token).map_err(unavailable)?;
        let gate = &self.token.gate;
        Ok(Opened { _closing: Shutting(gate), session, _closed: Opening(gate), life })
    }

    fn unlocked<'a>(&self, session: Opened<'a>) -> Result<Opened<'a>, StoreError> {
        self.token.unlock(&session, self.pin.as_deref())?;
        Ok(session)
    }
}
