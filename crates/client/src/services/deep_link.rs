use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::net::address::bank_address;
use crate::services::link_error::LinkError;
use crate::{Error, Inkan};

/// The longest link that is read, in bytes. No bank hands out a longer address.
const MOST_BYTES: usize = 2048;
/// The longest login ID in a link, in bytes. No bank has longer login IDs.
const MOST_USER_BYTES: usize = 64;

/// A link into the app: `inkan://add?bank=https://…` or `inkan://acquire?bank=https://…&user=…`.
///
/// Any program or web page can write a link, so a link never acts. It opens a page with the fields filled in, and the
/// user decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A link that adds a bank.
    Add {
        /// The address of the bank's portal.
        bank: Url,
    },
    /// A link that acquires a certificate at a bank.
    Acquire {
        /// The address of the bank's portal.
        bank: Url,
        /// The login ID.
        user: String,
    },
}

/// The page that a link opens on this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// The page that adds a bank.
    AddBank {
        /// The address to fill in.
        address: String,
        /// The login ID of the user who then acquires a certificate at the bank; none if the link only adds the bank.
        user: Option<String>,
    },
    /// The page that acquires a certificate, at a bank that has been added.
    Acquire {
        /// The bank's name on this PC.
        bank: String,
        /// The login ID to fill in.
        user: String,
    },
}

impl Link {
    /// Returns whether a text, such as an argument of the program, claims to be a link into the app.
    pub fn is_meant(text: &str) -> bool {
        text.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("inkan:"))
    }
}

impl FromStr for Link {
    type Err = LinkError;

    /// Reads a link strictly: an unknown part is refused, and never ignored.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        // The URL parser drops control characters without an error.
        if text.len() > MOST_BYTES || text.chars().any(char::is_control) {
            return Err(LinkError);
        }
        let url = Url::parse(text).map_err(|_| LinkError)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let bare = matches!(url.path(), "" | "/") && url.fragment().is_none();
        if url.scheme() != "inkan" || !plain || !bare {
            return Err(LinkError);
        }
        let mut bank = None;
        let mut user = None;
        for (name, value) in url.query_pairs() {
            let place = match &*name {
                "bank" => &mut bank,
                "user" => &mut user,
                _ => return Err(LinkError),
            };
            if place.replace(value.into_owned()).is_some() {
                return Err(LinkError);
            }
        }
        let bank = parse_bank(&bank.ok_or(LinkError)?)?;
        match (url.host_str(), user) {
            (Some("add"), None) => Ok(Self::Add { bank }),
            (Some("acquire"), Some(user)) if is_user(&user) => Ok(Self::Acquire { bank, user }),
            _ => Err(LinkError),
        }
    }
}

impl Inkan {
    /// Returns the page that a link opens. If a link acquires at a bank that has not been added, the page adds the
    /// bank.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn destination(&self, link: &Link) -> Result<Destination, Error> {
        let (address, user) = match link {
            Link::Add { bank } => (bank, None),
            Link::Acquire { bank, user } => (bank, Some(user.clone())),
        };
        let known = self.banks()?.into_iter().find(|bank| bank.address == *address);
        Ok(match (known, user) {
            (Some(bank), Some(user)) => Destination::Acquire { bank: bank.name, user },
            (_, user) => Destination::AddBank { address: address.to_string(), user },
        })
    }
}

/// Reads the bank's address in a link. A program writes the link, so the address must be complete, without a query or a
/// fragment.
fn parse_bank(text: &str) -> Result<Url, LinkError> {
    let address = Url::parse(text).map_err(|_| LinkError)?;
    let plain = address.query().is_none() && address.fragment().is_none();
    match bank_address(text) {
        Ok(bank) if plain && address.scheme() == "https" => Ok(bank),
        _ => Err(LinkError),
    }
}

