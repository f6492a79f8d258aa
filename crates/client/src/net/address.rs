use std::fmt;
use std::net::IpAddr;

use rustls::pki_types::ServerName;
use url::{Host, Url};

/// The characters around an address that users copy together with the address.
const AROUND: &[char] = &['<', '>', '"', '\'', '“', '”', '「', '」', '\u{feff}', '\u{200b}', '\u{200e}', '\u{200f}'];

/// Why typed text is not an address. The fault holds no part of the text, since the text may be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// The text is empty.
    Empty,
    /// The text begins with `http://`.
    PlainHttp,
    /// The text begins with a scheme other than `http://` and `https://`.
    OtherScheme,
    /// The text has a user name or a password before the host.
    WithLogin,
    /// The text has whitespace or control characters inside.
    WithBlanks,
    /// The port is not a number from 1 to 65535.
    Port,
    /// The text is not an address for another reason.
    NotAnAddress,
}

impl AddressFault {
    /// Returns the name of the fault, by which the catalogues select a text.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::PlainHttp => "http",
            Self::OtherScheme => "scheme",
            Self::WithLogin => "login",
            Self::WithBlanks => "blanks",
            Self::Port => "port",
            Self::NotAnAddress => "unreadable",
        }
    }
}

impl fmt::Display for AddressFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Reads the https address of any site as users type it: in full-width characters, without a scheme, or with spaces
/// around it. Drops the part after `#`, which a server never receives.
pub(crate) fn site_address(text: &str) -> Result<Url, AddressFault> {
    let narrow: String = text.chars().map(narrow).collect();
    let text = narrow.trim_matches(|letter: char| letter.is_whitespace() || AROUND.contains(&letter));
    if text.is_empty() {
        return Err(AddressFault::Empty);
    }
    let authority = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(AddressFault::WithLogin);
    }
    // The URL parser drops line breaks. It would join the text after a line break to the host.
    if text.contains(char::is_whitespace) || text.contains(char::is_control) {
        return Err(AddressFault::WithBlanks);
    }
    let with_scheme = match text.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => text.to_owned(),
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") => return Err(AddressFault::PlainHttp),
        Some(_) => return Err(AddressFault::OtherScheme),
        None if is_host(authority) => format!("https://{text}"),
        None => return Err(AddressFault::NotAnAddress),
    };
    let mut url = Url::parse(&with_scheme).map_err(|error| match error {
        url::ParseError::InvalidPort => AddressFault::Port,
        _ => AddressFault::NotAnAddress,
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressFault::WithLogin);
    }
    if url.port() == Some(0) {
        return Err(AddressFault::Port);
    }
    // An absolute name ends in a dot (RFC 1034 §3.1). Certificates and hosts files hold names without that dot.
    if let Some(relative) = url.host_str().and_then(|host| host.strip_suffix('.')).map(str::to_owned) {
        if relative.ends_with('.') {
            return Err(AddressFault::NotAnAddress);
        }
        url.set_host(Some(&relative)).map_err(|_| AddressFault::NotAnAddress)?;
    }
    // No certificate can name a host that is neither a DNS host name nor an IP address.
    if server_name(&url).is_none() {
        return Err(AddressFault::NotAnAddress);
    }
    url.set_fragment(None);
    Ok(url)
}

/// Reads the https address of a bank. The address is the host and port alone, whichever page of the bank the user
/// copied.
pub(crate) fn bank_address(text: &str) -> Result<Url, AddressFault> {
    let mut url = site_address(text)?;
    url.set_query(None);
    url.set_path("/");
    Ok(url)
}

/// Returns the name that the certificate of the server at `url` must contain: a DNS host name (RFC 1123 §2.1) or an IP
/// address. Returns none if the host is neither.
pub(crate) fn server_name(url: &Url) -> Option<ServerName<'static>> {
    match url.host()? {
        Host::Domain(domain) => ServerName::try_from(domain.to_owned()).ok(),
        Host::Ipv4(address) => Some(ServerName::from(IpAddr::from(address))),
        Host::Ipv6(address) => Some(ServerName::from(IpAddr::from(address))),
    }
}

