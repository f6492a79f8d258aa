use rcgen::{CertificateRevocationListParams, KeyIdMethod, RevokedCertParams};
use time::OffsetDateTime;

use super::{Authority, AuthorityError};

/// A certificate that is on a CRL.
#[derive(Debug, Clone)]
pub(crate) struct CrlEntry {
    /// Its serial number, big-endian.
    pub(crate) serial: Vec<u8>,
    pub(crate) revoked: OffsetDateTime,
    /// The reason of the revocation; none if it is unknown, since RFC 5280 §5.3.1 advises against "unspecified".
    pub(crate) reason: Option<rcgen::RevocationReason>,
}

/// The content of a CRL to sign.
#[derive(Debug)]
pub(crate) struct CrlContent {
    /// The CRL number, which increases with each CRL (RFC 5280 §5.2.3).
    pub(crate) number: u64,
    pub(crate) this_update: OffsetDateTime,
    pub(crate) next_update: OffsetDateTime,
    pub(crate) entries: Vec<CrlEntry>,
}

impl Authority {
    /// Signs a CRL: version 2, with AuthorityKeyIdentifier and CRLNumber (RFC 5280 §5), in DER.
    pub(crate) fn crl(&self, content: CrlContent) -> Result<Vec<u8>, AuthorityError> {
        let entry = |entry: CrlEntry| RevokedCertParams {
            serial_number: entry.serial.into(),
            revocation_time: entry.revoked,
            reason_code: entry.reason,
            invalidity_date: None,
        };
        let params = CertificateRevocationListParams {
            this_update: content.this_update,
            next_update: content.next_update,
            crl_number: content.number.into(),
            issuing_distribution_point: None,
            revoked_certs: content.entries.into_iter().map(entry).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(params.signed_by(&self.issuer)?.der().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use ::time::Duration;
    use ::time::macros::datetime;
    use x509_parser::prelude::*;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);

    #[test]
    fn it_is_the_cas_and_says_which_when_and_why() {
        let directory = tempfile::tempdir().unwrap();
        let authority = Authority::open(directory.path(), "Bank", NOW).unwrap();
        let entry = |serial: u8, reason| CrlEntry { serial: vec![0x40, serial], revoked: NOW, reason };
        let entries = vec![entry(1, None), entry(2, Some(rcgen::RevocationReason::Superseded))];
        let next_update = NOW + Duration::DAY;
        let der = authority.crl(CrlContent { number: 258, this_update: NOW, next_update, entries }).unwrap();

        let (rest, crl) = CertificateRevocationList::from_der(&der).unwrap();
        assert!(rest.is_empty());
        let (_, ca) = X509Certificate::from_der(authority.certificate()).unwrap();
        crl.verify_signature(ca.public_key()).unwrap();
        assert_eq!((crl.version(), crl.issuer()), (Some(X509Version(1)), ca.subject()));
        assert_eq!(crl.crl_number().unwrap().to_string(), "258");
        assert_eq!(crl.last_update().to_datetime(), NOW);
        assert_eq!(crl.next_update().unwrap().to_datetime(), next_update);
        let revoked: Vec<_> = crl.iter_revoked_certificates().collect();
        assert_eq!(revoked[0].raw_serial(), [0x40, 1]);
        assert_eq!(revoked[0].revocation_date.to_datetime(), NOW);
        assert_eq!((revoked[0].reason_code(), revoked[0].extensions().len()), (None, 0), "unknown stays unsaid");
        assert_eq!(revoked[1].reason_code().unwrap().1, ReasonCode::Superseded);
        let own = ca.iter_extensions().find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::SubjectKeyIdentifier(own) => Some(own.clone()),
            _ => None,
        });
        let named = crl.extensions().iter().find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::AuthorityKeyIdentifier(named) => named.key_identifier.clone(),
            _ => None,
        });
        assert!(own.is_some() && named == own, "{named:?}");
    }
}
