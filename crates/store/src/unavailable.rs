use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a certificate store cannot be opened, by cause.
#[derive(Debug, Error)]
pub enum Unavailable {
    /// The folder of a database does not exist.
    #[error("{} does not exist", .0.display())]
    FolderMissing(PathBuf),
    /// A file is where the folder of a database should be.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder holds other files, and no database.
    #[error("{} holds no NSS database", .0.display())]
    FolderForeign(PathBuf),
    /// This user may not read the folder, the file or the store.
    #[error("{} may not be read: {source}", .place.display())]
    NotPermitted {
        /// The folder, the file or the store.
        place: PathBuf,
        /// What the system said.
        source: SystemError,
    },
    /// Nothing can be written there.
    #[error("{} cannot be written to: {source}", .place.display())]
    ReadOnly {
        /// The folder, the file or the store.
        place: PathBuf,
        /// What the system said.
        source: SystemError,
    },
    /// The file of the certificates is missing, beside that of the keys.
    #[error("{} is missing", .0.display())]
    Incomplete(PathBuf),
    /// The database is damaged.
    #[error("{} is damaged", .place.display())]
    Damaged {
        /// The file where it is known, else the folder or the store.
        place: PathBuf,
        /// What the system said; none where the file itself shows the damage.
        source: Option<SystemError>,
    },
    /// The folder holds a database of NSS's format before SQLite (`cert8.db`).
    #[error("{} holds a database of an older format", .0.display())]
    OldFormat(PathBuf),
    /// Another process holds the database.
    #[error("{} is in use: {source}", .place.display())]
    Busy {
        /// The file where it is known, else the store.
        place: PathBuf,
        /// What the system said.
        source: SystemError,
    },
    /// NSS takes no folder of that name.
    #[error("{} cannot be named to NSS", .0.display())]
    PathUnusable(PathBuf),
    /// This process has another NSS database open, and can have only one.
    #[error("this process has another NSS database open: {}", .0.display())]
    OtherDatabaseOpen(PathBuf),
    /// NSS's own library is not on this PC.
    #[error("NSS is not on this PC: {0}")]
    NssMissing(SystemError),
    /// The system cannot say where this user's data belongs.
    #[error("no home directory")]
    NoHome,
    /// The user has no such keychain.
    #[error("no keychain: {0}")]
    KeychainMissing(SystemError),
    /// The file of a PKCS#11 module does not exist.
    #[error("{} does not exist", .0.display())]
    ModuleMissing(PathBuf),
    /// The file is not a library.
    #[error("{} is not a library", .module.display())]
    ModuleNotALibrary {
        /// The file.
        module: PathBuf,
        /// What the loader said, where it was asked.
        source: Option<SystemError>,
    },
    /// The library is for another processor or another system.
    #[error("{} is for another kind of computer", .module.display())]
    ModuleOfOtherSystem {
        /// The file.
        module: PathBuf,
        /// What the loader said.
        source: SystemError,
    },
    /// The module is a library, and needs another one that cannot be loaded.
    #[error("{} needs another library: {source}", .module.display())]
    ModuleNeedsLibrary {
        /// The file.
        module: PathBuf,
        /// What the loader said.
        source: SystemError,
    },
    /// The library has no `C_GetFunctionList`.
    #[error("{} is not a PKCS#11 module", .0.display())]
    ModuleNotPkcs11(PathBuf),
    /// The module does not start.
    #[error("{} does not start: {source}", .module.display())]
    ModuleFailed {
        /// The file.
        module: PathBuf,
        /// What it returned.
        source: SystemError,
    },
    /// The module has no slot: no reader is connected.
    #[error("{} finds no reader", .0.display())]
    ReaderMissing(PathBuf),
    /// No slot of the module has a token.
    #[error("no token in any slot of {}", .0.display())]
    NoToken(PathBuf),
    /// The tokens that are there have not been set up.
    #[error("no token of {} is set up", .0.display())]
    TokenNotSetUp(PathBuf),
    /// The module does not understand the token that is there.
    #[error("{} does not know the token: {source}", .module.display())]
    TokenUnrecognised {
        /// The file.
        module: PathBuf,
        /// What it returned.
        source: SystemError,
    },
    /// No token has that label.
    #[error("no token labelled {label:?} in {}", .module.display())]
    TokenUnknown {
        /// The file.
        module: PathBuf,
        /// The label that was asked for.
        label: String,
        /// The labels of the tokens that are there.
        there: Vec<String>,
    },
    /// Anything else.
    #[error(transparent)]
    Other(SystemError),
}

