use inkan_profile::Moment;
use inkan_protocol::path;
use rcgen::KeyPair;
use reqwest::Method;
use serde_json::json;
use time::Duration;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::test_bank::{HANAKO, Issued, JIRO, TestBank, certificates, public_key_sha256, request};

async fn code(bank: &TestBank, who: (&str, &str)) -> String {
    bank.code(who).await.ok()["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s0_7_a_certificate_is_acquired_with_id_and_login_password() {
    let bank = TestBank::open().await;
    bank.code(("hanakodt", "Wrong1234")).await.refused("login_failed");
    let code = code(&bank, HANAKO).await;
    assert!(code.len() >= 20 && code.chars().all(|c| c.is_ascii_alphanumeric()), "{code}");
    let key = KeyPair::generate().unwrap();
    let der = bank.portal().enroll(("hanakodt", &code), &request(&key)).await.unwrap();
    let (_, certificate) = X509Certificate::from_der(&der).unwrap();
    let name = certificate.subject().iter_common_name().next().unwrap().as_str().unwrap().to_owned();
    assert_eq!(name, "hanakodt", "S1-2");

    let client = bank.log_in(HANAKO).await;
    let known = client.get(path::TOP).await.ok()["certificate"].clone();
    assert_eq!((&known["state"], &known["issue_number"]), (&json!("issued"), &json!(1)), "M3, S3-5");
    let issued = Issued { key, der };
    assert_eq!(known["fingerprint_sha256"], issued.fingerprint());
    bank.portal().installed(("hanakodt", &code), &issued).await.ok();
    let top = client.get(path::TOP).await.ok();
    assert_eq!(top["certificate"]["state"], "valid", "M3");
    assert_eq!(top["operations"][0]["kind"], "certificate_acquired");
    assert_eq!(top["operations"][1]["kind"], "certificate_issued");
    bank.portal().installed(("hanakodt", &code), &issued).await.refused("enrolment_code_invalid");
}

#[tokio::test]
async fn s3_13_asking_again_with_the_same_key_gives_the_same_certificate() {
    let bank = TestBank::open().await;
    let first = code(&bank, HANAKO).await;
    let key = KeyPair::generate().unwrap();
    let der = bank.portal().enroll(("hanakodt", &first), &request(&key)).await.unwrap();
    assert_eq!(bank.portal().enroll(("hanakodt", &first), &request(&key)).await.unwrap(), der);

    // The code has run out meanwhile: a new one is given to the holder of that key.
    bank.advance(Duration::minutes(10));
    bank.portal().enroll(("hanakodt", &first), &request(&key)).await.unwrap_err().refused("enrolment_code_invalid");
    let asked =
        json!({"user": "hanakodt", "login_password": "Hanako2026", "public_key_sha256": public_key_sha256(&key)});
    let second = bank.portal().post(path::ENROLMENT_CODES, &asked).await.ok()["code"].as_str().unwrap().to_owned();
    assert_eq!(bank.portal().enroll(("hanakodt", &second), &request(&key)).await.unwrap(), der);
    let issued = Issued { key, der };
    bank.portal().installed(("hanakodt", &second), &issued).await.ok();

    // Told again after the answer was lost.
    let third = bank.portal().post(path::ENROLMENT_CODES, &asked).await.ok()["code"].as_str().unwrap().to_owned();
    bank.portal().installed(("hanakodt", &third), &issued).await.ok();
}

#[tokio::test]
async fn m2_one_who_has_a_certificate_gets_no_other() {
    let bank = TestBank::open().await;
    let (early, key) = (code(&bank, HANAKO).await, KeyPair::generate().unwrap());
    let later = code(&bank, HANAKO).await;
    bank.portal().enroll(("hanakodt", &later), &request(&KeyPair::generate().unwrap())).await.unwrap();
    let refused = bank.portal().enroll(("hanakodt", &early), &request(&key)).await.unwrap_err();
    assert_eq!(refused.refused("certificate_already_issued")["params"]["user"], "hanakodt");
    bank.code(HANAKO).await.refused("certificate_already_issued");
    let asked =
        json!({"user": "hanakodt", "login_password": "Hanako2026", "public_key_sha256": public_key_sha256(&key)});
    bank.portal().post(path::ENROLMENT_CODES, &asked).await.refused("certificate_already_issued");
}

#[tokio::test]
async fn m2_of_many_who_ask_at_once_one_gets_it() {
    let bank = TestBank::open().await;
    let code = code(&bank, HANAKO).await;
    let asking: Vec<_> = (0..8)
        .map(|_| {
            let (portal, code) = (bank.portal(), code.clone());
            tokio::spawn(
                async move { portal.enroll(("hanakodt", &code), &request(&KeyPair::generate().unwrap())).await },
            )
        })
        .collect();
    let mut issued = Vec::new();
    for answer in asking {
        match answer.await.unwrap() {
            Ok(der) => issued.push(der),
            Err(refused) => drop(refused.refused("certificate_already_issued")),
        }
    }
    assert_eq!(issued.len(), 1);
    let live: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM certificates WHERE closed IS NULL")
        .fetch_one(&mut bank.database().await)
        .await
        .unwrap();
    assert_eq!(live, 1);
}

#[tokio::test]
async fn a_code_opens_its_own_users_enrolment_only_and_not_for_long() {
    let bank = TestBank::open().await;
    let code = code(&bank, HANAKO).await;
    let csr = request(&KeyPair::generate().unwrap());
    for wrong in [("hanakodt", "0123456789ABCDEFGHJK"), ("jirodt", &code), ("hanakodt", "")] {
        bank.portal().enroll(wrong, &csr).await.unwrap_err().refused("enrolment_code_invalid");
    }
    let bare = bank.portal().request(Method::POST, path::EST_SIMPLE_ENROLL).body("").send().await.unwrap();
    assert_eq!(bare.status(), 401);
    assert!(bare.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic "), "RFC 7617");
    bank.advance(Duration::minutes(10));
    bank.portal().enroll(("hanakodt", &code), &csr).await.unwrap_err().refused("enrolment_code_invalid");
}

#[tokio::test]
async fn what_is_no_request_or_no_key_of_ours_is_refused() {
    let bank = TestBank::open().await;
    let code = code(&bank, HANAKO).await;
    let who = ("hanakodt", code.as_str());
    let p384 = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    for csr in [b"".to_vec(), b"no request".to_vec(), request(&p384)] {
        bank.portal().enroll(who, &csr).await.unwrap_err().refused("certification_request_invalid");
    }
    let untyped =
        bank.portal().request(Method::POST, path::EST_SIMPLE_ENROLL).basic_auth(who.0, Some(who.1)).body("AAAA");
    crate::test_bank::answer(untyped).await.refused("request_invalid");
}

#[tokio::test]
async fn a_key_that_was_certified_for_another_or_revoked_is_refused() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let code = code(&bank, JIRO).await;
    let refused = bank.portal().enroll(("jirodt", &code), &request(&issued.key)).await.unwrap_err();
    refused.refused("certification_request_invalid");
    bank.revoke("hanakodt").await.ok();
    let code = self::code(&bank, HANAKO).await;
    let refused = bank.portal().enroll(("hanakodt", &code), &request(&issued.key)).await.unwrap_err();
    refused.refused("certification_request_invalid");
}

#[tokio::test]
async fn after_expiry_the_next_one_is_acquired() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    bank.advance(Duration::days(365) + Duration::seconds(1));
    let top = bank.log_in(HANAKO).await.get(path::TOP).await.ok();
    assert_eq!(top["certificate"]["state"], "expired");
    bank.acquire(HANAKO).await;
    let top = bank.log_in(HANAKO).await.get(path::TOP).await.ok();
    assert_eq!((&top["certificate"]["state"], &top["certificate"]["issue_number"]), (&json!("valid"), &json!(2)));
}

