use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, Result, RvError};

/// The time of a module between `C_Initialize` and `C_Finalize`. Its end also ends every session and login.
#[derive(Debug)]
pub(super) struct Lifetime {
    /// Whether this program initialised the module. If not, another part of the process initialised it and still uses
    /// it.
    ours: bool,
    /// How often the module was restarted.
    number: RwLock<u64>,
}

impl Lifetime {
    /// Returns the lifetime of a module that another part of the process initialised.
    pub(super) fn of_another() -> Self {
        Self { ours: false, number: RwLock::new(0) }
    }

    /// Initialises `module`, unless another part of the process has done so already.
    pub(super) fn begin(module: &Pkcs11) -> Result<Self> {
        let ours = match initialize(module) {
            Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => false,
            outcome => outcome.map(|()| true)?,
        };
        Ok(Self { ours, number: RwLock::new(0) })
    }

    /// Keeps the module running while the guard is held.
    pub(super) fn hold(&self) -> RwLockReadGuard<'_, u64> {
        self.number.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no guard is held, calls `before`, and restarts `module`. Does not restart it if it was restarted
    /// since its number was `seen`. Returns whether the module has been restarted.
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
