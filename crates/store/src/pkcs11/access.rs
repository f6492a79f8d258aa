use std::sync::Arc;

use cryptoki::object::ObjectClass;
use cryptoki::session::Session;
use cryptoki::types::AuthPin;

use super::failure::unavailable;
use super::token::Token;
use crate::{PinSource, StoreError};

/// A token and somebody to ask for its PIN.
#[derive(Debug, Clone)]
pub(super) struct Access {
    pub(super) token: Arc<Token>,
    pub(super) pin: Option<Arc<dyn PinSource>>,
}

impl Access {
    /// For listing: never asks, and so may not see private objects.
    pub(super) fn silent(&self) -> Result<Session, StoreError> {
        self.token.reading().map_err(unavailable)
    }

    /// The kind of object that shows in a silent session which keys there are: the private ones, or while they hide,
    /// their public halves.
    pub(super) fn visible_keys(&self, session: &Session) -> Result<ObjectClass, StoreError> {
        let unlocked = self.token.is_unlocked(session).map_err(unavailable)?;
        Ok(if unlocked { ObjectClass::PRIVATE_KEY } else { ObjectClass::PUBLIC_KEY })
    }

    /// For using keys; may ask for the PIN.
    pub(super) fn using(&self) -> Result<Session, StoreError> {
        self.unlocked(self.token.reading().map_err(unavailable)?)
    }

    /// For changing things; may ask for the PIN.
    pub(super) fn changing(&self) -> Result<Session, StoreError> {
        self.unlocked(self.token.writing().map_err(unavailable)?)
    }

    /// The PIN for one use of a key that asks each time; none for a token with a key pad.
    pub(super) fn pin_for_one_use(&self) -> Result<Option<AuthPin>, StoreError> {
        self.token.asked(|| self.ask())
    }

    fn unlocked(&self, session: Session) -> Result<Session, StoreError> {
        self.token.unlock(&session, || self.ask())?;
        Ok(session)
    }

    fn ask(&self) -> Result<AuthPin, StoreError> {
        match &self.pin {
            Some(source) => source.pin(&self.token.description).ok_or(StoreError::Denied),
            None => Err(StoreError::Locked),
        }
    }
}
