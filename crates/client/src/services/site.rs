use std::time::Duration;

use inkan_store::{CertificateId, DistinguishedName};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use crate::data::certificate_history::CertificateHistory;
use crate::net::address::authority;
use crate::net::address::site_address;
use crate::net::exchange::Target;
use crate::net::patience::{ASIDE, PATIENCE};
use crate::net::trust::Trust;
use crate::services::bank::LOCK;
use crate::services::issuer::Issuer;
use crate::{Bank, CertificateRow, DataFile, Error, Home, Inkan, ProbeReport};

const FOLDER: &str = "sites";

/// A site that publishes no profile, and is added by its address (design decision 7). The site opens in the system
/// browser, with a certificate in the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Site {
    /// The site's short name on this PC, unique among banks and sites.
    pub name: String,
    /// The address that the browser opens.
    pub address: Url,
    /// The only CA that is trusted for this site's server, in PEM; none if the CAs of this system are trusted.
    pub(crate) ca: Option<String>,
    /// Whether the site's handshake asks for a client certificate. Some servers ask only later, for some of their
    /// pages.
    asks: bool,
    /// The CAs that the site's handshake named (RFC 8446 §4.2.4). The list is empty if it named none, and so accepts
    /// all.
    accepted: Vec<Issuer>,
    /// When the site was last asked for its CAs.
    #[serde(with = "time::serde::rfc3339")]
    asked_at: OffsetDateTime,
}

/// A site as an entry of a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SiteSummary {
    /// The site's short name on this PC.
    pub name: String,
    /// The host, with the port unless it is the default port. Users know the site by it.
    pub title: String,
    /// The address that the browser opens.
    pub address: String,
    /// Whether the site's handshake asks for a client certificate.
    pub asks: bool,
    /// The names of the CAs whose certificates the site accepts, as RFC 4514 writes them; empty if the site names none.
    pub authorities: Vec<String>,
    /// When the site was last asked for its CAs.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub asked_at: OffsetDateTime,
}

/// A bank or a site, where a user uses a certificate. They are two types, so that no code takes a site for a bank: only
/// a bank has users, logins and a profile.
#[derive(Debug, Clone)]
pub enum Service {
    /// A service with a profile.
    Bank(Box<Bank>),
    /// A service without a profile.
    Site(Site),
}

/// The address to open in the browser, and the certificate to pick in the browser.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SiteVisit {
    /// The address.
    pub address: String,
    /// The certificate; none if no certificate in the store fits.
    pub certificate: Option<CertificateRow>,
}

/// The result of the check of a site.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SiteCheck {
    /// The site, with the CAs that it accepts now.
    pub site: SiteSummary,
    /// The report of the probe.
    pub report: ProbeReport,
}

impl Service {
    /// Returns the short name on this PC.
    pub fn name(&self) -> &str {
        match self {
            Self::Bank(bank) => &bank.name,
            Self::Site(site) => &site.name,
        }
    }

    pub(crate) fn bank(&self) -> Option<&Bank> {
        match self {
            Self::Bank(bank) => Some(bank),
            Self::Site(_) => None,
        }
    }

    pub(crate) fn site(&self) -> Option<&Site> {
        match self {
            Self::Bank(_) => None,
            Self::Site(site) => Some(site),
        }
    }
}

impl Site {
    /// Returns the site as an entry of a list.
    pub fn summary(&self) -> SiteSummary {
        SiteSummary {
            name: self.name.clone(),
            title: authority(&self.address),
            address: self.address.to_string(),
            asks: self.asks,
            authorities: self.accepted.iter().filter_map(Issuer::text).collect(),
            asked_at: self.asked_at,
        }
    }

    /// Returns whether the site accepts certificates whose issuer has that name.
    pub(crate) fn accepts(&self, issuer: &DistinguishedName) -> bool {
        self.accepts_any() || self.names(issuer)
    }

