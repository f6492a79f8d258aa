use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use specta::Type;
use thiserror::Error;
use time::OffsetDateTime;
use x509_parser::extensions::ParsedExtension;
use x509_parser::oid_registry::OID_X509_EXT_SUBJECT_ALT_NAME;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::distinguished_name::{COMMON_NAME, NAME, ORGANISATION, attribute, rfc4514};
use crate::hex::hex;
use crate::public_key::PublicKey;
use crate::{KeyId, Protection, Purpose};

/// A certificate's identity: SHA-256 of its DER, in lower-case hex. Never a name, never a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct CertificateId(pub String);

impl CertificateId {
    /// Of the certificate with this DER.
    pub fn of(der: &[u8]) -> Self {
        Self(hex(&Sha256::digest(der)))
    }
}

impl std::fmt::Display for CertificateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bytes that are no X.509 certificate.
#[derive(Debug, Error)]
#[error("not an X.509 certificate")]
pub struct NotACertificate;

/// A certificate in a store, parsed once when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCertificate {
    /// SHA-256 of `der`.
    pub id: CertificateId,
    /// The certificate itself.
    pub der: Vec<u8>,
    /// Common name of the subject, or else the whole subject: what people tell certificates apart by (S1-2).
    pub name: String,
    /// Who holds it, where the subject says so beside the common name: the attribute `name` (X.520, 2.5.4.41).
    pub person: Option<String>,
    /// The organisation of the subject.
    pub organisation: Option<String>,
    /// The subject, RFC 4514.
    pub subject: String,
    /// DER of the subject's name, to compare with another certificate's.
    pub subject_der: Vec<u8>,
    /// The value of the subject alternative name extension (RFC 5280 §4.2.1.6), to compare with another certificate's.
    pub alternative_names: Option<Vec<u8>>,
    /// The issuer, RFC 4514.
    pub issuer: String,
    /// DER of the issuer's name, to compare with what a server accepts.
    pub issuer_der: Vec<u8>,
    /// Which of the issuer's keys signed it, where the certificate says so (RFC 5280 §4.2.1.1).
    pub authority_key: Option<Vec<u8>>,
    /// Serial number in lower-case hex.
    pub serial: String,
    /// First moment of validity.
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    pub not_after: OffsetDateTime,
    /// Whether extended key usage (RFC 5280 §4.2.1.12) and key usage (§4.2.1.3) allow TLS client authentication, or are
    /// absent.
    pub client_authentication: bool,
    /// All that both extensions allow.
    pub purpose: Purpose,
    /// Which key it belongs to.
    pub key_id: KeyId,
    /// `EC` or `RSA`, or the OID of anything else.
    pub key_algorithm: String,
    /// Size of the key in bits.
    pub key_bits: u32,
    /// How the private key is kept; none where it is not there.
    pub protection: Option<Protection>,
}

impl StoredCertificate {
    /// Reads a certificate (RFC 5280). `protection` is how its private key is kept, none where it is not there.
    ///
    /// # Errors
    /// Where `der` is anything else than one certificate.
    pub fn parse(der: &[u8], protection: Option<Protection>) -> Result<Self, NotACertificate> {
        parse(der).map(|parsed| Self::read(&parsed, protection))
    }

    /// As [`Self::parse`], of what is parsed already.
    pub(crate) fn read(parsed: &X509Certificate<'_>, protection: Option<Protection>) -> Self {
        let public_key = PublicKey::of(parsed.public_key());
        let purpose = Purpose::of(parsed);
        let subject = rfc4514(parsed.subject());
        Self {
            id: CertificateId::of(parsed.as_raw()),
            der: parsed.as_raw().to_vec(),
            name: attribute(parsed.subject(), &COMMON_NAME).unwrap_or_else(|| subject.clone()),
            person: attribute(parsed.subject(), &NAME),
            organisation: attribute(parsed.subject(), &ORGANISATION),
            subject,
            subject_der: parsed.subject().as_raw().to_vec(),
            alternative_names: alternative_names(parsed),
            issuer: rfc4514(parsed.issuer()),
            issuer_der: parsed.issuer().as_raw().to_vec(),
            authority_key: authority_key(parsed),
            serial: hex(parsed
                .raw_serial()
                .strip_prefix(&[0])
                .filter(|rest| !rest.is_empty())
                .unwrap_or(parsed.raw_serial())),
            not_before: parsed.validity().not_before.to_datetime(),
            not_after: parsed.validity().not_after.to_datetime(),
            client_authentication: purpose.allows_client_authentication(),
            purpose,
            key_id: public_key.id(),
            key_algorithm: public_key.algorithm(),
            key_bits: public_key.bits(),
            protection,
        }
    }
}

/// The certificate that `der` is, and nothing after it.
pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, NotACertificate> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        _ => Err(NotACertificate),
    }
}

/// Whether it may issue certificates (RFC 5280 §4.2.1.9).
pub(crate) fn is_authority(certificate: &X509Certificate<'_>) -> bool {
    certificate.basic_constraints().is_ok_and(|found| found.is_some_and(|extension| extension.value.ca))
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
        BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
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
        assert_eq!((read.key_algorithm.as_str(), read.key_bits), ("EC", 256));
        assert_eq!(read.id, CertificateId::of(&der));
        assert_eq!(read.protection, Some(Protection::File));
    }

    #[test]
    fn without_a_common_name_it_is_the_subject() {
        let der = certificate(|parameters| parameters.distinguished_name.push(DnType::OrganizationName, "A, B"));
        assert_eq!(StoredCertificate::parse(&der, None).unwrap().name, r"O=A\, B");
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
    fn anything_else_is_refused() {
        let der = certificate(|_| ());
        for wrong in [&[][..], b"hello", &der[..der.len() - 1], &[der.as_slice(), &[0]].concat()] {
            assert!(StoredCertificate::parse(wrong, None).is_err());
        }
    }
}
