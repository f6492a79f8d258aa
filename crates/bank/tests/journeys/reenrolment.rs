//! Tests the renewal by EST simplereenroll (RFC 7030 §4.2.2): M1 … M3, M10.

use ::time::Duration;
use data_encoding::{BASE64, HEXLOWER};
use inkan_profile::Moment;
use inkan_protocol::path;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType};
use reqwest::Method;
use serde_json::json;
use x509_parser::prelude::*;

use crate::test_bank::{Answer, HANAKO, ICHIRO, Issued, TestBank, TestClient, certified, request};

/// Returns the parameters of a request for the subject of that certificate.
pub(crate) fn params(issued: &Issued) -> CertificateParams {
    let (_, old) = X509Certificate::from_der(&issued.der).unwrap();
    let mut name = DistinguishedName::new();
    for one in old.subject().iter_attributes() {
        let kind: Vec<u64> = one.attr_type().iter().unwrap().collect();
        name.push(DnType::from_oid(&kind), one.as_str().unwrap());
    }
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params
}

pub(crate) fn renewal_request(issued: &Issued, key: &KeyPair) -> Vec<u8> {
    params(issued).serialize_request(key).unwrap().der().to_vec()
}

pub(crate) async fn reenroll(client: &TestClient, csr: &[u8]) -> Result<Vec<u8>, Answer> {
    let sent = client
        .request(Method::POST, path::EST_SIMPLE_REENROLL)
        .header("content-type", "application/pkcs10")
        .body(BASE64.encode(csr));
    certified(sent).await
}

/// Renews the certificate with a new key.
pub(crate) async fn renew(bank: &TestBank, issued: &Issued) -> Issued {
    let key = KeyPair::generate().unwrap();
    let der = reenroll(&bank.certificate_login(issued), &renewal_request(issued, &key)).await.unwrap();
    Issued { key, der }
}

pub(crate) async fn tell(client: &TestClient, issued: &Issued) -> Answer {
    let path = path::INSTALLED.replace("{fingerprint}", &issued.fingerprint());
    crate::test_bank::answer(client.request(Method::POST, &path)).await
}

/// Returns how many certificates of hanakodt are neither revoked nor superseded.
async fn live(bank: &TestBank) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM certificates WHERE user_id = 'hanakodt' AND revoked IS NULL")
        .fetch_one(&mut bank.database().await)
        .await
        .unwrap()
}

/// Returns a bank whose time is thirty days before the end of a certificate, so that okmate renews the certificate.
async fn bank_in_the_window() -> (TestBank, Issued) {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.advance(Duration::days(335));
    (bank, issued)
}

#[tokio::test]
async fn m1_before_the_window_it_is_refused_with_the_day_from_which_it_opens() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let (_, certificate) = X509Certificate::from_der(&issued.der).unwrap();
    let end = certificate.validity().not_after.to_datetime();
    let csr = renewal_request(&issued, &KeyPair::generate().unwrap());
    let opens = (end - Duration::days(30)).in_tokyo();
    bank.advance(opens - bank.now() - Duration::seconds(1));
    let refused = reenroll(&bank.certificate_login(&issued), &csr).await.unwrap_err().refused("renewal_too_early");
    assert!(refused["params"]["from"].as_str().unwrap().starts_with(&opens.date().to_string()), "{refused}");
    bank.advance(Duration::seconds(2));
    reenroll(&bank.certificate_login(&issued), &csr).await.unwrap();
}

#[tokio::test]
async fn m3_the_old_one_works_until_the_new_one_is_acquired_and_is_then_superseded() {
    let (bank, old) = bank_in_the_window().await;
    let old_session = bank.log_in_with(&old, HANAKO.1).await;
    let new = renew(&bank, &old).await;
    old_session.get(path::TOP).await.ok();
    bank.certificate_login(&old).log_in_here(HANAKO.1).await.ok();

    let (_, before) = X509Certificate::from_der(&old.der).unwrap();
    let (_, after) = X509Certificate::from_der(&new.der).unwrap();
    assert_eq!(before.subject().as_raw(), after.subject().as_raw(), "RFC 7030 §4.2.2: the same subject");
    assert_ne!(before.public_key().raw, after.public_key().raw);
    assert_eq!(after.validity().not_after.to_datetime().date(), (bank.now() + Duration::days(365)).date());

    tell(&bank.certificate_login(&new), &new).await.ok();
    tell(&bank.certificate_login(&new), &new).await.ok();
    // On the connection that has been open all along.
    let problem = old_session.get(path::TOP).await.refused("certificate_superseded");
    assert_eq!(problem["params"]["name"], "hanakodt");
    bank.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_superseded");
    let csr = renewal_request(&old, &KeyPair::generate().unwrap());
    let again = reenroll(&bank.certificate_login(&old), &csr).await.unwrap_err();
    again.refused("certificate_superseded");
    let top = bank.log_in_with(&new, HANAKO.1).await.get(path::TOP).await.ok();
    assert_eq!((&top["certificate"]["issue_number"], &top["certificate"]["state"]), (&2.into(), &"valid".into()), "M2");
    assert_eq!(live(&bank).await, 1, "M2");
}

