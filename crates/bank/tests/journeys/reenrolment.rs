//! Renewal by EST simplereenroll (RFC 7030 §4.2.2): M1 … M3, M10.

use ::time::Duration;
use data_encoding::{BASE64, HEXLOWER};
use inkan_profile::Moment;
use inkan_protocol::path;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SanType};
use reqwest::Method;
use serde_json::json;
use x509_parser::prelude::*;

use crate::house::{Answer, Card, HANAKO, House, ICHIRO, Visitor, certificates, request};

/// A request for the subject of that certificate.
fn params(card: &Card) -> CertificateParams {
    let (_, old) = X509Certificate::from_der(&card.der).unwrap();
    let mut name = DistinguishedName::new();
    for one in old.subject().iter_attributes() {
        let kind: Vec<u64> = one.attr_type().iter().unwrap().collect();
        name.push(DnType::from_oid(&kind), one.as_str().unwrap());
    }
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params
}

fn renewal_request(card: &Card, key: &KeyPair) -> Vec<u8> {
    params(card).serialize_request(key).unwrap().der().to_vec()
}

pub(crate) async fn reenroll(visitor: &Visitor, csr: &[u8]) -> Result<Vec<u8>, Answer> {
    let sent = visitor
        .request(Method::POST, path::EST_SIMPLE_REENROLL)
        .header("content-type", "application/pkcs10")
        .body(BASE64.encode(csr));
    let response = sent.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    if status == 200 {
        Ok(certificates(&text).remove(0))
    } else {
        Err(Answer { status, json: serde_json::from_str(&text).unwrap() })
    }
}

/// With a new key.
pub(crate) async fn renew(house: &House, card: &Card) -> Card {
    let key = KeyPair::generate().unwrap();
    let der = reenroll(&house.certificate_login(card), &renewal_request(card, &key)).await.unwrap();
    Card { key, der }
}

pub(crate) async fn tell(visitor: &Visitor, card: &Card) -> Answer {
    let path = path::INSTALLED.replace("{fingerprint}", &card.fingerprint());
    crate::house::answer(visitor.request(Method::POST, &path)).await
}

/// Certificates of hanakodt that are neither revoked nor superseded.
async fn live(house: &House) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM certificates WHERE user_id = 'hanakodt' AND revoked IS NULL")
        .fetch_one(&mut house.database().await)
        .await
        .unwrap()
}

/// Thirty days before its end a certificate of okmate can be renewed.
async fn house_in_the_window() -> (House, Card) {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    house.advance(Duration::days(335));
    (house, card)
}

#[tokio::test]
async fn m1_before_the_window_it_is_refused_with_the_day_from_which_it_opens() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    let (_, certificate) = X509Certificate::from_der(&card.der).unwrap();
    let end = certificate.validity().not_after.to_datetime();
    let csr = renewal_request(&card, &KeyPair::generate().unwrap());
    let opens = (end - Duration::days(30)).in_tokyo();
    house.advance(opens - house.now() - Duration::seconds(1));
    let refused = reenroll(&house.certificate_login(&card), &csr).await.unwrap_err().refused("renewal_too_early");
    assert!(refused["params"]["from"].as_str().unwrap().starts_with(&opens.date().to_string()), "{refused}");
    house.advance(Duration::seconds(2));
    reenroll(&house.certificate_login(&card), &csr).await.unwrap();
}

#[tokio::test]
async fn m3_the_old_one_works_until_the_new_one_is_acquired_and_is_then_superseded() {
    let (house, old) = house_in_the_window().await;
    let old_session = house.log_in_with(&old, HANAKO.1).await;
    let new = renew(&house, &old).await;
    old_session.get(path::TOP).await.ok();
    house.certificate_login(&old).log_in_here(HANAKO.1).await.ok();

    let (_, before) = X509Certificate::from_der(&old.der).unwrap();
    let (_, after) = X509Certificate::from_der(&new.der).unwrap();
    assert_eq!(before.subject().as_raw(), after.subject().as_raw(), "RFC 7030 §4.2.2: the same subject");
    assert_ne!(before.public_key().raw, after.public_key().raw);
    assert_eq!(after.validity().not_after.to_datetime().date(), (house.now() + Duration::days(365)).date());

    tell(&house.certificate_login(&new), &new).await.ok();
    tell(&house.certificate_login(&new), &new).await.ok();
    // On the connection that has been open all along.
    let problem = old_session.get(path::TOP).await.refused("certificate_superseded");
    assert_eq!(problem["params"]["name"], "hanakodt");
    house.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_superseded");
    let csr = renewal_request(&old, &KeyPair::generate().unwrap());
    let again = reenroll(&house.certificate_login(&old), &csr).await.unwrap_err();
    again.refused("certificate_superseded");
    let top = house.log_in_with(&new, HANAKO.1).await.get(path::TOP).await.ok();
    assert_eq!((&top["certificate"]["issue_number"], &top["certificate"]["state"]), (&2.into(), &"valid".into()), "M2");
    assert_eq!(live(&house).await, 1, "M2");
}

