//! A certificate that was reissued a short while ago may change nothing (M7).

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::house::{HANAKO, House, OKMATE};

fn profile() -> String {
    let field = "enrolment_code_minutes = 10\n";
    assert!(OKMATE.contains(field));
    OKMATE.replace(field, "enrolment_code_minutes = 10\ncooldown_hours = 24\n")
}

#[tokio::test]
async fn m7_a_reissued_certificate_opens_the_door_and_changes_nothing_for_a_day() {
    let house = House::with_profile(&profile()).await;
    house.acquire(HANAKO).await;
    house.log_in(HANAKO).await.change_certificate("hanakodt", "keep", "Kakunin01").await.ok();
    house.revoke("hanakodt").await.ok();
    let card = house.acquire(HANAKO).await;
    let hanako = house.log_in_with(&card, HANAKO.1).await;
    hanako.get(path::TOP).await.ok();
    hanako.get(path::USERS).await.ok();
    let refused = hanako.change_certificate("ichirodt", "revoke", "Kakunin01").await.refused("cooling_down");
    assert!(refused["params"]["until"].as_str().unwrap().starts_with("20"), "{refused}");
    // The way around by ID and password is closed as well.
    house.log_in(HANAKO).await.change_certificate("hanakodt", "revoke", "Kakunin01").await.refused("cooling_down");
    house.advance(Duration::days(1));
    let hanako = house.log_in_with(&card, HANAKO.1).await;
    hanako.change_certificate("ichirodt", "revoke", "Kakunin01").await.refused("no_live_certificate");
}

#[tokio::test]
async fn m7_the_brake_itself_works_while_cooling_down() {
    let house = House::with_profile(&profile()).await;
    house.acquire(HANAKO).await;
    house.revoke("hanakodt").await.ok();
    let card = house.acquire(HANAKO).await;
    let hanako = house.log_in_with(&card, HANAKO.1).await;
    hanako.post(path::FREEZE, &json!({"confirmation_password": "Kakunin01"})).await.ok();
    house.portal().log_in(HANAKO).await.refused("contract_frozen");
}

#[tokio::test]
async fn m7_the_administrators_hear_of_a_certificate_that_replaces_another() {
    let house = House::with_profile(&profile()).await;
    house.acquire(HANAKO).await;
    let ichiro = house.log_in(crate::house::ICHIRO).await;
    let notices = |top: serde_json::Value| top["notices"].as_array().unwrap().len();
    let before = notices(ichiro.get(path::TOP).await.ok());
    house.revoke("hanakodt").await.ok();
    house.acquire(HANAKO).await;
    assert_eq!(notices(house.log_in(crate::house::ICHIRO).await.get(path::TOP).await.ok()), before + 1);
}
