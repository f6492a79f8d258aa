//! Tests a bank that the code does not know: other names, numbers, rules, roles and tokens, which come only from a
//! file.

use data_encoding::BASE32_NOPAD;
use inkan_protocol::path;
use serde_json::{Value, json};
use time::Duration;
use totp_rs::{Algorithm, Builder};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::test_bank::{Answer, Issued, TestBank, TestClient};

const MINATO: &str = include_str!("../minato.toml");
const CONTRACT: &str = "1234567890";
const CAPTAIN: (&str, &str) = ("ahab", "PequodPequod");
const MATE: (&str, &str) = ("starbuck", "NantucketNow");
const SAILOR: (&str, &str) = ("ishmael", "名は イシュメエル だよ");

/// Returns the one-time password of that bank's token: eight digits by SHA-512, every half minute.
fn shows(bank: &TestBank, user: &str) -> String {
    let said = serde_json::to_value(bank.server.announcement()).unwrap();
    let people = said["demo"]["users"].as_array().unwrap();
    let person = people.iter().find(|person| person["id"] == user).unwrap();
    let secret = BASE32_NOPAD.decode(person["token_secret_base32"].as_str().unwrap().as_bytes()).unwrap();
    let builder = Builder::new().with_algorithm(Algorithm::SHA512).with_digits(8).with_step_duration(30);
    let totp = builder.with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(bank.now().unix_timestamp()).unwrap()).to_string()
}

