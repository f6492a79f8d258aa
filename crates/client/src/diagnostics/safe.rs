//! Decides which values may be in a log or a report. A value is safe only if it is known that no user typed it and that
//! it does not come from outside. Every other value is hidden, whatever it looks like.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display};
use std::io;

use inkan_protocol::{AnswersError, FileFault};
use inkan_store::{NotACertificate, Pkcs12Error, Refusal, StoreError};
use url::Url;

use crate::{Breakage, DataFile, Error, LinkError, ProxyFailure, Transport};

/// The placeholder for a value that is not known to be safe.
pub(super) const HIDDEN: &str = "<hidden>";

/// A text that is known to be safe. [`Self::value`] passes it as the value of an event's field.
#[derive(Debug, Clone)]
pub(crate) struct Safe(String);

impl Safe {
    /// Describes why something failed: the names of the causes, and the numbers that the system gave.
    pub(crate) fn cause(error: &(dyn StdError + 'static)) -> Self {
        Self(describe(error))
    }

    /// Returns the text as the value of an event's field.
    pub(crate) fn value(&self) -> &(dyn StdError + 'static) {
        self
    }
}

impl Display for Safe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl StdError for Safe {}

/// Describes an error and its sources by the names of their types. An error of an unknown type is left out.
pub(super) fn describe(error: &(dyn StdError + 'static)) -> String {
    if let Some(Safe(text)) = error.downcast_ref() {
        return text.clone();
    }
    let mut names = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        names.extend(name(error));
        next = follows(error);
    }
    if names.is_empty() { HIDDEN.to_owned() } else { names.join(": ") }
}

/// Returns the next error in the chain. `source` skips an error that is wrapped transparently, so the wrapped error is
/// taken from the variant.
fn follows<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error.downcast_ref::<Error>() {
        Some(Error::Store(inner)) => Some(inner),
        Some(Error::Pkcs12(inner)) => Some(inner),
        Some(Error::Data(inner)) => Some(inner),
        Some(Error::Link(inner)) => Some(inner),
        Some(Error::KeyInHandshake(inner)) => Some(inner),
        // The name of these errors already contains the cause.
        _ if matches!(error.downcast_ref(), Some(StoreError::Refused { .. } | StoreError::ImportUnsupported(_))) => {
            None
        }
        _ if error.downcast_ref().and_then(StoreError::system).is_some() => None,
        _ => match error.downcast_ref::<io::Error>() {
            // `source` of a system error skips the error that it wraps.
            Some(error) => error.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
            None => error.source(),
        },
    }
}

fn name(error: &(dyn StdError + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        let number = error.raw_os_error().map(|number| format!(" {number}")).unwrap_or_default();
        return Some(format!("{:?}{number}", error.kind()));
    }
    if let Some(Error::Transport { address, .. } | Error::Proxy { proxy: address, .. }) = error.downcast_ref() {
        return Some(format!(
            "{} {}",
            variant_if::<Error>(error)?,
            host_and_port(address).as_deref().unwrap_or(HIDDEN)
        ));
    }
    if let Some(Error::OtherFile { kind, .. } | Error::CaFile { kind, .. }) = error.downcast_ref() {
        return Some(format!("{} {}", variant_if::<Error>(error)?, kind.name()));
    }
    if let Some(StoreError::Refused { operation, source }) = error.downcast_ref() {
        return Some(format!("Refused to {operation}{}", reason(source)));
    }
    if let Some(StoreError::ImportUnsupported(source)) = error.downcast_ref() {
        return Some(format!("ImportUnsupported{}", reason(source)));
    }
    if let Some(system) = error.downcast_ref().and_then(StoreError::system) {
        return Some(format!("{}{}", variant_if::<StoreError>(error)?, plain(&system.number())));
    }
    if let Some(Transport::CertificateRefused(refusal)) = error.downcast_ref() {
        return Some(format!("CertificateRefused {:?}", refusal.kind));
    }
    if let Some(Breakage::Alert(alert)) = error.downcast_ref() {
        return Some(format!("Alert {alert:?}"));
    }
    if let Some(rustls::Error::AlertReceived(alert)) = error.downcast_ref() {
        return Some(format!("AlertReceived {alert:?}"));
    }
    variant_if::<Error>(error)
        .or_else(|| variant_if::<Transport>(error))
        .or_else(|| variant_if::<Breakage>(error))
        .or_else(|| variant_if::<ProxyFailure>(error))
        .or_else(|| variant_if::<LinkError>(error))
        .or_else(|| variant_if::<StoreError>(error))
        .or_else(|| variant_if::<NotACertificate>(error))
        .or_else(|| variant_if::<Pkcs12Error>(error))
        .or_else(|| variant_if::<rustls::Error>(error))
        .or_else(|| variant_if::<FileFault>(error))
        .or_else(|| variant_if::<AnswersError>(error))
        .or_else(|| error.downcast_ref::<DataFile>().map(|_| "DataFile".to_owned()))
}

