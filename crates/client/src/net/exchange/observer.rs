use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_store::DistinguishedName;
use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use crate::net::trust::Trusting;

/// What a handshake showed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observation {
    /// The server's certificates as sent; empty if it sent none.
    pub(crate) chain: Vec<CertificateDer<'static>>,
    /// Whether they are trusted for its name; none before they came.
    pub(crate) verdict: Option<Result<(), Error>>,
    /// Its request for a client certificate.
    pub(crate) request: Option<CertificateRequest>,
    /// What became of ours.
    pub(crate) presentation: Presentation,
}

/// A server's request for a client certificate.
#[derive(Debug, Clone)]
pub(crate) struct CertificateRequest {
    /// The CAs that it accepts; none for all.
    pub(crate) authorities: Vec<DistinguishedName>,
    pub(crate) schemes: Vec<SignatureScheme>,
}

/// What became of the client certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Presentation {
    /// There was none, or the server did not ask.
    #[default]
    None,
    /// Its key signs with nothing that the server asked for.
    NoScheme,
    /// It was sent, once the server had been verified.
    Sent,
}

/// Writes down what the server shows of itself and asks for.
///
/// Without an identity to present, it lets the handshake with an untrusted server go on, so that the report can show
/// what that server asks for: nothing about the person is sent on such a connection. With one, only a trusted server
/// gets to see it.
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

    /// The cryptography of the connection.
    pub(crate) fn provider(&self) -> &Arc<CryptoProvider> {
        self.trusting.provider()
    }

    /// What has been seen so far.
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
        // rustls would send an empty certificate then, and the server would say that there was none.
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
