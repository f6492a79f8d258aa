//! Which servers are believed to be who they say they are.

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

/// Which CAs vouch for a server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trust<'a> {
    /// Those that this system trusts.
    System,
    /// This one, in PEM, and no other. A server that shows this very certificate is trusted, too.
    Only(&'a str),
    /// As [`Self::Only`], the one with which the server has been added.
    Added(&'a str),
}

/// Decides on a server's certificate, for every connection and for every diagnosis.
#[derive(Debug)]
pub(crate) struct Trusting {
    /// None without any root: then only a certificate that was handed over is trusted.
    verifier: Option<Arc<WebPkiServerVerifier>>,
    /// The certificates that were handed over.
    given: Vec<CertificateDer<'static>>,
    /// Whether they vouched for the server when it was added.
    added: bool,
    provider: Arc<CryptoProvider>,
}

impl Trusting {
    /// Trusts what `trust` says.
    ///
    /// # Errors
    /// [`Error::CaUnreadable`].
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
                        "a trusted root cannot be read"
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

    /// Returns whether `chain` is trusted for `name` at that moment.
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

    /// The certificates that were handed over to vouch for the server.
    pub(crate) fn given(&self) -> &[CertificateDer<'static>] {
        &self.given
    }

    /// Returns whether this system trusts a server that has a certificate of another CA than the one with which it was
    /// added: an administrator has put the CA of something on the way among the trusted ones.
    pub(crate) fn replaced_by_system(&self, chain: &[CertificateDer<'_>], name: &ServerName<'_>, at: UnixTime) -> bool {
        self.added && Self::new(&Trust::System).is_ok_and(|system| system.judge(chain, name, at).is_ok())
    }

    /// The cryptography that both ends use.
    pub(crate) fn provider(&self) -> &Arc<CryptoProvider> {
        &self.provider
    }
}

/// Judges a server that shows the very certificate that was handed over for it: no CA is asked, name and dates are.
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
