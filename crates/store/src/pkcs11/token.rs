use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use cryptoki::context::{Function, Pkcs11};
use cryptoki::error::{Error, Result, RvError};
use cryptoki::mechanism::MechanismType;
use cryptoki::object::ObjectHandle;
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;

use super::failure::unavailable;
use super::gate::Gate;
use super::lifetime::Lifetime;
use super::single_part::SinglePart;
use crate::{PinQuestion, PinSource, Protection, StoreError, TriesLeft};

/// A token, once per process. Sessions are not for several threads, so each operation opens its own.
#[derive(Debug)]
pub(super) struct Token {
    pkcs11: Pkcs11,
    lifetime: Arc<Lifetime>,
    /// The module's file.
    library: PathBuf,
    pub(super) slot: Slot,
    /// A path or a label.
    pub(super) description: String,
    /// How well it keeps a key that it does not hand out.
    pub(super) protection: Protection,
    /// Whether it pads by RSA-PSS, without which RSA is of no use to TLS 1.3.
    pub(super) pss: bool,
    /// Its keys lie encrypted in a file of NSS's.
    decrypts: bool,
    /// A login lasts as long as any session is open: this one is never closed.
    anchor: Mutex<Option<Session>>,
    login: Mutex<()>,
    /// Each session is opened and closed through it.
    pub(super) gate: Gate,
    objects: RwLock<()>,
}

impl Token {
    /// `database` is where the token's objects lie, if that is known.
    pub(super) fn new(
        pkcs11: Pkcs11,
        lifetime: Arc<Lifetime>,
        slot: Slot,
        library: PathBuf,
        database: Option<PathBuf>,
    ) -> Result<Self> {
        let label = pkcs11.get_token_info(slot)?.label().to_owned();
        let hardware = database.is_none() && pkcs11.get_slot_info(slot)?.hardware_slot();
        Ok(Self {
            pss: pkcs11.get_mechanism_list(slot)?.contains(&MechanismType::RSA_PKCS_PSS),
            protection: if hardware { Protection::Hardware } else { Protection::File },
            decrypts: database.is_some(),
            description: database.map_or(label, |database| database.display().to_string()),
            anchor: Mutex::new(None),
            login: Mutex::new(()),
            gate: Gate::default(),
            objects: RwLock::new(()),
            slot,
            library,
            lifetime,
            pkcs11,
        })
    }

    /// A session that only reads, and sees private objects if somebody has logged in.
    pub(super) fn reading(&self) -> Result<Session> {
        self.gate.alone(|| {
            self.keep_anchor()?;
            self.pkcs11.open_ro_session(self.slot)
        })
    }

    /// A session that may change objects.
    pub(super) fn writing(&self) -> Result<Session> {
        self.gate.alone(|| {
            self.keep_anchor()?;
            self.pkcs11.open_rw_session(self.slot)
        })
    }

