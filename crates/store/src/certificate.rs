use std::borrow::Cow;

use time::OffsetDateTime;
use x509_parser::extensions::ParsedExtension;
use x509_parser::oid_registry::{OID_X509_EXT_BASIC_CONSTRAINTS, OID_X509_EXT_SUBJECT_ALT_NAME};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::certificate_parts::Parts;
use crate::distinguished_name::{COMMON_NAME, NAME, ORGANISATION, attribute, rfc4514};
use crate::extension::Extension;
use crate::public_key::PublicKey;
use crate::unusual_dates::with_usual_dates;
use crate::{
    CertificateId, DistinguishedName, KeyId, KeyKind, NotACertificate, Protection, Purpose, alternative_name,
    serial_number,
};

/// A certificate in a store, parsed once when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCertificate {
    /// SHA-256 of `der`.
    pub id: CertificateId,
    /// The certificate itself.
    pub der: Vec<u8>,
    /// The name by which a user recognises the certificate (S1-2): the common name of the subject, or else the whole
    /// subject. If the subject is empty, the first alternative name, or else the serial number.
    pub name: String,
    /// The holder's name, if the subject has it beside the common name: the attribute `name` (X.520, 2.5.4.41).
    pub person: Option<String>,
    /// The organisation of the subject.
    pub organisation: Option<String>,
    /// The subject, as RFC 4514 writes it.
    pub subject: String,
    /// The value of the subject alternative name extension (RFC 5280 §4.2.1.6), to compare with another certificate's.
    pub alternative_names: Option<Vec<u8>>,
    /// The issuer, as RFC 4514 writes it.
    pub issuer: String,
    /// The subject, to compare with other names.
    pub subject_name: DistinguishedName,
    /// The issuer, to compare with other names.
    pub issuer_name: DistinguishedName,
    /// The identifier of the issuer's key, if the certificate has it (RFC 5280 §4.2.1.1).
    pub authority_key: Option<Vec<u8>>,
    /// Serial number in lower-case hex, two digits at least; with a minus sign if it is negative.
    pub serial: String,
    /// The first moment of validity.
    pub not_before: OffsetDateTime,
    /// The last moment of validity.
    pub not_after: OffsetDateTime,
    /// Whether the extended key usage (RFC 5280 §4.2.1.12) and the key usage (§4.2.1.3) allow TLS client
    /// authentication. A missing extension allows it.
    pub client_authentication: bool,
    /// Every purpose that both extensions allow.
    pub purpose: Purpose,
    /// Whether the basic constraints allow the certificate to issue certificates (RFC 5280 §4.2.1.9), or cannot be
    /// read.
    pub may_issue: bool,
    /// The identity of the certificate's key.
    pub key_id: KeyId,
    /// The kind of the certificate's key.
    pub key_kind: KeyKind,
    /// How the private key is kept; none if the private key is not in the store.
    pub protection: Option<Protection>,
}

impl StoredCertificate {
    /// Reads a certificate (RFC 5280), even if its dates are in a form that RFC 5280 forbids. `protection` says how its
    /// private key is kept; it is none if the private key is not in the store.
    ///
    /// # Errors
    /// Fails if `der` is not exactly one certificate.
    pub fn parse(der: &[u8], protection: Option<Protection>) -> Result<Self, NotACertificate> {
        let usual = with_usual_dates(der);
        let read = Self::read(&parse(&usual)?, protection);
        Ok(match usual {
            Cow::Borrowed(_) => read,
            Cow::Owned(_) => Self { id: CertificateId::of(der), der: der.to_vec(), ..read },
        })
    }

    /// Returns whether the validity ends before it begins, so that the certificate is never valid.
    pub fn dates_contradict(&self) -> bool {
        self.not_after < self.not_before
    }

