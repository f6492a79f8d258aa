//! Tests the OCSP responder (RFC 6960). It reports what the database says at that moment.

use data_encoding::BASE64;
use der::asn1::{Null, OctetString};
use der::{Decode, Encode};
use inkan_protocol::path;
use reqwest::Method;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha1::{Digest, Sha1};
use sha2::Sha256;
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::CrlReason;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_ocsp::{
    BasicOcspResponse, CertId, CertStatus, OcspRequest, OcspResponse, OcspResponseStatus, Request, TbsRequest, Version,
};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::test_bank::{HANAKO, ICHIRO, Issued, OKMATE, TestBank, TestClient};

type Hash = (&'static str, fn(&[u8]) -> Vec<u8>);
const SHA1: Hash = ("1.3.14.3.2.26", |bytes| Sha1::digest(bytes).to_vec());
const SHA2: Hash = ("2.16.840.1.101.3.4.2.1", |bytes| Sha256::digest(bytes).to_vec());
const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");

fn ca(bank: &TestBank) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(&bank.server.announcement().ca).unwrap()
}

fn cert_id(issuer: &[u8], serial: &[u8], (oid, digest): Hash) -> CertId {
    let (_, issuer) = X509Certificate::from_der(issuer).unwrap();
    let hash = |bytes: &[u8]| OctetString::new(digest(bytes)).unwrap();
    CertId {
        hash_algorithm: AlgorithmIdentifierOwned {
            oid: ObjectIdentifier::new_unwrap(oid),
            parameters: Some(Null.into()),
        },
        issuer_name_hash: hash(issuer.subject().as_raw()),
        issuer_key_hash: hash(&issuer.public_key().subject_public_key.data),
        serial_number: SerialNumber::new(serial).unwrap(),
    }
}

fn serial(issued: &Issued) -> Vec<u8> {
    X509Certificate::from_der(&issued.der).unwrap().1.raw_serial().to_vec()
}

fn nonce(octets: usize) -> Extension {
    let value = OctetString::new(vec![7; octets]).unwrap().to_der().unwrap();
    Extension { extn_id: NONCE, critical: false, extn_value: OctetString::new(value).unwrap() }
}

fn request(ids: Vec<CertId>, extensions: Vec<Extension>) -> Vec<u8> {
    let request_list = ids.into_iter().map(|req_cert| Request { req_cert, single_request_extensions: None }).collect();
    let request_extensions = (!extensions.is_empty()).then_some(extensions);
    let tbs_request = TbsRequest { version: Version::V1, requestor_name: None, request_list, request_extensions };
    OcspRequest { tbs_request, optional_signature: None }.to_der().unwrap()
}

async fn send(client: &TestClient, body: Vec<u8>) -> OcspResponse {
    let request = client.request(Method::POST, path::OCSP).header("content-type", "application/ocsp-request");
    read(request.body(body)).await
}

async fn read(request: reqwest::RequestBuilder) -> OcspResponse {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/ocsp-response");
    OcspResponse::from_der(&response.bytes().await.unwrap()).unwrap()
}

/// Returns the answer, and asserts that the CA vouches for its signature.
fn basic(bank: &TestBank, response: OcspResponse) -> BasicOcspResponse {
    assert_eq!(response.response_status, OcspResponseStatus::Successful);
    let basic = BasicOcspResponse::from_der(response.response_bytes.unwrap().response.as_bytes()).unwrap();
    let der = basic.certs.as_ref().unwrap()[0].to_der().unwrap();
    let (_, responder) = X509Certificate::from_der(&der).unwrap();
    let ca = ca(bank);
    let (_, ca) = X509Certificate::from_der(&ca).unwrap();
    responder.verify_signature(Some(ca.public_key())).unwrap();
    assert!(responder.extended_key_usage().unwrap().unwrap().value.ocsp_signing);
    let key = &responder.public_key().subject_public_key.data;
    let verifier = ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_ASN1, key);
    verifier.verify(&basic.tbs_response_data.to_der().unwrap(), basic.signature.raw_bytes()).unwrap();
    basic
}

fn seconds(time: &x509_ocsp::OcspGeneralizedTime) -> i64 {
    i64::try_from(time.0.to_unix_duration().as_secs()).unwrap()
}

#[tokio::test]
async fn good_until_it_is_revoked_and_revoked_at_once() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for client in [bank.plain(), bank.portal()] {
        for hash in [SHA1, SHA2] {
            let asked = request(vec![cert_id(&ca(&bank), &serial(&issued), hash)], Vec::new());
            let answer = basic(&bank, send(&client, asked).await).tbs_response_data;
            assert_eq!(answer.responses[0].cert_status, CertStatus::good());
        }
    }
    bank.revoke("hanakodt").await.ok();
    let asked = request(vec![cert_id(&ca(&bank), &serial(&issued), SHA1)], vec![nonce(32)]);
    let answer = basic(&bank, send(&bank.plain(), asked.clone()).await).tbs_response_data;
    let CertStatus::Revoked(revoked) = answer.responses[0].cert_status else { panic!("{answer:?}") };
    assert_eq!(seconds(&revoked.revocation_time), bank.now().unix_timestamp());
    assert_eq!(revoked.revocation_reason, None, "nobody said why");
    assert_eq!(answer.response_extensions, Some(vec![nonce(32)]), "RFC 9654: sent back as it came");
    let single = &answer.responses[0];
    let now: OffsetDateTime = bank.now();
    assert_eq!(seconds(&single.this_update), now.unix_timestamp());
    assert!(seconds(single.next_update.as_ref().unwrap()) > now.unix_timestamp());

    let below = format!("{}/{}", path::OCSP, BASE64.encode(&asked).replace('/', "%2F").replace('+', "%2B"));
    let got = basic(&bank, read(bank.plain().request(Method::GET, &below)).await).tbs_response_data;
    assert_eq!(got.responses, answer.responses, "GET says the same");
}

