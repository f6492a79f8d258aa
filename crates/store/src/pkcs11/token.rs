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

/// A token. There is one value for each token in a process. A session must not be used by several threads, so each
/// operation opens its own session.
#[derive(Debug)]
pub(super) struct Token {
    pkcs11: Pkcs11,
    lifetime: Arc<Lifetime>,
    /// The path of the module's library.
    library: PathBuf,
    pub(super) slot: Slot,
    /// The path of the database, or the token's label.
    pub(super) description: String,
    /// How the token protects a key that cannot be exported.
    pub(super) protection: Protection,
    /// Whether the token can make RSA-PSS signatures, which TLS 1.3 requires of RSA keys.
    pub(super) pss: bool,
    /// Whether the keys are encrypted in a file of NSS.
    decrypts: bool,
    /// A session that is never closed, since a login lasts as long as any session is open.
    anchor: Mutex<Option<Session>>,
    login: Mutex<()>,
    /// The gate that lets only one session at a time be opened or closed.
    pub(super) gate: Gate,
    objects: RwLock<()>,
}

impl Token {
    /// Makes the token. `database` is the directory of the token's objects, if it is known.
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

    /// Opens a session for reading, which sees private objects after a login.
    pub(super) fn reading(&self) -> Result<Session> {
        self.gate.alone(|| {
            self.keep_anchor()?;
            self.pkcs11.open_ro_session(self.slot)
        })
    }

    /// Opens a session that may change objects.
    pub(super) fn writing(&self) -> Result<Session> {
        self.gate.alone(|| {
            self.keep_anchor()?;
            self.pkcs11.open_rw_session(self.slot)
        })
    }

    /// Keeps the module and its sessions while the guard is held. The guard holds the number of restarts.
    pub(super) fn hold(&self) -> RwLockReadGuard<'_, u64> {
        self.lifetime.hold()
    }

    /// Restarts the module, unless it was restarted since `seen`. The caller must log in again. Returns whether a
    /// restart is possible.
    pub(super) fn renew(&self, seen: u64) -> std::result::Result<bool, StoreError> {
        let renewed = self.lifetime.renew(&self.pkcs11, seen, || *lock(&self.anchor) = None).map_err(unavailable)?;
        let _held = self.hold();
        if renewed && self.pkcs11.get_token_info(self.slot).map_err(unavailable)?.label() != self.description {
            return Err(StoreError::TokenRemoved(None));
        }
        Ok(renewed)
    }

    /// Fails if the module uses the same handle for two objects. No change may then be made by a handle.
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

    /// Returns whether private objects are visible in `session`.
    pub(super) fn is_unlocked(&self, session: &Session) -> Result<bool> {
        Ok(!self.pkcs11.get_token_info(self.slot)?.login_required()
            || matches!(session.get_session_info()?.session_state(), SessionState::RoUser | SessionState::RwUser))
    }

    /// Logs in, if that has not been done, with the PIN of `source` or at the token's PIN pad. Each PIN is tried once,
    /// since a card locks itself after a few wrong PINs.
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

    /// Returns the PIN; none for a token with a PIN pad. `wrong` says that the previous PIN was wrong.
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

    /// Returns `C_Sign` for a key that asks each time.
    pub(super) fn single_part(&self) -> Result<SinglePart> {
        SinglePart::of(&self.library)
    }

    /// Returns the error for a failed login. If the token was removed while the PIN was typed, the login fails with a
    /// general error, so the token's state is read.
    fn cause_of(&self, error: Error) -> Error {
        let says_nothing = matches!(error, Error::Pkcs11(RvError::GeneralError | RvError::DeviceError, _));
        let asked = says_nothing.then(|| self.pkcs11.get_token_info(self.slot).err()).flatten();
        asked.unwrap_or(error)
    }

    /// Returns whether each use of a key is slow because of the password: NSS derives the decryption key each time.
    pub(super) fn decrypts_slowly(&self) -> Result<bool> {
        Ok(self.decrypts && self.pkcs11.get_token_info(self.slot)?.login_required())
    }

    /// Returns a guard for finding and reading objects. SoftHSM fails with CKR_GENERAL_ERROR if another thread deletes
    /// meanwhile.
    pub(super) fn shared(&self) -> RwLockReadGuard<'_, ()> {
        self.objects.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a guard for changes, so that no other thread sees an incomplete change.
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
