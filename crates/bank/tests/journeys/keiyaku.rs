//! Tests the bank with two entrances, contract numbers, and reissue by the administrator (S3).

use inkan_protocol::path;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::test_bank::{Answer, Issued, KEIYAKU, TestBank, TestClient};
use crate::tokens_in_hand::Token;

const CONTRACT: &str = "00009876543";
pub(crate) const PIN: &str = "Riyou2026";
const ADMINISTRATORS_PIN: &str = "Kanri2026";
/// The confirmation password (ご契約先確認暗証番号).
const CONFIRMATION: &str = "Kakunin11";

/// Returns the three fields of 電子証明書取得 (S3-12).
fn asked(user: &str, pin: &str) -> Value {
    json!({"contract": CONTRACT, "user": user, "login_password": pin})
}

fn asked_with(user: &str, pin: &str, more: &Value) -> Value {
    let mut asked = asked(user, pin);
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

async fn check(bank: &TestBank, asked: &Value) -> Answer {
    bank.portal().post(path::ENROLMENT_CODES, asked).await
}

async fn acquire(bank: &TestBank) -> Issued {
    let otp = Token::of(bank, "riyousya").shows(bank);
    bank.acquire_by(&asked_with("riyousya", PIN, &json!({"otp": otp}))).await
}

async fn administrator(bank: &TestBank) -> TestClient {
    let issued = bank.acquire_by(&asked("kanrisya", ADMINISTRATORS_PIN)).await;
    enter(bank, &issued, "administrators", ADMINISTRATORS_PIN).await
}

async fn enter(bank: &TestBank, issued: &Issued, entrance: &str, pin: &str) -> TestClient {
    let mut client = bank.certificate_login(issued);
    let granted = client.post(path::SESSIONS, &json!({"entrance": entrance, "login_password": pin})).await.ok();
    client.take(&granted);
    client
}

fn common_name(issued: &Issued) -> String {
    let (_, certificate) = X509Certificate::from_der(&issued.der).unwrap();
    certificate.subject().iter_common_name().next().unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s3_10_s3_12_contract_user_pin_and_one_time_password() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let token = Token::of(&bank, "riyousya");
    check(&bank, &asked("riyousya", PIN)).await.refused("otp_required");
    let wrong = json!({"otp": token.never_shows(&bank)});
    check(&bank, &asked_with("riyousya", PIN, &wrong)).await.refused("otp_wrong");
    let right = json!({"otp": token.shows(&bank)});
    for (contract, user) in [("00009876544", "riyousya"), ("", "riyousya"), (CONTRACT, "nobody")] {
        let other = json!({"contract": contract, "user": user, "otp": right["otp"]});
        check(&bank, &asked_with("riyousya", PIN, &other)).await.refused("login_failed");
    }
    let without = json!({"user": "riyousya", "login_password": PIN, "otp": right["otp"]});
    check(&bank, &without).await.refused("login_failed");
    let issued = bank.acquire_by(&asked_with("riyousya", PIN, &right)).await;
    assert_eq!(common_name(&issued), "00009876543 riyousya 1635", "S3-15");
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
}

#[tokio::test]
async fn s3_5_the_page_shows_number_state_dates_and_serial() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = acquire(&bank).await;
    let administrator = administrator(&bank).await;
    let shown = administrator.get("/v1/users/riyousya").await.ok();
    let certificate = &shown["certificate"];
    assert_eq!((&certificate["issue_number"], &certificate["state"]), (&json!(1), &json!("valid")));
    assert!(certificate["serial"].as_str().is_some());
    let time = |name: &str| {
        let text = certificate[name].as_str().unwrap();
        OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).unwrap()
    };
    assert_eq!(time("not_after") - time("issued"), Duration::days(366), "one year and a day");
    drop(issued);
}

#[tokio::test]
async fn s3_16_s3_18_each_entrance_takes_its_own() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let users = acquire(&bank).await;
    let administrators = bank.acquire_by(&asked("kanrisya", ADMINISTRATORS_PIN)).await;
    assert_eq!(common_name(&administrators), "00009876543 1635", "no user ID in it");
    let at = |entrance: &str, pin: &str| json!({"entrance": entrance, "login_password": pin});
    let client = bank.certificate_login(&administrators);
    client.post(path::SESSIONS, &at("users", ADMINISTRATORS_PIN)).await.refused("entrance_not_allowed");
    let client = bank.certificate_login(&users);
    client.post(path::SESSIONS, &at("administrators", PIN)).await.refused("entrance_not_allowed");
    enter(&bank, &administrators, "administrators", ADMINISTRATORS_PIN).await.get(path::USERS).await.ok();
}

