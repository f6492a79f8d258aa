//! Tests what the listener of the certificate login decides before the first byte of HTTP.

use std::sync::Arc;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair};
use rustls::client::ResolvesClientCert;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{PrivatePkcs8KeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, HandshakeKind, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::test_bank::{HANAKO, Issued, OKMATE, TestBank};

const REQUEST: &[u8] = b"GET /v1/top HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// Returns the result of the handshake and the answer, or the alert.
async fn exchange(address: &str, config: &Arc<ClientConfig>) -> std::io::Result<(HandshakeKind, String)> {
    let port = Url::parse(address).unwrap().port().unwrap();
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::clone(config)).connect(name, stream).await?;
    // In TLS 1.3 the refusal comes after the client thinks itself done: what counts is what can be read.
    stream.write_all(REQUEST).await.ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let kind = stream.get_ref().1.handshake_kind().unwrap();
    Ok((kind, String::from_utf8_lossy(&answer).into_owned()))
}

#[tokio::test]
async fn without_a_certificate_or_with_one_of_another_ca_there_is_no_connection() {
    let bank = TestBank::open().await;
    let other = TestBank::with_profile(OKMATE).await;
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["hanakodt".to_owned()]).unwrap();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let der = params.self_signed(&key).unwrap().der().to_vec();
    let issued = [None, Some(other.acquire(HANAKO).await), Some(Issued { key, der })];
    let address = &bank.server.announcement().certificate_login;
    for version in [&rustls::version::TLS13, &rustls::version::TLS12] {
        for issued in &issued {
            let config = Arc::new(bank.tls(&[version], issued.as_ref()));
            let error = exchange(address, &config).await.unwrap_err().to_string();
            assert!(error.contains("received fatal alert"), "{version:?}: {error}");
        }
    }
}

/// Sends a certificate but signs with another key, as a PC to which only the certificate was copied.
#[derive(Debug)]
struct Copied(Arc<CertifiedKey>);

impl ResolvesClientCert for Copied {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn s1_5_the_certificate_without_its_key_opens_nothing_on_another_pc() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let address = &bank.server.announcement().certificate_login;
    let with_key = |key: &KeyPair, version| {
        let mut config = bank.tls(&[version], Some(&issued));
        let key = any_supported_type(&PrivatePkcs8KeyDer::from(key.serialize_der()).into()).unwrap();
        let shown = CertifiedKey::new(vec![issued.der.clone().into()], key);
        config.client_auth_cert_resolver = Arc::new(Copied(Arc::new(shown)));
        Arc::new(config)
    };
    for version in [&rustls::version::TLS13, &rustls::version::TLS12] {
        let (_, answer) = exchange(address, &with_key(&issued.key, version)).await.unwrap();
        assert!(answer.contains("session_ended"), "the PC that acquired it: {answer}");
        let elsewhere = with_key(&KeyPair::generate().unwrap(), version);
        let error = exchange(address, &elsewhere).await.unwrap_err().to_string();
        assert!(error.contains("received fatal alert"), "{version:?}: {error}");
    }
}

#[tokio::test]
async fn no_session_is_resumed_on_either_listener() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let said = bank.server.announcement();
    for version in [&rustls::version::TLS13, &rustls::version::TLS12] {
        for (address, issued) in [(&said.certificate_login, Some(&issued)), (&said.portal, None)] {
            let config = Arc::new(bank.tls(&[version], issued));
            for _ in 0..2 {
                let (kind, answer) = exchange(address, &config).await.unwrap();
                assert!(answer.contains("session_ended"), "{answer}");
                assert_ne!(kind, HandshakeKind::Resumed, "{version:?}");
            }
        }
    }
}

#[tokio::test]
async fn tls_1_2_is_served_to_keys_that_cannot_do_1_3() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let client = bank.client_by(&rustls::version::TLS12, "http/1.1", &issued);
    let granted = client.log_in_here(HANAKO.1).await.ok();
    assert_eq!(granted["connection"]["protocol"], "TLSv1.2");
}
