use url::Url;

use crate::net::address::bank_address;
use crate::net::patience::PATIENCE;
use crate::net::trust::Trust;
use crate::services::bank::{LOCK, file};
use crate::services::login_host;
use crate::services::published::{issuers, published};
use crate::{Bank, Error, Inkan};

impl Inkan {
    /// Asks the server at `address` for its document, and stores it as a bank. A bank that is added again is brought up
    /// to date. `ca`, in PEM, is then the only CA that is trusted for this bank's servers. `login_host` is the host of
    /// the certificate login, if the user has agreed to another host than the bank's.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::Transport`], [`Error::Bank`]; [`Error::NoProfile`] if the server answers and
    /// publishes no profile, so that only [`Self::add_site`] can add it; [`Error::LoginElsewhere`] if the certificate
    /// login is at a host to which the user has not agreed. Nothing is stored if there is an error.
    pub fn add_bank(&self, address: &str, ca: Option<&str>, login_host: Option<&str>) -> Result<Bank, Error> {
        let address = bank_address(address).map_err(Error::Address)?;
        let trust = ca.map_or(Trust::System, Trust::Only);
        let connection = self.connection(&address, &trust, None)?;
        let document = published(&connection).map_err(no_profile)?;
        let known = self.banks()?.into_iter().find(|bank| bank.address == address);
        login_host::check(&document, &connection, login_host, known.as_ref())?;
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

    fn free_name(&self, id: &str, address: &Url) -> Result<String, Error> {
        let banks = self.banks()?;
        if let Some(known) = banks.iter().find(|bank| bank.address == *address) {
            return Ok(known.name.clone());
        }
        self.unused_name(id)
    }
}

/// Turns the error of a server that may be added as a site into [`Error::NoProfile`].
fn no_profile(error: Error) -> Error {
    match error {
        Error::Transport { address, cause } if cause.may_be_a_site() => Error::NoProfile { address, instead: cause },
        error => error,
    }
}

impl Error {
    /// Returns whether a server that publishes no profile answered, so that it can be added as a site.
    pub fn may_be_a_site(&self) -> bool {
        matches!(self, Self::NoProfile { .. })
    }
}