#[tokio::test]
async fn s3_14_there_is_no_way_in_without_a_certificate() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let at = |entrance: &str, user: &str, pin: &str| asked_with(user, pin, &json!({"entrance": entrance}));
    let portal = bank.portal();
    portal.post(path::SESSIONS, &at("users", "riyousya", PIN)).await.refused("id_password_not_allowed");
    let administrators = at("administrators", "kanrisya", ADMINISTRATORS_PIN);
    portal.post(path::SESSIONS, &administrators).await.refused("id_password_not_allowed");
}

/// The password is not looked at, so the answer depends neither on it nor on the user, and no attempt is counted.
#[tokio::test]
async fn s3_14_m5_tries_at_the_portal_neither_tell_a_right_pin_nor_lock_the_login_by_certificate() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = acquire(&bank).await;
    let told = async |user: &str, pin: &str| {
        let mut asked = asked_with(user, pin, &json!({"entrance": "users"}));
        let mut answers = Vec::new();
        for entrance in [json!("users"), json!("administrators"), Value::Null] {
            asked["entrance"] = entrance;
            let mut told = bank.portal().post(path::SESSIONS, &asked).await.refused("id_password_not_allowed");
            told["reference"].take();
            answers.push(told);
        }
        asked["entrance"] = json!("back_door");
        bank.portal().post(path::SESSIONS, &asked).await.refused("entrance_not_allowed");
        answers
    };
    let right = told("riyousya", PIN).await;
    for _ in 0..7 {
        assert_eq!(told("riyousya", "Chigau2026").await, right);
        assert_eq!(told("nobody", "Chigau2026").await, right);
    }
    for counted in ["users WHERE login_failures > 0", "unknown_ids"] {
        let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM {counted}"));
        let count: i64 = sqlx::query_scalar(count).fetch_one(&mut bank.database().await).await.unwrap();
        assert_eq!(count, 0, "{counted}");
    }
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
}

/// Anybody who knows the ID can send such tries. The PIN is looked at there (S0-7), so that they have a limit of their own.
#[tokio::test]
async fn s0_7_m5_wrong_pins_before_an_enrolment_do_not_lock_the_login_by_certificate() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = acquire(&bank).await;
    let inside = enter(&bank, &issued, "users", PIN).await;
    check(&bank, &asked("riyousya", PIN)).await.refused("certificate_already_issued");
    let tries = async || {
        for _ in 0..6 {
            check(&bank, &asked("riyousya", "Chigau2026")).await.refused("login_failed");
        }
        for pin in ["Chigau2026", PIN] {
            check(&bank, &asked("riyousya", pin)).await.refused("login_password_locked");
        }
    };
    tries().await;
    inside.get(path::TOP).await.ok();
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
    let administrator = administrator(&bank).await;
    let unlock = json!({"confirmation_password": CONFIRMATION});
    administrator.post(&path::USER_UNLOCK.replace("{id}", "riyousya"), &unlock).await.ok();
    check(&bank, &asked("riyousya", PIN)).await.refused("certificate_already_issued");
    tries().await;

    // Without a certificate, the PIN alone protects the next one.
    administrator.change_certificate("riyousya", "reissue", CONFIRMATION).await.ok();
    check(&bank, &asked("riyousya", PIN)).await.refused("otp_required");
    tries().await;
    let locked = administrator.get(&path::USER.replace("{id}", "riyousya")).await.ok();
    assert_eq!(locked["locked"], json!(["login"]));
}

/// Where users log in by ID and administrators only by certificate, an administrator's ID is like an unknown one.
#[tokio::test]
async fn s3_14_a_role_that_logs_in_only_by_certificate_is_unknown_to_the_login_by_id() {
    let users = "roles = [\"user\"]\nmethods = [\"certificate\"]";
    assert!(KEIYAKU.contains(users));
    let wider = KEIYAKU.replace(users, "roles = [\"user\"]\nmethods = [\"certificate\", \"id_password\"]");
    let bank = TestBank::with_profile(&wider).await;
    let issued = bank.acquire_by(&asked("kanrisya", ADMINISTRATORS_PIN)).await;
    let at_users = |user: &str, pin: &str| asked_with(user, pin, &json!({"entrance": "users"}));
    for (user, pin) in [("kanrisya", ADMINISTRATORS_PIN), ("kanrisya", "Chigau2026"), ("nobody", "Chigau2026")] {
        for tries in 1..=6 {
            let refused = bank.portal().post(path::SESSIONS, &at_users(user, pin)).await;
            let code = if user == "kanrisya" && pin == "Chigau2026" { "login_password_locked" } else { "login_failed" };
            assert_eq!(refused.code(), code, "{user} {pin} {tries}");
        }
        bank.portal().post(path::SESSIONS, &at_users(user, pin)).await.refused("login_password_locked");
    }
    bank.portal().post(path::SESSIONS, &at_users("riyousya", PIN)).await.ok();
    enter(&bank, &issued, "administrators", ADMINISTRATORS_PIN).await.get(path::USERS).await.ok();
}

