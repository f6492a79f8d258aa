use inkan_profile::{LocalText, Profile};
use inkan_store::DistinguishedName;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::net::trust::Trust;
use crate::services::issuer::Issuer;
use crate::{DataFile, Error, Home, Inkan};

/// The name of the lock that is held while the files of banks and sites are changed.
pub(crate) const LOCK: &str = "banks";

const FOLDER: &str = "banks";

/// A bank that has been added on this PC. It holds all data that a login needs, so a login can start without another
/// request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bank {
    /// The bank's short name on this PC, unique among banks and sites.
    pub name: String,
    /// The address of the portal.
    pub address: Url,
    /// The address of the listener that asks for the client certificate.
    pub certificate_login: Url,
    /// The profile that the bank published.
    pub profile: Profile,
    /// The only CA that is trusted for this bank's servers, in PEM; none if the CAs of this system are trusted.
    pub(crate) ca: Option<String>,
    /// The CAs that issue this bank's client certificates.
    pub(crate) issuers: Vec<Issuer>,
    /// The CAs that the certificate login named in its handshake (RFC 8446 §4.2.4). The list is empty if it named none,
    /// and so accepts all.
    #[serde(default)]
    pub(crate) accepted: Vec<Issuer>,
}

/// A bank as an entry of a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BankSummary {
    /// The bank's short name on this PC.
    pub name: String,
    /// The name of the service.
    pub title: LocalText,
    /// The address of the portal.
    pub address: String,
    /// The address of the listener that asks for the client certificate.
    pub certificate_login: String,
    /// The profile that the bank published.
    pub profile: Profile,
}

impl Bank {
    /// Returns the bank as an entry of a list.
    pub fn summary(&self) -> BankSummary {
        BankSummary {
            name: self.name.clone(),
            title: self.profile.name.clone(),
            address: self.address.to_string(),
            certificate_login: self.certificate_login.to_string(),
            profile: self.profile.clone(),
        }
    }

    /// Returns whether the certificate login accepts certificates whose issuer has that name.
    pub(crate) fn accepts(&self, issuer: &DistinguishedName) -> bool {
        self.accepted.is_empty() || self.accepted.iter().any(|accepted| accepted.is(issuer))
    }

    /// Returns whether the bank issues certificates by the CA of that name, or named that CA in its handshake.
    pub(crate) fn knows(&self, issuer: &DistinguishedName) -> bool {
        self.issuers.iter().chain(&self.accepted).any(|known| known.is(issuer))
    }

    pub(crate) fn trust(&self) -> Trust<'_> {
        self.ca.as_deref().map_or(Trust::System, Trust::Added)
    }
}

impl Inkan {
    /// Returns the stored banks that are the same bank at another address, for example the address before it moved.
    /// They have the same profile ID, and were added with the same CA. A profile ID alone proves nothing, since any
    /// server may publish it.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn same_bank_elsewhere(&self, bank: &Bank) -> Result<Vec<Bank>, Error> {
        let is_same =
            |other: &Bank| other.name != bank.name && other.profile.id == bank.profile.id && other.ca == bank.ca;
        let banks = if bank.ca.is_some() { self.banks()? } else { Vec::new() };
        Ok(banks.into_iter().filter(is_same).collect())
    }

    /// Returns the banks on this PC, sorted by the names of their files.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn banks(&self) -> Result<Vec<Bank>, Error> {
        Ok(read_banks(&self.home)?)
    }

    /// Returns the bank of that name.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`]; [`Error::NotABank`] for a site.
    pub fn bank(&self, name: &str) -> Result<Bank, Error> {
        if let Some(bank) = self.banks()?.into_iter().find(|bank| bank.name == name) {
            return Ok(bank);
        }
        self.site(name).and_then(|site| Err(Error::NotABank(site.name)))
    }

    /// Forgets a bank. Its certificates stay in the store.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`].
    pub fn remove_bank(&self, name: &str) -> Result<(), Error> {
        let bank = self.bank(name)?;
        let _alone = self.home.alone_with(LOCK)?;
        Ok(self.home.remove(&file(&bank.name))?)
    }
}

pub(crate) fn read_banks(home: &Home) -> Result<Vec<Bank>, DataFile> {
    let files = home.files(FOLDER)?;
    files.iter().filter_map(|file| home.read(file).transpose()).collect()
}

pub(crate) fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.json")
}
