//! A request that names a connection is certified on that connection only (RFC 7030 §3.5, RFC 9266).

use ::time::Duration;
use data_encoding::BASE64;
use inkan_protocol::path;
use rcgen::{Attribute, KeyPair};
use rustls::version::{TLS12, TLS13};
use serde_json::Value;

use crate::raw_connection::RawConnection;
use crate::reenrolment::params;
use crate::test_bank::{HANAKO, Issued, TestBank};

const CHALLENGE_PASSWORD: &[u64] = &[1, 2, 840, 113_549, 1, 9, 7];

/// Returns a challengePassword with those texts, each in one byte of length.
fn challenge(texts: &[&str]) -> Attribute {
    let texts: Vec<u8> =
        texts.iter().flat_map(|text| [&[0x0c, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()).collect();
    let values = [&[0x31, u8::try_from(texts.len()).unwrap()], texts.as_slice()].concat();
    Attribute { oid: CHALLENGE_PASSWORD, values }
}

/// Sends a request with those attributes, and returns the fault for which it was refused, if it was.
async fn fault(
    connection: &mut RawConnection,
    (path, authorization): (&str, &str),
    old: Option<&Issued>,
    attributes: Vec<Attribute>,
) -> Option<String> {
    let key = KeyPair::generate().unwrap();
    let params = old.map(params).unwrap_or_default();
    let csr = BASE64.encode(params.serialize_request_with_attributes(&key, attributes).unwrap().der());
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}Content-Type: application/pkcs10\r\n\
         Content-Length: {}\r\n\r\n",
        csr.len()
    );
    connection.send(&(head + &csr)).await;
    let (status, body) = connection.answer().await;
    if status == 200 {
        return None;
    }
    let problem: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(problem["code"], "certification_request_invalid", "{problem}");
    Some(problem["params"]["fault"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_request_is_for_the_connection_that_it_names() {
    let bank = TestBank::open().await;
    let old = bank.acquire(HANAKO).await;
    bank.advance(Duration::days(335));
    let said = bank.server.announcement();
    let renewal = (path::EST_SIMPLE_REENROLL, "");
    let open = async |version| RawConnection::open_by(&[version], &bank, &said.certificate_login, Some(&old)).await;
    let mut connection = open(&TLS13).await;
    let own = BASE64.encode(&connection.channel_binding());
    let other = BASE64.encode(&open(&TLS13).await.channel_binding());
    let refused = Some("other_connection".to_owned());
    for wrong in [
        vec![challenge(&[&other])],
        vec![challenge(&["a password"])],
        vec![challenge(&[&own, &other])],
        vec![challenge(&[&own]), challenge(&[&own])],
    ] {
        let shown = format!("{wrong:?}");
        assert_eq!(fault(&mut connection, renewal, Some(&old), wrong).await, refused, "{shown}");
    }
    let empty = vec![challenge(&[])];
    assert_eq!(fault(&mut connection, renewal, Some(&old), empty).await.as_deref(), Some("form"));
    let mut before_tls_1_3 = open(&TLS12).await;
    let binding = BASE64.encode(&before_tls_1_3.channel_binding());
    assert_eq!(fault(&mut before_tls_1_3, renewal, Some(&old), vec![challenge(&[&binding])]).await, refused);
    assert_eq!(fault(&mut before_tls_1_3, renewal, Some(&old), Vec::new()).await, None, "it names no connection");
    assert_eq!(fault(&mut connection, renewal, Some(&old), vec![challenge(&[&own])]).await, None);
}

#[tokio::test]
async fn an_enrolment_is_for_the_connection_that_it_names() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let said = bank.server.announcement();
    let authorization = format!("Authorization: Basic {}\r\n", BASE64.encode(format!("hanakodt:{code}").as_bytes()));
    let enrolment = (path::EST_SIMPLE_ENROLL, authorization.as_str());
    let mut connection = RawConnection::open_by(&[&TLS13], &bank, &said.portal, None).await;
    let mut other = RawConnection::open_by(&[&TLS13], &bank, &said.portal, None).await;
    let own = BASE64.encode(&connection.channel_binding());
    let elsewhere = fault(&mut other, enrolment, None, vec![challenge(&[&own])]).await;
    assert_eq!(elsewhere.as_deref(), Some("other_connection"));
    assert_eq!(fault(&mut connection, enrolment, None, vec![challenge(&[&own])]).await, None);
}