    /// Keeps the module, and with it every session, while held; says which of its lives that is.
    pub(super) fn hold(&self) -> RwLockReadGuard<'_, u64> {
        self.lifetime.hold()
    }

    /// Starts the module anew, unless that was done since its life `seen`; whoever goes on logs in again. Whether that
    /// is possible here.
    pub(super) fn renew(&self, seen: u64) -> std::result::Result<bool, StoreError> {
        let renewed = self.lifetime.renew(&self.pkcs11, seen, || *lock(&self.anchor) = None).map_err(unavailable)?;
        let _held = self.hold();
        if renewed && self.pkcs11.get_token_info(self.slot).map_err(unavailable)?.label() != self.description {
            return Err(StoreError::TokenRemoved(None));
        }
        Ok(renewed)
    }

    /// Fails where the module has lost count, and one handle stands for two objects: none may be used to change
    /// anything then.
    pub(super) fn check_count(&self, session: &Session) -> Result<()> {
        // NSS counts well, and its databases are large.
        if self.decrypts {
            return Ok(());
        }
        let mut handles: Vec<_> = session.find_objects(&[])?.iter().map(ObjectHandle::handle).collect();
        let all = handles.len();
        handles.sort_unstable();
        handles.dedup();
        if handles.len() < all { Err(Error::Pkcs11(RvError::GeneralError, Function::FindObjects)) } else { Ok(()) }
    }

    /// Whether private objects show themselves in `session`.
    pub(super) fn is_unlocked(&self, session: &Session) -> Result<bool> {
        Ok(!self.pkcs11.get_token_info(self.slot)?.login_required()
            || matches!(session.get_session_info()?.session_state(), SessionState::RoUser | SessionState::RwUser))
    }

    /// Logs in unless that has been done, with the PIN that `source` gives, or at the token's own key pad.
    /// Each PIN is tried once: after a few wrong ones a card locks itself.
    pub(super) fn unlock(
        &self,
        session: &Session,
        source: Option<&dyn PinSource>,
    ) -> std::result::Result<(), StoreError> {
        let _one_at_a_time = lock(&self.login);
        if self.is_unlocked(session).map_err(unavailable)? {
            return Ok(());
        }
        let mut wrong = false;
        loop {
            let pin = self.asked(source, wrong, false)?;
            let outcome = match session.login(UserType::User, pin.as_ref()) {
                Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
                outcome => outcome.map_err(|error| unavailable(self.cause_of(error))),
            };
            wrong = matches!(outcome, Err(StoreError::WrongPin(_)));
            if !(wrong && pin.is_some() && source.is_some_and(PinSource::asks_again)) {
                return outcome;
            }
        }
    }

    /// The PIN, `wrong` after one that was; none for a token with a key pad.
    pub(super) fn asked(
        &self,
        source: Option<&dyn PinSource>,
        wrong: bool,
        each_use: bool,
    ) -> std::result::Result<Option<AuthPin>, StoreError> {
        let token = self.pkcs11.get_token_info(self.slot).map_err(unavailable)?;
        if token.protected_authentication_path() {
            return Ok(None);
        }
        let source = source.ok_or(StoreError::Locked(None))?;
        let left = match (token.user_pin_final_try(), token.user_pin_count_low()) {
            (true, _) => TriesLeft::Last,
            (false, true) => TriesLeft::Fewer,
            (false, false) => TriesLeft::Enough,
        };
        let question = PinQuestion { token: &self.description, wrong, left, each_use };
        source.pin(&question).map(Some).ok_or(StoreError::Denied(None))
    }

    /// For a key that asks each time.
    pub(super) fn single_part(&self) -> Result<SinglePart> {
        SinglePart::of(&self.library)
    }

    /// A token that went away while the PIN was typed fails the login in general: asked what it is, it tells.
    fn cause_of(&self, error: Error) -> Error {
        let says_nothing = matches!(error, Error::Pkcs11(RvError::GeneralError | RvError::DeviceError, _));
        let asked = says_nothing.then(|| self.pkcs11.get_token_info(self.slot).err()).flatten();
        asked.unwrap_or(error)
    }

    /// Whether each use of a key is slow for its password: NSS derives the key that decrypts it anew every time.
    pub(super) fn decrypts_slowly(&self) -> Result<bool> {
        Ok(self.decrypts && self.pkcs11.get_token_info(self.slot)?.login_required())
    }

    /// Held while objects are found and read: SoftHSM fails with CKR_GENERAL_ERROR where one thread deletes meanwhile.
    pub(super) fn shared(&self) -> RwLockReadGuard<'_, ()> {
        self.objects.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held over changes, whose several steps nobody must see half-done.
    pub(super) fn alone(&self) -> RwLockWriteGuard<'_, ()> {
        self.objects.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep_anchor(&self) -> Result<()> {
        let mut anchor = lock(&self.anchor);
        if anchor.as_ref().is_none_or(|session| session.get_session_info().is_err()) {
            *anchor = None;
            *anchor = Some(self.pkcs11.open_ro_session(self.slot)?);
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
