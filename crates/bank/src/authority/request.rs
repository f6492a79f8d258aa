use rcgen::{PublicKeyData, SubjectPublicKeyInfo};
use thiserror::Error;
use x509_cert::der::Decode;
use x509_cert::der::asn1::{Any, SetOfVec};
use x509_parser::certification_request::{X509CertificationRequest, X509CertificationRequestInfo};
use x509_parser::cri_attributes::{ParsedCriAttribute, X509CriAttribute};
use x509_parser::oid_registry::{
    OID_PKCS1_RSASSAPSS, OID_PKCS1_SHA256WITHRSA, OID_PKCS1_SHA384WITHRSA, OID_PKCS1_SHA512WITHRSA,
    OID_PKCS9_CHALLENGE_PASSWORD, OID_SIG_ECDSA_WITH_SHA256, OID_SIG_ECDSA_WITH_SHA384, Oid,
};
use x509_parser::prelude::{AttributeTypeAndValue, FromDer, ParsedExtension, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey;

use super::rsa_modulus::{RsaFault, RsaModulus};
use crate::keys::digest::sha256_hex;

/// The signatures that are accepted, all by SHA-256 or a stronger hash. With RSASSA-PSS, the verification itself
/// refuses a weaker hash.
const SIGNATURES: [Oid<'static>; 6] = [
    OID_SIG_ECDSA_WITH_SHA256,
    OID_SIG_ECDSA_WITH_SHA384,
    OID_PKCS1_SHA256WITHRSA,
    OID_PKCS1_SHA384WITHRSA,
    OID_PKCS1_SHA512WITHRSA,
    OID_PKCS1_RSASSAPSS,
];

/// A PKCS#10 request (RFC 2986). Its sender has proved to hold the key, and the bank accepts the key.
#[derive(Debug)]
pub(crate) struct CertificationRequest {
    key: SubjectPublicKeyInfo,
    public_key_sha256: String,
    subject: Vec<u8>,
    names_others: bool,
    challenge_password: Option<String>,
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
    /// The signature uses SHA-1 or another hash that is not accepted.
    #[error("its signature is not by SHA-256 or a stronger hash")]
    Hash,
    /// The key is neither ECDSA on P-256 nor RSA.
    #[error("its kind of key is not accepted")]
    Key,
    /// The RSA key is not accepted.
    #[error("its key is not accepted: {0}")]
    Rsa(#[from] RsaFault),
    /// The request was made for another connection, or it is not known for which.
    #[error("its challengePassword is not that of the connection")]
    OtherConnection,
}

impl RequestError {
    /// Returns the name of the fault, by which the text of the problem is chosen.
    pub(crate) fn fault(&self) -> &'static str {
        match self {
            Self::Syntax => "form",
            Self::Signature => "signature",
            Self::Hash => "hash",
            Self::Key | Self::Rsa(RsaFault::Size | RsaFault::Exponent) => "key_kind",
            Self::Rsa(_) => "key_weak",
            Self::OtherConnection => "other_connection",
        }
    }
}

impl CertificationRequest {
    /// Reads a request in DER, and verifies its signature and its key. This is long work for an RSA key.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, RequestError> {
        let (rest, request) = X509CertificationRequest::from_der(der).map_err(|_| RequestError::Syntax)?;
        if !rest.is_empty() {
            return Err(RequestError::Syntax);
        }
        let info = &request.certification_request_info.subject_pki;
        let key = SubjectPublicKeyInfo::from_der(info.raw).map_err(|_| RequestError::Key)?;
        let modulus = match info.parsed() {
            Ok(PublicKey::EC(_)) if key.algorithm() == &rcgen::PKCS_ECDSA_P256_SHA256 => None,
            Ok(PublicKey::RSA(rsa)) => Some(RsaModulus::of_key(rsa.modulus, rsa.exponent)?),
            _ => return Err(RequestError::Key),
        };
        // The key is encoded again for the certificate. If the encodings differ, it would be another key.
        if key.subject_public_key_info() != info.raw {
            return Err(RequestError::Key);
        }
        if !SIGNATURES.contains(&request.signature_algorithm.algorithm) {
            return Err(RequestError::Hash);
        }
        // This also refuses a point that is not on the curve.
        request.verify_signature().map_err(|_| RequestError::Signature)?;
        if let Some(modulus) = modulus {
            modulus.check_factors()?;
        }
        let subject = request.certification_request_info.subject.as_raw().to_vec();
        let names_others = request
            .requested_extensions()
            .is_some_and(|mut all| all.any(|one| matches!(one, ParsedExtension::SubjectAlternativeName(_))));
        let challenge_password = challenge_password(&request.certification_request_info)?;
        Ok(Self { key, public_key_sha256: sha256_hex(info.raw), subject, names_others, challenge_password })
    }

    /// Checks that the request was made for the connection with that channel binding, if it says for which it was made:
    /// a challengePassword contains the base64 of the channel binding (RFC 7030 §3.5).
    pub(crate) fn check_connection(&self, binding: Option<&[u8]>) -> Result<(), RequestError> {
        let Some(said) = &self.challenge_password else { return Ok(()) };
        let own = binding.map(|binding| data_encoding::BASE64.encode(binding));
        if own.as_ref() == Some(said) { Ok(()) } else { Err(RequestError::OtherConnection) }
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

/// Returns the challengePassword, of which there may be one (RFC 2985 §5.4.1).
fn challenge_password(info: &X509CertificationRequestInfo<'_>) -> Result<Option<String>, RequestError> {
    let mut found = info.iter_attributes().filter(|one| one.oid == OID_PKCS9_CHALLENGE_PASSWORD);
    let Some(attribute) = found.next() else { return Ok(None) };
    match attribute.parsed_attribute() {
        ParsedCriAttribute::ChallengePassword(password) if found.next().is_none() && is_single(attribute) => {
            Ok(Some(password.0.clone()))
        }
        _ => Err(RequestError::OtherConnection),
    }
}

fn is_single(attribute: &X509CriAttribute<'_>) -> bool {
    SetOfVec::<Any>::from_der(attribute.value).is_ok_and(|values| values.len() == 1)
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
