use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Verifies the chain, the purpose and the possession of the key, but leaves the dates to the certificate guard, which
/// checks them on each request.
///
/// If a certificate is refused in the handshake, its holder sees a broken connection without a reason (M8). An expired
/// certificate therefore passes the handshake, and the certificate guard refuses each of its requests with the reason.
#[derive(Debug)]
pub(super) struct ExpiryLater {
    chain: Arc<dyn ClientCertVerifier>,
}

impl ExpiryLater {
    pub(super) fn new(chain: Arc<dyn ClientCertVerifier>) -> Self {
        Self { chain }
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
        let (_, certificate) = X509Certificate::from_der(end_entity)
            .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
        let second = |time: x509_parser::time::ASN1Time| u64::try_from(time.timestamp()).unwrap_or(0);
        let (first, last) = (second(certificate.validity().not_before), second(certificate.validity().not_after));
        if first > last {
            return Err(Error::InvalidCertificate(CertificateError::BadEncoding));
        }
        let within = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now.as_secs().clamp(first, last)));
        self.chain.verify_client_cert(end_entity, intermediates, within)
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