#[tokio::test]
async fn rfc_7030_the_ca_is_published_and_a_request_in_lines_is_read() {
    let bank = TestBank::open().await;
    let response = bank.portal().request(Method::GET, path::EST_CA_CERTIFICATES).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/pkcs7-mime; smime-type=certs-only");
    assert_eq!(response.headers()["content-transfer-encoding"], "base64");
    let authority = certificates(&response.text().await.unwrap()).remove(0);
    let (_, ca) = X509Certificate::from_der(&authority).unwrap();
    assert!(ca.is_ca());

    let code = code(&bank, HANAKO).await;
    let lines = data_encoding::BASE64_MIME.encode(&request(&KeyPair::generate().unwrap()));
    assert!(lines.contains("\r\n"));
    let sent = bank
        .portal()
        .request(Method::POST, path::EST_SIMPLE_ENROLL)
        .basic_auth("hanakodt", Some(code))
        .header("content-type", "application/pkcs10")
        .body(lines);
    let issued = certificates(&sent.send().await.unwrap().text().await.unwrap()).remove(0);
    let (_, certificate) = X509Certificate::from_der(&issued).unwrap();
    certificate.verify_signature(Some(ca.public_key())).unwrap();
}

/// Returns a request that another program made.
pub(crate) fn foreign_request(text: &str) -> Vec<u8> {
    data_encoding::BASE64.decode(text.split_ascii_whitespace().collect::<String>().as_bytes()).unwrap()
}

