use std::collections::HashSet;

use serde::Serialize;

use crate::certificate_parts::{Date, Parts};
use crate::distinguished_name::{COMMON_NAME, attribute_in};
use crate::{CertificateId, DistinguishedName, NotACertificate, Protection, StoredCertificate, serial_number};

/// The certificates of a user in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Every end-entity certificate whose key is or was in the store, one entry per DER.
    pub certificates: Vec<StoredCertificate>,
    /// The certificates that cannot be read, one entry per DER.
    pub unreadable: Vec<UnreadableCertificate>,
}

/// A certificate in a store that cannot be read as a whole. No server accepts it. A user can still see and delete it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableCertificate {
    /// SHA-256 of `der`.
    pub id: CertificateId,
    /// The bytes that the store keeps.
    pub der: Vec<u8>,
    /// The name that the store gives it.
    pub label: Option<String>,
    /// The common name of the subject, if it can be read.
    pub common_name: Option<String>,
    /// The subject, as RFC 4514 writes it, if it can be read.
    pub subject: Option<String>,
    /// The issuer, as RFC 4514 writes it, if it can be read.
    pub issuer: Option<String>,
    /// The serial number in the form of [`StoredCertificate::serial`], if it can be read.
    pub serial: Option<String>,
    /// Why the certificate cannot be read.
    pub fault: CertificateFault,
    /// The first and the last moment of validity as the certificate writes them, escaped; none if they are missing.
    /// They are present if `fault` is [`CertificateFault::Date`].
    pub dates: Option<[String; 2]>,
    /// How the private key is kept; none if there is no private key that is known to belong to the certificate.
    pub protection: Option<Protection>,
}

/// What makes a certificate unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CertificateFault {
    /// The first or the last moment of its validity does not exist, or has no time zone (RFC 5280 §4.1.2.5).
    Date,
    /// Bytes follow the end of the certificate.
    BytesAfter,
    /// The structure is not that of RFC 5280 §4.1.
    Structure,
}

impl Contents {
    /// Adds a certificate that RFC 5280 does not allow, unless it was already `seen`.
    pub(crate) fn add_odd(
        &mut self,
        der: &[u8],
        label: Option<String>,
        protection: Option<Protection>,
        seen: &mut HashSet<CertificateId>,
    ) {
        if !seen.insert(CertificateId::of(der)) {
            return;
        }
        match StoredCertificate::parse(der, protection) {
            Ok(certificate) => self.certificates.push(certificate),
            Err(NotACertificate) => self.unreadable.push(UnreadableCertificate::of(der, label, protection)),
        }
    }
}

impl UnreadableCertificate {
    /// Reads the parts of `der` that can be read. `der` does not parse as a whole.
    pub(crate) fn of(der: &[u8], label: Option<String>, protection: Option<Protection>) -> Self {
        let parts = Parts::of(der);
        let text = |name: &[u8]| DistinguishedName::of(name).text().filter(|text| !text.is_empty());
        Self {
            id: CertificateId::of(der),
            der: der.to_vec(),
            label: label.filter(|label| !label.trim().is_empty()),
            common_name: parts.subject.and_then(|name| attribute_in(name, &COMMON_NAME)),
            subject: parts.subject.and_then(text),
            issuer: parts.issuer.and_then(text),
            serial: parts.serial.map(serial_number::text),
            fault: fault(&parts),
            dates: parts.dates.map(|dates| dates.map(|date| date.text())),
            protection,
        }
    }

    /// Returns a name by which a user recognises the certificate: its common name, the store's name for it, its
    /// subject, its serial number, or the beginning of its identity.
    pub fn name(&self) -> String {
        let known = [&self.common_name, &self.label, &self.subject, &self.serial];
        let known = known.into_iter().flatten().find(|name| !name.trim().is_empty());
        known.cloned().unwrap_or_else(|| self.id.0.chars().take(16).collect())
    }
}

fn fault(parts: &Parts<'_>) -> CertificateFault {
    match &parts.dates {
        Some(dates) if !dates.iter().all(Date::is_readable) => CertificateFault::Date,
        _ if parts.is_followed => CertificateFault::BytesAfter,
        _ => CertificateFault::Structure,
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair};
    use time::macros::datetime;

    use super::*;
    use crate::certificate::parse;

    fn certificate() -> Vec<u8> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, "hanakodt");
        (parameters.not_before, parameters.not_after) =
            (datetime!(2026-01-31 0:00 UTC), datetime!(2027-01-31 0:00 UTC));
        parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    fn replaced(der: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
        let at = der.windows(old.len()).position(|window| window == old).unwrap();
        [&der[..at], new, &der[at + old.len()..]].concat()
    }

    #[test]
    fn what_is_known_of_it_is_told_with_what_is_wrong() {
        let der = certificate();
        let readable = crate::StoredCertificate::parse(&der, None).unwrap();
        let date = replaced(&der, b"270131000000Z", b"270230000000Z");
        let tail = [der.as_slice(), b"tail"].concat();
        let cut = der[..der.len() - 20].to_vec();
        let faults = [CertificateFault::Date, CertificateFault::BytesAfter, CertificateFault::Structure];
        for (der, fault) in [date, tail, cut].iter().zip(faults) {
            assert!(parse(der).is_err());
            let found = UnreadableCertificate::of(der, Some("Label".into()), Some(Protection::File));
            assert_eq!((found.fault, found.name().as_str()), (fault, "hanakodt"));
            assert_eq!(found.subject.as_deref(), Some("CN=hanakodt"));
            assert_eq!(found.issuer, found.subject);
            assert_eq!(found.serial, Some(readable.serial.clone()));
            assert_eq!(found.protection, Some(Protection::File));
            assert!(found.dates.is_some());
        }
    }

    #[test]
    fn of_bytes_that_are_nothing_at_all_the_label_and_the_identity_remain() {
        let nothing = UnreadableCertificate::of(b"hello", Some("Label".into()), None);
        assert_eq!((nothing.name().as_str(), nothing.fault), ("Label", CertificateFault::Structure));
        let unnamed = UnreadableCertificate::of(b"hello", Some(" ".into()), None);
        assert_eq!(unnamed.name(), unnamed.id.0[..16]);
        assert_eq!((unnamed.label, unnamed.serial, unnamed.dates), (None, None, None));
    }
}
