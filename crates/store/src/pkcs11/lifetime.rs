use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, Result, RvError};

/// A module from `C_Initialize` to `C_Finalize`, which ends every session and login there is.
#[derive(Debug)]
pub(super) struct Lifetime {
    /// Otherwise another part of the process lives on it.
    ours: bool,
    /// How often it was started anew.
    number: RwLock<u64>,
}

impl Lifetime {
    /// Of a module that somebody else keeps.
    pub(super) fn of_another() -> Self {
        Self { ours: false, number: RwLock::new(0) }
    }

    /// Initialises `module`. Another part of the process may have done so already, which serves as well.
    pub(super) fn begin(module: &Pkcs11) -> Result<Self> {
        let ours = match initialize(module) {
            Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => false,
            outcome => outcome.map(|()| true)?,
        };
        Ok(Self { ours, number: RwLock::new(0) })
    }

    /// Keeps it going while held.
    pub(super) fn hold(&self) -> RwLockReadGuard<'_, u64> {
        self.number.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts `module` anew once nobody holds it, after `before`, unless that was done since its number was `seen`.
    /// Whether it is a new one.
    pub(super) fn renew(&self, module: &Pkcs11, seen: u64, before: impl FnOnce()) -> Result<bool> {
        if !self.ours {
            return Ok(false);
        }
        let mut number = self.number.write().unwrap_or_else(PoisonError::into_inner);
        if *number == seen {
            before();
            module.clone().finalize()?;
            initialize(module)?;
            *number += 1;
        }
        Ok(true)
    }
}

fn initialize(module: &Pkcs11) -> Result<()> {
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
}