#[tokio::test]
async fn the_first_login_with_the_new_one_says_as_well_that_it_is_acquired() {
    let (house, old) = house_in_the_window().await;
    let new = renew(&house, &old).await;
    house.log_in_with(&new, HANAKO.1).await;
    house.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_superseded");
}

#[tokio::test]
async fn a_renewal_stands_in_the_audit_log() {
    let (house, card) = house_in_the_window().await;
    let new = renew(&house, &card).await;
    tell(&house.certificate_login(&new), &new).await.ok();
    let log = crate::audit::log(&house).await;
    let [.., renewed, acquired] = log.as_slice() else { panic!("{log:?}") };
    let renewed = &renewed["event"];
    assert_eq!((&renewed["act"], &renewed["actor"]["user"]), (&json!("certificate_renewed"), &json!("hanakodt")));
    assert_eq!((&renewed["fingerprint"], &renewed["renews"]), (&json!(new.fingerprint()), &json!(card.fingerprint())));
    assert_eq!(acquired["event"]["act"], "certificate_acquired");
}

#[tokio::test]
async fn the_old_one_may_say_it_too() {
    let (house, old) = house_in_the_window().await;
    let stranger = house.acquire(ICHIRO).await;
    let new = renew(&house, &old).await;
    tell(&house.certificate_login(&stranger), &new).await.refused("not_found");
    tell(&house.certificate_login(&old), &new).await.ok();
    tell(&house.certificate_login(&old), &new).await.refused("certificate_superseded");
    house.log_in_with(&new, HANAKO.1).await;
}

#[tokio::test]
async fn the_same_key_gets_the_same_certificate_and_no_other_key_that_was_certified_any() {
    let (house, old) = house_in_the_window().await;
    let key = KeyPair::generate().unwrap();
    let visitor = house.certificate_login(&old);
    let first = reenroll(&visitor, &renewal_request(&old, &key)).await.unwrap();
    assert_eq!(reenroll(&visitor, &renewal_request(&old, &key)).await.unwrap(), first);
    let same_key = reenroll(&visitor, &renewal_request(&old, &old.key)).await.unwrap_err();
    same_key.refused("certification_request_invalid");
}

#[tokio::test]
async fn a_renewal_that_was_given_up_is_withdrawn_by_the_next() {
    let (house, old) = house_in_the_window().await;
    let given_up = renew(&house, &old).await;
    let new = renew(&house, &old).await;
    tell(&house.certificate_login(&given_up), &given_up).await.refused("certificate_superseded");
    house.log_in_with(&old, HANAKO.1).await.get(path::TOP).await.ok();
    tell(&house.certificate_login(&new), &new).await.ok();
    assert_eq!(live(&house).await, 1, "M2");
}

#[tokio::test(flavor = "multi_thread")]
async fn m2_many_renewals_at_once_on_two_instances_leave_one_new_certificate() {
    let house = House::open().await;
    let old = house.acquire(HANAKO).await;
    // Before the bank's clock moves on: its server certificate is judged by this machine's.
    let other = house.beside().await;
    house.advance(Duration::days(335));
    let here = house.certificate_login(&old);
    let there = Visitor { address: other.announcement().certificate_login.clone(), ..here.clone() };
    let same = KeyPair::generate().unwrap();
    let renewals = (0..16).map(|turn| {
        let visitor = if turn % 2 == 0 { here.clone() } else { there.clone() };
        // Half of them are one PC that asks again and again.
        let csr = if turn % 4 < 2 {
            renewal_request(&old, &same)
        } else {
            renewal_request(&old, &KeyPair::generate().unwrap())
        };
        tokio::spawn(async move { reenroll(&visitor, &csr).await })
    });
    for renewal in renewals.collect::<Vec<_>>() {
        // One that another key's request has just withdrawn is refused; nothing else is.
        if let Err(refused) = renewal.await.unwrap() {
            refused.refused("certification_request_invalid");
        }
    }
    assert_eq!(live(&house).await, 2, "the old one, and one that waits for its PC");
    let new = renew(&house, &old).await;
    tell(&house.certificate_login(&new), &new).await.ok();
    assert_eq!(live(&house).await, 1);
    other.stop().await;
}