#[tokio::test]
async fn the_first_login_with_the_new_one_says_as_well_that_it_is_acquired() {
    let (bank, old) = bank_in_the_window().await;
    let new = renew(&bank, &old).await;
    bank.log_in_with(&new, HANAKO.1).await;
    bank.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_superseded");
}

#[tokio::test]
async fn a_renewal_stands_in_the_audit_log() {
    let (bank, issued) = bank_in_the_window().await;
    let new = renew(&bank, &issued).await;
    tell(&bank.certificate_login(&new), &new).await.ok();
    let log = crate::audit::log(&bank).await;
    let [.., renewed, acquired] = log.as_slice() else { panic!("{log:?}") };
    let renewed = &renewed["event"];
    assert_eq!((&renewed["act"], &renewed["actor"]["user"]), (&json!("certificate_renewed"), &json!("hanakodt")));
    assert_eq!(
        (&renewed["fingerprint"], &renewed["renews"]),
        (&json!(new.fingerprint()), &json!(issued.fingerprint()))
    );
    assert_eq!(acquired["event"]["act"], "certificate_acquired");
}

#[tokio::test]
async fn the_old_one_may_say_it_too() {
    let (bank, old) = bank_in_the_window().await;
    let stranger = bank.acquire(ICHIRO).await;
    let new = renew(&bank, &old).await;
    tell(&bank.certificate_login(&stranger), &new).await.refused("not_found");
    tell(&bank.certificate_login(&old), &new).await.ok();
    tell(&bank.certificate_login(&old), &new).await.refused("certificate_superseded");
    bank.log_in_with(&new, HANAKO.1).await;
}

#[tokio::test]
async fn the_same_key_gets_the_same_certificate_and_no_other_key_that_was_certified_any() {
    let (bank, old) = bank_in_the_window().await;
    let key = KeyPair::generate().unwrap();
    let client = bank.certificate_login(&old);
    let first = reenroll(&client, &renewal_request(&old, &key)).await.unwrap();
    assert_eq!(reenroll(&client, &renewal_request(&old, &key)).await.unwrap(), first);
    let same_key = reenroll(&client, &renewal_request(&old, &old.key)).await.unwrap_err();
    same_key.refused("certification_request_invalid");
}

#[tokio::test]
async fn a_renewal_that_was_given_up_is_withdrawn_by_the_next() {
    let (bank, old) = bank_in_the_window().await;
    let given_up = renew(&bank, &old).await;
    let new = renew(&bank, &old).await;
    tell(&bank.certificate_login(&given_up), &given_up).await.refused("certificate_superseded");
    bank.log_in_with(&old, HANAKO.1).await.get(path::TOP).await.ok();
    tell(&bank.certificate_login(&new), &new).await.ok();
    assert_eq!(live(&bank).await, 1, "M2");
}

#[tokio::test(flavor = "multi_thread")]
async fn m2_many_renewals_at_once_on_two_instances_leave_one_new_certificate() {
    let bank = TestBank::open().await;
    let old = bank.acquire(HANAKO).await;
    // Before the bank's clock moves on: its server certificate is judged by this machine's.
    let other = bank.beside().await;
    bank.advance(Duration::days(335));
    let here = bank.certificate_login(&old);
    let there = TestClient { address: other.announcement().certificate_login.clone(), ..here.clone() };
    let same = KeyPair::generate().unwrap();
    let renewals = (0..16).map(|turn| {
        let client = if turn % 2 == 0 { here.clone() } else { there.clone() };
        // Half of them are one PC that asks again and again.
        let csr = if turn % 4 < 2 {
            renewal_request(&old, &same)
        } else {
            renewal_request(&old, &KeyPair::generate().unwrap())
        };
        tokio::spawn(async move { reenroll(&client, &csr).await })
    });
    for renewal in renewals.collect::<Vec<_>>() {
        // One that another key's request has just withdrawn is refused; nothing else is.
        if let Err(refused) = renewal.await.unwrap() {
            refused.refused("certification_request_invalid");
        }
    }
    assert_eq!(live(&bank).await, 2, "the old one, and one that waits for its PC");
    let new = renew(&bank, &old).await;
    tell(&bank.certificate_login(&new), &new).await.ok();
    assert_eq!(live(&bank).await, 1);
    other.stop().await;
}

