use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use inkan_store::{Chains, DistinguishedName, KeyId, PrivateKey, StoreError, StoredCertificate};
use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::version::TLS12;
use rustls::{SignatureScheme, SupportedProtocolVersion};
use time::OffsetDateTime;

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

use crate::net::patience::PersonsTime;

/// A certificate with its key, which the client sends to a server that asks for a certificate.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// The certificate itself; none if it cannot be parsed.
    certificate: Option<Arc<StoredCertificate>>,
    /// The names of the CAs above the certificate.
    pub(crate) issuers: Arc<[DistinguishedName]>,
    /// Whether the store may lack an intermediate certificate above the certificate.
    pub(crate) incomplete: bool,
    /// The time that the user takes while the key signs, since the store may ask for a PIN.
    pub(crate) person: PersonsTime,
    pub(crate) resolver: Arc<dyn ResolvesClientCert>,
    /// The TLS versions in which the key can sign.
    pub(crate) versions: &'static [&'static SupportedProtocolVersion],
}

impl Identity {
    /// Creates the identity from a certificate with all its chains, and its key. Chains that are valid at `now` are
    /// preferred.
    pub(crate) fn new(chains: Chains, key: Arc<dyn PrivateKey>, now: OffsetDateTime) -> Self {
        let own = chains.to_send(&[], now).into_iter().next();
        let certificate = own.and_then(|der| StoredCertificate::parse(&der, None).ok()).map(Arc::new);
        let (issuers, incomplete) = (chains.issuers(now).cloned().collect(), chains.is_incomplete(now));
        let person = PersonsTime::default();
        let key: Arc<dyn PrivateKey> = Arc::new(Timed { key, person: person.clone() });
        let versions = inkan_store::protocol_versions(key.as_ref());
        let resolver = inkan_store::client_certificate(chains, key, now);
        Self { certificate, issuers, incomplete, person, resolver, versions }
    }

    /// Returns the certificate itself; none if it cannot be parsed.
    pub(crate) fn certificate(&self) -> Option<&StoredCertificate> {
        self.certificate.as_deref()
    }

    /// Returns the identity, which records a server's certificate request in `asked`.
    pub(crate) fn watched(self, asked: &Arc<Asked>) -> Self {
        let resolver = Arc::new(Watched { inner: Some(self.resolver), asked: Arc::clone(asked) });
        Self { resolver, ..self }
    }

    /// Returns the identity for TLS 1.2 only; none if the identity has a single TLS version already.
    pub(crate) fn over_tls12(&self) -> Option<Self> {
        (self.versions.len() > 1).then(|| Self { versions: ONLY_TLS12, ..self.clone() })
    }
}

/// The contents of a server's certificate request.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Whether the server asked for a certificate.
    was: AtomicBool,
    /// Whether the server accepts no signature scheme by which the key can sign.
    pub(crate) no_scheme: AtomicBool,
    /// The CAs that the server accepts; empty if the server names none.
    authorities: Mutex<Vec<DistinguishedName>>,
}

impl Asked {
    /// Returns a resolver that records a server's certificate request in `asked` and sends no certificate.
    pub(crate) fn watching_nothing(asked: &Arc<Self>) -> Arc<dyn ResolvesClientCert> {
        Arc::new(Watched { inner: None, asked: Arc::clone(asked) })
    }

    /// Returns whether the server asked for a certificate.
    pub(crate) fn was_asked(&self) -> bool {
        self.was.load(Ordering::Relaxed)
    }

    /// Returns whether the server names one of the CAs in `issuers`; none if the server names no CA.
    pub(crate) fn accepts(&self, issuers: &[DistinguishedName]) -> Option<bool> {
        let named = self.authorities.lock().unwrap_or_else(PoisonError::into_inner);
        (!named.is_empty()).then(|| named.iter().any(|name| issuers.contains(name)))
    }
}

/// A resolver that records the server's certificate request. If no signature scheme fits, rustls sends an empty
/// certificate without an error, and the server would report that none was sent. The resolver records that case, too.
#[derive(Debug)]
struct Watched {
    inner: Option<Arc<dyn ResolvesClientCert>>,
    asked: Arc<Asked>,
}

impl ResolvesClientCert for Watched {
    fn resolve(&self, authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let named = authorities.iter().map(|name| DistinguishedName::of(name)).collect();
        *self.asked.authorities.lock().unwrap_or_else(PoisonError::into_inner) = named;
        self.asked.was.store(true, Ordering::Relaxed);
        let certified = self.inner.as_ref()?.resolve(authorities, schemes)?;
        if certified.key.choose_scheme(schemes).is_none() {
            self.asked.no_scheme.store(true, Ordering::Relaxed);
        }
        Some(certified)
    }

    fn has_certs(&self) -> bool {
        self.inner.as_ref().is_some_and(|inner| inner.has_certs())
    }
}

/// A key that counts the time of its signatures as the user's time.
#[derive(Debug)]
struct Timed {
    key: Arc<dyn PrivateKey>,
    person: PersonsTime,
}

impl PrivateKey for Timed {
    fn id(&self) -> &KeyId {
        self.key.id()
    }

    fn public_key(&self) -> &[u8] {
        self.key.public_key()
    }

    fn schemes(&self) -> &[SignatureScheme] {
        self.key.schemes()
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.person.during(|| self.key.sign(scheme, message))
    }
}
