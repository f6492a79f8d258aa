use std::io::{Read, Write};
use std::sync::Arc;

use inkan_store::{
    Chains, KeyAlgorithm, PrivateKey, StoreError, client_certificate, protocol_versions, signing_failure,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{
    AlertDescription, ClientConfig, ClientConnection, Error, RootCertStore, ServerConfig, ServerConnection,
    SupportedProtocolVersion,
};
use time::OffsetDateTime;

use super::Subject;
use super::authority::Authority;

pub(crate) fn mutual_tls_holds(subject: &Subject) {
    let authority = Authority::new("Handshake CA");
    for algorithm in subject.algorithms.iter().copied() {
        let name = format!("handshake {algorithm:?}");
        let key = subject.store.generate(algorithm, &name).unwrap();
        let certificate = authority.issue(key.as_ref(), &name);
        let id = subject.store.install(&certificate, &name).unwrap();
        let versions = protocol_versions(key.as_ref());
        assert_eq!(versions.contains(&&TLS13), algorithm == KeyAlgorithm::EcP256 || subject.pss);
        assert!(versions.contains(&&TLS12));
        for version in versions {
            greets(&authority, &certificate, subject.store.certificate_key(&id).unwrap(), version);
        }
        subject.store.delete(&id).unwrap();
    }
}

/// Makes a handshake in which the client has `certificate` and `key`, and the server wants a certificate of
/// `authority`.
pub(crate) fn greets(
    authority: &Authority,
    certificate: &[u8],
    key: Arc<dyn PrivateKey>,
    version: &'static SupportedProtocolVersion,
) {
    let (mut client, mut server) = connections(authority, authority, version, certificate, key);
    shake_hands(&mut client, &mut server).unwrap();
    assert_eq!(server.protocol_version(), Some(version.version));
    assert_eq!(server.peer_certificates().unwrap(), [CertificateDer::from(certificate.to_vec())]);
    client.writer().write_all(b"hello").unwrap();
    shake_hands(&mut client, &mut server).unwrap();
    let mut heard = [0; 5];
    server.reader().read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"hello");
}

pub(crate) fn a_server_of_another_authority_refuses(subject: &Subject) {
    let (authority, other) = (Authority::new("Refusing CA"), Authority::new("Other CA"));
    let key = subject.store.generate(subject.algorithm(), "refused").unwrap();
    let certificate = other.issue(key.as_ref(), "refused");
    for version in protocol_versions(key.as_ref()) {
        let (mut client, mut server) = connections(&authority, &authority, version, &certificate, key.clone());
        let refused = shake_hands(&mut client, &mut server);
        assert_eq!(refused, Err(Error::AlertReceived(AlertDescription::UnknownCA)));
    }
    subject.store.delete_key(key.id()).unwrap();
}

pub(crate) fn a_failed_signature_says_why(subject: &Subject) {
    let authority = Authority::new("Failing CA");
    let key = subject.store.generate(subject.algorithm(), "failing").unwrap();
    let certificate = authority.issue(key.as_ref(), "failing");
    subject.store.delete_key(key.id()).unwrap();
    for version in protocol_versions(key.as_ref()) {
        let (mut client, mut server) = connections(&authority, &authority, version, &certificate, key.clone());
        let failed = shake_hands(&mut client, &mut server).unwrap_err();
        assert!(matches!(signing_failure(&failed), Some(StoreError::KeyMissing(_))), "{failed:?}");
    }
}

/// Returns a client with `key`, and a server. The server's own certificate is from `home`. It trusts `trusted` for
/// client certificates.
fn connections(
    home: &Authority,
    trusted: &Authority,
    version: &'static SupportedProtocolVersion,
    certificate: &[u8],
    key: Arc<dyn PrivateKey>,
) -> (ClientConnection, ServerConnection) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = |authority: &Authority| {
        let mut roots = RootCertStore::empty();
        roots.add(authority.certificate.clone()).unwrap();
        Arc::new(roots)
    };
    let (own, own_key) = home.issue_elsewhere("server", "bank.example");
    let verifier = WebPkiClientVerifier::builder_with_provider(roots(trusted), provider.clone()).build().unwrap();
    let server = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[version])
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![own.into()], PrivateKeyDer::try_from(own_key.serialize_der()).unwrap())
        .unwrap();
    let resolver = client_certificate(Chains::alone(certificate.to_vec()), key, OffsetDateTime::now_utc());
    let presented: Arc<CertifiedKey> = resolver.resolve(&[], &[]).unwrap();
    presented.keys_match().unwrap();
    let client = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots(home))
        .with_client_cert_resolver(resolver);
    (
        ClientConnection::new(Arc::new(client), "bank.example".try_into().unwrap()).unwrap(),
        ServerConnection::new(Arc::new(server)).unwrap(),
    )
}

/// Passes bytes in both directions until neither side has any left. Returns the client's error.
fn shake_hands(client: &mut ClientConnection, server: &mut ServerConnection) -> Result<(), Error> {
    while client.wants_write() || server.wants_write() {
        let mut wire = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut wire).unwrap();
        }
        let mut arriving = wire.as_slice();
        while !arriving.is_empty() {
            server.read_tls(&mut arriving).unwrap();
            // What it objects to, it tells the client in an alert.
            let _ = server.process_new_packets();
        }
        let mut wire = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
        let mut arriving = wire.as_slice();
        while !arriving.is_empty() {
            client.read_tls(&mut arriving).unwrap();
            client.process_new_packets()?;
        }
    }
    Ok(())
}