#[tokio::test]
async fn another_subject_or_another_name_is_refused() {
    let (bank, old) = bank_in_the_window().await;
    let client = bank.certificate_login(&old);
    let key = KeyPair::generate().unwrap();
    let mut other_subject = params(&old);
    other_subject.distinguished_name.push(DnType::CommonName, "ichirodt");
    let mut other_name = params(&old);
    other_name.subject_alt_names = vec![SanType::DnsName("hanako.example".try_into().unwrap())];
    for params in [other_subject, other_name] {
        let csr = params.serialize_request(&key).unwrap();
        reenroll(&client, csr.der()).await.unwrap_err().refused("certification_request_invalid");
    }
    reenroll(&client, &request(&key)).await.unwrap_err().refused("certification_request_invalid");
}

#[tokio::test]
async fn s0_13_revoked_and_expired_ones_are_refused_and_a_revocation_takes_the_renewal_with_it() {
    let (bank, old) = bank_in_the_window().await;
    let new = renew(&bank, &old).await;
    bank.revoke("hanakodt").await.ok();
    let csr = renewal_request(&old, &KeyPair::generate().unwrap());
    reenroll(&bank.certificate_login(&old), &csr).await.unwrap_err().refused("certificate_revoked");
    tell(&bank.certificate_login(&new), &new).await.refused("certificate_revoked");
    bank.certificate_login(&new).log_in_here(HANAKO.1).await.refused("certificate_revoked");
    assert_eq!(live(&bank).await, 0);

    let issued = bank.acquire(HANAKO).await;
    bank.advance(Duration::days(366));
    let csr = renewal_request(&issued, &KeyPair::generate().unwrap());
    reenroll(&bank.certificate_login(&issued), &csr).await.unwrap_err().refused("certificate_expired");
}

#[tokio::test]
async fn m5_m7_whose_password_is_locked_or_contract_stopped_is_refused() {
    let (bank, issued) = bank_in_the_window().await;
    let csr = renewal_request(&issued, &KeyPair::generate().unwrap());
    for _ in 0..6 {
        bank.certificate_login(&issued).log_in_here("Wrong1234").await.refused("login_failed");
    }
    let locked = reenroll(&bank.certificate_login(&issued), &csr).await.unwrap_err();
    locked.refused("login_password_locked");
    let mut database = bank.database().await;
    sqlx::query("UPDATE users SET login_failures = 0").execute(&mut database).await.unwrap();
    sqlx::query("UPDATE contracts SET frozen = 1").execute(&mut database).await.unwrap();
    let frozen = reenroll(&bank.certificate_login(&issued), &csr).await.unwrap_err();
    frozen.refused("contract_frozen");
    sqlx::query("UPDATE contracts SET frozen = NULL").execute(&mut database).await.unwrap();
    reenroll(&bank.certificate_login(&issued), &csr).await.unwrap();
}

#[tokio::test]
async fn a_renewal_outlives_the_end_of_the_old_certificate() {
    let (bank, old) = bank_in_the_window().await;
    let new = renew(&bank, &old).await;
    bank.advance(Duration::days(40));
    bank.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_expired");
    tell(&bank.certificate_login(&new), &new).await.ok();
    bank.log_in_with(&new, HANAKO.1).await.get(path::TOP).await.ok();
    bank.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_expired");
}

#[tokio::test]
async fn m3_what_was_superseded_is_on_the_crl() {
    let (bank, old) = bank_in_the_window().await;
    let new = renew(&bank, &old).await;
    tell(&bank.certificate_login(&new), &new).await.ok();
    let response = bank.plain().request(Method::GET, path::CRL).send().await.unwrap();
    let der = response.bytes().await.unwrap();
    let (_, crl) = CertificateRevocationList::from_der(&der).unwrap();
    let entries: Vec<_> = crl.iter_revoked_certificates().collect();
    let (_, certificate) = X509Certificate::from_der(&old.der).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].raw_serial(), certificate.raw_serial());
    assert_eq!(entries[0].reason_code().unwrap().1, ReasonCode::Superseded);
}

#[tokio::test]
async fn csr_attributes_are_on_both_listeners() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for client in [bank.portal(), bank.certificate_login(&issued)] {
        let response = client.request(Method::GET, path::EST_CSR_ATTRIBUTES).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/csrattrs");
        let text: String = response.text().await.unwrap().split_ascii_whitespace().collect();
        let der = HEXLOWER.encode(&BASE64.decode(text.as_bytes()).unwrap());
        for oid in ["06082a8648ce3d030107", "06092a864886f70d010101"] {
            assert!(der.contains(oid), "{oid}: {der}");
        }
    }
}
