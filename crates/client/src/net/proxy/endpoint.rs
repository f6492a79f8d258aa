use hyper_util::client::proxy::matcher::Matcher;
use inkan_protocol::Secret;
use url::Url;

use super::{Proxy, ProxyLogin, basic, without_login};
use crate::Error;

/// The proxy between this PC and an address.
#[derive(Debug, Clone)]
pub(crate) struct ProxyEndpoint {
    /// The proxy's address, as `http://host:port`.
    pub(crate) url: Url,
    pub(super) host: String,
    pub(super) port: u16,
    /// The user name from the settings.
    pub(super) user: Option<String>,
    /// The value of `Proxy-Authorization` from the system's own settings.
    pub(super) given: Option<Secret>,
}

impl Proxy {
    /// Returns the proxy for connections to `address`; none if they are direct.
    ///
    /// # Errors
    /// [`Error::ProxyAddress`] if the proxy that is set is not a proxy address. Inkan then does not connect directly.
    pub(crate) fn to(&self, address: &Url) -> Result<Option<ProxyEndpoint>, Error> {
        let (matcher, user) = match self {
            Self::None => return Ok(None),
            Self::System => {
                unusable_variable(address, |name| std::env::var(name).ok())?;
                (Matcher::from_system(), None)
            }
            Self::Manual(proxy) => {
                let matcher = Matcher::builder().all(proxy.url()?.as_str()).no(proxy.exceptions.as_str()).build();
                (matcher, proxy.user.clone())
            }
        };
        let Ok(target) = address.as_str().parse() else { return Ok(None) };
        let Some(found) = matcher.intercept(&target) else { return Ok(None) };
        let text = found.uri().to_string();
        let refused = || Error::ProxyAddress(without_login(&text));
        // A proxy that is reached over TLS would be sent the client certificate. SOCKS is another protocol.
        let url = Url::parse(&text).ok().filter(|url| url.scheme() == "http").ok_or_else(refused)?;
        let host = url.host_str().ok_or_else(refused)?.to_owned();
        let port = url.port_or_known_default().ok_or_else(refused)?;
        let given =
            found.basic_auth().and_then(|value| value.to_str().ok()).map(|value| Secret::from(value.to_owned()));
        Ok(Some(ProxyEndpoint { url, host, port, user, given }))
    }
}

/// The variables that name the proxy for https addresses. Of each pair, the first variable that is set counts.
const VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// Returns the variable that names the proxy for https addresses, and its value; none if no variable is set.
pub(crate) fn variable(read: impl Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    let set = |names: &[&'static str; 2]| names.iter().find_map(|name| Some((*name, read(name)?)));
    VARIABLES.iter().filter_map(set).find(|(_, text)| !text.is_empty())
}

/// Returns the proxy that the value of such a variable names. Returns none if the value is not an address, or if Inkan
/// cannot use that kind of proxy.
pub(crate) fn named(text: &str) -> Option<Url> {
    let found = Matcher::builder().all(text).build().intercept(&"https://any.invalid/".parse().ok()?)?;
    Url::parse(&found.uri().to_string()).ok().filter(|url| url.scheme() == "http" && url.has_host())
}

/// Refuses a variable that the HTTP library cannot read. The library would ignore the variable and connect directly.
///
/// # Errors
/// [`Error::ProxyAddress`] if the variable applies to `address`.
fn unusable_variable(address: &Url, read: impl Fn(&str) -> Option<String>) -> Result<(), Error> {
    let Some((_, text)) = variable(&read).filter(|(_, text)| named(text).is_none()) else { return Ok(()) };
    let exceptions = ["NO_PROXY", "no_proxy"].iter().find_map(|name| read(name)).unwrap_or_default();
    let any = Matcher::builder().all("http://any.invalid/").no(exceptions).build();
    match address.as_str().parse().ok().and_then(|target| any.intercept(&target)) {
        Some(_) if read("REQUEST_METHOD").is_none() => Err(Error::ProxyAddress(without_login(&text))),
        _ => Ok(()),
    }
}

impl ProxyEndpoint {
    /// Returns the host and port, as texts name the proxy.
    pub(crate) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Returns the value of `Proxy-Authorization` for `login`, or else the value from the system's settings.
    pub(crate) fn authorization(&self, login: Option<&ProxyLogin>) -> Option<Secret> {
        login.map(basic).or_else(|| self.given.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ManualProxy;
    use super::*;

    fn manual(exceptions: &str) -> Proxy {
        let proxy = ManualProxy::at("proxy.example:8080").unwrap();
        Proxy::Manual(ManualProxy { exceptions: exceptions.to_owned(), ..proxy })
    }

    fn name(proxy: &Proxy, address: &str) -> Option<String> {
        proxy.to(&Url::parse(address).unwrap()).unwrap().map(|endpoint| endpoint.name())
    }

    #[test]
    fn m8_a_proxy_set_by_hand_is_on_every_way_but_the_exceptions() {
        let usual = manual(ManualProxy::USUAL_EXCEPTIONS);
        assert_eq!(name(&usual, "https://bank.example/").as_deref(), Some("proxy.example:8080"));
        for here in ["https://localhost:8443/", "https://127.0.0.1/", "https://[::1]:1/"] {
            assert_eq!(name(&usual, here), None, "{here}");
            assert!(name(&manual(""), here).is_some(), "{here}");
        }
        let own = manual("bank.example, 10.0.0.0/8");
        assert_eq!(name(&own, "https://direct.bank.example/"), None);
        assert_eq!(name(&own, "https://10.2.3.4/"), None);
        assert!(name(&own, "https://otherbank.example/").is_some());
    }

    #[test]
    fn m8_a_variable_that_names_no_proxy_is_not_passed_over() {
        let address = Url::parse("https://bank.example/").unwrap();
        let judged = |name: &'static str, value: &'static str, exceptions: &'static str| {
            let read = move |asked: &str| match asked {
                "NO_PROXY" => Some(exceptions.to_owned()),
                asked => (asked == name).then(|| value.to_owned()),
            };
            unusable_variable(&address, read)
        };
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            for wrong in
                ["not a proxy", "http://taro:himitsu@", "://", "http://proxy.example:99999", "socks5://proxy:1"]
            {
                let refused = judged(name, wrong, "").unwrap_err();
                assert!(
                    matches!(refused, Error::ProxyAddress(_)) && !refused.to_string().contains("himitsu"),
                    "{wrong}"
                );
                assert!(judged(name, wrong, "example").is_ok(), "{name}: the exception needs no proxy");
            }
            for right in ["proxy.example", "proxy.example:3128", "http://taro:himitsu@proxy.example:3128/"] {
                assert!(judged(name, right, "").is_ok(), "{right}");
            }
        }
        // `HTTP_PROXY` does not apply to https addresses.
        assert!(judged("HTTP_PROXY", "not a proxy", "").is_ok());
    }

    #[test]
    fn m8_without_a_proxy_the_way_is_straight() {
        assert_eq!(name(&Proxy::None, "https://bank.example/"), None);
    }
}