    /// Returns whether the site named the CA of that name.
    pub(crate) fn names(&self, issuer: &DistinguishedName) -> bool {
        self.accepted.iter().any(|accepted| accepted.is(issuer))
    }

    /// Returns whether the site's handshake asks for a client certificate.
    pub(crate) fn asks(&self) -> bool {
        self.asks
    }

    /// Returns whether the site named no CA, so that only its answer shows which certificates it accepts.
    pub(crate) fn accepts_any(&self) -> bool {
        self.accepted.is_empty()
    }

    pub(crate) fn trust(&self) -> Trust<'_> {
        self.ca.as_deref().map_or(Trust::System, Trust::Added)
    }
}

impl Inkan {
    /// Adds the site at `address`, and reads from its handshake which CAs it accepts. A site that is added again is
    /// asked again. `ca`, in PEM, is then the only CA that is trusted for the site.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`], [`Error::Transport`]. Nothing is stored if there is an error.
    pub fn add_site(&self, address: &str, ca: Option<&str>) -> Result<Site, Error> {
        self.ask_site(site_address(address).map_err(Error::Address)?, ca, PATIENCE)
    }

    fn ask_site(&self, address: Url, ca: Option<&str>, limit: Duration) -> Result<Site, Error> {
        let find =
            || -> Result<Option<Site>, Error> { Ok(self.sites()?.into_iter().find(|site| site.address == address)) };
        let before = find()?;
        let ca = ca.map(str::to_owned).or_else(|| before.as_ref().and_then(|site| site.ca.clone()));
        let asked = self.accepted_within(Target::at(address.clone())?, ca.as_deref(), limit)?;
        let _alone = self.home.alone_with(LOCK)?;
        let known = find()?;
        // The user has removed the site meanwhile. A removed site does not come back by itself.
        if let (Some(removed), None) = (before, &known) {
            return Err(Error::BankNotAdded(removed.name));
        }
        let name = match known {
            Some(site) => site.name,
            None => self.unused_name(&short_name(&address))?,
        };
        let accepted = asked.iter().flatten().cloned().map(Issuer::from).collect();
        let site = Site { name, address, ca, asks: asked.is_some(), accepted, asked_at: self.clock.now() };
        self.home.write(&file(&site.name), &site)?;
        Ok(site)
    }

    /// Asks a site again which CAs it accepts.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`]; [`Error::Transport`], after which the stored site is unchanged.
    pub fn refresh_site(&self, name: &str) -> Result<Site, Error> {
        self.ask_site(self.site(name)?.address, None, PATIENCE)
    }

