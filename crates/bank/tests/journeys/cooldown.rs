//! A certificate that was reissued a short time ago may change nothing (M7).

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{HANAKO, OKMATE, TestBank};

fn profile() -> String {
    let field = "enrolment_code_minutes = 10\n";
    assert!(OKMATE.contains(field));
    OKMATE.replace(field, "enrolment_code_minutes = 10\ncooldown_hours = 24\n")
}

#[tokio::test]
async fn m7_a_reissued_certificate_opens_the_door_and_changes_nothing_for_a_day() {
    let bank = TestBank::with_profile(&profile()).await;
    bank.acquire(HANAKO).await;
    bank.log_in(HANAKO).await.change_certificate("hanakodt", "keep", "Kakunin01").await.ok();
    bank.revoke("hanakodt").await.ok();
    let issued = bank.acquire(HANAKO).await;
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    hanako.get(path::TOP).await.ok();
    hanako.get(path::USERS).await.ok();
    let refused = hanako.change_certificate("ichirodt", "revoke", "Kakunin01").await.refused("cooling_down");
    assert!(refused["params"]["until"].as_str().unwrap().starts_with("20"), "{refused}");
    // The way around by ID and password is closed as well.
    bank.log_in(HANAKO).await.change_certificate("hanakodt", "revoke", "Kakunin01").await.refused("cooling_down");
    bank.advance(Duration::days(1));
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    hanako.change_certificate("ichirodt", "revoke", "Kakunin01").await.refused("no_live_certificate");
}

#[tokio::test]
async fn m7_the_brake_itself_works_while_cooling_down() {
    let bank = TestBank::with_profile(&profile()).await;
    bank.acquire(HANAKO).await;
    bank.revoke("hanakodt").await.ok();
    let issued = bank.acquire(HANAKO).await;
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    hanako.post(path::FREEZE, &json!({"confirmation_password": "Kakunin01"})).await.ok();
    bank.portal().log_in(HANAKO).await.refused("contract_frozen");
}

#[tokio::test]
async fn m7_the_administrators_hear_of_a_certificate_that_replaces_another() {
    let bank = TestBank::with_profile(&profile()).await;
    bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(crate::test_bank::ICHIRO).await;
    let notices = |top: serde_json::Value| top["notices"].as_array().unwrap().len();
    let before = notices(ichiro.get(path::TOP).await.ok());
    bank.revoke("hanakodt").await.ok();
    bank.acquire(HANAKO).await;
    assert_eq!(notices(bank.log_in(crate::test_bank::ICHIRO).await.get(path::TOP).await.ok()), before + 1);
}
