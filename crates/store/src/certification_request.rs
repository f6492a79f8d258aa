use std::cell::RefCell;

use rcgen::{CertificateParams, DistinguishedName, DnType, PublicKeyData, SignatureAlgorithm, SigningKey};
use rustls::SignatureScheme;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo, X509Certificate};

use crate::{NotACertificate, PrivateKey, Refusal, StoreError, directory_string};

const MAKE: &str = "make a certification request";

/// Returns a PKCS#10 request (RFC 2986) in DER for `key`, signed by `key`: with ECDSA, or with PKCS#1 v1.5 for RSA. Its
/// subject is `common_name` alone. The issuer decides the other contents of the certificate.
///
/// # Errors
/// The errors of [`PrivateKey::sign`]; [`StoreError::Refused`] for a key that no request can be signed with.
pub fn certification_request(key: &dyn PrivateKey, common_name: &str) -> Result<Vec<u8>, StoreError> {
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, common_name);
    request(key, subject)
}

/// Returns a PKCS#10 request for `key` with the whole subject of `certificate`, the certificate to renew (RFC 7030
/// §4.2.2).
///
/// # Errors
/// The errors of [`certification_request`]; [`StoreError::NotACertificate`].
pub fn renewal_request(key: &dyn PrivateKey, certificate: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (_, old) = X509Certificate::from_der(certificate).map_err(|_| NotACertificate)?;
    let mut subject = DistinguishedName::new();
    for attribute in old.subject().iter_attributes() {
        // Older certificates have their names in other strings than UTF-8; the characters are the same.
        let value = attribute.attr_value();
        let text = directory_string::text(value.tag().0, value.data);
        let kind: Vec<u64> = attribute.attr_type().iter().map(Iterator::collect).unwrap_or_default();
        subject.push(DnType::from_oid(&kind), text);
    }
    request(key, subject)
}

fn request(key: &dyn PrivateKey, subject: DistinguishedName) -> Result<Vec<u8>, StoreError> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = subject;
    let requester = Requester::new(key)?;
    match parameters.serialize_request(&requester) {
        Ok(request) => Ok(request.der().to_vec()),
        Err(error) => Err(requester.failure.take().unwrap_or_else(|| refused(error))),
    }
}

/// Adapts a store's key to rcgen. An error of rcgen cannot hold the store's error, so the store's error is stored here.
struct Requester<'a> {
    key: &'a dyn PrivateKey,
    bits: Vec<u8>,
    scheme: SignatureScheme,
    algorithm: &'static SignatureAlgorithm,
    failure: RefCell<Option<StoreError>>,
}

impl<'a> Requester<'a> {
    fn new(key: &'a dyn PrivateKey) -> Result<Self, StoreError> {
        let known = [
            (SignatureScheme::ECDSA_NISTP256_SHA256, &rcgen::PKCS_ECDSA_P256_SHA256),
            (SignatureScheme::ECDSA_NISTP384_SHA384, &rcgen::PKCS_ECDSA_P384_SHA384),
            (SignatureScheme::RSA_PKCS1_SHA256, &rcgen::PKCS_RSA_SHA256),
        ];
        let (scheme, algorithm) = known
            .into_iter()
            .find(|(scheme, _)| key.schemes().contains(scheme))
            .ok_or_else(|| refused(Refusal::NoScheme))?;
        let (_, info) = SubjectPublicKeyInfo::from_der(key.public_key()).map_err(refused)?;
        let bits = info.subject_public_key.data.to_vec();
        Ok(Self { key, bits, scheme, algorithm, failure: RefCell::new(None) })
    }
}

impl PublicKeyData for Requester<'_> {
    fn der_bytes(&self) -> &[u8] {
        &self.bits
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl SigningKey for Requester<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.key.sign(self.scheme, message).map_err(|error| {
            self.failure.replace(Some(error));
            rcgen::Error::RemoteKeyError
        })
    }
}

fn refused(source: impl Into<Refusal>) -> StoreError {
    StoreError::refused(MAKE, source)
}
