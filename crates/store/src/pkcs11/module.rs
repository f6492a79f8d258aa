//! Keeps the modules of this process. PKCS#11 initialises a library once per process, and a login is valid for the
//! whole process. So all stores share modules and tokens, which stay until the process ends.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cryptoki::context::Pkcs11;
use cryptoki::error::Error;
use cryptoki::slot::Slot;

use super::failure::unavailable;
use super::library;
use super::lifetime::Lifetime;
use super::token::Token;
use crate::{StoreError, Unavailable};

static MODULES: Mutex<Vec<Module>> = Mutex::new(Vec::new());

/// A loaded and initialised library.
struct Module {
    /// The path of the library. For NSS it is always the same name, wherever the library is.
    library: PathBuf,
    /// The database directory, for NSS.
    database: Option<PathBuf>,
    pkcs11: Pkcs11,
    lifetime: Arc<Lifetime>,
    tokens: Vec<Arc<Token>>,
}

impl Module {
    fn token(&mut self, slot: Slot) -> Result<Arc<Token>, StoreError> {
        if let Some(token) = self.tokens.iter().find(|token| token.slot == slot) {
            return Ok(token.clone());
        }
        let (library, database) = (self.library.clone(), self.database.clone());
        let token = Token::new(self.pkcs11.clone(), self.lifetime.clone(), slot, library, database);
        let token = Arc::new(token.map_err(unavailable)?);
        self.tokens.push(token.clone());
        Ok(token)
    }
}

/// Returns the token of `library` labelled `label`, or the first token with a label.
pub(super) fn token(library: &Path, label: Option<&str>) -> Result<Arc<Token>, StoreError> {
    let library = library::find(library)?;
    with(
        &library,
        None,
        || {
            let pkcs11 = library::load(&library)?;
            let failed = |error: Error| Unavailable::ModuleFailed { module: library.clone(), source: error.into() };
            let lifetime = Lifetime::begin(&pkcs11).map_err(failed)?;
            Ok((pkcs11, lifetime))
        },
        |module| {
            let lifetime = module.lifetime.clone();
            let _held = lifetime.hold();
            let slots = module.pkcs11.get_slots_with_token().map_err(unavailable)?;
            if slots.is_empty() {
                return Err(no_token(&module.pkcs11, &library)?.into());
            }
            let (mut there, mut unrecognised) = (Vec::new(), None);
            for slot in slots {
                match module.pkcs11.get_token_info(slot) {
                    Ok(info) if !info.token_initialized() || info.label().is_empty() => {}
                    Ok(info) if label.is_none_or(|label| label == info.label()) => return module.token(slot),
                    Ok(info) => there.push(info.label().to_owned()),
                    Err(error) => unrecognised = Some(error),
                }
            }
            let module = library.clone();
            Err(match (label, unrecognised) {
                (_, Some(error)) if there.is_empty() => Unavailable::TokenUnrecognised { module, source: error.into() },
                (Some(label), _) => Unavailable::TokenUnknown { module, label: label.to_owned(), there },
                (None, _) => Unavailable::TokenNotSetUp(module),
            }
            .into())
        },
    )
}

/// Returns why there is no token: there is no reader, or there are readers without a token.
fn no_token(pkcs11: &Pkcs11, library: &Path) -> Result<Unavailable, StoreError> {
    let readers = pkcs11.get_all_slots().map_err(unavailable)?;
    let module = library.to_owned();
    Ok(if readers.is_empty() { Unavailable::ReaderMissing(module) } else { Unavailable::NoToken(module) })
}

/// Returns the token in `slot` of the only library that has a database. If the library is not loaded yet, `load` loads
/// it.
pub(super) fn database_token(
    library: &Path,
    database: &Path,
    slot: u64,
    load: impl FnOnce() -> Result<Pkcs11, StoreError>,
) -> Result<Arc<Token>, StoreError> {
    let kept = || load().map(|pkcs11| (pkcs11, Lifetime::of_another()));
    with(library, Some(database), kept, |module| {
        let slots = module.pkcs11.get_slots_with_token().map_err(unavailable)?;
        let slot = slots.into_iter().find(|found| found.id() == slot);
        module.token(slot.ok_or_else(|| Unavailable::Damaged { path: database.to_owned(), source: None })?)
    })
}

fn with<T>(
    library: &Path,
    database: Option<&Path>,
    load: impl FnOnce() -> Result<(Pkcs11, Lifetime), StoreError>,
    act: impl FnOnce(&mut Module) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
    let at = match modules.iter().position(|module| module.library == library) {
        Some(at) => at,
        None => {
            let (pkcs11, lifetime) = load()?;
            let (library, database) = (library.to_owned(), database.map(Path::to_owned));
            modules.push(Module { library, database, pkcs11, lifetime: lifetime.into(), tokens: Vec::new() });
            modules.len() - 1
        }
    };
    let module = &mut modules[at];
    if module.database.as_deref() != database {
        let open = module.database.as_deref().unwrap_or(library).to_owned();
        return Err(Unavailable::OtherDatabaseOpen(open).into());
    }
    act(module)
}
