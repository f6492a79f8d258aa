use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_store::DistinguishedName;
use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use crate::net::trust::Trusting;

/// The observations of a handshake.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observation {
    /// The server's certificates as sent; empty if the server sent none.
    pub(crate) chain: Vec<CertificateDer<'static>>,
    /// Whether the certificates are trusted for the server's name; none before they came.
    pub(crate) verdict: Option<Result<(), Error>>,
    /// The server's request for a client certificate.
    pub(crate) request: Option<CertificateRequest>,
    /// Whether the client certificate was sent.
    pub(crate) presentation: Presentation,
}

/// A server's request for a client certificate.
#[derive(Debug, Clone)]
pub(crate) struct CertificateRequest {
    /// The CAs that the server accepts; empty if the server names none.
    pub(crate) authorities: Vec<DistinguishedName>,
    pub(crate) schemes: Vec<SignatureScheme>,
}

/// Whether the client certificate was sent, and why not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Presentation {
    /// There was no certificate, or the server did not ask for one.
    #[default]
    None,
    /// The server accepts no signature scheme by which the certificate's key can sign.
    NoScheme,
    /// The certificate was sent, after the server was verified.
    Sent,
}

/// A recorder of a server's certificates and certificate request.
///
/// Without an identity, the observer continues the handshake with an untrusted server, so that the report can show the
/// server's request. Nothing about the user is sent on such a connection. With an identity, only a trusted server is
/// sent the certificate.
#[derive(Debug)]
pub(crate) struct Observer {
    seen: Mutex<Observation>,
    trusting: Arc<Trusting>,
    identity: Option<Arc<dyn ResolvesClientCert>>,
}

impl Observer {
    pub(crate) fn new(trusting: Arc<Trusting>, identity: Option<Arc<dyn ResolvesClientCert>>) -> Self {
        Self { seen: Mutex::default(), trusting, identity }
    }

    /// Returns the cryptography provider of the connection.
    pub(crate) fn provider(&self) -> &Arc<CryptoProvider> {
        self.trusting.provider()
    }

    /// Returns the observations so far.
    pub(crate) fn observation(&self) -> Observation {
        self.seen().clone()
    }

    fn seen(&self) -> MutexGuard<'_, Observation> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ServerCertVerifier for Observer {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<_> = std::iter::once(end_entity)
            .chain(intermediates)
            .map(|certificate| certificate.clone().into_owned())
            .collect();
        let verdict = self.trusting.judge(&chain, server_name, now);
        let mut seen = self.seen();
        seen.chain = chain;
        seen.verdict = Some(verdict.clone());
        match verdict {
            Err(distrust) if self.identity.is_some() => {
                seen.presentation = Presentation::None;
                Err(distrust)
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusting.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trusting.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trusting.supported_verify_schemes()
    }
}

impl ResolvesClientCert for Observer {
    fn resolve(&self, authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let mut seen = self.seen();
        let names = authorities.iter().map(|name| DistinguishedName::of(name)).collect();
        seen.request = Some(CertificateRequest { authorities: names, schemes: schemes.to_vec() });
        let certified = self.identity.as_ref()?.resolve(authorities, schemes)?;
        // rustls would send an empty certificate, and the server would report that none was sent.
        if certified.key.choose_scheme(schemes).is_none() {
            seen.presentation = Presentation::NoScheme;
            return None;
        }
        seen.presentation = Presentation::Sent;
        Some(certified)
    }

    fn has_certs(&self) -> bool {
        true
    }
}
