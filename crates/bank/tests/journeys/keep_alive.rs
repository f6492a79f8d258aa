//! Tests a connection that was opened while its certificate was valid.

use std::sync::Arc;

use inkan_protocol::path;
use reqwest::Version;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use crate::test_bank::{HANAKO, Issued, TestBank};

/// One connection over HTTP/1.1.
struct Connection(BufReader<TlsStream<TcpStream>>);

impl Connection {
    async fn open(bank: &TestBank, issued: &Issued) -> Self {
        let address = Url::parse(&bank.server.announcement().certificate_login).unwrap();
        let stream = TcpStream::connect(("127.0.0.1", address.port().unwrap())).await.unwrap();
        let config = Arc::new(bank.tls(rustls::ALL_VERSIONS, Some(issued)));
        let name = ServerName::try_from("localhost").unwrap();
        Self(BufReader::new(TlsConnector::from(config).connect(name, stream).await.unwrap()))
    }

    /// Sends a `GET`, and returns the status and the body.
    async fn get(&mut self, path: &str, token: &str) -> (u16, String) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
        self.0.write_all(request.as_bytes()).await.unwrap();
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).await.unwrap(), 0, "the bank hung up");
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        (status, String::from_utf8(body).unwrap())
    }
}

#[tokio::test]
async fn a_revocation_holds_at_the_next_request_of_an_open_connection() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let token = bank.log_in_with(&issued, HANAKO.1).await.token.unwrap();
    let mut line = Connection::open(&bank, &issued).await;
    assert_eq!(line.get(path::TOP, &token).await.0, 200);
    assert_eq!(line.get(path::TOP, &token).await.0, 200);
    bank.revoke("hanakodt").await.ok();
    let (status, body) = line.get(path::TOP, &token).await;
    assert_eq!(status, 403);
    assert!(body.contains("\"certificate_revoked\""), "{body}");
}

#[tokio::test]
async fn a_revocation_holds_over_http_2_as_well() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let mut client = bank.client_by(&rustls::version::TLS13, "h2", &issued);
    let granted = client.log_in_here(HANAKO.1).await.ok();
    client.take(&granted);
    let response = client.request(reqwest::Method::GET, path::TOP).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (200, Version::HTTP_2));
    bank.revoke("hanakodt").await.ok();
    client.get(path::TOP).await.refused("certificate_revoked");
}
