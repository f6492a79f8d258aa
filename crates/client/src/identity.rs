use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use inkan_store::{Chains, PrivateKey};
use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::version::TLS12;
use rustls::{SignatureScheme, SupportedProtocolVersion};
use time::OffsetDateTime;

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

/// A certificate with its key, for a server that asks for one.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) resolver: Arc<dyn ResolvesClientCert>,
    /// The versions of TLS in which the key can sign.
    pub(crate) versions: &'static [&'static SupportedProtocolVersion],
}

impl Identity {
    /// Of a certificate with every way up from it, and its key. Of two ways the one that is valid at `now` is sent.
    pub(crate) fn new(chains: Chains, key: Arc<dyn PrivateKey>, now: OffsetDateTime) -> Self {
        let versions = inkan_store::protocol_versions(key.as_ref());
        Self { resolver: inkan_store::client_certificate(chains, key, now), versions }
    }

    /// The same, telling whether a server asked for nothing that the key can sign.
    pub(crate) fn watched(self) -> (Self, Arc<AtomicBool>) {
        let missed = Arc::new(AtomicBool::new(false));
        let resolver = Arc::new(Watched { inner: self.resolver, missed: Arc::clone(&missed) });
        (Self { resolver, ..self }, missed)
    }

    /// The same for TLS 1.2 only; none where it is so already.
    pub(crate) fn over_tls12(&self) -> Option<Self> {
        (self.versions.len() > 1).then(|| Self { resolver: Arc::clone(&self.resolver), versions: ONLY_TLS12 })
    }
}

/// rustls sends an empty certificate where no scheme fits, without a word: the server would say that none was sent.
#[derive(Debug)]
struct Watched {
    inner: Arc<dyn ResolvesClientCert>,
    missed: Arc<AtomicBool>,
}

impl ResolvesClientCert for Watched {
    fn resolve(&self, authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let certified = self.inner.resolve(authorities, schemes)?;
        if certified.key.choose_scheme(schemes).is_none() {
            self.missed.store(true, Ordering::Relaxed);
        }
        Some(certified)
    }

    fn has_certs(&self) -> bool {
        self.inner.has_certs()
    }
}
