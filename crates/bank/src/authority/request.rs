use rcgen::{PublicKeyData, SubjectPublicKeyInfo};
use thiserror::Error;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::{AttributeTypeAndValue, FromDer, ParsedExtension, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey;

use crate::keys::digest::sha256_hex;

/// The smallest RSA key that is accepted, in bits.
const RSA_BITS: usize = 2048;
/// The largest RSA key that is accepted, in bits. A larger key makes signatures slow and brings no benefit.
const RSA_BITS_MOST: usize = 8192;

/// A PKCS#10 request (RFC 2986). Its sender has proved to hold the key, and the bank accepts the key.
#[derive(Debug)]
pub(crate) struct CertificationRequest {
    key: SubjectPublicKeyInfo,
    public_key_sha256: String,
    subject: Vec<u8>,
    names_others: bool,
}

/// Why the bank does not certify a request.
#[derive(Debug, Error)]
pub(crate) enum RequestError {
    /// The request is not one PKCS#10.
    #[error("not a PKCS#10 request")]
    Syntax,
    /// The signature does not match the key of the request.
    #[error("its signature does not verify")]
    Signature,
    /// The key is neither ECDSA on P-256 nor RSA of 2048 bits or more.
    #[error("its kind of key is not accepted")]
    Key,
}

impl CertificationRequest {
    /// Reads a request in DER, and verifies its signature.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, RequestError> {
        let (rest, request) = X509CertificationRequest::from_der(der).map_err(|_| RequestError::Syntax)?;
        if !rest.is_empty() {
            return Err(RequestError::Syntax);
        }
        let info = &request.certification_request_info.subject_pki;
        let key = SubjectPublicKeyInfo::from_der(info.raw).map_err(|_| RequestError::Key)?;
        let accepted = match info.parsed() {
            Ok(PublicKey::EC(_)) => key.algorithm() == &rcgen::PKCS_ECDSA_P256_SHA256,
            Ok(PublicKey::RSA(rsa)) => (RSA_BITS..=RSA_BITS_MOST).contains(&rsa.key_size()),
            _ => false,
        };
        // The key is encoded again for the certificate. If the encodings differ, it would be another key.
        if !accepted || key.subject_public_key_info() != info.raw {
            return Err(RequestError::Key);
        }
        request.verify_signature().map_err(|_| RequestError::Signature)?;
        let subject = request.certification_request_info.subject.as_raw().to_vec();
        let names_others = request
            .requested_extensions()
            .is_some_and(|mut all| all.any(|one| matches!(one, ParsedExtension::SubjectAlternativeName(_))));
        Ok(Self { key, public_key_sha256: sha256_hex(info.raw), subject, names_others })
    }

    /// Returns the key to certify.
    pub(super) fn key(&self) -> &SubjectPublicKeyInfo {
        &self.key
    }

    /// Returns whether the request has exactly the subject of that certificate and no other name (RFC 7030 §4.2.2). The
    /// encoding of the characters does not matter.
    pub(crate) fn is_for_the_subject_of(&self, certificate: &[u8]) -> bool {
        let Ok((_, certificate)) = X509Certificate::from_der(certificate) else { return false };
        let Ok((_, asked)) = X509Name::from_der(&self.subject) else { return false };
        !self.names_others && attributes(&asked) == attributes(certificate.subject())
    }

    /// Returns the SHA-256 of its SubjectPublicKeyInfo in hex, which makes enrolment idempotent.
    pub(crate) fn public_key_sha256(&self) -> &str {
        &self.public_key_sha256
    }
}

/// Returns the type and the text of each attribute of a name, in order.
fn attributes(name: &X509Name<'_>) -> Vec<(String, Vec<u8>)> {
    let value = |one: &AttributeTypeAndValue<'_>| match one.as_str() {
        Ok(text) => text.as_bytes().to_vec(),
        Err(_) => one.attr_value().data.to_vec(),
    };
    name.iter_attributes().map(|one| (one.attr_type().to_string(), value(one))).collect()
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, SignatureAlgorithm};

    use super::*;

    fn request(algorithm: &'static SignatureAlgorithm) -> Vec<u8> {
        let key = KeyPair::generate_for(algorithm).unwrap();
        CertificateParams::default().serialize_request(&key).unwrap().der().to_vec()
    }

    #[test]
    fn a_request_on_p256_is_accepted_and_known_by_its_key() {
        let key = KeyPair::generate().unwrap();
        let der = CertificateParams::default().serialize_request(&key).unwrap().der().to_vec();
        let request = CertificationRequest::from_der(&der).unwrap();
        assert_eq!(request.public_key_sha256(), sha256_hex(&key.subject_public_key_info()));
    }

    #[test]
    fn other_keys_are_not_accepted() {
        for algorithm in [&rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519] {
            let error = CertificationRequest::from_der(&request(algorithm)).unwrap_err();
            assert!(matches!(error, RequestError::Key), "{error}");
        }
    }

    #[test]
    fn an_altered_request_is_noticed() {
        let mut der = request(&rcgen::PKCS_ECDSA_P256_SHA256);
        let at = der.windows(5).position(|window| window == b"rcgen").unwrap();
        der[at] = b'R';
        assert!(matches!(CertificationRequest::from_der(&der).unwrap_err(), RequestError::Signature));
    }

    #[test]
    fn anything_else_is_no_request() {
        let mut long = request(&rcgen::PKCS_ECDSA_P256_SHA256);
        long.push(0);
        for der in [b"".as_slice(), b"hello", &long] {
            assert!(matches!(CertificationRequest::from_der(der).unwrap_err(), RequestError::Syntax));
        }
    }
}