    /// Reads a certificate that is parsed already, as [`Self::parse`] does.
    pub(crate) fn read(parsed: &X509Certificate<'_>, protection: Option<Protection>) -> Self {
        let public_key = PublicKey::of(parsed.public_key());
        let purpose = Purpose::of(parsed);
        let subject = rfc4514(parsed.subject());
        let serial = serial_number::text(parsed.raw_serial());
        let common_name = attribute(parsed.subject(), &COMMON_NAME).filter(|name| !name.trim().is_empty());
        let named = || Some(subject.clone()).filter(|subject| !subject.is_empty());
        let name = common_name.or_else(named).or_else(|| alternative_name::first(parsed));
        Self {
            id: CertificateId::of(parsed.as_raw()),
            der: parsed.as_raw().to_vec(),
            name: name.unwrap_or_else(|| serial.clone()),
            person: attribute(parsed.subject(), &NAME),
            organisation: attribute(parsed.subject(), &ORGANISATION),
            subject,
            alternative_names: alternative_names(parsed),
            issuer: rfc4514(parsed.issuer()),
            subject_name: DistinguishedName::of(parsed.subject().as_raw()),
            issuer_name: DistinguishedName::of(parsed.issuer().as_raw()),
            authority_key: authority_key(parsed),
            serial,
            not_before: parsed.validity().not_before.to_datetime(),
            not_after: parsed.validity().not_after.to_datetime(),
            client_authentication: purpose.allows_client_authentication(),
            purpose,
            may_issue: !matches!(issues(parsed), Extension::Absent | Extension::Present(false)),
            key_id: public_key.id(),
            key_kind: public_key.key_kind,
            protection,
        }
    }
}

/// Returns whether the certificate `der` belongs to `key`. If the certificate does not parse, its bytes are searched
/// for the key: another program may be able to read the certificate, and a deleted key cannot be restored.
pub(crate) fn belongs_to(der: &[u8], key: &PublicKey) -> bool {
    match parse(der) {
        Ok(parsed) => PublicKey::of(parsed.public_key()) == *key,
        Err(NotACertificate) => key.is_contained_in(der),
    }
}

/// Returns the public key in the certificate `der`, which need not parse as a whole.
pub(crate) fn public_key_of(der: &[u8]) -> Option<PublicKey> {
    match parse(der) {
        Ok(parsed) => Some(PublicKey::of(parsed.public_key())),
        Err(NotACertificate) => Parts::of(der).public_key(),
    }
}

/// Parses `der`, which must be one certificate and nothing after it.
pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, NotACertificate> {
    match X509Certificate::from_der(der) {
        // x509-parser takes a date without a time zone for UTC.
        Ok(([], certificate)) => Ok(certificate),
        _ => Err(NotACertificate),
    }
}

/// Returns whether the certificate may issue certificates (RFC 5280 §4.2.1.9).
pub(crate) fn is_authority(certificate: &X509Certificate<'_>) -> bool {
    issues(certificate) == Extension::Present(true)
}

/// Returns what the basic constraints say about the issue of certificates.
fn issues(certificate: &X509Certificate<'_>) -> Extension<bool> {
    Extension::of(certificate, &OID_X509_EXT_BASIC_CONSTRAINTS, |found| match found {
        ParsedExtension::BasicConstraints(constraints) => Some(constraints.ca),
        _ => None,
    })
}

fn alternative_names(certificate: &X509Certificate<'_>) -> Option<Vec<u8>> {
    let mut extensions = certificate.extensions().iter();
    extensions.find(|extension| extension.oid == OID_X509_EXT_SUBJECT_ALT_NAME).map(|found| found.value.to_vec())
}

