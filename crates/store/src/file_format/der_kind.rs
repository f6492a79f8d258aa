use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

use super::FileKind;
use crate::certificate::parse;
use crate::pkcs12::{After, der_from_ber};

/// The OID of SignedData (RFC 5652 §5.1).
pub(super) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// Returns the kind of a file in DER or BER; none for other files.
pub(super) fn kind_of(content: &[u8]) -> Option<FileKind> {
    if looks_like_pkcs12(content) {
        return Some(FileKind::Pkcs12);
    }
    if content.first() != Some(&0x30) {
        return None;
    }
    let der = der_from_ber(content, After::Anything).ok()?;
    let inside = inside(&der)?;
    match inside.iter().map(Tagged::tag).collect::<Vec<_>>().as_slice() {
        [Tag::ObjectIdentifier, ..] => {
            let kind = inside[0].decode_as::<ObjectIdentifier>().ok()?;
            (kind == SIGNED_DATA).then_some(FileKind::CertificateCollection)
        }
        // PKCS#8, then SEC1, then PKCS#1.
        [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] | [Tag::Integer, Tag::OctetString, ..] => {
            Some(FileKind::PrivateKey)
        }
        [Tag::Integer, Tag::Integer] => Some(FileKind::PublicKey),
        [Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer, ..] => Some(FileKind::PrivateKey),
        // An encrypted PKCS#8, then a SubjectPublicKeyInfo.
        [Tag::Sequence, Tag::OctetString] => Some(FileKind::PrivateKey),
        [Tag::Sequence, Tag::BitString] => Some(FileKind::PublicKey),
        [Tag::Sequence, Tag::Sequence, Tag::BitString, ..] => signed(&der),
        _ => None,
    }
}

/// Returns whether `content` is a SEQUENCE that begins with version 3 (RFC 7292 §4), with its length in any form of
/// BER. The rest may be missing.
fn looks_like_pkcs12(content: &[u8]) -> bool {
    let length_bytes = match content {
        [0x30, first @ (0x81..=0x84), ..] => usize::from(first & 0x7f),
        [0x30, 0..=0x80, ..] => 0,
        _ => return false,
    };
    content.get(2 + length_bytes..).is_some_and(|inside| inside.starts_with(&[0x02, 0x01, 0x03, 0x30]))
}

/// Returns the kind of a signed structure: a certificate, a request or a CRL.
fn signed(der: &[u8]) -> Option<FileKind> {
    if parse(der).is_ok() {
        return Some(FileKind::Certificate);
    }
    if X509CertificationRequest::from_der(der).is_ok() {
        return Some(FileKind::CertificationRequest);
    }
    CertificateRevocationList::from_der(der).is_ok().then_some(FileKind::RevocationList)
}

/// Returns the values inside a SEQUENCE.
pub(super) fn inside(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let sequence = AnyRef::from_der(der).ok().filter(|value| value.tag() == Tag::Sequence)?;
    values(sequence.value())
}

/// Returns the values that follow each other in `content`.
pub(super) fn values(content: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut values = Vec::new();
    while !reader.is_finished() {
        values.push(reader.decode().ok()?);
    }
    Some(values)
}

/// Returns whether `value` has the tag `[0]` and is constructed.
pub(super) fn is_first_tagged(value: &AnyRef<'_>) -> bool {
    value.tag() == Tag::ContextSpecific { number: TagNumber::new(0), constructed: true }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    #[test]
    fn the_beginning_of_a_pkcs12_file_is_enough() {
        for begin in [&[0x30, 0x82, 0x09, 0x10, 2, 1, 3, 0x30][..], &[0x30, 0x80, 2, 1, 3, 0x30, 0x80]] {
            assert_eq!(kind_of(begin), Some(FileKind::Pkcs12), "{begin:x?}");
        }
        for other in [&[0x30, 0x82, 2, 1, 3][..], &[0x30], &[0x30, 3, 2, 1, 3]] {
            assert_ne!(kind_of(other), Some(FileKind::Pkcs12), "{other:x?}");
        }
    }

    #[test]
    fn the_structure_tells_keys_certificates_and_requests_apart() {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::default().self_signed(&key).unwrap();
        let request = CertificateParams::default().serialize_request(&key).unwrap();
        let public_key = rcgen::PublicKeyData::subject_public_key_info(&key);
        for (der, kind) in [
            (key.serialize_der(), FileKind::PrivateKey),
            (certificate.der().to_vec(), FileKind::Certificate),
            ([certificate.der().as_ref(), b"\r\n"].concat(), FileKind::Certificate),
            (request.der().to_vec(), FileKind::CertificationRequest),
            (public_key, FileKind::PublicKey),
        ] {
            assert_eq!(kind_of(&der), Some(kind));
        }
    }
}