/// What the operating system or one of its libraries said, with its own number.
#[derive(Debug, Error)]
pub enum SystemError {
    /// The operating system.
    #[error(transparent)]
    Os(#[from] io::Error),
    /// A PKCS#11 module, or the loader of its library.
    #[error(transparent)]
    Pkcs11(#[from] cryptoki::error::Error),
    /// CNG, CryptoAPI or Crypt32.
    #[error("{words} (0x{status:08x})")]
    Windows {
        /// The status or HRESULT.
        status: i32,
        /// Windows' words for it.
        words: String,
    },
    /// The Security framework.
    #[error("{words} ({domain} {number})")]
    Apple {
        /// `OSStatus`, or the domain of a CFError.
        domain: String,
        /// The number in that domain.
        number: i64,
        /// The system's words for it.
        words: String,
    },
    /// A call that failed, and gave no reason.
    #[error("the system gave no reason")]
    Silent,
}

impl SystemError {
    /// The number or the name by which a help desk looks the error up: `errno 13`, `CKR_DEVICE_ERROR`, `0x80090005`.
    pub fn number(&self) -> String {
        use cryptoki::error::{Error, RvError};
        match self {
            Self::Os(error) => {
                error.raw_os_error().map_or_else(|| error.kind().to_string(), |code| format!("{OS} {code}"))
            }
            Self::Pkcs11(Error::Pkcs11(RvError::VendorDefined(code) | RvError::UnknownErrorCode(code), _)) => {
                format!("CK_RV 0x{code:x}")
            }
            Self::Pkcs11(Error::Pkcs11(code, _)) => format!("CKR{}", upper_case(&format!("{code:?}"))),
            Self::Pkcs11(Error::LibraryLoading(error)) => error.to_string(),
            Self::Pkcs11(error) => error.to_string(),
            Self::Windows { status, .. } => format!("0x{status:08x}"),
            Self::Apple { domain, number, .. } => format!("{domain} {number}"),
            Self::Silent => "?".to_owned(),
        }
    }
}

#[cfg(windows)]
const OS: &str = "Windows";
#[cfg(not(windows))]
const OS: &str = "errno";

/// `_DEVICE_ERROR` of `DeviceError`.
fn upper_case(camel: &str) -> String {
    let letters = camel.chars().flat_map(|letter| {
        let word = letter.is_ascii_uppercase().then_some('_');
        word.into_iter().chain(letter.to_uppercase())
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use cryptoki::context::Function;
    use cryptoki::error::{Error, RvError};

    use super::*;

    #[test]
    fn each_number_is_written_as_its_system_writes_it() {
        let pkcs11 = |code| SystemError::from(Error::Pkcs11(code, Function::Initialize)).number();
        assert_eq!(pkcs11(RvError::GeneralError), "CKR_GENERAL_ERROR");
        assert_eq!(pkcs11(RvError::VendorDefined(0xce53_4351)), "CK_RV 0xce534351");
        let windows = SystemError::Windows { status: 0x8009_0005_u32.cast_signed(), words: "Bad data.".into() };
        assert_eq!(windows.number(), "0x80090005");
        assert_eq!(SystemError::from(io::Error::from_raw_os_error(13)).number(), format!("{OS} 13"));
    }
}
