//! Tests a connection that was opened while its certificate was valid.

use inkan_protocol::path;
use reqwest::Version;

use crate::raw_connection::RawConnection;
use crate::test_bank::{HANAKO, TestBank};

/// Sends a `GET` over the connection, and returns the status and the body.
async fn get(connection: &mut RawConnection, path: &str, token: &str) -> (u16, String) {
    connection.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n")).await;
    connection.answer().await
}

#[tokio::test]
async fn a_revocation_holds_at_the_next_request_of_an_open_connection() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let token = bank.log_in_with(&issued, HANAKO.1).await.token.unwrap();
    let address = &bank.server.announcement().certificate_login;
    let mut line = RawConnection::open(&bank, address, Some(&issued)).await;
    assert_eq!(get(&mut line, path::TOP, &token).await.0, 200);
    assert_eq!(get(&mut line, path::TOP, &token).await.0, 200);
    bank.revoke("hanakodt").await.ok();
    let (status, body) = get(&mut line, path::TOP, &token).await;
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
