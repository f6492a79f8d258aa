use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Verifies the chain, the purpose and the possession of the key, but leaves the dates to the certificate guard, which
/// checks them on each request.
///
/// If a certificate is refused in the handshake, its holder sees a broken connection without a reason (M8). An expired
/// certificate therefore passes the handshake, and the certificate guard refuses each of its requests with the reason.
#[derive(Debug)]
pub(super) struct ExpiryLater {
    chain: Arc<dyn ClientCertVerifier>,
    verified: Verified,
}

impl ExpiryLater {
    pub(super) fn new(chain: Arc<dyn ClientCertVerifier>) -> Self {
        Self { chain, verified: Verified::default() }
    }
}

impl ClientCertVerifier for ExpiryLater {
    fn client_auth_mandatory(&self) -> bool {
        self.chain.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.chain.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if intermediates.is_empty() && self.verified.contains(end_entity) {
            return Ok(ClientCertVerified::assertion());
        }
        let (_, certificate) = X509Certificate::from_der(end_entity)
            .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
        let second = |time: x509_parser::time::ASN1Time| u64::try_from(time.timestamp()).unwrap_or(0);
        let (first, last) = (second(certificate.validity().not_before), second(certificate.validity().not_after));
        if first > last {
            return Err(Error::InvalidCertificate(CertificateError::BadEncoding));
        }
        let within = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now.as_secs().clamp(first, last)));
        let verified = self.chain.verify_client_cert(end_entity, intermediates, within)?;
        if intermediates.is_empty() {
            self.verified.add(end_entity);
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chain.supported_verify_schemes()
    }
}

/// The most certificates that are remembered, in 2 MiB.
const REMEMBERED: usize = 1 << 16;

/// The SHA-256 of certificates whose chain was verified. The verdict depends on nothing but the certificate and the CA,
/// since the dates do not count, so it holds until the bank stops. The possession of the key is proved in each
/// handshake.
#[derive(Debug, Default)]
struct Verified(Mutex<HashSet<[u8; 32]>>);

impl Verified {
    fn contains(&self, certificate: &[u8]) -> bool {
        self.digests().contains(&digest(certificate))
    }

    fn add(&self, certificate: &[u8]) {
        let mut digests = self.digests();
        // Each certificate is then verified once more.
        if digests.len() >= REMEMBERED {
            digests.clear();
        }
        digests.insert(digest(certificate));
    }

    fn digests(&self) -> MutexGuard<'_, HashSet<[u8; 32]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest(certificate: &[u8]) -> [u8; 32] {
    Sha256::digest(certificate).into()
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
    use rustls::RootCertStore;
    use rustls::server::WebPkiClientVerifier;

    use super::*;

    #[test]
    fn a_certificate_is_accepted_again_and_a_changed_one_is_verified() {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::default();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca = ca.self_signed(&ca_key).map(|root| (root, Issuer::new(ca, &ca_key))).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(ca.0.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = WebPkiClientVerifier::builder_with_provider(roots.into(), provider).build().unwrap();
        let verifier = ExpiryLater::new(chain);
        let mut params = CertificateParams::default();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let good = params.signed_by(&KeyPair::generate().unwrap(), &ca.1).unwrap().der().clone();
        let verify = |der: &CertificateDer<'_>| verifier.verify_client_cert(der, &[], UnixTime::now());
        let mut forged = good.to_vec();
        *forged.last_mut().unwrap() ^= 1;
        let forged = CertificateDer::from(forged);
        for _ in 0..2 {
            verify(&good).unwrap();
            verify(&forged).unwrap_err();
        }
        assert_eq!(verifier.verified.digests().len(), 1);
    }

    #[test]
    fn no_more_certificates_are_remembered_than_the_limit() {
        let verified = Verified::default();
        for number in 0..=REMEMBERED {
            verified.add(&number.to_be_bytes());
        }
        assert_eq!(verified.digests().len(), 1);
        assert!(verified.contains(&REMEMBERED.to_be_bytes()) && !verified.contains(&0_usize.to_be_bytes()));
    }
}
