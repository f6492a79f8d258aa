//! The proxy on the path out of a company's network, and the login at the proxy (M8).

mod dial;
mod endpoint;
mod failure;
mod login;
mod network;
mod tunnel;

pub use failure::ProxyFailure;
pub use login::{ProxyLogin, ProxyLoginSource, ProxyQuestion};

pub(crate) use dial::{Unreached, remaining};
pub(crate) use endpoint::{ProxyEndpoint, named, variable};
pub(crate) use network::{DialFailure, Network};

use inkan_protocol::Secret;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::Error;

/// The proxy that connections go through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Proxy {
    /// The proxy that the environment's variables name, or else the proxy of the system's settings.
    #[default]
    System,
    /// The proxy that the user has set.
    Manual(ManualProxy),
    /// No proxy, even if the system names one.
    None,
}

/// A proxy that the user has set. The password is asked for when the proxy requires one, and is never written to disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ManualProxy {
    /// The proxy's host name or IP address.
    pub host: String,
    /// The proxy's port.
    pub port: u16,
    /// The user name for the proxy, if the proxy requires a login.
    #[serde(default)]
    pub user: Option<String>,
    /// The hosts that are reached without the proxy, separated by commas: host names, which include their subdomains,
    /// IP addresses and networks.
    #[serde(default)]
    pub exceptions: String,
}

impl ManualProxy {
    /// The hosts that need no proxy: this PC itself.
    pub const USUAL_EXCEPTIONS: &str = "localhost, 127.0.0.1, ::1";

    /// Reads a proxy as users type it: `host:port`, with or without `http://` before it.
    ///
    /// # Errors
    /// [`Error::ProxyAddress`] if the text is not a proxy address.
    pub fn at(address: &str) -> Result<Self, Error> {
        let refused = || Error::ProxyAddress(without_login(address));
        let text = address.trim().trim_end_matches('/');
        let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
        let url = url.map_err(|_| refused())?;
        let bare = url.username().is_empty() && url.password().is_none() && url.path() == "/" && url.query().is_none();
        let port = explicit_port(text).filter(|_| bare && url.scheme() == "http").ok_or_else(refused)?;
        let host = url.host_str().ok_or_else(refused)?.to_owned();
        let proxy = Self { host, port, user: None, exceptions: Self::USUAL_EXCEPTIONS.to_owned() };
        proxy.url().map(|_| proxy)
    }

    /// Returns the proxy without spaces around its values, and without a user name that is empty.
    ///
    /// # Errors
    /// The errors of [`Self::at`].
    pub fn in_order(self) -> Result<Self, Error> {
        let trimmed = Self {
            host: self.host.trim().to_owned(),
            user: self.user.map(|user| user.trim().to_owned()).filter(|user| !user.is_empty()),
            exceptions: self.exceptions.trim().to_owned(),
            port: self.port,
        };
        trimmed.url().map(|_| trimmed)
    }

    fn url(&self) -> Result<Url, Error> {
        let refused = || Error::ProxyAddress(without_login(&self.host));
        if self.port == 0 {
            return Err(refused());
        }
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        let host = match bare.parse() {
            Ok(address) => Host::Ipv6(address),
            Err(_) => Host::parse(&self.host).map_err(|_| refused())?,
        };
        Url::parse(&format!("http://{host}:{}/", self.port)).map_err(|_| refused())
    }
}

/// Returns the port at the end of `text`. A parsed URL does not hold the default port of its scheme, so the text is
/// read.
fn explicit_port(text: &str) -> Option<u16> {
    text.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).filter(|port| *port != 0)
}

/// Returns an address without the login that was typed into it, for texts and logs.
fn without_login(address: &str) -> String {
    address.rsplit('@').next().unwrap_or_default().to_owned()
}

/// Returns the value of `Proxy-Authorization` for `login` (RFC 7617).
fn basic(login: &ProxyLogin) -> Secret {
    let pair = zeroize::Zeroizing::new(format!("{}:{}", login.user, login.password.expose()));
    Secret::from(format!("Basic {}", data_encoding::BASE64.encode(pair.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m8_a_proxy_is_read_as_people_write_it() {
        let proxy = ManualProxy::at(" proxy.example:8080 ").unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("proxy.example", 8080));
        assert_eq!(ManualProxy::at("http://10.0.0.1:80/").unwrap().port, 80);
        assert_eq!(ManualProxy::at("[::1]:3128").unwrap().host, "[::1]");
        for wrong in ["", "proxy.example", "proxy.example:0", "https://proxy.example:443", "socks5://proxy:1080"] {
            assert!(matches!(ManualProxy::at(wrong), Err(Error::ProxyAddress(_))), "{wrong}");
        }
    }

    #[test]
    fn m8_a_login_typed_into_the_address_is_refused_and_not_repeated() {
        let refused = ManualProxy::at("http://taro:himitsu@proxy.example:8080").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("himitsu"));
        let host = ManualProxy { host: "taro:himitsu@proxy".into(), ..ManualProxy::at("p.example:1").unwrap() };
        assert!(!format!("{:?}", host.in_order().unwrap_err()).contains("himitsu"));
    }

    #[test]
    fn settings_of_each_kind_are_written_and_read() {
        for proxy in [Proxy::System, Proxy::None, Proxy::Manual(ManualProxy::at("proxy.example:8080").unwrap())] {
            let text = serde_json::to_string(&proxy).unwrap();
            assert_eq!(serde_json::from_str::<Proxy>(&text).unwrap(), proxy, "{text}");
        }
    }
}
