//! Decides which servers are trusted.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::Error;

/// The CAs that are trusted to vouch for a server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trust<'a> {
    /// The CAs that this system trusts.
    System,
    /// Only the CAs in this PEM text. A server that presents one of these certificates as its own is trusted, too.
    Only(&'a str),
    /// Only the CAs in this PEM text, which was given when the server was added. A server that presents one of these
    /// certificates as its own is trusted, too.
    Added(&'a str),
}

/// The verifier of a server's certificate, for each connection and each diagnosis.
#[derive(Debug)]
pub(crate) struct Trusting {
    /// The verifier; none if there is no root certificate. Then only a server whose certificate is in `given` is
    /// trusted.
    verifier: Option<Arc<WebPkiServerVerifier>>,
    /// The certificates that were given for the server.
    given: Vec<CertificateDer<'static>>,
    /// Whether `given` holds the certificates with which the server was added.
    added: bool,
    provider: Arc<CryptoProvider>,
}

impl Trusting {
    /// Creates a verifier that trusts the CAs of `trust`.
    ///
    /// # Errors
    /// [`Error::CaUnreadable`] if the PEM text holds no certificate, or one that cannot be read.
    pub(crate) fn new(trust: &Trust<'_>) -> Result<Self, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        let mut given = Vec::new();
        match trust {
            Trust::System => {
                let native = rustls_native_certs::load_native_certs();
                for error in &native.errors {
                    tracing::warn!(
                        error = error as &(dyn std::error::Error + 'static),
                        "a trusted root certificate of the system cannot be read"
                    );
                }
                roots.add_parsable_certificates(native.certs);
            }
            Trust::Only(pem) | Trust::Added(pem) => {
                for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                    let certificate = certificate.map_err(|_| Error::CaUnreadable)?;
                    roots.add(certificate.clone()).map_err(|_| Error::CaUnreadable)?;
                    given.push(certificate);
                }
                if given.is_empty() {
                    return Err(Error::CaUnreadable);
                }
            }
        }
        let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), provider.clone()).build().ok();
        Ok(Self { verifier, given, added: matches!(trust, Trust::Added(_)), provider })
    }

    /// Returns an error if `chain` is not trusted for `name` at the time `at`.
    pub(crate) fn judge(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        at: UnixTime,
    ) -> Result<(), TlsError> {
        let [own, rest @ ..] = chain else { return Err(CertificateError::UnknownIssuer.into()) };
        if self.given.iter().any(|given| given.as_ref() == own.as_ref()) {
            return judge_given(own, name, at);
        }
        match &self.verifier {
            Some(verifier) => verifier.verify_server_cert(own, rest, name, &[], at).map(drop),
            None => Err(CertificateError::UnknownIssuer.into()),
        }
    }

    /// Returns the certificates that were given for the server.
    pub(crate) fn given(&self) -> &[CertificateDer<'static>] {
        &self.given
    }

    /// Returns whether the server was added with its own CA, and `chain` leads to a CA that this system trusts. An
    /// administrator has then made the system trust a proxy or scanner that answers in the server's place.
    pub(crate) fn replaced_by_system(&self, chain: &[CertificateDer<'_>], name: &ServerName<'_>, at: UnixTime) -> bool {
        self.added && Self::new(&Trust::System).is_ok_and(|system| system.judge(chain, name, at).is_ok())
    }

    /// Returns the cryptography provider of the connections.
    pub(crate) fn provider(&self) -> &Arc<CryptoProvider> {
        &self.provider
    }
}

/// Verifies a server that presents the same certificate that was given for it. Checks the name and the dates, and no
/// CA.
fn judge_given(own: &CertificateDer<'_>, name: &ServerName<'_>, at: UnixTime) -> Result<(), TlsError> {
    rustls::client::verify_server_name(&ParsedCertificate::try_from(own)?, name)?;
    let (_, certificate) = X509Certificate::from_der(own).map_err(|_| CertificateError::BadEncoding)?;
    let moment = i64::try_from(at.as_secs()).unwrap_or(i64::MAX);
    let validity = certificate.validity();
    match moment {
        _ if moment < validity.not_before.timestamp() => Err(CertificateError::NotValidYet.into()),
        _ if moment > validity.not_after.timestamp() => Err(CertificateError::Expired.into()),
        _ => Ok(()),
    }
}

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let chain: Vec<_> = std::iter::once(end_entity).chain(intermediates).cloned().collect();
        self.judge(&chain, server_name, now).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_no_ca() {
        assert!(matches!(Trusting::new(&Trust::Only("not a certificate")), Err(Error::CaUnreadable)));
    }
}
