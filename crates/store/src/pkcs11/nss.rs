//! Opens NSS's softoken and its database, which Chromium uses as well.

use std::ffi::CString;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::session::UserType;
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;

use super::failure::unavailable;
use super::initialize::initialize_softoken;
use super::module;
use super::nss_folder;
use super::token::Token;
use crate::{StoreError, SystemError, Unavailable};

/// The names of the library: first the name for the loader's own search, then the paths in Debian, Fedora and Arch.
const LIBRARIES: &[&str] = &[
    "libsoftokn3.so",
    "/usr/lib/x86_64-linux-gnu/libsoftokn3.so",
    "/usr/lib/x86_64-linux-gnu/nss/libsoftokn3.so",
    "/usr/lib/aarch64-linux-gnu/libsoftokn3.so",
    "/usr/lib/aarch64-linux-gnu/nss/libsoftokn3.so",
    "/usr/lib64/libsoftokn3.so",
    "/usr/lib/libsoftokn3.so",
];

/// Softoken's slot with the key database. The first slot is for calculations only.
const KEY_SLOT: u64 = 2;

/// Returns the directory of Chromium's database: `~/.pki/nssdb` if it exists, otherwise a directory below the XDG data
/// directory.
#[cfg(target_os = "linux")]
pub(crate) fn native_directory() -> Result<std::path::PathBuf, StoreError> {
    let Some(user) = directories::BaseDirs::new() else {
        return Err(Unavailable::NoHome.into());
    };
    let legacy = user.home_dir().join(".pki/nssdb");
    Ok(if legacy.is_dir() { legacy } else { user.data_dir().join("pki/nssdb") })
}

/// Opens the database in `directory`, or makes one without a password if the folder is empty. A folder that does not
/// exist is made if it is `own`, or if it is the folder of the user's own store of this system.
pub(super) fn open(directory: &Path, own: bool) -> Result<Arc<Token>, StoreError> {
    let own = own || is_native(directory);
    if own && !directory.exists() {
        let failed = |error: io::Error| nss_folder::unwritable(directory, error);
        make_private(directory).map_err(failed)?;
    }
    // Another process may be making the database, and half a database looks like a damaged one.
    let _opening = nss_folder::lock(directory);
    nss_folder::examine(directory, own)?;
    let directory = directory.canonicalize().map_err(|error| nss_folder::unreadable(directory, error))?;
    module::database_token(Path::new("NSS softoken"), &directory, KEY_SLOT, || load(&directory))
}

#[cfg(target_os = "linux")]
fn is_native(directory: &Path) -> bool {
    native_directory().is_ok_and(|native| native == directory)
}

#[cfg(not(target_os = "linux"))]
fn is_native(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn make_private(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

#[cfg(not(unix))]
fn make_private(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)
}

fn load(directory: &Path) -> Result<Pkcs11, StoreError> {
    let parameters = parameters(directory)?;
    let pkcs11 = find_library()?;
    initialize_softoken(&pkcs11, &parameters).map_err(|error| match error {
        Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _) => Unavailable::OtherDatabaseOpen(directory.to_owned()),
        error => nss_folder::not_opened(directory, error.into()),
    })?;
    let unusable = |error: Error| match error {
        Error::Pkcs11(RvError::GeneralError | RvError::DeviceError | RvError::TokenWriteProtected, _) => {
            nss_folder::not_opened(directory, error.into()).into()
        }
        error => unavailable(error),
    };
    set_empty_password(&pkcs11).map_err(unusable)?;
    Ok(pkcs11)
}

fn find_library() -> Result<Pkcs11, Unavailable> {
    let mut first = None;
    for library in LIBRARIES {
        match Pkcs11::new(library) {
            Ok(pkcs11) => return Ok(pkcs11),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(Unavailable::NssMissing(first.map_or(SystemError::Silent, SystemError::from)))
}

fn parameters(directory: &Path) -> Result<CString, Unavailable> {
    let unusable = || Unavailable::PathUnusable(directory.to_owned());
    let path = directory.to_str().ok_or_else(unusable)?.replace('\\', "\\\\").replace('\'', "\\'");
    CString::new(format!("configdir='sql:{path}' certPrefix='' keyPrefix='' secmod='secmod.db' flags= "))
        .map_err(|_| unusable())
}

/// Sets an empty password, as Chromium and `certutil` do. A database without a password accepts no keys.
fn set_empty_password(pkcs11: &Pkcs11) -> Result<(), Error> {
    let slot = Slot::try_from(KEY_SLOT)?;
    if pkcs11.get_token_info(slot)?.user_pin_initialized() {
        return Ok(());
    }
    let empty = AuthPin::from(String::new());
    let session = pkcs11.open_rw_session(slot)?;
    session.login(UserType::So, Some(&empty))?;
    session.init_pin(&empty)?;
    session.logout()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_in_a_path_are_escaped() {
        let text = parameters(Path::new("/home/o'hara\\x")).unwrap();
        assert!(text.to_str().unwrap().starts_with(r"configdir='sql:/home/o\'hara\\x' "));
        assert!(parameters(Path::new("/a\0b")).is_err());
    }
}
