//! Reads the alternative names of a certificate's holder (RFC 5280 §4.2.1.6), for a certificate with an empty subject.

use std::net::{Ipv4Addr, Ipv6Addr};

use der::{AnyRef, Decode};
use x509_parser::der_parser::oid;
use x509_parser::der_parser::oid::Oid;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::X509Certificate;

use crate::directory_string;
use crate::distinguished_name::{COMMON_NAME, attribute, rfc4514};

/// The OID of the user principal name of Windows, an `otherName`.
const PRINCIPAL_NAME: Oid<'static> = oid!(1.3.6.1.4.1.311.20.2.3);

/// Returns the name by which people know the holder best: an e-mail address if there is one, otherwise another name.
pub(crate) fn first(certificate: &X509Certificate<'_>) -> Option<String> {
    let extension = certificate.subject_alternative_name().ok().flatten()?;
    let names = &extension.value.general_names;
    let texts = names.iter().filter_map(|name| Some((rank(name), text(name).filter(|text| !text.trim().is_empty())?)));
    texts.min_by_key(|(rank, _)| *rank).map(|(_, text)| text)
}

fn rank(name: &GeneralName<'_>) -> u8 {
    match name {
        GeneralName::RFC822Name(_) => 0,
        GeneralName::OtherName(..) => 1,
        GeneralName::DirectoryName(_) => 2,
        GeneralName::DNSName(_) => 3,
        GeneralName::URI(_) => 4,
        _ => 5,
    }
}

fn text(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::RFC822Name(text) | GeneralName::DNSName(text) | GeneralName::URI(text) => Some((*text).to_owned()),
        GeneralName::DirectoryName(name) => attribute(name, &COMMON_NAME).or_else(|| Some(rfc4514(name))),
        GeneralName::IPAddress(bytes) => match <[u8; 4]>::try_from(*bytes) {
            Ok(bytes) => Some(Ipv4Addr::from(bytes).to_string()),
            Err(_) => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| Ipv6Addr::from(bytes).to_string()),
        },
        GeneralName::OtherName(kind, value) if *kind == PRINCIPAL_NAME => principal_name(value),
        _ => None,
    }
}

/// Reads the text of a user principal name from its explicit tag.
fn principal_name(value: &[u8]) -> Option<String> {
    let tagged = AnyRef::from_der(value).ok()?;
    let text = AnyRef::from_der(tagged.value()).ok()?;
    Some(directory_string::text(u32::from(u8::from(der::Tagged::tag(&text))), text.value()))
}
