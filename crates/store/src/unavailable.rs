use std::path::PathBuf;

use thiserror::Error;

use crate::SystemError;

/// Why a certificate store cannot be opened.
#[derive(Debug, Error)]
pub enum Unavailable {
    /// The folder of a database does not exist.
    #[error("{} does not exist", .0.display())]
    FolderMissing(PathBuf),
    /// The path of a database's folder is the path of a file.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder contains other files but no database.
    #[error("{} holds no NSS database", .0.display())]
    FolderForeign(PathBuf),
    /// This user may not read the folder, the file or the store.
    #[error("{} may not be read: {source}", .path.display())]
    NotPermitted {
        /// The folder, the file or the store.
        path: PathBuf,
        /// The error of the system.
        source: SystemError,
    },
    /// The folder, the file or the store cannot be written to.
    #[error("{} cannot be written to: {source}", .path.display())]
    ReadOnly {
        /// The folder, the file or the store.
        path: PathBuf,
        /// The error of the system.
        source: SystemError,
    },
    /// The file of the certificates is missing, but the file of the keys exists.
    #[error("{} is missing", .0.display())]
    Incomplete(PathBuf),
    /// The database is damaged.
    #[error("{} is damaged", .path.display())]
    Damaged {
        /// The damaged file, if it is known; otherwise the folder or the store.
        path: PathBuf,
        /// The error of the system; none if the file itself shows the damage.
        source: Option<SystemError>,
    },
    /// The folder holds a database of NSS's format before SQLite (`cert8.db`).
    #[error("{} holds a database of an older format", .0.display())]
    OldFormat(PathBuf),
    /// Another process holds the database.
    #[error("{} is in use: {source}", .path.display())]
    Busy {
        /// The locked file, if it is known; otherwise the store.
        path: PathBuf,
        /// The error of the system.
        source: SystemError,
    },
    /// NSS accepts no folder of that name.
    #[error("NSS cannot open the path {}", .0.display())]
    PathUnusable(PathBuf),
    /// This process has another NSS database open, and can have only one.
    #[error("this process has another NSS database open: {}", .0.display())]
    OtherDatabaseOpen(PathBuf),
    /// The library of NSS is not on this PC.
    #[error("NSS is not on this PC: {0}")]
    NssMissing(SystemError),
    /// The system does not name a directory for this user's data.
    #[error("no home directory")]
    NoHome,
    /// The user has no keychain of that name.
    #[error("no keychain: {0}")]
    KeychainMissing(SystemError),
    /// The file of a PKCS#11 module does not exist.
    #[error("{} does not exist", .0.display())]
    ModuleMissing(PathBuf),
    /// The file is not a library.
    #[error("{} is not a library", .module.display())]
    ModuleNotALibrary {
        /// The path of the file.
        module: PathBuf,
        /// The error of the loader; none if the loader was not called.
        source: Option<SystemError>,
    },
    /// The library is for another processor or another system.
    #[error("{} is for another kind of computer", .module.display())]
    ModuleOfOtherSystem {
        /// The path of the module.
        module: PathBuf,
        /// The error of the loader.
        source: SystemError,
    },
    /// The module is a library, but needs another library that cannot be loaded.
    #[error("{} needs another library: {source}", .module.display())]
    ModuleNeedsLibrary {
        /// The path of the module.
        module: PathBuf,
        /// The error of the loader.
        source: SystemError,
    },
    /// The library has no `C_GetFunctionList`.
    #[error("{} is not a PKCS#11 module", .0.display())]
    ModuleNotPkcs11(PathBuf),
    /// The module does not start.
    #[error("{} does not start: {source}", .module.display())]
    ModuleFailed {
        /// The path of the module.
        module: PathBuf,
        /// The error of the module.
        source: SystemError,
    },
    /// The module has no slot: no reader is connected.
    #[error("{} finds no reader", .0.display())]
    ReaderMissing(PathBuf),
    /// No slot of the module has a token.
    #[error("no token in any slot of {}", .0.display())]
    NoToken(PathBuf),
    /// The connected tokens have not been initialised.
    #[error("no token of {} has been initialised", .0.display())]
    TokenNotSetUp(PathBuf),
    /// The module does not recognise the connected token.
    #[error("{} does not know the token: {source}", .module.display())]
    TokenUnrecognised {
        /// The path of the module.
        module: PathBuf,
        /// The error of the module.
        source: SystemError,
    },
    /// No token has that label.
    #[error("no token labelled {label:?} in {}", .module.display())]
    TokenUnknown {
        /// The path of the module.
        module: PathBuf,
        /// The label that was asked for.
        label: String,
        /// The labels of the connected tokens.
        there: Vec<String>,
    },
    /// Any other cause.
    #[error(transparent)]
    Other(SystemError),
}

impl Unavailable {
    /// Returns what the system or one of its libraries returned, if one of their calls failed.
    pub fn system(&self) -> Option<&SystemError> {
        match self {
            Self::NotPermitted { source, .. }
            | Self::ReadOnly { source, .. }
            | Self::Busy { source, .. }
            | Self::NssMissing(source)
            | Self::KeychainMissing(source)
            | Self::ModuleOfOtherSystem { source, .. }
            | Self::ModuleNeedsLibrary { source, .. }
            | Self::ModuleFailed { source, .. }
            | Self::TokenUnrecognised { source, .. }
            | Self::Other(source) => Some(source),
            Self::Damaged { source, .. } | Self::ModuleNotALibrary { source, .. } => source.as_ref(),
            Self::FolderMissing(_)
            | Self::NotAFolder(_)
            | Self::FolderForeign(_)
            | Self::Incomplete(_)
            | Self::OldFormat(_)
            | Self::PathUnusable(_)
            | Self::OtherDatabaseOpen(_)
            | Self::NoHome
            | Self::ModuleMissing(_)
            | Self::ModuleNotPkcs11(_)
            | Self::ReaderMissing(_)
            | Self::NoToken(_)
            | Self::TokenNotSetUp(_)
            | Self::TokenUnknown { .. } => None,
        }
    }
}
