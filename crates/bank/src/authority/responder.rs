use std::sync::{Arc, PoisonError};

use der::asn1::{BitString, OctetString};
use der::{DateTime, Decode, Encode};
use rcgen::{
    CertificateParams, CustomExtension, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, PublicKeyData, SigningKey,
};
use sha1::{Digest, Sha1};
use time::{Duration, OffsetDateTime};
use x509_cert::Certificate;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::ext::Extensions;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_ocsp::{
    BasicOcspResponse, OcspGeneralizedTime, OcspResponse, ResponderId, ResponseData, SingleResponse, Version,
};

use super::{Authority, AuthorityError, serial_number};

/// `id-pkix-ocsp-nocheck`: clients do not check whether this certificate is revoked (RFC 6960 §4.2.2.2.1). So it is
/// short-lived.
const NO_CHECK: [u64; 10] = [1, 3, 6, 1, 5, 5, 7, 48, 1, 5];
/// DER of NULL, which that extension holds.
const NULL: [u8; 2] = [5, 0];
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// The validity of a responder's certificate.
const LIFE: Duration = Duration::days(14);
/// The remaining validity below which the certificate is replaced.
const REST: Duration = Duration::days(7);

/// Signs OCSP answers with a key of its own, to which the CA delegates (RFC 6960 §4.2.2.2).
pub(crate) struct Responder {
    key: KeyPair,
    certificate: Certificate,
    id: ResponderId,
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
}

impl std::fmt::Debug for Responder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Responder").field("not_after", &self.not_after).finish_non_exhaustive()
    }
}

impl Authority {
    /// Returns the present responder. Makes one if there is none yet, or if the last one expires soon.
    pub(crate) fn responder(&self, now: OffsetDateTime) -> Result<Arc<Responder>, AuthorityError> {
        // A panic cannot leave anything but the last responder behind.
        let mut current = self.responder.lock().unwrap_or_else(PoisonError::into_inner);
        // None lives longer than the CA, so that the last one is not replaced.
        let serves = |one: &Arc<Responder>| one.serves(now) || one.not_after == self.ends() && now >= one.not_before;
        if let Some(responder) = current.as_ref().filter(|one| serves(one)) {
            return Ok(Arc::clone(responder));
        }
        let made = Arc::new(self.new_responder(now)?);
        *current = Some(Arc::clone(&made));
        Ok(made)
    }

    fn new_responder(&self, now: OffsetDateTime) -> Result<Responder, AuthorityError> {
        let key = KeyPair::generate()?;
        let (not_before, not_after) = self.within(now.saturating_sub(Duration::DAY), now.saturating_add(LIFE));
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "OCSP");
        params.serial_number = Some(serial_number::fresh().to_vec().into());
        params.not_before = not_before;
        params.not_after = not_after;
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::OcspSigning];
        params.custom_extensions = vec![CustomExtension::from_oid_content(&NO_CHECK, NULL.to_vec())];
        params.use_authority_key_identifier_extension = true;
        let certificate = Certificate::from_der(params.signed_by(&key, &self.issuer)?.der())?;
        let id = ResponderId::ByKey(OctetString::new(Sha1::digest(key.der_bytes()).as_slice())?);
        Ok(Responder { key, certificate, id, not_before, not_after })
    }
}

impl Responder {
    /// Signs the statuses, in DER (RFC 6960 §4.2).
    pub(crate) fn sign(
        &self,
        responses: Vec<SingleResponse>,
        response_extensions: Option<Extensions>,
        now: OffsetDateTime,
    ) -> Result<Vec<u8>, AuthorityError> {
        let tbs_response_data = ResponseData {
            version: Version::V1,
            responder_id: self.id.clone(),
            produced_at: ocsp_time(now)?,
            responses,
            response_extensions,
        };
        let signature = self.key.sign(&tbs_response_data.to_der()?)?;
        let answer = BasicOcspResponse {
            tbs_response_data,
            signature_algorithm: AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA256, parameters: None },
            signature: BitString::from_bytes(&signature)?,
            certs: Some(vec![self.certificate.clone()]),
        };
        Ok(OcspResponse::successful(answer)?.to_der()?)
    }

    fn serves(&self, now: OffsetDateTime) -> bool {
        now >= self.not_before && now.saturating_add(REST) <= self.not_after
    }
}

/// Returns a time as OCSP writes it.
pub(crate) fn ocsp_time(at: OffsetDateTime) -> Result<OcspGeneralizedTime, der::Error> {
    let seconds = u64::try_from(at.unix_timestamp()).unwrap_or(0);
    Ok(DateTime::from_unix_duration(std::time::Duration::from_secs(seconds))?.into())
}

#[cfg(test)]
mod tests {
    use ::time::macros::datetime;
    use x509_parser::oid_registry::Oid;
    use x509_parser::prelude::{FromDer, X509Certificate};

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);

    #[test]
    fn its_certificate_is_for_ocsp_alone_and_replaced_in_time() {
        let directory = tempfile::tempdir().unwrap();
        let authority = Authority::open(directory.path(), "Bank", NOW).unwrap();
        let first = authority.responder(NOW).unwrap();
        assert_eq!(first.certificate, authority.responder(NOW + LIFE - REST).unwrap().certificate);
        let later = authority.responder(NOW + LIFE - REST + Duration::SECOND).unwrap();
        assert_ne!(first.certificate, later.certificate);

        let der = later.certificate.to_der().unwrap();
        let (_, certificate) = X509Certificate::from_der(&der).unwrap();
        let usage = certificate.extended_key_usage().unwrap().unwrap().value;
        assert!(usage.ocsp_signing && !usage.client_auth && !usage.server_auth && !usage.any);
        let no_check = Oid::from(&NO_CHECK).unwrap();
        assert_eq!(certificate.get_extension_unique(&no_check).unwrap().unwrap().value, NULL);
        let (_, ca) = X509Certificate::from_der(authority.certificate()).unwrap();
        certificate.verify_signature(Some(ca.public_key())).unwrap();
    }
}
