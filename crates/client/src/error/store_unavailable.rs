//! The problem of a certificate store that does not open: its code, and the values for its text.

use std::path::Path;

use inkan_protocol::Code;
use inkan_store::Unavailable;

pub(crate) fn code(cause: &Unavailable) -> Code {
    match cause {
        Unavailable::FolderMissing(_) => Code::StoreFolderMissing,
        Unavailable::NotAFolder(_) => Code::StoreNotAFolder,
        Unavailable::FolderForeign(_) => Code::StoreFolderForeign,
        Unavailable::NotPermitted { .. } => Code::StoreNotPermitted,
        Unavailable::ReadOnly { .. } => Code::StoreReadOnly,
        Unavailable::Incomplete(_) => Code::StoreIncomplete,
        Unavailable::Damaged { .. } => Code::StoreDamaged,
        Unavailable::OldFormat(_) => Code::StoreOldFormat,
        Unavailable::Busy { .. } => Code::StoreBusy,
        Unavailable::PathUnusable(_) => Code::StorePathUnusable,
        Unavailable::OtherDatabaseOpen(_) => Code::StoreOtherOpen,
        Unavailable::NssMissing(_) => Code::StoreNssMissing,
        Unavailable::NoHome => Code::StoreNoHome,
        Unavailable::KeychainMissing(_) => Code::StoreKeychainMissing,
        Unavailable::ModuleMissing(_) => Code::StoreModuleMissing,
        Unavailable::ModuleNotALibrary { .. } => Code::StoreModuleNotALibrary,
        Unavailable::ModuleOfOtherSystem { .. } => Code::StoreModuleOfOtherSystem,
        Unavailable::ModuleNeedsLibrary { .. } => Code::StoreModuleNeedsLibrary,
        Unavailable::ModuleNotPkcs11(_) => Code::StoreModuleNotPkcs11,
        Unavailable::ModuleFailed { .. } => Code::StoreModuleFailed,
        Unavailable::ReaderMissing(_) => Code::StoreReaderMissing,
        Unavailable::NoToken(_) => Code::StoreNoToken,
        Unavailable::TokenNotSetUp(_) => Code::StoreTokenNotSetUp,
        Unavailable::TokenUnrecognised { .. } => Code::StoreTokenUnrecognised,
        Unavailable::TokenUnknown { .. } => Code::StoreTokenUnknown,
        Unavailable::Other(_) => Code::StoreUnavailable,
    }
}

/// Returns the path, the system's own number and the tokens.
pub(crate) fn facts(cause: &Unavailable) -> Vec<(&'static str, String)> {
    let path = path(cause).map(|path| ("place", path.display().to_string()));
    let number = cause.system().map(|system| ("number", system.number()));
    let tokens = match cause {
        Unavailable::TokenUnknown { label, there, .. } => {
            let any = if there.is_empty() { "none" } else { "some" };
            vec![("token", label.clone()), ("there", any.to_owned()), ("tokens", there.join(", "))]
        }
        _ => Vec::new(),
    };
    path.into_iter().chain(number).chain(tokens).collect()
}

fn path(cause: &Unavailable) -> Option<&Path> {
    match cause {
        Unavailable::FolderMissing(path)
        | Unavailable::NotAFolder(path)
        | Unavailable::FolderForeign(path)
        | Unavailable::NotPermitted { path, .. }
        | Unavailable::ReadOnly { path, .. }
        | Unavailable::Incomplete(path)
        | Unavailable::Damaged { path, .. }
        | Unavailable::OldFormat(path)
        | Unavailable::Busy { path, .. }
        | Unavailable::PathUnusable(path)
        | Unavailable::OtherDatabaseOpen(path)
        | Unavailable::ModuleMissing(path)
        | Unavailable::ModuleNotALibrary { module: path, .. }
        | Unavailable::ModuleOfOtherSystem { module: path, .. }
        | Unavailable::ModuleNeedsLibrary { module: path, .. }
        | Unavailable::ModuleNotPkcs11(path)
        | Unavailable::ModuleFailed { module: path, .. }
        | Unavailable::ReaderMissing(path)
        | Unavailable::NoToken(path)
        | Unavailable::TokenNotSetUp(path)
        | Unavailable::TokenUnrecognised { module: path, .. }
        | Unavailable::TokenUnknown { module: path, .. } => Some(path),
        Unavailable::NssMissing(_) | Unavailable::NoHome | Unavailable::KeychainMissing(_) | Unavailable::Other(_) => {
            None
        }
    }
}