#[tokio::test]
async fn rsa_is_accepted_from_2048_bits() {
    let bank = TestBank::open().await;
    let code = code(&bank, HANAKO).await;
    let short = foreign_request(include_str!("../requests/rsa-1024.b64"));
    let refused = bank.portal().enroll(("hanakodt", &code), &short).await.unwrap_err();
    refused.refused("certification_request_invalid");
    let long = foreign_request(include_str!("../requests/rsa-2048.b64"));
    let der = bank.portal().enroll(("hanakodt", &code), &long).await.unwrap();
    let (_, certificate) = X509Certificate::from_der(&der).unwrap();
    assert_eq!(certificate.public_key().parsed().unwrap().key_size(), 2048);
}

#[tokio::test]
async fn the_request_has_no_say_in_what_the_certificate_is() {
    let bank = TestBank::open().await;
    let code = code(&bank, HANAKO).await;
    let greedy = foreign_request(include_str!("../requests/p256-greedy.b64"));
    let der = bank.portal().enroll(("hanakodt", &code), &greedy).await.unwrap();
    let (_, certificate) = X509Certificate::from_der(&der).unwrap();
    assert_eq!(certificate.subject().to_string(), "O=ゲータ商事株式会社, CN=hanakodt, name=ゲータ 花子");
    assert!(!certificate.is_ca());
    assert!(certificate.subject_alternative_name().unwrap().is_none());
    let usage = certificate.extended_key_usage().unwrap().unwrap().value;
    assert!(usage.client_auth && !usage.server_auth);
}

#[tokio::test]
async fn one_person_gets_ten_certificates_within_an_hour_and_no_more() {
    let bank = TestBank::open().await;
    for _ in 1..=10 {
        bank.acquire(HANAKO).await;
        // Each revocation makes room for the next certificate.
        bank.revoke(HANAKO.0).await.ok();
    }
    let code = code(&bank, HANAKO).await;
    let refused = bank.portal().enroll((HANAKO.0, &code), &request(&KeyPair::generate().unwrap())).await.unwrap_err();
    assert_eq!(refused.status, 429);
    let problem = refused.refused("too_many_certificates");
    assert_eq!(problem["params"]["most"], "10");
    let form = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]");
    let until = (bank.now() + Duration::hours(1)).in_tokyo().format(form).unwrap();
    assert_eq!(problem["params"]["until"], until);
    // Another person is not concerned.
    bank.acquire(JIRO).await;
}
