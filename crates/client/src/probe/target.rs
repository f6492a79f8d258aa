use rustls::pki_types::ServerName;
use url::{Host, Url};

use crate::Error;

/// Where a probe goes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) url: Url,
    name: ServerName<'static>,
}

impl Target {
    /// Of an https address.
    pub(super) fn new(address: &str) -> Result<Self, Error> {
        let refused = || Error::Address(address.to_owned());
        let url = Url::parse(address.trim()).map_err(|_| refused())?;
        if url.scheme() != "https" || !url.username().is_empty() || url.password().is_some() {
            return Err(refused());
        }
        let host = match url.host().ok_or_else(refused)? {
            Host::Domain(domain) => domain.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let name = ServerName::try_from(host).map_err(|_| refused())?;
        Ok(Self { url, name })
    }

    /// What its certificate must be for.
    pub(super) fn name(&self) -> &ServerName<'static> {
        &self.name
    }

    /// Whether `other` is on the same host and port.
    pub(super) fn is_at(&self, other: &Url) -> bool {
        self.url.host() == other.host() && self.url.port_or_known_default() == other.port_or_known_default()
    }
}

/// Any https address that a browser opens, without a name or password in it.
///
/// # Errors
/// [`Error::Address`].
pub(crate) fn address_of_any_site(text: &str) -> Result<Url, Error> {
    Target::new(text).map(|target| target.url)
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
        for wrong in ["", "bank.example", "http://bank.example", "https://me:secret@bank.example"] {
            assert!(matches!(Target::new(wrong), Err(Error::Address(_))), "{wrong}");
        }
    }
}