fn asked((user, password): (&str, &str), more: Value) -> Value {
    let mut asked = json!({"contract": CONTRACT, "user": user, "login_password": password});
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

async fn check(bank: &TestBank, asked: &Value) -> Answer {
    bank.portal().post(path::ENROLMENT_CODES, asked).await
}

async fn enter(bank: &TestBank, issued: &Issued, entrance: &str, password: &str) -> TestClient {
    let mut client = bank.certificate_login(issued);
    let granted = client.post(path::SESSIONS, &json!({"entrance": entrance, "login_password": password})).await.ok();
    client.take(&granted);
    client
}

async fn captain(bank: &TestBank) -> (Issued, TestClient) {
    let issued = bank.acquire_by(&asked(CAPTAIN, json!({"otp": shows(bank, "ahab")}))).await;
    let client = enter(bank, &issued, "bridge", CAPTAIN.1).await;
    (issued, client)
}

#[tokio::test]
async fn s3_10_q6_it_acquires_by_its_own_number_password_and_token() {
    let bank = TestBank::with_profile(MINATO).await;
    let document = bank.portal().get(path::BANK).await.ok();
    assert_eq!(document["profile"]["contract_number"]["digits"], 10);
    assert_eq!(document["profile"]["demo"], Value::Null);
    check(&bank, &asked(CAPTAIN, json!({}))).await.refused("otp_required");
    check(&bank, &asked(CAPTAIN, json!({"otp": "12345678"}))).await.refused("otp_wrong");
    check(&bank, &asked(CAPTAIN, json!({"contract": "12345678901"}))).await.refused("login_failed");
    let (issued, captain) = captain(&bank).await;
    let (_, certificate) = X509Certificate::from_der(&issued.der).unwrap();
    assert_eq!(certificate.subject().iter_common_name().next().unwrap().as_str().unwrap(), "ahab/1234567890");
    let validity = certificate.validity();
    let days = (validity.not_after.timestamp() - validity.not_before.timestamp()) / 86_400;
    assert!((730..=731).contains(&days), "M1: {days}");
    assert_eq!(captain.get(path::TOP).await.ok()["person"]["id"], "ahab");
    // Whoever has no token needs none, and has the door of their own.
    let sailor = bank.acquire_by(&asked(SAILOR, json!({}))).await;
    let client = bank.certificate_login(&sailor);
    let there = json!({"entrance": "bridge", "login_password": SAILOR.1});
    client.post(path::SESSIONS, &there).await.refused("entrance_not_allowed");
    enter(&bank, &sailor, "deck", SAILOR.1).await.get(path::TOP).await.ok();
    let by_id = asked(SAILOR, json!({"entrance": "deck"}));
    bank.portal().post(path::SESSIONS, &by_id).await.refused("login_failed");
}

#[tokio::test]
async fn s4_2_m7_its_roles_look_after_whom_the_file_says() {
    let bank = TestBank::with_profile(MINATO).await;
    let (_, captain) = captain(&bank).await;
    let mate = bank.acquire_by(&asked(MATE, json!({"otp": shows(&bank, "starbuck")}))).await;
    let sailor = bank.acquire_by(&asked(SAILOR, json!({}))).await;
    captain.change_certificate("ishmael", "revoke", "1851").await.refused("not_permitted");
    captain.change_certificate("ahab", "revoke", "1851").await.refused("not_permitted");
    let mates = enter(&bank, &mate, "deck", MATE.1).await;
    mates.change_certificate("ahab", "revoke", "1820").await.refused("not_permitted");
    mates.change_certificate("ishmael", "reissue", "1820").await.refused("not_permitted");
    mates.change_certificate("ishmael", "revoke", "1820").await.ok();
    bank.certificate_login(&sailor).log_in_here(SAILOR.1).await.refused("certificate_revoked");
    check(&bank, &asked(SAILOR, json!({}))).await.refused("certificate_not_issued");
    captain.post(path::FREEZE, &json!({"confirmation_password": "1851"})).await.refused("not_permitted");

    captain.change_certificate("starbuck", "reissue", "1851").await.ok();
    bank.advance(Duration::days(8));
    let otp = json!({"otp": shows(&bank, "starbuck")});
    check(&bank, &asked(MATE, otp)).await.refused("acquisition_deadline_passed");
}

#[tokio::test]
async fn s4_7_m5_its_fields_and_locks_are_its_own() {
    let bank = TestBank::with_profile(MINATO).await;
    let (_, captain) = captain(&bank).await;
    let settings = path::USER_SETTINGS.replace("{id}", "starbuck");
    let edit = |field: &str, value: Value| json!({field: value, "confirmation_password": "1851"});
    captain.patch(&settings, &edit("forced_change", json!(true))).await.refused("user_field_not_allowed");
    let short = captain.patch(&settings, &edit("login_password", json!("Nine99999"))).await;
    assert_eq!(short.refused("password_rule_broken")["params"]["min"], "10");
    captain.patch(&settings, &edit("login_password", json!("allletters"))).await.ok();
    for _ in 0..3 {
        check(&bank, &asked(SAILOR, json!({"login_password": "Wrong"}))).await.refused("login_failed");
    }
    check(&bank, &asked(SAILOR, json!({}))).await.refused("login_password_locked");
}

/// RFC 8265 §4.2: the passwords of this bank have spaces and letters of every script.
#[tokio::test]
async fn s1_7_its_passwords_are_the_same_however_they_were_typed() {
    let bank = TestBank::with_profile(MINATO).await;
    let sailor = bank.acquire_by(&asked(SAILOR, json!({}))).await;
    // An ideographic space, and a letter in two code points.
    let client = enter(&bank, &sailor, "deck", "名は\u{3000}イシュメエル た\u{3099}よ").await;
    let change = |new: &str| {
        json!({
            "login_password": SAILOR.1, "new_login_password": new,
            "confirmation_password": "1819", "new_confirmation_password": "1846",
        })
    };
    let refused = |answer: Answer| answer.refused("password_rule_broken")["params"]["fault"].clone();
    assert_eq!(refused(client.post(path::PASSWORDS, &change("白い鯨を\u{200b}追いかける")).await), "opaque_character");
    assert_eq!(refused(client.post(path::PASSWORDS, &change("名は\u{a0}イシュメエル だよ")).await), "unchanged");
    assert_eq!(
        refused(client.post(path::PASSWORDS, &change("か\u{3099}か\u{3099}か\u{3099}一二三")).await),
        "too_short"
    );
    client.post(path::PASSWORDS, &change("白い 鯨か\u{3099} いる、右舷")).await.ok();

    let there = |password: &str| json!({"entrance": "deck", "login_password": password});
    let log_in = async |password: &str| bank.certificate_login(&sailor).post(path::SESSIONS, &there(password)).await;
    log_in("白い鯨がいる、右舷").await.refused("login_failed");
    let unseen = log_in("白い 鯨が\u{200d}いる、右舷").await.refused("password_malformed");
    assert_eq!(unseen["params"]["fault"], "opaque_character");
    log_in("白い\u{3000}鯨が いる、右舷").await.ok();
}
