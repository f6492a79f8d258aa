//! Every request names one host (RFC 9112 §3.2) and no unknown transfer coding (RFC 9112 §6.1), and every answer tells browsers what to take it for.

use inkan_protocol::path;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use crate::raw_connection::RawConnection;
use crate::test_bank::{HANAKO, TestBank};

/// Headers with one host or with none, and whether the request is served.
const HOSTS: [(&str, bool); 9] = [
    ("Host: localhost\r\n", true),
    ("Host: localhost:8443\r\n", true),
    ("host: bank.example\r\n", true),
    ("Host: [::1]:8443\r\n", true),
    ("", false),
    ("Host:\r\n", false),
    ("Host: localhost\r\nHost: localhost\r\n", false),
    ("Host: localhost\r\nHost: bank.example\r\n", false),
    ("Host: somebody@localhost\r\n", false),
];

#[tokio::test]
async fn a_request_that_does_not_name_one_host_is_refused() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let said = bank.server.announcement();
    let listeners =
        [(&said.portal, None, path::HEALTH), (&said.certificate_login, Some(&issued), path::EST_CA_CERTIFICATES)];
    for (address, issued, path) in listeners {
        for (host, served) in HOSTS {
            let mut connection = RawConnection::open(&bank, address, issued).await;
            connection.send(&format!("GET {path} HTTP/1.1\r\n{host}\r\n")).await;
            let (status, body) = connection.answer().await;
            assert_eq!(status, if served { 200 } else { 400 }, "{address} {host}: {body}");
            assert!(served || body.contains("\"request_invalid\""), "{host}: {body}");
        }
    }
    let plain = Url::parse(said.plain.as_ref().unwrap()).unwrap();
    for (host, served) in HOSTS {
        let mut stream = TcpStream::connect(("127.0.0.1", plain.port().unwrap())).await.unwrap();
        let request = format!("GET {} HTTP/1.1\r\nConnection: close\r\n{host}\r\n", path::HEALTH);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let status = if served { "HTTP/1.1 200 " } else { "HTTP/1.1 400 " };
        assert!(answer.starts_with(status), "{host}: {answer}");
    }
}

#[tokio::test]
async fn a_body_in_a_transfer_coding_that_the_bank_does_not_know_is_not_read() {
    let bank = TestBank::open().await;
    let portal = &bank.server.announcement().portal;
    for (coding, status) in [
        ("Transfer-Encoding: chunked\r\n", 422),
        ("transfer-encoding:  Chunked \r\n", 422),
        ("Transfer-Encoding: gzip, chunked\r\n", 501),
        ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501),
        ("Transfer-Encoding: chunked, chunked\r\n", 501),
    ] {
        let mut connection = RawConnection::open(&bank, portal, None).await;
        let body = r#"{"user":"hana kodt","login_password":"x"}"#;
        let head = format!("POST {} HTTP/1.1\r\nHost: bank\r\nContent-Type: application/json\r\n", path::SESSIONS);
        connection.send(&format!("{head}{coding}\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len())).await;
        let (answered, body) = connection.answer().await;
        assert_eq!(answered, status, "{coding}: {body}");
    }
}

#[tokio::test]
async fn every_answer_over_tls_asks_for_tls_and_no_answer_is_guessed_at() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for (client, tls) in [(bank.portal(), true), (bank.certificate_login(&issued), true), (bank.plain(), false)] {
        for path in [path::HEALTH, path::EST_CA_CERTIFICATES, path::CRL, path::TOP, "/nowhere", "/%00"] {
            let response = client.request(Method::GET, path).send().await.unwrap();
            let header = |name| {
                response
                    .headers()
                    .get(name)
                    .map(|value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned())
            };
            assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
            assert_eq!(header("strict-transport-security").as_deref(), tls.then_some("max-age=31536000"), "{path}");
        }
    }
}
