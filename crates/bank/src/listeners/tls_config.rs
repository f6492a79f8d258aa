use std::sync::Arc;

use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, VerifierBuilderError, WebPkiClientVerifier};
use thiserror::Error;

use super::client_certificate::ExpiryLater;
use crate::authority::{Authority, ServerIdentity};

/// Why TLS cannot be set up.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The key or the protocol versions are unsuitable.
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
    /// The verifier of client certificates cannot be built from the CA.
    #[error(transparent)]
    Verifier(#[from] VerifierBuilderError),
}

/// Returns the configuration of the portal: server authentication only.
pub(crate) fn portal(identity: &ServerIdentity) -> Result<Arc<ServerConfig>, TlsError> {
    config(identity, WebPkiClientVerifier::no_client_auth())
}

/// Returns the configuration of the certificate login: the client must have a certificate of this CA.
pub(crate) fn certificate_login(
    identity: &ServerIdentity,
    authority: &Authority,
) -> Result<Arc<ServerConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate().clone())?;
    let chain = WebPkiClientVerifier::builder_with_provider(roots.into(), default_provider().into()).build()?;
    config(identity, Arc::new(ExpiryLater::new(chain)))
}

fn config(identity: &ServerIdentity, verifier: Arc<dyn ClientCertVerifier>) -> Result<Arc<ServerConfig>, TlsError> {
    let mut config = ServerConfig::builder_with_provider(default_provider().into())
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier)
        .with_single_cert(identity.chain.clone(), identity.key.clone_key())?;
    // A resumed session skips the handshake that proves possession of the key, and some servers skip more with it.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