#[tokio::test]
async fn a_revocation_by_a_clock_that_ran_ahead_is_not_of_the_future() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.advance(Duration::days(30));
    bank.revoke("hanakodt").await.ok();
    bank.advance(Duration::days(-30));
    let asked = request(vec![cert_id(&ca(&bank), &serial(&issued), SHA2)], Vec::new());
    let answer = basic(&bank, send(&bank.plain(), asked).await).tbs_response_data;
    let CertStatus::Revoked(revoked) = answer.responses[0].cert_status else { panic!("{answer:?}") };
    assert_eq!(seconds(&revoked.revocation_time), bank.now().unix_timestamp());
}

#[tokio::test]
async fn a_cache_may_keep_what_get_answers_until_the_next_update() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let id = || cert_id(&ca(&bank), &serial(&issued), SHA1);
    let get = async |asked: Vec<u8>| {
        let below = BASE64.encode(&asked).replace('/', "%2F").replace('+', "%2B");
        bank.plain().request(Method::GET, &format!("{}/{below}", path::OCSP)).send().await.unwrap()
    };
    let response = get(request(vec![id()], Vec::new())).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    let (control, tag) = (header("cache-control"), header("etag"));
    let (modified, expires) = (header("last-modified"), header("expires"));
    let body = response.bytes().await.unwrap();
    let single = basic(&bank, OcspResponse::from_der(&body).unwrap()).tbs_response_data.responses.remove(0);
    let date = |text: &str| OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).unwrap().unix_timestamp();
    let (this, next) = (seconds(&single.this_update), seconds(single.next_update.as_ref().unwrap()));
    assert_eq!((date(&modified), date(&expires)), (this, next), "RFC 5019 §6.2");
    assert_eq!(control, format!("max-age={}, public, no-transform, must-revalidate", next - this));
    assert_eq!(tag, format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(&body))));
    let own = get(request(vec![id()], vec![nonce(16)])).await;
    assert_eq!(own.headers()["cache-control"], "no-store", "for one client");
    let malformed = bank.plain().request(Method::GET, "/ocsp/not-base64").send().await.unwrap();
    assert_eq!(malformed.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn q7_what_was_reissued_says_superseded() {
    let revoke = "\"revoke_others_certificate\",";
    let profile = OKMATE.replace(revoke, &format!("{revoke} \"reissue_others_certificate\","));
    let bank = TestBank::with_profile(&profile).await;
    let issued = bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "reissue", "Kakunin02").await.ok();
    let asked = request(vec![cert_id(&ca(&bank), &serial(&issued), SHA2)], Vec::new());
    let answer = basic(&bank, send(&bank.plain(), asked).await).tbs_response_data;
    let CertStatus::Revoked(revoked) = answer.responses[0].cert_status else { panic!("{answer:?}") };
    assert_eq!(revoked.revocation_reason, Some(CrlReason::Superseded));
}

#[tokio::test]
async fn what_this_ca_did_not_issue_is_unknown() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let stranger = rcgen::CertificateParams::new(vec!["ca".into()]).unwrap();
    let stranger = stranger.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
    let known = cert_id(&ca(&bank), &serial(&issued), SHA1);
    let other_algorithm = CertId {
        hash_algorithm: AlgorithmIdentifierOwned {
            oid: ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"),
            parameters: None,
        },
        ..known.clone()
    };
    let ids = vec![
        cert_id(&ca(&bank), &[0x41; 16], SHA1),
        cert_id(stranger.der(), &serial(&issued), SHA1),
        other_algorithm,
        known,
    ];
    let answer = basic(&bank, send(&bank.plain(), request(ids, Vec::new())).await).tbs_response_data;
    let statuses: Vec<CertStatus> = answer.responses.iter().map(|one| one.cert_status).collect();
    let unknown = CertStatus::unknown();
    assert_eq!(statuses, [unknown, unknown, unknown, CertStatus::good()]);
}

#[tokio::test]
async fn a_malformed_request_is_told_so() {
    let bank = TestBank::open().await;
    let id = || cert_id(&ca(&bank), &[0x41; 16], SHA1);
    let critical = Extension {
        extn_id: ObjectIdentifier::new_unwrap("1.2.3.4"),
        critical: true,
        extn_value: OctetString::new([5, 0]).unwrap(),
    };
    let good = request(vec![id()], vec![nonce(128)]);
    let mut long = good.clone();
    long.push(0);
    let wrong = [
        Vec::new(),
        b"hello".to_vec(),
        long,
        request(Vec::new(), Vec::new()),
        request(vec![id()], vec![nonce(0)]),
        request(vec![id()], vec![nonce(129)]),
        request(vec![id()], vec![nonce(16), nonce(16)]),
        request(vec![id()], vec![critical]),
        request((0..65).map(|_| id()).collect(), Vec::new()),
    ];
    for body in wrong {
        let shown = data_encoding::HEXLOWER.encode(&body);
        let response = send(&bank.plain(), body).await;
        assert_eq!(response.response_status, OcspResponseStatus::MalformedRequest, "{shown}");
        assert_eq!(response.response_bytes, None);
    }
    let got = read(bank.plain().request(Method::GET, "/ocsp/not-base64")).await;
    assert_eq!(got.response_status, OcspResponseStatus::MalformedRequest);
    let answer = basic(&bank, send(&bank.plain(), good).await).tbs_response_data;
    assert_eq!(answer.response_extensions, Some(vec![nonce(128)]), "the most that RFC 9654 allows");
}
