use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{HANAKO, ICHIRO, JIRO, OKMATE, TestBank};

#[tokio::test]
async fn s0_13_a_revoked_certificate_is_refused_at_the_very_next_request() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    hanako.get(path::TOP).await.ok();

    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "revoke", "Wrong1234").await.refused("confirmation_password_wrong");
    hanako.get(path::TOP).await.ok();
    let record = ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
    assert_eq!(record["certificate"]["state"], "revoked");

    // The connection is the one that has been open all along.
    let problem = hanako.get(path::TOP).await.refused("certificate_revoked");
    assert_eq!(problem["params"], json!({"name": "hanakodt", "user": "hanakodt"}));
    hanako.log_in_here("Wrong1234").await.refused("certificate_revoked");
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("certificate_revoked");
    bank.portal().with_token_of(&hanako).get(path::TOP).await.refused("session_ended");

    let operations = ichiro.get(path::TOP).await.ok()["operations"].clone();
    assert_eq!(operations[0]["kind"], "certificate_revoked");
    assert_eq!((&operations[0]["operator"], &operations[0]["subject"]), (&json!("ichirodt"), &json!("hanakodt")));
}

#[tokio::test]
async fn s0_12_one_revokes_ones_own_and_acquires_the_next() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    let other_way = bank.log_in(HANAKO).await;
    hanako.change_certificate("hanakodt", "revoke", "Kakunin01").await.ok();
    hanako.get(path::TOP).await.refused("certificate_revoked");
    other_way.get(path::TOP).await.ok();

    let next = bank.acquire(HANAKO).await;
    let top = bank.log_in_with(&next, HANAKO.1).await.get(path::TOP).await.ok();
    assert_eq!((&top["certificate"]["issue_number"], &top["certificate"]["state"]), (&json!(2), &json!("valid")), "M2");
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("certificate_revoked");
}

#[tokio::test]
async fn s0_14_a_general_user_can_do_nothing_of_that() {
    let bank = TestBank::open().await;
    bank.acquire(JIRO).await;
    let jiro = bank.log_in(JIRO).await;
    jiro.get(path::USERS).await.refused("not_permitted");
    jiro.get("/v1/users/jirodt").await.refused("not_permitted");
    for user in ["jirodt", "hanakodt", "nobody"] {
        for act in ["revoke", "reissue", "keep"] {
            // Refused before the password is looked at, so it is not counted either.
            jiro.change_certificate(user, act, "Wrong1234").await.refused("not_permitted");
        }
    }
    let failures: i64 = sqlx::query_scalar("SELECT confirmation_failures FROM users WHERE id = 'jirodt'")
        .fetch_one(&mut bank.database().await)
        .await
        .unwrap();
    assert_eq!(failures, 0);
    assert_eq!(jiro.get(path::TOP).await.ok()["certificate"]["state"], "valid");
    bank.revoke("jirodt").await.ok();
}

#[tokio::test]
async fn m5_six_wrong_confirmation_passwords_lock_it_apart_from_the_login_password() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    for _ in 0..6 {
        let answer = ichiro.change_certificate("hanakodt", "revoke", "Wrong1234").await;
        answer.refused("confirmation_password_wrong");
    }
    let answer = ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await;
    answer.refused("confirmation_password_locked");
    bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    bank.portal().log_in(ICHIRO).await.ok();
}

#[tokio::test]
async fn s0_6_without_a_confirmation_password_nothing_is_changed() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    sqlx::query("UPDATE users SET confirmation_password = NULL WHERE id = 'ichirodt'")
        .execute(&mut bank.database().await)
        .await
        .unwrap();
    let answer = ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await;
    answer.refused("confirmation_password_unregistered");
    assert_eq!(bank.log_in(HANAKO).await.get(path::TOP).await.ok()["certificate"]["state"], "valid");
}

#[tokio::test]
async fn there_must_be_somebody_and_something_to_revoke() {
    let bank = TestBank::open().await;
    assert_eq!(bank.revoke("nobody").await.refused("user_unknown")["params"]["user"], "nobody");
    assert_eq!(bank.revoke("hanakodt").await.refused("no_live_certificate")["params"]["user"], "hanakodt");
    bank.acquire(HANAKO).await;
    bank.revoke("hanakodt").await.ok();
    // S0-9: at this bank the holder acquires the next one.
    assert_eq!(bank.revoke("hanakodt").await.refused("no_live_certificate")["params"]["remedy"], json!(null));
    bank.log_in(ICHIRO).await.get("/v1/users/nobody").await.refused("user_unknown");
}

#[tokio::test]
async fn a_revocation_ends_an_acquisition_under_way() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    bank.portal().enroll(("hanakodt", &code), &crate::test_bank::request(&key)).await.unwrap();
    bank.revoke("hanakodt").await.ok();
    let other = rcgen::KeyPair::generate().unwrap();
    let refused = bank.portal().enroll(("hanakodt", &code), &crate::test_bank::request(&other)).await.unwrap_err();
    refused.refused("enrolment_code_invalid");
}

#[tokio::test]
async fn q8_a_live_certificate_can_be_kept_and_an_expired_one_not() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    let record = ichiro.change_certificate("hanakodt", "keep", "Kakunin02").await.ok();
    assert_eq!(record["certificate"]["state"], "valid");
    bank.advance(Duration::days(366));
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "keep", "Kakunin02").await.refused("expired_not_kept");
}

#[tokio::test]
async fn q7_a_reissue_revokes_at_once_where_the_role_grants_it() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "reissue", "Kakunin02").await.refused("not_permitted");

    let grants = "\"revoke_others_certificate\",";
    assert!(OKMATE.contains(grants));
    let profile = OKMATE.replace(grants, "\"revoke_others_certificate\", \"reissue_others_certificate\",");
    let bank = TestBank::with_profile(&profile).await;
    let issued = bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("ichirodt", "reissue", "Kakunin02").await.refused("not_permitted");
    let record = ichiro.change_certificate("hanakodt", "reissue", "Kakunin02").await.ok();
    assert_eq!(record["certificate"]["state"], "revoked");
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("certificate_revoked");
    bank.acquire(HANAKO).await;
}

#[tokio::test]
async fn s2_12_the_users_and_their_tokens_are_listed() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let users = bank.log_in(ICHIRO).await.get(path::USERS).await.ok();
    let seen: Vec<_> = users
        .as_array()
        .unwrap()
        .iter()
        .map(|user| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
            let certificate = text(&user["certificate"]["state"]);
            (text(&user["person"]["id"]), text(&user["token"]["state"]), text(&user["token"]["serial"]), certificate)
        })
        .collect();
    let row = |id: &str, state: &str, serial: &str, certificate: &str| {
        (id.to_owned(), state.to_owned(), serial.to_owned(), certificate.to_owned())
    };
    let expected = [
        row("hanakodt", "active", "33456789", "valid"),
        row("ichirodt", "expired", "23456789", "-"),
        row("jirodt", "revoked", "-", "-"),
        row("shirodt", "unregistered", "43456789", "-"),
    ];
    assert_eq!(seen, expected);
    let one = bank.log_in(HANAKO).await.get("/v1/users/jirodt").await.ok();
    assert_eq!((&one["person"]["name"], &one["token"]["expires"]), (&json!("ゲータ 二郎"), &json!(null)), "S2-14");
}
