use std::time::Duration;

use inkan_profile::{LocalText, Profile};
use inkan_store::DistinguishedName;
use serde::{Deserialize, Serialize};
use specta::Type;
use url::Url;

use crate::net::address::bank_address;
use crate::net::exchange::Target;
use crate::net::http_client::Connection;
use crate::net::patience::PATIENCE;
use crate::net::trust::Trust;
use crate::services::issuer::Issuer;
use crate::services::published::{issuers, published};
use crate::{DataFile, Error, Home, Inkan};

/// Held while the banks' files are read and written.
pub(crate) const LOCK: &str = "banks";

const FOLDER: &str = "banks";

/// A bank that has been added on this PC: everything that a login needs, so that none begins with a question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bank {
    /// Its short name here, unique on this PC.
    pub name: String,
    /// The portal.
    pub address: Url,
    /// The listener that asks for the client certificate.
    pub certificate_login: Url,
    /// What the bank published.
    pub profile: Profile,
    /// The CA that alone is trusted for this bank's servers, in PEM; none for those that this system trusts.
    pub(crate) ca: Option<String>,
    /// The CAs that issue this bank's client certificates.
    pub(crate) issuers: Vec<Issuer>,
    /// The CAs that its certificate login named in its handshake when the bank was added (RFC 8446 §4.2.4); empty where
    /// it named none, which accepts all.
    #[serde(default)]
    pub(crate) accepted: Vec<Issuer>,
}

/// A bank for a list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BankSummary {
    /// Its short name here.
    pub name: String,
    /// What the service is called.
    pub title: LocalText,
    /// The portal.
    pub address: String,
    /// The listener that asks for the client certificate.
    pub certificate_login: String,
    /// What the bank published.
    pub profile: Profile,
}

impl Bank {
    /// For a list.
    pub fn summary(&self) -> BankSummary {
        BankSummary {
            name: self.name.clone(),
            title: self.profile.name.clone(),
            address: self.address.to_string(),
            certificate_login: self.certificate_login.to_string(),
            profile: self.profile.clone(),
        }
    }

    /// The portal, without a client certificate.
    pub(crate) fn portal(&self, inkan: &Inkan) -> Result<Connection, Error> {
        let portal = inkan.connection(&self.address, &self.trust(), None)?;
        Ok(portal.for_passwords(&self.profile.passwords))
    }

    /// Whether the certificate login takes certificates whose issuer has that name.
    pub(crate) fn accepts(&self, issuer: &DistinguishedName) -> bool {
        self.accepted.is_empty() || self.accepted.iter().any(|accepted| accepted.is(issuer))
    }

    /// Returns whether it issues by the CA of that name, or named that CA in its handshake.
    pub(crate) fn knows(&self, issuer: &DistinguishedName) -> bool {
        self.issuers.iter().chain(&self.accepted).any(|known| known.is(issuer))
    }

    pub(crate) fn trust(&self) -> Trust<'_> {
        self.ca.as_deref().map_or(Trust::System, Trust::Added)
    }
}

impl Inkan {
    /// Asks the service at `address` what it is, and keeps the answer. A bank that is added again is brought up to
    /// date. `ca`, in PEM, is then the only CA trusted for this bank's servers.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::Transport`], [`Error::Bank`]; [`Error::NoProfile`] where the server is there and
    /// publishes none, so that [`Self::add_site`] is what remains. Nothing is kept then.
    pub fn add_bank(&self, address: &str, ca: Option<&str>) -> Result<Bank, Error> {
        let address = bank_address(address).map_err(Error::Address)?;
        let trust = ca.map_or(Trust::System, Trust::Only);
        let connection = self.connection(&address, &trust, None)?;
        let document = published(&connection).map_err(no_profile)?;
        let issuers = issuers(&connection)?;
        let accepted = self.accepted_issuers(&document.certificate_login, ca, PATIENCE);
        let _alone = self.home.alone_with(LOCK)?;
        let bank = Bank {
            name: self.free_name(&document.profile.id, &address)?,
            address,
            certificate_login: document.certificate_login,
            profile: document.profile,
            ca: ca.map(str::to_owned),
            issuers,
            accepted: accepted.unwrap_or_default(),
        };
        self.home.write(&file(&bank.name), &bank)?;
        Ok(bank)
    }

    /// The other banks here that are the same one at another address, as before it moved: they have the same profile ID and
    /// were added with the same CA. A profile ID alone says nothing, since anybody may publish it.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn same_bank_elsewhere(&self, bank: &Bank) -> Result<Vec<Bank>, Error> {
        let is_same =
            |other: &Bank| other.name != bank.name && other.profile.id == bank.profile.id && other.ca == bank.ca;
        let banks = if bank.ca.is_some() { self.banks()? } else { Vec::new() };
        Ok(banks.into_iter().filter(is_same).collect())
    }

    /// The banks on this PC, by name.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn banks(&self) -> Result<Vec<Bank>, Error> {
        Ok(read_banks(&self.home)?)
    }

    /// The bank of that name.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`]; [`Error::NotABank`] for a site.
    pub fn bank(&self, name: &str) -> Result<Bank, Error> {
        if let Some(bank) = self.banks()?.into_iter().find(|bank| bank.name == name) {
            return Ok(bank);
        }
        self.site(name).and_then(|site| Err(Error::NotABank(site.name)))
    }

    /// Forgets a bank. Its certificates stay where they are.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`].
    pub fn remove_bank(&self, name: &str) -> Result<(), Error> {
        let bank = self.bank(name)?;
        let _alone = self.home.alone_with(LOCK)?;
        Ok(self.home.remove(&file(&bank.name))?)
    }

    /// Whom the certificate login accepts; none where it does not say. Not to know it costs a login nothing but a later
    /// refusal.
    pub(crate) fn accepted_issuers(&self, login: &Url, ca: Option<&str>, limit: Duration) -> Option<Vec<Issuer>> {
        let target = Target::at(login.clone());
        match target.and_then(|target| self.accepted_within(target, ca, limit)) {
            Ok(names) => Some(names.unwrap_or_default().into_iter().map(Issuer::from).collect()),
            Err(error) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the certificate login does not say whom it accepts"
                );
                None
            }
        }
    }

    fn free_name(&self, id: &str, address: &Url) -> Result<String, Error> {
        let banks = self.banks()?;
        if let Some(known) = banks.iter().find(|bank| bank.address == *address) {
            return Ok(known.name.clone());
        }
        self.unused_name(id)
    }
}

pub(crate) fn read_banks(home: &Home) -> Result<Vec<Bank>, DataFile> {
    let files = home.files(FOLDER)?;
    files.iter().filter_map(|file| home.read(file).transpose()).collect()
}

pub(crate) fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.json")
}

/// The same, of a server that may be added as a site.
fn no_profile(error: Error) -> Error {
    match error {
        Error::Transport { address, cause } if cause.may_be_a_site() => Error::NoProfile { address, instead: cause },
        error => error,
    }
}

impl Error {
    /// Whether a server that publishes no profile answered, so that it can be added as a site.
    pub fn may_be_a_site(&self) -> bool {
        matches!(self, Self::NoProfile { .. })
    }
}