fn authority_key(certificate: &X509Certificate<'_>) -> Option<Vec<u8>> {
    certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(found) => found.key_identifier.as_ref().map(|key| key.0.to_vec()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{
        BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, SanType,
        SerialNumber,
    };
    use time::macros::datetime;

    fn certificate(change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        change(&mut parameters);
        parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn s1_2_the_name_is_the_common_name() {
        let der = certificate(|parameters| {
            parameters.distinguished_name.push(DnType::OrganizationName, "株式会社オーケー商事");
            parameters.distinguished_name.push(DnType::CommonName, "hanakodt");
            parameters.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 41]), "データ花子");
            parameters.serial_number = Some(SerialNumber::from(vec![0xf0, 0x01]));
            parameters.not_before = datetime!(2026-11-21 0:00 UTC);
            parameters.not_after = datetime!(2027-11-21 23:59:59 UTC);
        });
        let read = StoredCertificate::parse(&der, Some(Protection::File)).unwrap();
        assert_eq!(read.name, "hanakodt");
        assert_eq!(read.person.as_deref(), Some("データ花子"));
        assert_eq!(read.organisation.as_deref(), Some("株式会社オーケー商事"));
        assert_eq!(read.subject, "name=データ花子,CN=hanakodt,O=株式会社オーケー商事");
        assert_eq!(read.issuer, read.subject);
        assert_eq!(read.serial, "f001");
        assert_eq!(read.not_before, datetime!(2026-11-21 0:00 UTC));
        assert_eq!(read.not_after, datetime!(2027-11-21 23:59:59 UTC));
        assert_eq!((read.key_kind.to_string().as_str(), read.key_kind.bits()), ("EC P-256", 256));
        assert_eq!(read.id, CertificateId::of(&der));
        assert_eq!(read.protection, Some(Protection::File));
    }

    #[test]
    fn without_a_common_name_it_is_the_subject() {
        let der = certificate(|parameters| parameters.distinguished_name.push(DnType::OrganizationName, "A, B"));
        assert_eq!(StoredCertificate::parse(&der, None).unwrap().name, r"O=A\, B");
    }

    #[test]
    fn without_a_subject_it_is_an_alternative_name_or_the_serial_number() {
        let der = |names: Vec<SanType>| {
            certificate(|parameters| {
                parameters.subject_alt_names = names;
                parameters.serial_number = Some(SerialNumber::from(vec![0x0a, 0xff]));
            })
        };
        let name = |names| StoredCertificate::parse(&der(names), None).unwrap().name;
        let host = || SanType::DnsName("pc.example.jp".try_into().unwrap());
        let mail = || SanType::Rfc822Name("hanako@example.jp".try_into().unwrap());
        assert_eq!(name(vec![host(), mail()]), "hanako@example.jp");
        assert_eq!(name(vec![host()]), "pc.example.jp");
        assert_eq!(name(vec![SanType::IpAddress([192, 0, 2, 1].into())]), "192.0.2.1");
        assert_eq!(name(vec![]), "0aff");
        let blank = certificate(|parameters| {
            parameters.distinguished_name.push(DnType::CommonName, " ");
            parameters.distinguished_name.push(DnType::OrganizationName, "A");
        });
        assert_eq!(StoredCertificate::parse(&blank, None).unwrap().name, r"O=A,CN=\ ");
    }

    #[test]
    fn the_extended_key_usage_decides_on_client_authentication() {
        let allows = |purposes: Vec<ExtendedKeyUsagePurpose>| {
            let der = certificate(|parameters| parameters.extended_key_usages = purposes);
            StoredCertificate::parse(&der, None).unwrap().client_authentication
        };
        assert!(allows(vec![]));
        assert!(allows(vec![ExtendedKeyUsagePurpose::ClientAuth]));
        assert!(allows(vec![ExtendedKeyUsagePurpose::Any]));
        assert!(!allows(vec![ExtendedKeyUsagePurpose::ServerAuth]));
    }

    #[test]
    fn the_key_usage_must_allow_signatures() {
        let allows = |usages: Vec<KeyUsagePurpose>| {
            let der = certificate(|parameters| parameters.key_usages = usages);
            StoredCertificate::parse(&der, None).unwrap().client_authentication
        };
        assert!(allows(vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment]));
        assert!(!allows(vec![KeyUsagePurpose::KeyEncipherment]));
    }

    #[test]
    fn an_authority_is_told_from_an_end_entity() {
        let authority = certificate(|parameters| parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
        assert!(is_authority(&parse(&authority).unwrap()));
        assert!(!is_authority(&parse(&certificate(|_| ())).unwrap()));
    }

    #[test]
    fn basic_constraints_that_do_not_parse_may_allow_to_issue() {
        let with = |content: &[u8]| {
            let extension = rcgen::CustomExtension::from_oid_content(&[2, 5, 29, 19], content.to_vec());
            let der = certificate(|parameters| parameters.custom_extensions = vec![extension]);
            StoredCertificate::parse(&der, None).unwrap()
        };
        for content in [&[0x20, 0][..], &[0x30, 1], &[], &[0x30, 3, 1, 1, 0xff]] {
            assert!(with(content).may_issue, "{content:?}");
        }
        assert!(!with(&[0x30, 0]).may_issue);
    }

    #[test]
    fn anything_else_is_refused() {
        let der = certificate(|_| ());
        for wrong in [&[][..], b"hello", &der[..der.len() - 1], &[der.as_slice(), &[0]].concat()] {
            assert!(StoredCertificate::parse(wrong, None).is_err());
        }
    }
}
