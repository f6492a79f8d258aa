//! Writes a name as text (RFC 4514).

use data_encoding::HEXLOWER;
use der::{AnyRef, Encode};
use x509_parser::der_parser::oid;
use x509_parser::der_parser::oid::Oid;
use x509_parser::prelude::{AttributeTypeAndValue, FromDer, X509Name};

use crate::directory_string;

pub(crate) const COMMON_NAME: Oid<'static> = oid!(2.5.4.3);
pub(crate) const ORGANISATION: Oid<'static> = oid!(2.5.4.10);
/// The OID of the attribute `name` (X.520), which is the full name of a person beside the common name.
pub(crate) const NAME: Oid<'static> = oid!(2.5.4.41);

/// The short names of RFC 4514 §3, and those registered later (RFC 4519, RFC 2985).
const SHORT_NAMES: &[(Oid<'static>, &str)] = &[
    (COMMON_NAME, "CN"),
    (oid!(2.5.4.7), "L"),
    (oid!(2.5.4.8), "ST"),
    (ORGANISATION, "O"),
    (oid!(2.5.4.11), "OU"),
    (oid!(2.5.4.6), "C"),
    (oid!(2.5.4.9), "STREET"),
    (oid!(0.9.2342.19200300.100.1.25), "DC"),
    (oid!(0.9.2342.19200300.100.1.1), "UID"),
    (oid!(2.5.4.4), "SN"),
    (oid!(2.5.4.5), "serialNumber"),
    (oid!(2.5.4.12), "title"),
    (oid!(2.5.4.42), "givenName"),
    (NAME, "name"),
    (oid!(2.5.4.97), "organizationIdentifier"),
    (oid!(1.2.840.113549.1.9.1), "emailAddress"),
];

/// Returns the string form of RFC 4514, which begins with the last part.
pub(crate) fn rfc4514(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> =
        name.iter_rdn().map(|rdn| rdn.iter().map(assertion).collect::<Vec<_>>().join("+")).collect();
    parts.reverse();
    parts.join(",")
}

/// Returns the string form of RFC 4514 of a name in DER; none if the bytes are not a name.
pub(super) fn name_text(der: &[u8]) -> Option<String> {
    X509Name::from_der(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, name)| rfc4514(&name))
}

/// Returns the text of the last attribute of that type, which is the most specific one.
pub(crate) fn attribute(name: &X509Name<'_>, kind: &Oid<'_>) -> Option<String> {
    name.iter_attributes().filter(|attribute| attribute.attr_type() == kind).last().map(value)
}

/// Returns the text of an attribute as [`attribute`] does, for a name in DER; none if the bytes are not a name.
pub(crate) fn attribute_in(der: &[u8], kind: &Oid<'_>) -> Option<String> {
    let (rest, name) = X509Name::from_der(der).ok()?;
    attribute(&name, kind).filter(|_| rest.is_empty())
}

fn value(attribute: &AttributeTypeAndValue<'_>) -> String {
    let value = attribute.attr_value();
    directory_string::text(value.tag().0, value.data)
}

fn assertion(attribute: &AttributeTypeAndValue<'_>) -> String {
    match SHORT_NAMES.iter().find(|(oid, _)| oid == attribute.attr_type()) {
        Some((_, short)) => format!("{short}={}", escape(&value(attribute))),
        None => {
            let value = attribute.attr_value();
            let tag = u8::try_from(value.tag().0).map(der::Tag::try_from);
            let encoded = match tag {
                Ok(Ok(tag)) => AnyRef::new(tag, value.data).and_then(|any| any.to_der()).unwrap_or_default(),
                _ => value.data.to_vec(),
            };
            format!("{}=#{}", attribute.attr_type().to_id_string(), HEXLOWER.encode(&encoded))
        }
    }
}

/// Escapes a value as RFC 4514 §2.4 requires.
fn escape(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    text.chars().enumerate().fold(String::with_capacity(text.len()), |mut escaped, (at, character)| {
        match character {
            '\0' => escaped.push_str("\\00"),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => escaped.extend(['\\', character]),
            '#' if at == 0 => escaped.push_str("\\#"),
            ' ' if at == 0 || at == last => escaped.push_str("\\ "),
            _ => escaped.push(character),
        }
        escaped
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a name with one attribute for each part. A part is the OID in DER, the tag and the content.
    pub(in crate::distinguished_name) fn name(parts: &[(&[u8], u8, &[u8])]) -> Vec<u8> {
        let tlv = |tag: u8, content: Vec<u8>| [vec![tag, content.len() as u8], content].concat();
        let parts = parts
            .iter()
            .map(|(oid, tag, text)| tlv(0x31, tlv(0x30, [tlv(0x06, oid.to_vec()), tlv(*tag, text.to_vec())].concat())));
        tlv(0x30, parts.collect::<Vec<_>>().concat())
    }

    fn text(parts: &[(&[u8], u8, &[u8])]) -> String {
        rfc4514(&X509Name::from_der(&name(parts)).unwrap().1)
    }

    #[test]
    fn the_last_part_comes_first() {
        let parts: &[(&[u8], u8, &[u8])] = &[(&[0x55, 4, 6], 0x13, b"JP"), (&[0x55, 4, 3], 0x0c, "花子".as_bytes())];
        assert_eq!(text(parts), "CN=花子,C=JP");
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(text(&[(&[0x55, 4, 10], 0x0c, b"# A, B + C\\ ")]), r"O=\# A\, B \+ C\\\ ");
    }

    #[test]
    fn an_unknown_type_is_its_oid_with_the_value_in_hex() {
        assert_eq!(text(&[(&[0x2a, 3, 4], 0x0c, b"x")]), "1.2.3.4=#0c0178");
    }

    #[test]
    fn an_attribute_is_found_by_its_type() {
        let der = name(&[(&[0x55, 4, 41], 0x14, b"\x8e\x52\x93\x63"), (&[0x55, 4, 3], 0x0c, b"hanakodt")]);
        let name = X509Name::from_der(&der).unwrap().1;
        assert_eq!(attribute(&name, &NAME).as_deref(), Some("山田"));
        assert_eq!(attribute(&name, &ORGANISATION), None);
    }
}
