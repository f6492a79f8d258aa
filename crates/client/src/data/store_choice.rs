//! The certificate stores that this PC offers.

use std::path::{Path, PathBuf};

use inkan_store::Location;
use serde::Serialize;

use crate::Error;

/// The paths at which the usual installation puts the PKCS#11 libraries of cards and other devices.
#[cfg(target_os = "linux")]
const MODULES: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/pkcs11/libtpm2_pkcs11.so",
    "/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1",
    "/usr/lib64/pkcs11/libtpm2_pkcs11.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
];
#[cfg(target_os = "macos")]
const MODULES: &[&str] = &["/Library/OpenSC/lib/opensc-pkcs11.so"];
#[cfg(windows)]
const MODULES: &[&str] = &[r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll"];
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
const MODULES: &[&str] = &[];

/// Checks that the store at `location` opens, so that only a store that works is chosen.
///
/// # Errors
/// [`Error::Store`], with the cause.
pub fn check_store(location: &Location) -> Result<(), Error> {
    Ok(inkan_store::check(location)?)
}

/// The kind of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// The system's own store of this user.
    Native,
    /// An NSS database, for example of a browser.
    Nss,
    /// A card, a TPM or another device with a PKCS#11 library.
    Device,
}

/// A store that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StoreChoice {
    /// The location of the store, in the notation of [`Location`].
    pub location: String,
    /// The kind of the store.
    pub kind: StoreKind,
    /// The directory or library of the store; none for the system's own store.
    pub description: Option<String>,
}

impl StoreChoice {
    /// Returns every store that is found on this PC, the system's own store first. `set` is included even if it is not
    /// found.
    pub fn on_this_pc(set: Option<&str>) -> Vec<Self> {
        let mut choices = vec![Self::of(&Location::Native)];
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let databases = home.map(|home| browsers(&home)).unwrap_or_default();
        choices.extend(databases.into_iter().map(|path| Self::of(&Location::Nss(path))));
        let modules = MODULES.iter().map(Path::new).filter(|path| path.is_file());
        choices.extend(modules.map(|path| Self::of(&Location::Pkcs11 { module: path.to_owned(), token: None })));
        if let Some(set) = set
            && let Ok(location) = set.parse::<Location>()
            && choices.iter().all(|choice| choice.location != set)
        {
            choices.push(Self::of(&location));
        }
        choices
    }

    fn of(location: &Location) -> Self {
        let (kind, description) = match location {
            Location::Native => (StoreKind::Native, None),
            Location::Nss(directory) => (StoreKind::Nss, Some(directory.display().to_string())),
            Location::Pkcs11 { module, token } => {
                let module = module.display();
                let description = token.as_ref().map_or(module.to_string(), |token| format!("{module} ({token})"));
                (StoreKind::Device, Some(description))
            }
        };
        Self { location: location.to_string(), kind, description }
    }
}

/// Returns the databases of Firefox's profiles.
fn browsers(home: &Path) -> Vec<PathBuf> {
    let profiles = std::fs::read_dir(home.join(".mozilla/firefox")).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> =
        profiles.map(|profile| profile.path()).filter(|path| path.join("cert9.db").is_file()).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_own_store_and_the_one_that_is_set_are_offered() {
        let choices = StoreChoice::on_this_pc(Some("pkcs11:/nowhere/card.so?token=My card"));
        assert_eq!(choices[0].kind, StoreKind::Native);
        let set = choices.last().unwrap();
        assert_eq!((set.kind, set.description.as_deref()), (StoreKind::Device, Some("/nowhere/card.so (My card)")));
        for choice in &choices {
            assert!(choice.location.parse::<Location>().is_ok(), "{choice:?}");
        }
        assert_eq!(StoreChoice::on_this_pc(Some("native")), StoreChoice::on_this_pc(None));
    }

    #[test]
    fn a_firefox_profile_with_a_database_is_found() {
        let home = tempfile::tempdir().unwrap();
        for profile in ["with", "without"] {
            std::fs::create_dir_all(home.path().join(".mozilla/firefox").join(profile)).unwrap();
        }
        let own = home.path().join(".mozilla/firefox/with");
        std::fs::write(own.join("cert9.db"), "").unwrap();
        assert_eq!(browsers(home.path()), [own]);
    }
}
