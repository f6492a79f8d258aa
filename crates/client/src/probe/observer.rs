use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_store::DistinguishedName;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// What a handshake showed.
#[derive(Debug, Clone, Default)]
pub(super) struct Observation {
    /// The server's certificates as sent; empty where it sent none.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// Whether they are trusted for its name; none before they came.
    pub(super) verdict: Option<Result<(), Error>>,
    /// Its request for a client certificate.
    pub(super) request: Option<CertificateRequest>,
    /// What became of ours.
    pub(super) presentation: Presentation,
}

/// A server's request for a client certificate.
#[derive(Debug, Clone)]
pub(super) struct CertificateRequest {
    /// The CAs that it accepts; none for all.
    pub(super) authorities: Vec<DistinguishedName>,
    pub(super) schemes: Vec<SignatureScheme>,
}

/// What became of the client certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Presentation {
    /// There was none, or nobody asked.
    #[default]
    None,
    /// Its key signs with nothing that the server asked for.
    NoScheme,
    /// It was sent, once the server had been verified.
    Sent,
}

/// Decides on a server by the roots given, at any moment.
#[derive(Debug)]
pub(super) struct Trusting {
    /// None without any root: then no server is trusted.
    verifier: Option<Arc<WebPkiServerVerifier>>,
}

impl Trusting {
    pub(super) fn new(roots: RootCertStore, provider: &Arc<CryptoProvider>) -> Self {
        Self { verifier: WebPkiServerVerifier::builder_with_provider(roots.into(), provider.clone()).build().ok() }
    }

    /// Whether `chain` is trusted for `name` at that moment.
    pub(super) fn judge(&self, chain: &[CertificateDer<'_>], name: &ServerName<'_>, at: UnixTime) -> Result<(), Error> {
        match (&self.verifier, chain) {
            (Some(verifier), [own, rest @ ..]) => verifier.verify_server_cert(own, rest, name, &[], at).map(drop),
            _ => Err(CertificateError::UnknownIssuer.into()),
        }
    }
}

/// Writes down what the server shows of itself and asks for.
///
/// Without an identity to present, it lets the handshake with an untrusted server go on, so that the report can show
/// what that server asks for: nothing about the person is sent on such a connection. With one, only a trusted server
/// gets to see it.
#[derive(Debug)]
pub(super) struct Observer {
    seen: Mutex<Observation>,
    trusting: Arc<Trusting>,
    provider: Arc<CryptoProvider>,
    identity: Option<Arc<dyn ResolvesClientCert>>,
}

impl Observer {
    pub(super) fn new(
        trusting: Arc<Trusting>,
        provider: Arc<CryptoProvider>,
        identity: Option<Arc<dyn ResolvesClientCert>>,
    ) -> Self {
        Self { seen: Mutex::default(), trusting, provider, identity }
    }

    /// What has been seen so far.
    pub(super) fn observation(&self) -> Observation {
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
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
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