/// Returns whether `one` and `other` have the same host and port.
pub(crate) fn same_server(one: &Url, other: &Url) -> bool {
    one.host() == other.host() && one.port_or_known_default() == other.port_or_known_default()
}

/// Returns the half-width form of a full-width letter, and any other letter unchanged.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        '。' | '｡' => '.',
        'ー' | '−' | '‐' => '-',
        _ => letter,
    }
}

/// Returns whether text without a scheme is a host. A single word without a port is not a host: it may be a password,
/// which must not reach a name server.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return false;
    }
    let letters = host.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.'));
    let dotted = host.trim_end_matches('.').contains('.') && !host.starts_with('.') && !host.contains("..");
    match Host::parse(host) {
        Ok(Host::Ipv6(_)) => true,
        Ok(Host::Ipv4(_)) => host.split('.').count() == 4,
        Ok(Host::Domain(domain)) => letters && (domain == "localhost" || port.is_some() || dotted),
        Err(_) => false,
    }
}

/// Returns the host, with the port unless it is the default port: the form in which texts name an address.
pub(crate) fn authority(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        for typed in [
            "https://bank.example/",
            " https://bank.example ",
            "HTTPS://Bank.Example",
            "bank.example",
            "bank.example:443",
            "ｈｔｔｐｓ：／／ｂａｎｋ．ｅｘａｍｐｌｅ／",
            "　https://bank。example　",
            "<https://bank.example/>",
            "\u{feff}https://bank.example/\n",
            "https://bank.example./",
            "bank.example.:443",
        ] {
            assert_eq!(bank_address(typed).map(String::from).as_deref(), Ok("https://bank.example/"), "{typed:?}");
        }
        assert_eq!(bank_address("localhost:8443/login").unwrap().as_str(), "https://localhost:8443/");
        assert_eq!(bank_address("[::1]:8443").unwrap().as_str(), "https://[::1]:8443/");
    }

    #[test]
    fn a_bank_is_its_host_and_port_and_a_site_is_its_page() {
        let typed = "https://localhost:8443/login?x=1#top";
        assert_eq!(bank_address(typed).unwrap().as_str(), "https://localhost:8443/");
        assert_eq!(site_address(typed).unwrap().as_str(), "https://localhost:8443/login?x=1");
    }

    #[test]
    fn each_fault_is_told_apart() {
        let cases = [
            ("", AddressFault::Empty),
            (" 　", AddressFault::Empty),
            ("http://bank.example", AddressFault::PlainHttp),
            ("ftp://bank.example", AddressFault::OtherScheme),
            ("file:///etc/passwd", AddressFault::OtherScheme),
            ("https://me:secret@bank.example", AddressFault::WithLogin),
            ("me:secret@bank.example", AddressFault::WithLogin),
            ("https://me＠bank.example", AddressFault::WithLogin),
            ("https://bank.example Hanako1234", AddressFault::WithBlanks),
            ("https://bank.example\nHanako1234", AddressFault::WithBlanks),
            ("https://", AddressFault::NotAnAddress),
            ("https://bank.example:99999", AddressFault::Port),
            ("https://bank.example:0", AddressFault::Port),
            ("bank.example:0", AddressFault::Port),
            ("https://bank.example:port", AddressFault::Port),
            ("https://a..b/", AddressFault::NotAnAddress),
            ("https://.bank.example/", AddressFault::NotAnAddress),
            ("https://-bank.example/", AddressFault::NotAnAddress),
            ("https://bank..example./", AddressFault::NotAnAddress),
            ("https://bank.example../", AddressFault::NotAnAddress),
            ("Himitsu1234", AddressFault::NotAnAddress),
            ("P4ss:word", AddressFault::NotAnAddress),
        ];
        for (typed, fault) in cases {
            assert_eq!(site_address(typed), Err(fault), "{typed:?}");
            assert_eq!(bank_address(typed), Err(fault), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_https_without_a_login(text in "\\PC{0,40}") {
            if let Ok(url) = site_address(&text) {
                prop_assert_eq!(url.scheme(), "https");
                prop_assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
            }
        }
    }
}
