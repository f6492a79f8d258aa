//! The readers of bytes from outside that the fuzz targets call. Only a fuzzing build (`cfg(fuzzing)`) has them.

use std::sync::LazyLock;

use inkan_profile::Profile;
use inkan_protocol::{BankDocument, Language, printable};
use rustls::pki_types::{CertificateDer, ServerName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use url::Url;

use crate::data::certificate_history::CertificateHistory;
use crate::enrolment::issued::{Named, fault_of, refusal};
use crate::enrolment::journal::Entry;
use crate::enrolment::request::certificates_in;
use crate::net::address::{bank_address, site_address};
use crate::net::cause::{Page, fault, of_answer};
use crate::net::exchange::answer::is_complete;
use crate::net::exchange::server::report;
use crate::net::exchange::{Answer, known_interceptor, unix_time};
use crate::net::proxy::named;
use crate::net::trust::{Trust, Trusting};
use crate::services::issuer::Issuer;
use crate::services::login_host::is_of_bank;
use crate::services::published::is_usable;
use crate::{Bank, Error, MigrationRequest, Settings, Shown, Site, Transport, ca_certificates};

/// A bank that has been added on this PC.
#[derive(Debug)]
pub struct KnownBank(Bank);

impl KnownBank {
    /// Makes the bank of `profile`, which publishes the CAs in `authorities`, a body of EST.
    pub fn new(profile: Profile, authorities: &[u8]) -> Option<Self> {
        let address: Url = "https://bank.example/".parse().ok()?;
        Some(Self(Bank {
            name: "bank".to_owned(),
            certificate_login: address.clone(),
            address,
            profile,
            ca: None,
            issuers: Issuer::all_in(authorities).ok()?,
            accepted: Vec::new(),
        }))
    }

    /// Returns the certificates in an answer of EST that the client installs for `user` at the time `now`, whichever
    /// key they certify. Checks the texts about the others.
    pub fn installed(&self, answer: &[u8], user: &str, now: OffsetDateTime) -> Vec<Vec<u8>> {
        let certificates = match certificates_in(answer) {
            Ok(certificates) => certificates,
            Err(cause) => {
                show(Error::Transport { address: self.0.address.to_string(), cause });
                Vec::new()
            }
        };
        let mut installed = Vec::new();
        for certificate in certificates {
            match fault_of(&certificate, &self.0, Named::User { contract: None, user }, now) {
                None => installed.push(certificate.der),
                Some(fault) => show(refusal(certificate, fault, vec![user.to_owned()], now)),
            }
        }
        installed
    }
}

/// Reads the CAs in a body of EST, and reads them again as they are stored.
pub fn authorities(body: &[u8]) {
    for authority in Issuer::all_in(body).into_iter().flatten() {
        assert_eq!(read_again(&authority), authority);
        authority.text();
    }
}

/// Reads the document of a bank, and reads the bank again as it is stored. Returns the document if the client uses it.
pub fn bank_document(json: &[u8]) -> Option<BankDocument> {
    let document: BankDocument = serde_json::from_slice(json).ok().filter(is_usable)?;
    let bank = Bank {
        name: document.profile.id.clone(),
        address: "https://bank.example/".parse().ok()?,
        certificate_login: document.certificate_login.clone(),
        profile: document.profile.clone(),
        ca: None,
        issuers: Vec::new(),
        accepted: Vec::new(),
    };
    let kept = read_again(&bank);
    assert_eq!(kept.certificate_login, bank.certificate_login);
    assert!(kept.profile.check().is_ok(), "a bank that was added can be used");
    is_of_bank(&bank.certificate_login, &bank.address);
    for name in bank.possible_names(Some("9999999"), "hanakodt") {
        bank.holder_named(&name);
        bank.role_named(&name);
    }
    Some(document)
}

/// Reads a file of the data directory, as each kind of file that is there.
pub fn data_file(json: &[u8]) {
    as_written::<Settings>(json);
    as_written::<Bank>(json);
    as_written::<Site>(json);
    as_written::<Entry>(json);
    as_written::<MigrationRequest>(json);
    if let Some(history) = as_written::<CertificateHistory>(json) {
        history.entries();
    }
}

/// Reads the answer of a server to a probe, and shows the cause of a failure in it.
pub fn server_answer(received: &[u8]) {
    let whole = is_complete(received);
    let Ok(answer) = Answer::read(received) else { return };
    if whole {
        let longer = Answer::read(&[received, b"x"].concat());
        assert_eq!(longer.map(|longer| longer.status), Ok(answer.status), "a complete answer stays what it is");
    }
    let Ok(address) = "https://bank.example/".parse::<Url>() else { return };
    let cause = of_answer(&Page::of(&answer, &Shown::Nothing, OffsetDateTime::UNIX_EPOCH), &address);
    show(Error::Transport { address: address.to_string(), cause });
}

/// Reads the certificate of a server, and shows why it is not trusted.
pub fn server_certificate(der: &[u8]) {
    static SYSTEM: LazyLock<Option<Trusting>> = LazyLock::new(|| Trusting::new(&Trust::System).ok());
    let chain = [CertificateDer::from(der)];
    serde_json::to_string(&report(&chain, None)).expect("each certificate can be shown");
    known_interceptor(&chain);
    let now = OffsetDateTime::UNIX_EPOCH;
    let (Ok(name), Some(at)) = (ServerName::try_from("bank.example"), unix_time(now)) else { return };
    let pem = ca_certificates("server.cer", der).unwrap_or_default();
    let given = Trusting::new(&Trust::Only(&pem)).ok();
    for trusting in given.iter().chain(SYSTEM.iter()) {
        if let Err(rustls::Error::InvalidCertificate(error)) = trusting.judge(&chain, &name, at) {
            let fault = fault(&error, &chain, trusting, now);
            let cause = Transport::ServerCertificate(Box::new(fault));
            show(Error::Transport { address: "bank.example".to_owned(), cause });
        }
    }
}

/// Reads an address as a person types it, or as a variable of the system names a proxy.
pub fn address(text: &str) {
    for url in [site_address(text), bank_address(text)].into_iter().flatten() {
        assert!(url.scheme() == "https" && url.has_host(), "{url}");
        assert!(url.username().is_empty() && url.password().is_none(), "{url}");
        assert_eq!(site_address(url.as_str()), Ok(url), "an address that was read is read again");
    }
    named(text);
}

/// Checks that no text about `error` contains a character that deceives a reader.
fn show(error: Error) {
    let problem = error.into_problem();
    for language in [Language::Ja, Language::En] {
        let document = problem.document(language);
        for text in [&document.title, &document.detail, &document.next].into_iter().chain(document.params.values()) {
            assert!(text.lines().all(|line| printable(line) == line), "{text:?}");
        }
    }
}

/// Reads a JSON file, and reads it again as it is written.
fn as_written<T: Serialize + DeserializeOwned>(json: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(json).ok()?;
    read_again(&value);
    Some(value)
}

/// Reads a value again as it is written to a file.
fn read_again<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let written = serde_json::to_string_pretty(value).expect("a value that was read can be written");
    let read: T = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(serde_json::to_string_pretty(&read).ok().as_ref(), Some(&written));
    read
}
