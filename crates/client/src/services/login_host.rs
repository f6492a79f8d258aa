//! The host of a bank's certificate login. Whoever can change a bank's document could lead a login, with its password,
//! to another host. So another host than the bank's own is used only if a user has agreed to it.

use inkan_protocol::BankDocument;
use url::{Host, Url};

use crate::net::http_client::Connection;
use crate::{Bank, Error};

/// Refuses a document whose certificate login is at a host that is not the bank's, not the one that the user agreed to,
/// and not the one of `known`, which is the same bank as it was added before.
///
/// # Errors
/// [`Error::LoginElsewhere`].
pub(crate) fn check(
    document: &BankDocument,
    portal: &Connection,
    agreed: Option<&str>,
    known: Option<&Bank>,
) -> Result<(), Error> {
    let login = &document.certificate_login;
    let agreed = agreed.and_then(|text| Host::parse(text.trim()).ok());
    let as_before = known.is_some_and(|known| known.certificate_login.host() == login.host());
    let host = login.host().map(|host| host.to_owned());
    if is_of_bank(login, portal.address()) || as_before || agreed.is_some() && agreed == host {
        return Ok(());
    }
    let host = login.host_str().unwrap_or_default().to_owned();
    Err(Error::LoginElsewhere { address: portal.authority(), host })
}

/// Returns whether `login` is at the host of the bank at `address`, or at a host below it. Only the owner of a host name
/// gives out the names below it (RFC 1034 §4.2).
pub(crate) fn is_of_bank(login: &Url, address: &Url) -> bool {
    match (login.host(), address.host()) {
        (Some(Host::Domain(login)), Some(Host::Domain(bank))) => {
            login == bank || login.strip_suffix(bank).is_some_and(|above| above.ends_with('.'))
        }
        (login, bank) => login.is_some() && login == bank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_has_its_own_host_and_those_below_it() {
        let is_of_bank =
            |login: &str, address: &str| super::is_of_bank(&Url::parse(login).unwrap(), &Url::parse(address).unwrap());
        for login in ["https://bank.example:8444/", "https://BANK.example/x", "https://login.bank.example/"] {
            assert!(is_of_bank(login, "https://bank.example:8443/"), "{login}");
        }
        for login in [
            "https://evil.example/",
            "https://example/",
            "https://evilbank.example/",
            "https://bank.example.evil.example/",
            "https://bank.example@evil.example/",
            "https://192.0.2.1/",
        ] {
            assert!(!is_of_bank(login, "https://bank.example/"), "{login}");
        }
        assert!(is_of_bank("https://192.0.2.1:8444/", "https://192.0.2.1/"));
        assert!(!is_of_bank("https://1.192.0.2.1.example/", "https://192.0.2.1/"));
        assert!(is_of_bank("https://[::1]:8444/", "https://[::1]/"));
    }
}
