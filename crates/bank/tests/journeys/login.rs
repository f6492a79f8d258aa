use inkan_bank::Branch;
use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{HANAKO, JIRO, OKMATE, SHIRO, TestBank};

#[tokio::test]
async fn s1_6_id_and_password_lead_to_the_top_page() {
    let bank = TestBank::open().await;
    let granted = bank.portal().log_in(HANAKO).await.ok();
    assert_eq!(granted["person"], json!({"id": "hanakodt", "name": "ゲータ 花子", "role": "administrator"}));
    assert_eq!(granted["next"], "top");
    assert_eq!(granted["connection"]["protocol"], "TLSv1.3");
    assert!(granted["connection"]["cipher"].as_str().unwrap().starts_with("TLS_"), "{granted}");
    assert_eq!(granted["connection"]["certificate"], json!(null));
    assert_eq!(bank.log_in(HANAKO).await.get(path::TOP).await.ok()["method"], "id_password");
}

#[tokio::test]
async fn an_unknown_id_and_a_wrong_password_look_alike() {
    let bank = TestBank::open().await;
    let mut unknown = bank.portal().log_in(("nobody", "Hanako2026")).await.refused("login_failed");
    let mut wrong = bank.portal().log_in(("hanakodt", "Hanako2027")).await.refused("login_failed");
    unknown["reference"].take();
    wrong["reference"].take();
    assert_eq!(unknown, wrong);
}

#[tokio::test]
async fn the_lock_does_not_tell_which_ids_exist() {
    let bank = TestBank::open().await;
    for user in ["nobody", "hanakodt"] {
        for _ in 0..6 {
            bank.portal().log_in((user, "Wrong1234")).await.refused("login_failed");
        }
        bank.portal().log_in((user, "Wrong1234")).await.refused("login_password_locked");
        bank.code((user, "Wrong1234")).await.refused("login_password_locked");
    }
    bank.portal().log_in(("somebody", "Wrong1234")).await.refused("login_failed");
}

#[tokio::test]
async fn m5_six_wrong_passwords_in_a_row_lock_it_and_end_its_sessions() {
    let bank = TestBank::open().await;
    let client = bank.log_in(HANAKO).await;
    for _ in 0..6 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    bank.portal().log_in(HANAKO).await.refused("login_password_locked");
    client.get(path::TOP).await.refused("session_ended");
    bank.code(HANAKO).await.refused("login_password_locked");
    bank.portal().log_in(JIRO).await.ok();
}

#[tokio::test]
async fn m5_the_right_password_begins_the_count_anew() {
    let bank = TestBank::open().await;
    for _ in 0..2 {
        for _ in 0..5 {
            bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
        }
        bank.portal().log_in(HANAKO).await.ok();
    }
}

#[tokio::test]
async fn m5_passwords_tried_side_by_side_are_no_more_than_six() {
    let bank = TestBank::open().await;
    let portal = bank.portal();
    let tries: Vec<_> = (0..16)
        .map(|number| {
            let portal = portal.clone();
            tokio::spawn(async move { portal.log_in(("hanakodt", &format!("Wrong{number}"))).await })
        })
        .collect();
    let mut failed = 0;
    for answer in tries {
        let answer = answer.await.unwrap();
        failed += usize::from(answer.code() == "login_failed");
        assert!(["login_failed", "login_password_locked"].contains(&answer.code()), "{answer:?}");
    }
    assert_eq!(failed, 6);
}

#[tokio::test]
async fn s1_16_the_last_three_logins_stand_on_the_top_page_this_one_first() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    for _ in 0..3 {
        bank.portal().log_in(HANAKO).await.ok();
        bank.advance(Duration::minutes(1));
    }
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    let top = bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    let logins = top["logins"].as_array().unwrap();
    let methods: Vec<_> = logins.iter().map(|login| login["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["certificate", "id_password", "id_password"]);
    assert!(logins.is_sorted_by(|one, next| one["at"].as_str() > next["at"].as_str()), "{logins:?}");
}

#[tokio::test]
async fn s1_12_one_whose_token_is_new_is_led_to_its_activation() {
    let bank =
        TestBank::with_profile(&OKMATE.replacen("forced_change = true", "confirmation_password = \"Kakunin04\"", 1))
            .await;
    assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "token_activation");
}

#[tokio::test]
async fn an_entrance_is_open_to_its_roles_and_by_its_methods() {
    let bank = TestBank::open().await;
    let through = |entrance: &str| json!({"user": "hanakodt", "login_password": "Hanako2026", "entrance": entrance});
    bank.portal().post(path::SESSIONS, &through("users")).await.ok();
    bank.portal().post(path::SESSIONS, &through("back_door")).await.refused("entrance_not_allowed");

    let roles = "roles = [\"master\", \"administrator\", \"general\"]";
    assert!(OKMATE.contains(roles));
    let bank = TestBank::with_profile(&OKMATE.replace(roles, "roles = [\"master\", \"general\"]")).await;
    bank.portal().log_in(HANAKO).await.refused("entrance_not_allowed");
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    bank.portal().log_in(JIRO).await.ok();

    let methods = "methods = [\"certificate\", \"id_password\"]";
    assert!(OKMATE.contains(methods));
    let bank = TestBank::with_profile(&OKMATE.replace(methods, "methods = [\"certificate\"]")).await;
    bank.portal().log_in(HANAKO).await.refused("id_password_not_allowed");
}

#[tokio::test]
async fn m6_where_the_profile_says_so_a_certificate_must_be_used() {
    let rule = "id_password_beside_certificate = true";
    assert!(OKMATE.contains(rule));
    let bank = TestBank::with_profile(&OKMATE.replace(rule, "id_password_beside_certificate = false")).await;
    bank.portal().log_in(HANAKO).await.ok();
    let issued = bank.acquire(HANAKO).await;
    bank.portal().log_in(HANAKO).await.refused("login_failed");
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    bank.revoke("hanakodt").await.ok();
    bank.portal().log_in(HANAKO).await.ok();
}

/// Anybody who knows the ID can send such tries (OWASP ASVS 5, V6.3.8).
#[tokio::test]
async fn m6_m5_tries_by_id_neither_tell_a_holders_password_nor_lock_the_login_by_certificate() {
    let rule = "id_password_beside_certificate = true";
    let bank = TestBank::with_profile(&OKMATE.replace(rule, "id_password_beside_certificate = false")).await;
    let issued = bank.acquire(HANAKO).await;
    let inside = bank.log_in_with(&issued, HANAKO.1).await;
    let told = async |user: &str, password: &str| {
        let mut answers = Vec::new();
        for _ in 0..8 {
            let mut answer = bank.portal().log_in((user, password)).await;
            answer.json["reference"].take();
            answers.push((answer.status, answer.json));
        }
        answers
    };
    let unknown = told("nobody", "Wrong1234").await;
    assert_eq!(unknown.iter().filter(|(_, told)| told["code"] == "login_failed").count(), 6);
    assert!(unknown.iter().all(|(_, told)| told["params"]["holders"] == "certificate"), "{unknown:?}");
    assert_eq!(told("hanakodt", HANAKO.1).await, unknown, "the right password");
    let branch = Branch::open(bank.storage(), bank.clock()).await.unwrap();
    branch.unlock(None, "hanakodt", &[]).await.unwrap();
    assert_eq!(told("hanakodt", "Wrong1234").await, unknown);
    inside.get(path::TOP).await.ok();
    bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    // Tries with the certificate are counted for the password.
    for _ in 0..6 {
        bank.certificate_login(&issued).log_in_here("Wrong1234").await.refused("login_failed");
    }
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.refused("login_password_locked");
}