#[tokio::test]
async fn s3_1_s3_2_s3_6_the_administrator_reissues_and_the_user_acquires() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let old = acquire(&bank).await;
    let administrator = administrator(&bank).await;
    administrator.change_certificate("riyousya", "keep", CONFIRMATION).await.ok();
    administrator.change_certificate("riyousya", "reissue", "Kakunin12").await.refused("confirmation_password_wrong");
    let done = administrator.change_certificate("riyousya", "reissue", CONFIRMATION).await.ok();
    assert_eq!(done["issue"]["issue_number"], 2);
    bank.certificate_login(&old).log_in_here(PIN).await.refused("certificate_revoked");
    bank.advance(Duration::minutes(2));
    let new = acquire(&bank).await;
    enter(&bank, &new, "users", PIN).await.get(path::TOP).await.ok();
}

#[tokio::test]
async fn s3_1_an_expired_certificate_takes_a_reissue_too() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    acquire(&bank).await;
    bank.advance(Duration::days(367));
    let otp = json!({"otp": Token::of(&bank, "riyousya").shows(&bank)});
    check(&bank, &asked_with("riyousya", PIN, &otp)).await.refused("certificate_not_issued");
}

#[tokio::test]
async fn s3_4_the_administrators_own_is_for_the_branch() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let administrator = administrator(&bank).await;
    for act in ["keep", "reissue", "revoke"] {
        administrator.change_certificate("kanrisya", act, CONFIRMATION).await.refused("not_permitted");
    }
}

#[tokio::test]
async fn s3_9_a_token_that_is_not_activated_is_activated_on_the_way() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let token = Token::of(&bank, "S0001");
    let otp = token.shows(&bank);
    check(&bank, &asked_with("S0001", "Niban2026", &json!({"otp": otp}))).await.refused("token_not_active");
    let other = json!({"otp": otp, "token_serial": "12345678"});
    check(&bank, &asked_with("S0001", "Niban2026", &other)).await.refused("token_serial_unknown");
    let right = json!({"otp": otp, "token_serial": "22345678"});
    let issued = bank.acquire_by(&asked_with("S0001", "Niban2026", &right)).await;
    let mut user = bank.certificate_login(&issued);
    let granted = user.log_in_here("Niban2026").await.ok();
    assert_eq!(granted["next"], "password_change");
    user.take(&granted);
    let change = json!({"login_password": "Niban2026", "new_login_password": "Sanban2026"});
    let changed = user.post(path::PASSWORDS, &change).await.ok();
    assert_eq!(changed["next"], "top", "a user has no confirmation PIN to register, and the token is active");
}

#[tokio::test]
async fn s3_17_the_administrator_sets_a_forgotten_pin_anew() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = acquire(&bank).await;
    let administrator = administrator(&bank).await;
    let settings = path::USER_SETTINGS.replace("{id}", "riyousya");
    let with = |field: &str, value: &str| json!({field: value, "confirmation_password": CONFIRMATION});
    administrator.patch(&settings, &with("approval_password", "Syounin001")).await.refused("user_field_not_allowed");
    administrator.patch(&settings, &with("login_password", "Atara2026")).await.ok();
    bank.certificate_login(&issued).log_in_here(PIN).await.refused("login_failed");
    let granted = bank.certificate_login(&issued).log_in_here("Atara2026").await.ok();
    assert_eq!(granted["next"], "password_change");
}