/// Returns the system's own number, or else the name of the variant without its values.
fn reason(source: &Refusal) -> String {
    match source.number() {
        Some(number) => plain(&number),
        None => variant_if::<Refusal>(source).map(|name| format!(" {name}")).unwrap_or_default(),
    }
}

/// Returns the system's own number after a blank. A text of the system that is not a number is left out.
fn plain(number: &str) -> String {
    let is_plain = number.chars().all(|letter| letter.is_ascii_alphanumeric() || "._- ".contains(letter));
    if is_plain { format!(" {number}") } else { String::new() }
}

/// Returns the name of the variant if the error is a `T`. Its values may hold anything and are left out. All of these
/// types derive [`Debug`], which writes the variant's name first.
fn variant_if<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> Option<String> {
    let written = format!("{:?}", error.downcast_ref::<T>()?);
    Some(written.chars().take_while(char::is_ascii_alphanumeric).collect())
}

/// Returns host and port of an address; none if the address has any other part.
fn host_and_port(address: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{address}/")).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.path() == "/" && url.query().is_none();
    let host = url.host_str().filter(|_| bare)?;
    Some(format!("{host}:{}", url.port_or_known_default()?))
}

#[cfg(test)]
mod tests {
    use inkan_store::{FileKind, SystemError, Unavailable};

    use super::*;

    const TYPED: &str = "ichirodtIchiro2026";

    fn refused(source: Refusal) -> Error {
        Error::Store(StoreError::Refused { operation: "sign", source })
    }

    #[test]
    fn what_was_typed_is_hidden_and_the_cause_is_named() {
        for (error, name) in [
            (Error::ProxyAddress(TYPED.into()), "ProxyAddress"),
            (Error::BankNotAdded(TYPED.into()), "BankNotAdded"),
            (Error::File(TYPED.into(), FileFault::Denied), "File: Denied"),
            (Error::CaFile { name: TYPED.into(), kind: FileKind::Archive }, "CaFile archive"),
            (Error::CertificateNotFound(TYPED.into()), "CertificateNotFound"),
            (Error::NoAcquisitionWaiting(TYPED.into()), "NoAcquisitionWaiting"),
            (refused(Refusal::NoScheme), "Store: Refused to sign NoScheme"),
            (refused(SystemError::from(io::Error::from_raw_os_error(5)).into()), "Store: Refused to sign errno 5"),
            (
                refused(SystemError::Windows { status: 5, name: None, words: TYPED.into() }.into()),
                "Store: Refused to sign 0x00000005",
            ),
            (
                Error::Store(StoreError::TokenRemoved(Some(io::Error::from_raw_os_error(19).into()))),
                "Store: TokenRemoved errno 19",
            ),
            (Error::Store(StoreError::Denied(None)), "Store: Denied"),
            (
                Error::Store(Unavailable::Other(io::Error::from_raw_os_error(5).into()).into()),
                "Store: Unavailable errno 5",
            ),
        ] {
            assert_eq!(describe(&error), name);
        }
    }

    #[test]
    fn the_numbers_of_the_system_are_left() {
        let source = io::Error::from_raw_os_error(13);
        let error = Error::Data(DataFile { path: TYPED.into(), source });
        assert_eq!(describe(&error), "Data: DataFile: PermissionDenied 13");
        let source = io::Error::new(io::ErrorKind::InvalidData, TYPED);
        assert_eq!(describe(&DataFile { path: TYPED.into(), source }), "DataFile: InvalidData");
    }

    #[test]
    fn an_address_is_left_only_where_it_is_one() {
        assert_eq!(host_and_port("Bank.example:8443").as_deref(), Some("bank.example:8443"));
        assert_eq!(host_and_port("[::1]:1").as_deref(), Some("[::1]:1"));
        for other in ["taro:himitsu@bank.example", "bank.example/himitsu", "bank.example?himitsu", "a b", ""] {
            assert_eq!(host_and_port(other), None, "{other}");
        }
    }

    #[test]
    fn an_error_of_an_unknown_type_says_nothing() {
        let unknown: Box<dyn StdError> = TYPED.into();
        assert_eq!(describe(unknown.as_ref()), HIDDEN);
    }
}
