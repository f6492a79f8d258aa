use rustls::pki_types::ServerName;
use url::Url;

use crate::Error;
use crate::net::address::{AddressFault, same_server, server_name, site_address};

/// Where a probe goes.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) url: Url,
    name: ServerName<'static>,
}

impl Target {
    /// Of an https address as people type it.
    pub(crate) fn new(address: &str) -> Result<Self, Error> {
        Self::at(site_address(address).map_err(Error::Address)?)
    }

    /// Of an address that has been read.
    pub(crate) fn at(url: Url) -> Result<Self, Error> {
        let name = server_name(&url).ok_or(Error::Address(AddressFault::NotAnAddress))?;
        Ok(Self { url, name })
    }

    /// What its certificate must be for.
    pub(crate) fn name(&self) -> &ServerName<'static> {
        &self.name
    }

    /// Returns whether `other` is on the same host and port.
    pub(crate) fn is_at(&self, other: &Url) -> bool {
        same_server(&self.url, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_probed() {
        let target = Target::new(" https://bank.example/login?entrance=1 ").unwrap();
        assert!(target.is_at(&Url::parse("https://bank.example:443/").unwrap()));
        assert!(!target.is_at(&Url::parse("https://bank.example:8443/").unwrap()));
        assert!(Target::new("https://[::1]:8443").is_ok());
        for wrong in ["", "http://bank.example", "https://me:secret@bank.example"] {
            assert!(matches!(Target::new(wrong), Err(Error::Address(_))), "{wrong}");
        }
    }
}