    /// Returns the sites on this PC, sorted by the names of their files.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn sites(&self) -> Result<Vec<Site>, Error> {
        Ok(read_sites(&self.home)?)
    }

    /// Returns the site of that name.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`]; [`Error::NotASite`] for a bank.
    pub fn site(&self, name: &str) -> Result<Site, Error> {
        if let Some(site) = self.sites()?.into_iter().find(|site| site.name == name) {
            return Ok(site);
        }
        let bank = self.banks()?.into_iter().find(|bank| bank.name == name);
        Err(bank.map_or_else(|| Error::BankNotAdded(name.to_owned()), |bank| Error::NotASite(bank.name)))
    }

    /// Returns the bank or the site of that name.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`].
    pub fn service(&self, name: &str) -> Result<Service, Error> {
        match self.bank(name) {
            Ok(bank) => Ok(Service::Bank(Box::new(bank))),
            Err(Error::NotABank(_)) => self.site(name).map(Service::Site),
            Err(error) => Err(error),
        }
    }

    /// Asks the site again which CAs it accepts, and probes it, with a certificate if one is named. If the site cannot
    /// be asked, the stored site stays unchanged.
    ///
    /// # Errors
    /// The errors of [`Self::probe`].
    pub fn check_site(&self, name: &str, certificate: Option<&CertificateId>) -> Result<SiteCheck, Error> {
        let known = self.site(name)?;
        let report = self.probe(known.address.as_str(), certificate, None)?;
        let site = if report.tls.is_some() { self.refresh_site(name).unwrap_or(known) } else { known };
        Ok(SiteCheck { site: site.summary(), report })
    }

    /// Forgets a site. Its certificates stay in the store.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`].
    pub fn remove_site(&self, name: &str) -> Result<(), Error> {
        let site = self.site(name)?;
        let _alone = self.home.alone_with(LOCK)?;
        self.home.remove(&file(&site.name))?;
        Ok(CertificateHistory::forget(&self.home, &site.name)?)
    }

    /// Forgets a bank or a site. Its certificates stay in the store.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`].
    pub fn remove_service(&self, name: &str) -> Result<(), Error> {
        match self.service(name)? {
            Service::Bank(bank) => self.remove_bank(&bank.name),
            Service::Site(site) => self.remove_site(&site.name),
        }
    }

    /// Returns the address to open for a visit of the site, and the certificate to pick in the browser: `certificate`,
    /// or else the one that was picked last, or else the only one that fits. The certificate is remembered for the next
    /// visit.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::CertificateNotFound`], [`Error::Store`]; [`Error::SeveralCertificates`] if
    /// several fit and none was picked before.
    pub fn visit(&self, name: &str, certificate: Option<&CertificateId>) -> Result<SiteVisit, Error> {
        let site = self.site(name)?;
        // The site may accept certificates of other CAs than when it was last asked.
        if let Err(error) = self.ask_site(site.address.clone(), None, ASIDE) {
            tracing::info!(
                error = &error as &(dyn std::error::Error + 'static),
                "the site cannot be asked again which CAs it accepts"
            );
        }
        let picked = match certificate {
            Some(id) => Some(self.certificate(id, Some(name))?),
            None => self.only_fitting(name)?,
        };
        if let Some(row) = &picked {
            self.pick(&site, &row.id)?;
        }
        Ok(SiteVisit { address: site.address.to_string(), certificate: picked })
    }

    fn only_fitting(&self, name: &str) -> Result<Option<CertificateRow>, Error> {
        let mut fitting: Vec<_> = self.certificates(Some(name))?.into_iter().filter(|row| row.usable).collect();
        if let Some(last) = fitting.iter().position(|row| row.last_used) {
            return Ok(Some(fitting.swap_remove(last)));
        }
        if fitting.len() > 1 {
            return Err(Error::SeveralCertificates(fitting.into_iter().map(|row| row.name).collect()));
        }
        Ok(fitting.pop())
    }

    fn pick(&self, site: &Site, certificate: &CertificateId) -> Result<(), Error> {
        Ok(CertificateHistory::picked(&self.home, &site.name, certificate)?)
    }

    /// Returns `wanted` if no bank and no site has that name. Otherwise returns `wanted` with the smallest number, from
    /// 2, that makes a new name.
    pub(crate) fn unused_name(&self, wanted: &str) -> Result<String, Error> {
        let banks = self.banks()?.into_iter().map(|bank| bank.name);
        let taken: Vec<String> = banks.chain(self.sites()?.into_iter().map(|site| site.name)).collect();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let name = std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken.contains(name));
        Ok(name.unwrap_or_else(|| wanted.to_owned()))
    }
}

pub(crate) fn read_sites(home: &Home) -> Result<Vec<Site>, DataFile> {
    let files = home.files(FOLDER)?;
    files.iter().filter_map(|file| home.read(file).transpose()).collect()
}

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.json")
}

/// Returns the host, in letters that every file system accepts.
fn short_name(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = host.chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "site".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_called_after_its_host() {
        let name = |address: &str| short_name(&site_address(address).unwrap());
        assert_eq!(name("https://ib.example.co.jp/login?entrance=1"), "ib.example.co.jp");
        assert_eq!(name("https://localhost:8443/"), "localhost");
        assert_eq!(name("https://[::1]:8443/"), "1");
    }
}
