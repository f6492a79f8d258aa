use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{HANAKO, ICHIRO, TestBank};

#[tokio::test]
async fn s1_3_the_id_comes_from_the_certificate() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let client = bank.certificate_login(&issued);
    client.log_in_here(ICHIRO.1).await.refused("login_failed");
    let granted = client.log_in_here(HANAKO.1).await.ok();
    assert_eq!(granted["person"]["id"], "hanakodt");
    assert_eq!(granted["connection"]["certificate"], "hanakodt");
    assert_eq!(granted["connection"]["protocol"], "TLSv1.3");
    let top = client.with_token_of(&bank.log_in_with(&issued, HANAKO.1).await).get(path::TOP).await.ok();
    assert_eq!(top["method"], "certificate");
    assert_eq!(top["certificate"]["fingerprint_sha256"], issued.fingerprint());
}

#[tokio::test]
async fn rfc_8705_a_session_goes_on_with_its_own_certificate_only() {
    let bank = TestBank::open().await;
    let (hanako, ichiro) = (bank.acquire(HANAKO).await, bank.acquire(ICHIRO).await);
    let bound = bank.log_in_with(&hanako, HANAKO.1).await;
    let elsewhere = [bank.certificate_login(&ichiro), bank.portal()];
    for place in &elsewhere {
        place.with_token_of(&bound).get(path::TOP).await.refused("session_not_bound");
        place.with_token_of(&bound).delete(path::CURRENT_SESSION).await.refused("session_not_bound");
    }
    let unbound = bank.log_in(HANAKO).await;
    bank.certificate_login(&hanako).with_token_of(&unbound).get(path::TOP).await.refused("session_not_bound");

    bound.get(path::TOP).await.ok();
    bound.delete(path::CURRENT_SESSION).await.ok();
    bound.get(path::TOP).await.refused("session_ended");
    bank.certificate_login(&ichiro).with_token_of(&bound).get(path::TOP).await.refused("session_ended");
}

#[tokio::test]
async fn a_session_ends_where_nothing_is_done_for_a_quarter_of_an_hour() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for by_certificate in [true, false] {
        let client = if by_certificate { bank.log_in_with(&issued, HANAKO.1).await } else { bank.log_in(HANAKO).await };
        for _ in 0..2 {
            bank.advance(Duration::minutes(14));
            client.get(path::TOP).await.ok();
        }
        bank.advance(Duration::minutes(15));
        client.get(path::TOP).await.refused("session_ended");
    }
}

#[tokio::test]
async fn m8_an_expired_certificate_is_told_that_it_has_expired() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let client = bank.certificate_login(&issued);
    bank.advance(Duration::days(365));
    client.log_in_here(HANAKO.1).await.ok();
    bank.advance(Duration::seconds(1));
    for client in [client, bank.certificate_login(&issued)] {
        let problem = client.log_in_here(HANAKO.1).await.refused("certificate_expired");
        assert_eq!(problem["params"], json!({"name": "hanakodt", "user": "hanakodt"}));
        client.log_in_here("Wrong1234").await.refused("certificate_expired");
        client.get("/nowhere").await.refused("certificate_expired");
    }
}

#[tokio::test]
async fn the_first_login_shows_that_the_certificate_was_installed() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    let der = bank.portal().enroll(("hanakodt", &code), &crate::test_bank::request(&key)).await.unwrap();
    let client = bank.log_in_with(&crate::test_bank::Issued { key, der }, HANAKO.1).await;
    let top = client.get(path::TOP).await.ok();
    assert_eq!(top["certificate"]["state"], "valid", "M3");
    assert_eq!(top["operations"][0]["kind"], "certificate_acquired");
}

#[tokio::test]
async fn m5_a_locked_password_locks_the_certificate_login_too() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for _ in 0..6 {
        bank.certificate_login(&issued).log_in_here("Wrong1234").await.refused("login_failed");
    }
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("login_password_locked");
    bank.portal().log_in(HANAKO).await.refused("login_password_locked");
}

#[tokio::test]
async fn a_certificate_without_a_record_and_a_bank_without_records_let_nobody_in() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let mut database = bank.database().await;
    sqlx::query("DELETE FROM certificates").execute(&mut database).await.unwrap();
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("certificate_unknown");
    sqlx::query("ALTER TABLE certificates RENAME TO lost").execute(&mut database).await.unwrap();
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("bank_unavailable");
}