#[tokio::test]
async fn s3_13_a_cut_acquisition_goes_on_with_the_same_key() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let token = Token::of(&bank, "riyousya");
    let first = check(&bank, &asked_with("riyousya", PIN, &json!({"otp": token.shows(&bank)}))).await.ok();
    let key = rcgen::KeyPair::generate().unwrap();
    let csr = crate::test_bank::request(&key);
    let basic = (first["user"].as_str().unwrap(), first["code"].as_str().unwrap());
    let der = bank.portal().enroll(basic, &csr).await.unwrap();
    // The answer was lost, and the PC was switched off until the next day.
    bank.advance(Duration::days(1));
    let again = json!({"otp": token.shows(&bank), "public_key_sha256": crate::test_bank::public_key_sha256(&key)});
    let second = check(&bank, &asked_with("riyousya", PIN, &again)).await.ok();
    let basic = (second["user"].as_str().unwrap(), second["code"].as_str().unwrap());
    assert_eq!(bank.portal().enroll(basic, &csr).await.unwrap(), der);
    let issued = Issued { key, der };
    bank.portal().installed(basic, &issued).await.ok();
    let administrator = administrator(&bank).await;
    assert_eq!(administrator.get("/v1/users/riyousya").await.ok()["certificate"]["issue_number"], 1, "no issue wasted");
}

#[tokio::test]
async fn s3_3_s3_6_s3_7_from_the_list_by_the_change_of_one_with_the_contracts_pin() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = acquire(&bank).await;
    let administrator = administrator(&bank).await;
    let users = administrator.get(path::USERS).await.ok();
    let chosen = users.as_array().unwrap().iter().find(|user| user["person"]["id"] == "riyousya").unwrap().clone();
    let id = chosen["person"]["id"].as_str().unwrap();
    assert_eq!(chosen["certificate"]["state"], "valid");
    let settings = path::USER_SETTINGS.replace("{id}", id);
    assert_eq!(administrator.get(&settings).await.ok()["name"], chosen["person"]["name"]);
    let with = |act: &str, pin: &str| json!({"certificate": act, "confirmation_password": pin});
    // The administrator's own login PIN is another one. Six in a row would lock it (M5).
    for (act, wrong) in [("keep", "Kakunin12"), ("reissue", ADMINISTRATORS_PIN), ("revoke", "Kakunin12")] {
        administrator.patch(&settings, &with(act, wrong)).await.refused("confirmation_password_wrong");
        administrator.patch(&settings, &json!({"certificate": act})).await.refused("request_invalid");
    }
    administrator.patch(&settings, &with("sell", CONFIRMATION)).await.refused("request_invalid");
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
    let done = administrator.patch(&settings, &with("reissue", CONFIRMATION)).await.ok();
    assert_eq!(done["issue"]["issue_number"], 2);
    bank.certificate_login(&issued).log_in_here(PIN).await.refused("certificate_revoked");
}

#[tokio::test]
async fn s3_8_contract_number_and_user_id_are_all_that_the_user_must_be_told() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let issued = bank.acquire_by(&asked("kanrisya", ADMINISTRATORS_PIN)).await;
    let administrator = enter(&bank, &issued, "administrators", ADMINISTRATORS_PIN).await;
    let done = administrator.change_certificate("riyousya", "reissue", CONFIRMATION).await.ok();
    // What the administrator has before them: the answer, and the number in their own certificate's name.
    let name = common_name(&issued);
    let told = json!({"contract": name.split(' ').next().unwrap(), "user": done["person"]["id"]});
    let otp = Token::of(&bank, "riyousya").shows(&bank);
    let mut own = json!({"login_password": PIN, "otp": otp});
    own.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
    let issued = bank.acquire_by(&own).await;
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
}

#[tokio::test]
async fn s3_11_no_browser_is_asked_for() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let token = Token::of(&bank, "riyousya");
    let agents = [None, Some("Mozilla/5.0 (X11; Linux) Firefox/140.0"), Some("IE"), Some("inkan")];
    for agent in agents {
        bank.advance(Duration::minutes(2));
        let asked = asked_with("riyousya", PIN, &json!({"otp": token.shows(&bank)}));
        let sent = bank.portal().request(reqwest::Method::POST, path::ENROLMENT_CODES).json(&asked);
        let sent = match agent {
            Some(agent) => sent.header("user-agent", agent),
            None => sent,
        };
        crate::test_bank::answer(sent).await.ok();
    }
    let (issued, document) = (acquire_later(&bank).await, bank.portal().get(path::BANK).await.ok());
    enter(&bank, &issued, "users", PIN).await.get(path::TOP).await.ok();
    let said = document.to_string();
    for browser in ["Internet Explorer", "Edge", "ActiveX"] {
        assert!(!said.contains(browser), "{browser}");
    }
}

/// Acquires a certificate two minutes later, when the token shows another one-time password.
async fn acquire_later(bank: &TestBank) -> Issued {
    bank.advance(Duration::minutes(2));
    acquire(bank).await
}
