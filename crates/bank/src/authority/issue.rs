use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose};
use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Authority, AuthorityError, CertificationRequest, serial_number};
use crate::keys::digest::sha256_hex;

/// `name` (RFC 4519 §2.22): the holder's name, beside the login ID.
const NAME: [u64; 4] = [2, 5, 4, 41];
/// How far a certificate's first moment is dated back: a PC whose clock is behind by less finds the certificate valid
/// at once, and so does a server. An hour also covers a PC that has missed a change of summer time. The day of issue
/// that the bank shows is the real one.
const CLOCK_TOLERANCE: Duration = Duration::hours(1);

/// Subject and validity of a certificate to issue. The bank uses these and ignores those of the request.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// The common name (S1-2).
    pub(crate) common_name: &'a str,
    /// 利用者名
    pub(crate) name: &'a str,
    /// The company that holds the contract.
    pub(crate) company: &'a str,
    /// Days of validity (M1).
    pub(crate) days: u32,
}

/// An issued certificate.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) der: Vec<u8>,
    /// SHA-256 of the DER in hex.
    pub(crate) fingerprint: String,
    /// In hex.
    pub(crate) serial: String,
    pub(crate) not_after: OffsetDateTime,
}

impl Authority {
    /// Certifies the request's key for `subject` (RFC 5280).
    ///
    /// # Errors
    /// [`AuthorityError::Ending`] if the certificate would outlive the CA.
    pub(crate) fn issue(
        &self,
        request: &CertificationRequest,
        subject: &Subject<'_>,
        now: OffsetDateTime,
    ) -> Result<Issued, AuthorityError> {
        let mut name = DistinguishedName::new();
        name.push(DnType::OrganizationName, subject.company);
        name.push(DnType::CommonName, subject.common_name);
        name.push(DnType::CustomDnType(NAME.to_vec()), subject.name);
        self.certify(request, name, subject.days, now)
    }

    /// Certifies the request's key for the subject of `old`, a certificate of this CA, byte for byte.
    pub(crate) fn renew(
        &self,
        request: &CertificationRequest,
        old: &[u8],
        days: u32,
        now: OffsetDateTime,
    ) -> Result<Issued, AuthorityError> {
        let (_, old) = X509Certificate::from_der(old).map_err(|_| rcgen::Error::CouldNotParseCertificate)?;
        let mut name = DistinguishedName::new();
        for attribute in old.subject().iter_attributes() {
            let text = attribute.as_str().map_err(|_| rcgen::Error::CouldNotParseCertificate)?;
            let kind: Vec<u64> = attribute.attr_type().iter().map(Iterator::collect).unwrap_or_default();
            name.push(DnType::from_oid(&kind), text);
        }
        self.certify(request, name, days, now)
    }

    fn certify(
        &self,
        request: &CertificationRequest,
        name: DistinguishedName,
        days: u32,
        now: OffsetDateTime,
    ) -> Result<Issued, AuthorityError> {
        let serial = serial_number::fresh();
        let not_after = self.end().last_moment(days, now)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = name;
        params.serial_number = Some(serial.to_vec().into());
        (params.not_before, params.not_after) = self.within(now.saturating_sub(CLOCK_TOLERANCE), not_after);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.use_authority_key_identifier_extension = true;
        if let Some(publication) = &self.publication {
            publication.write(&mut params)?;
        }
        let der = params.signed_by(request.key(), &self.issuer)?.der().to_vec();
        Ok(Issued { fingerprint: sha256_hex(&der), serial: data_encoding::HEXLOWER.encode(&serial), der, not_after })
    }
}

#[cfg(test)]
mod tests {
    use ::time::macros::datetime;
    use rcgen::{KeyPair, PublicKeyData};
    use x509_parser::oid_registry::Oid;
    use x509_parser::prelude::*;

    use super::*;

    #[test]
    fn no_certificate_begins_before_its_ca() {
        let directory = tempfile::tempdir().unwrap();
        let now = datetime!(2026-11-21 12:00 UTC);
        let authority = Authority::open(directory.path(), "Bank", now).unwrap();
        let key = KeyPair::generate().unwrap();
        let csr = CertificateParams::default().serialize_request(&key).unwrap();
        let request = CertificationRequest::from_der(csr.der()).unwrap();
        let subject = Subject { common_name: "hanakodt", name: "hanako", company: "company", days: 365 };
        let begins = |at: OffsetDateTime| {
            let issued = authority.issue(&request, &subject, at).unwrap();
            X509Certificate::from_der(&issued.der).unwrap().1.validity().not_before.to_datetime()
        };
        assert_eq!(begins(now), now - CLOCK_TOLERANCE);
        let early = now - Duration::hours(23) - Duration::minutes(30);
        assert_eq!(begins(early), now - Duration::days(1), "the CA's own first moment");
    }

    #[test]
    fn a_certificate_says_who_and_what_for_and_until_when() {
        let directory = tempfile::tempdir().unwrap();
        let now = datetime!(2026-11-21 12:00 UTC);
        let authority = Authority::open(directory.path(), "Bank", now).unwrap();
        let key = KeyPair::generate().unwrap();
        let csr = CertificateParams::default().serialize_request(&key).unwrap();
        let request = CertificationRequest::from_der(csr.der()).unwrap();
        let subject =
            Subject {
                common_name: "hanakodt", name: "ゲータ 花子", company: "ゲータ商事株式会社", days: 365
            };
        let issued = authority.issue(&request, &subject, now).unwrap();

        let (rest, certificate) = X509Certificate::from_der(&issued.der).unwrap();
        assert!(rest.is_empty());
        let name = certificate.subject();
        assert_eq!(name.iter_common_name().next().unwrap().as_str().unwrap(), "hanakodt", "S1-2");
        assert_eq!(name.iter_organization().next().unwrap().as_str().unwrap(), "ゲータ商事株式会社");
        let person = Oid::from(&NAME).unwrap();
        assert_eq!(name.iter_by_oid(&person).next().unwrap().as_str().unwrap(), "ゲータ 花子");
        assert_eq!(certificate.public_key().raw, key.subject_public_key_info());
        assert_eq!(certificate.validity().not_before.to_datetime(), now - CLOCK_TOLERANCE);
        assert_eq!(certificate.validity().not_after.to_datetime(), datetime!(2027-11-21 12:00 UTC), "M1");
        assert!(!certificate.basic_constraints().unwrap().unwrap().value.ca);
        let usage = certificate.key_usage().unwrap().unwrap().value;
        assert!(usage.digital_signature() && !usage.key_cert_sign());
        let extended = certificate.extended_key_usage().unwrap().unwrap().value;
        assert!(extended.client_auth && !extended.server_auth && !extended.any);
        assert_eq!(data_encoding::HEXLOWER.encode(certificate.raw_serial()), issued.serial);
        assert_eq!(certificate.raw_serial().len(), 16);

        let (_, ca) = X509Certificate::from_der(authority.certificate()).unwrap();
        certificate.verify_signature(Some(ca.public_key())).unwrap();
        let identifiers: Vec<_> = certificate
            .iter_extensions()
            .chain(ca.iter_extensions())
            .filter_map(|extension| match extension.parsed_extension() {
                ParsedExtension::AuthorityKeyIdentifier(own) => own.key_identifier.clone(),
                ParsedExtension::SubjectKeyIdentifier(own) => Some(own.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(identifiers.len(), 3);
        assert_eq!(identifiers[0], identifiers[2], "the AKI names the CA's key");
    }
}
