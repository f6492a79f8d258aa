use inkan_profile::{LocalText, Profile};
use inkan_protocol::{BankDocument, path};
use inkan_store::DistinguishedName;
use serde::{Deserialize, Serialize};
use specta::Type;
use url::Url;

use crate::connection::{Connection, Trust, authority, turned_away};
use crate::issuer::Issuer;
use crate::{DataFile, Error, Home, Inkan, Transport};

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
        Connection::open(&self.address, &self.trust(), None, &inkan.network, inkan.language)
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
        self.ca.as_deref().map_or(Trust::System, Trust::Only)
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
        let address = parse_address(address)?;
        let trust = ca.map_or(Trust::System, Trust::Only);
        let connection = Connection::open(&address, &trust, None, &self.network, self.language)?;
        let document: BankDocument =
            connection.get(path::BANK, None).map_err(|error| self.no_profile(error, &address, ca))?;
        document.profile.check().map_err(|_| connection.error(Transport::AnswerUnknown))?;
        if document.certificate_login.scheme() != "https" {
            return Err(connection.error(Transport::AnswerUnknown));
        }
        let issuers = Issuer::all_in(&connection.get_bytes(path::EST_CA_CERTIFICATES)?)
            .map_err(|cause| connection.error(cause))?;
        let document_login = document.certificate_login.to_string();
        let bank = Bank {
            name: self.free_name(&document.profile.id, &address)?,
            address,
            certificate_login: document.certificate_login,
            profile: document.profile,
            ca: ca.map(str::to_owned),
            issuers,
            accepted: self.accepted_issuers(&document_login, ca),
        };
        self.home.write(&file(&bank.name), &bank)?;
        Ok(bank)
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
        Ok(self.home.remove(&file(&bank.name))?)
    }

    /// Whom the certificate login accepts. Not to know it costs a login nothing but a later refusal.
    fn accepted_issuers(&self, certificate_login: &str, ca: Option<&str>) -> Vec<Issuer> {
        match self.accepted_authorities(certificate_login, ca) {
            Ok(names) => names.unwrap_or_default().into_iter().map(Issuer::from).collect(),
            Err(error) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the certificate login does not say whom it accepts"
                );
                Vec::new()
            }
        }
    }

    /// What a server that is no bank of this kind says in the place of its profile: a page, a redirection, or that it
    /// lets nobody in without a certificate.
    fn no_profile(&self, error: Error, address: &Url, ca: Option<&str>) -> Error {
        let Error::Transport { cause, .. } = &error else { return error };
        let asks = || matches!(self.accepted_authorities(address.as_str(), ca), Ok(Some(_)));
        let there = match cause {
            Transport::AnotherService | Transport::CertificateRefused(_) => true,
            Transport::Unreachable(cause) => turned_away(cause) && asks(),
            _ => false,
        };
        if there { Error::NoProfile(authority(address)) } else { error }
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

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.json")
}

pub(crate) fn parse_address(text: &str) -> Result<Url, Error> {
    let refused = || Error::Address(text.to_owned());
    let address = Url::parse(text.trim()).map_err(|_| refused())?;
    let plain = address.username().is_empty() && address.password().is_none() && address.query().is_none();
    if address.scheme() != "https" || address.host().is_none() || !plain {
        return Err(refused());
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_addresses_are_banks() {
        assert!(parse_address(" https://localhost:8443/ ").is_ok());
        for wrong in ["", "localhost", "http://bank.example", "https://me:secret@bank.example", "file:///etc/passwd"] {
            assert!(matches!(parse_address(wrong), Err(Error::Address(_))), "{wrong}");
        }
    }
}
