use windows_sys::Win32::Security::Cryptography as crypt;

use crate::{KeyName, Protection};

/// The TPM's provider.
pub(super) const PLATFORM: &str = "Microsoft Platform Crypto Provider";
/// CNG's own provider, which keeps keys in files that only this account can read.
pub(super) const SOFTWARE: &str = "Microsoft Software Key Storage Provider";
/// CryptoAPI's own provider, for RSA.
pub(super) const ENHANCED: &str = "Microsoft Enhanced RSA and AES Cryptographic Provider";
const SMART_CARDS: [&str; 2] =
    ["Microsoft Smart Card Key Storage Provider", "Microsoft Base Smart Card Crypto Provider"];

/// The beginning of the name of every container that this program makes.
const OURS: &str = "Inkan-";
/// The greatest number of characters of the label in the name of a container.
const LABEL: usize = 40;

/// The location of one private key, as in `CRYPT_KEY_PROV_INFO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Container {
    pub(super) name: String,
    pub(super) provider: String,
    /// The type of a CryptoAPI provider (`PROV_…`), or 0 for CNG.
    pub(super) provider_type: u32,
    /// `AT_KEYEXCHANGE` or `AT_SIGNATURE` in a CryptoAPI container, 0 in CNG.
    pub(super) key_spec: u32,
    /// Whether the container belongs to the machine and not to the user.
    pub(super) machine: bool,
}

impl Container {
    pub(super) fn cng(name: String, provider: &str) -> Self {
        Self { name, provider: provider.to_owned(), provider_type: 0, key_spec: 0, machine: false }
    }

    pub(super) fn capi(name: String) -> Self {
        Self {
            name,
            provider: ENHANCED.to_owned(),
            provider_type: crypt::PROV_RSA_AES,
            key_spec: crypt::AT_KEYEXCHANGE,
            machine: false,
        }
    }

    /// Returns whether the container is in CNG. If not, it is in CryptoAPI.
    pub(super) fn is_cng(&self) -> bool {
        self.provider_type == 0
    }

    /// Returns whether both may be the same key. Microsoft's providers share their containers, so only the names are
    /// compared.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self.machine == other.machine && self.name.eq_ignore_ascii_case(&other.name)
    }

    /// Returns how a key in the container is protected. An exportable key is not protected better than in a file.
    pub(super) fn protection(&self, exportable: bool) -> Protection {
        if self.provider == PLATFORM || SMART_CARDS.contains(&self.provider.as_str()) {
            Protection::Hardware
        } else if exportable {
            Protection::File
        } else {
            Protection::Os
        }
    }
}

/// Returns the name of the container for the key of that name. The name contains the label, so that a list of
/// containers shows what the key is for. The name is ASCII, since CryptoAPI lists names in the code page of the system.
pub(super) fn container_name(label: &str, name: &KeyName) -> String {
    let label: String = label.chars().filter(char::is_ascii_alphanumeric).take(LABEL).collect();
    let between = if label.is_empty() { "" } else { "-" };
    format!("{OURS}{label}{between}{name}")
}

/// Returns whether the container of that name is for the key `name`, whatever its label.
pub(super) fn holds(container: &str, name: &KeyName) -> bool {
    let end = container.len().checked_sub(name.as_str().len()).and_then(|start| container.get(start..));
    is_ours(container) && end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_str()))
}

/// Returns whether this program made the container of that name.
pub(super) fn is_ours(name: &str) -> bool {
    name.get(..OURS.len()).is_some_and(|start| start.eq_ignore_ascii_case(OURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_ours() {
        let [one, other] = [(); 2].map(|()| KeyName::fresh().unwrap());
        let [first, second] = [container_name("hanakodt (OKmate 銀行)", &one), container_name("銀行", &other)];
        assert!(is_ours(&first) && is_ours(&second) && first != second);
        assert!(first.starts_with("Inkan-hanakodtOKmate-"));
        assert_eq!(second.len(), OURS.len() + 32);
        assert!(holds(&first, &one) && holds(&second.to_uppercase(), &other));
        assert!(!holds(&first, &other) && !holds("銀行", &one) && !holds(one.as_str(), &one));
        assert!(!is_ours("{0F3A}") && !is_ours("") && !is_ours("銀行銀行"));
    }

    #[test]
    fn a_key_in_hardware_is_told_from_one_in_a_file() {
        let name = || "Inkan-1".to_owned();
        assert_eq!(Container::cng(name(), PLATFORM).protection(false), Protection::Hardware);
        assert_eq!(Container::cng(name(), SOFTWARE).protection(false), Protection::Os);
        assert_eq!(Container::capi(name()).protection(true), Protection::File);
        assert!(Container::cng("INKAN-1".into(), SOFTWARE).may_be(&Container::capi(name())));
        assert!(!Container { machine: true, ..Container::capi(name()) }.may_be(&Container::capi(name())));
    }
}
