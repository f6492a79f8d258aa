use rustls::pki_types::ServerName;
use url::Url;

use crate::Error;
use crate::net::address::{AddressFault, same_server, server_name, site_address};

/// The address that a probe connects to.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) url: Url,
    name: ServerName<'static>,
}

impl Target {
    /// Reads an https address as users type it.
    pub(crate) fn new(address: &str) -> Result<Self, Error> {
        Self::at(site_address(address).map_err(Error::Address)?)
    }

    /// Creates the target from an address that has been read already.
    pub(crate) fn at(url: Url) -> Result<Self, Error> {
        let name = server_name(&url).ok_or(Error::Address(AddressFault::NotAnAddress))?;
        Ok(Self { url, name })
    }

    /// Returns the name that the server's certificate must contain.
    pub(crate) fn name(&self) -> &ServerName<'static> {
        &self.name
    }

    /// Returns whether `other` has the same host and port.
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