#[tokio::test]
async fn another_subject_or_another_name_is_refused() {
    let (house, old) = house_in_the_window().await;
    let visitor = house.certificate_login(&old);
    let key = KeyPair::generate().unwrap();
    let mut other_subject = params(&old);
    other_subject.distinguished_name.push(DnType::CommonName, "ichirodt");
    let mut other_name = params(&old);
    other_name.subject_alt_names = vec![SanType::DnsName("hanako.example".try_into().unwrap())];
    for params in [other_subject, other_name] {
        let csr = params.serialize_request(&key).unwrap();
        reenroll(&visitor, csr.der()).await.unwrap_err().refused("certification_request_invalid");
    }
    reenroll(&visitor, &request(&key)).await.unwrap_err().refused("certification_request_invalid");
}

#[tokio::test]
async fn s0_13_revoked_and_expired_ones_are_refused_and_a_revocation_takes_the_renewal_with_it() {
    let (house, old) = house_in_the_window().await;
    let new = renew(&house, &old).await;
    house.revoke("hanakodt").await.ok();
    let csr = renewal_request(&old, &KeyPair::generate().unwrap());
    reenroll(&house.certificate_login(&old), &csr).await.unwrap_err().refused("certificate_revoked");
    tell(&house.certificate_login(&new), &new).await.refused("certificate_revoked");
    house.certificate_login(&new).log_in_here(HANAKO.1).await.refused("certificate_revoked");
    assert_eq!(live(&house).await, 0);

    let card = house.acquire(HANAKO).await;
    house.advance(Duration::days(366));
    let csr = renewal_request(&card, &KeyPair::generate().unwrap());
    reenroll(&house.certificate_login(&card), &csr).await.unwrap_err().refused("certificate_expired");
}

#[tokio::test]
async fn m5_m7_whose_password_is_locked_or_contract_stopped_is_refused() {
    let (house, card) = house_in_the_window().await;
    let csr = renewal_request(&card, &KeyPair::generate().unwrap());
    for _ in 0..6 {
        house.certificate_login(&card).log_in_here("Wrong1234").await.refused("login_failed");
    }
    let locked = reenroll(&house.certificate_login(&card), &csr).await.unwrap_err();
    locked.refused("login_password_locked");
    let mut database = house.database().await;
    sqlx::query("UPDATE users SET login_failures = 0").execute(&mut database).await.unwrap();
    sqlx::query("UPDATE contracts SET frozen = 1").execute(&mut database).await.unwrap();
    let frozen = reenroll(&house.certificate_login(&card), &csr).await.unwrap_err();
    frozen.refused("contract_frozen");
    sqlx::query("UPDATE contracts SET frozen = NULL").execute(&mut database).await.unwrap();
    reenroll(&house.certificate_login(&card), &csr).await.unwrap();
}

#[tokio::test]
async fn a_renewal_outlives_the_end_of_the_old_certificate() {
    let (house, old) = house_in_the_window().await;
    let new = renew(&house, &old).await;
    house.advance(Duration::days(40));
    house.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_expired");
    tell(&house.certificate_login(&new), &new).await.ok();
    house.log_in_with(&new, HANAKO.1).await.get(path::TOP).await.ok();
    house.certificate_login(&old).log_in_here(HANAKO.1).await.refused("certificate_expired");
}

#[tokio::test]
async fn m3_what_was_superseded_is_on_the_crl() {
    let (house, old) = house_in_the_window().await;
    let new = renew(&house, &old).await;
    tell(&house.certificate_login(&new), &new).await.ok();
    let response = house.plain().request(Method::GET, path::CRL).send().await.unwrap();
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
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    for visitor in [house.portal(), house.certificate_login(&card)] {
        let response = visitor.request(Method::GET, path::EST_CSR_ATTRIBUTES).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/csrattrs");
        let text: String = response.text().await.unwrap().split_ascii_whitespace().collect();
        let der = HEXLOWER.encode(&BASE64.decode(text.as_bytes()).unwrap());
        for oid in ["06082a8648ce3d030107", "06092a864886f70d010101"] {
            assert!(der.contains(oid), "{oid}: {der}");
        }
    }
}