/// Returns whether `text` is a login ID: letters, digits and the marks that banks use in login IDs.
fn is_user(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=MOST_USER_BYTES).contains(&text.len()) && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bank(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn both_kinds_are_read() {
        let plain = Link::Add { bank: bank("https://bank.example/") };
        for text in [
            "inkan://add?bank=https://bank.example",
            "inkan://add?bank=https://bank.example/",
            "inkan://add/?bank=https%3A%2F%2Fbank.example%2F",
            "INKAN://add?bank=https://BANK.example",
        ] {
            assert_eq!(text.parse(), Ok(plain.clone()), "{text}");
        }
        let acquire = Link::Acquire { bank: bank("https://bank.example:8443/"), user: "hanakodt".into() };
        for text in [
            "inkan://acquire?bank=https://bank.example:8443&user=hanakodt",
            "inkan://acquire?user=hanakodt&bank=https%3A%2F%2Fbank.example%3A8443",
        ] {
            assert_eq!(text.parse(), Ok(acquire.clone()), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("inkan://add?bank=https://bank.example/{}", "a".repeat(MOST_BYTES));
        let user = format!("inkan://acquire?bank=https://bank.example&user={}", "a".repeat(MOST_USER_BYTES + 1));
        for text in [
            "",
            "inkan:",
            "inkan://",
            "inkan://add",
            "inkan:add?bank=https://bank.example",
            "inkan://add?bank=",
            "inkan://add?bank=http://bank.example",
            "inkan://add?bank=javascript:alert(1)",
            "inkan://add?bank=file:///etc/passwd",
            "inkan://add?bank=inkan://add",
            "inkan://add?bank=https://me@bank.example",
            "inkan://add?bank=https://me:secret@bank.example",
            "inkan://add?bank=https://bank.example?a=b",
            "inkan://add?bank=https://bank.example%23there",
            "inkan://add?bank=https://bank.example#there",
            "inkan://add?bank=https://bank.example&bank=https://evil.example",
            "inkan://add?bank=https://bank.example&ca=MII",
            "inkan://add?bank=https://bank.example&user=hanakodt",
            "inkan://add/now?bank=https://bank.example",
            "inkan://me@add?bank=https://bank.example",
            "inkan://add:1?bank=https://bank.example",
            "inkan://delete?bank=https://bank.example",
            "inkan://acquire?bank=https://bank.example",
            "inkan://acquire?bank=https://bank.example&user=",
            "inkan://acquire?bank=https://bank.example&user=a&user=b",
            "inkan://acquire?bank=https://bank.example&user=a&login_password=b",
            "inkan://acquire?bank=https://bank.example&user=%00",
            "inkan://acquire?bank=https://bank.example&user=%E8%8A%B1%E5%AD%90",
            "inkan://acquire?bank=https://bank.example&user=a b",
            "inkan://add?bank=https://bank\n.example",
            "https://add?bank=https://bank.example",
            &long,
            &user,
        ] {
            assert_eq!(text.parse::<Link>(), Err(LinkError), "{text}");
        }
    }

    #[test]
    fn only_its_own_scheme_is_meant() {
        for meant in ["inkan://add", "INKAN:nonsense", "inkan:"] {
            assert!(Link::is_meant(meant), "{meant}");
        }
        for other in ["", "inkan", "--help", "印鑑://add", "https://bank.example", "/home/inkan:1"] {
            assert!(!Link::is_meant(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_read_as_more_than_it_may_be(
            text in prop_oneof![
                any::<String>(),
                "(?i:inkan)://(add|acquire|[a-z]{0,4})/?\\?(bank|user|ca)=(https?://|)[ -~]{0,40}(&(bank|user)=[ -~]{0,20}){0,2}",
            ]
        ) {
            if let Ok(link) = text.parse::<Link>() {
                prop_assert!(Link::is_meant(text.trim()));
                let (Link::Add { bank } | Link::Acquire { bank, .. }) = &link;
                prop_assert_eq!(bank.scheme(), "https");
                prop_assert!(bank.username().is_empty() && bank.password().is_none());
                prop_assert!(bank.query().is_none() && bank.fragment().is_none());
                if let Link::Acquire { user, .. } = &link {
                    prop_assert!(is_user(user));
                }
            }
        }
    }
}
