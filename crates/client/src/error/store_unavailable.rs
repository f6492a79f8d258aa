//! Why a certificate store does not open, as a problem: its code, and what the words name.

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

/// The place, the system's own number, and the tokens.
pub(crate) fn facts(cause: &Unavailable) -> Vec<(&'static str, String)> {
    let place = place(cause).map(|place| ("place", place.display().to_string()));
    let number = cause.system().map(|system| ("number", system.number()));
    let tokens = match cause {
        Unavailable::TokenUnknown { label, there, .. } => {
            let any = if there.is_empty() { "none" } else { "some" };
            vec![("token", label.clone()), ("there", any.to_owned()), ("tokens", there.join(", "))]
        }
        _ => Vec::new(),
    };
    place.into_iter().chain(number).chain(tokens).collect()
}

fn place(cause: &Unavailable) -> Option<&Path> {
    match cause {
        Unavailable::FolderMissing(place)
        | Unavailable::NotAFolder(place)
        | Unavailable::FolderForeign(place)
        | Unavailable::NotPermitted { place, .. }
        | Unavailable::ReadOnly { place, .. }
        | Unavailable::Incomplete(place)
        | Unavailable::Damaged { place, .. }
        | Unavailable::OldFormat(place)
        | Unavailable::Busy { place, .. }
        | Unavailable::PathUnusable(place)
        | Unavailable::OtherDatabaseOpen(place)
        | Unavailable::ModuleMissing(place)
        | Unavailable::ModuleNotALibrary { module: place, .. }
        | Unavailable::ModuleOfOtherSystem { module: place, .. }
        | Unavailable::ModuleNeedsLibrary { module: place, .. }
        | Unavailable::ModuleNotPkcs11(place)
        | Unavailable::ModuleFailed { module: place, .. }
        | Unavailable::ReaderMissing(place)
        | Unavailable::NoToken(place)
        | Unavailable::TokenNotSetUp(place)
        | Unavailable::TokenUnrecognised { module: place, .. }
        | Unavailable::TokenUnknown { module: place, .. } => Some(place),
        Unavailable::NssMissing(_) | Unavailable::NoHome | Unavailable::KeychainMissing(_) | Unavailable::Other(_) => {
            None
        }
    }
}
