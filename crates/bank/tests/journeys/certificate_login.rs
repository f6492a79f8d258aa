use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::house::{HANAKO, House, ICHIRO};

#[tokio::test]
async fn s1_3_the_id_comes_from_the_certificate() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    let visitor = house.certificate_login(&card);
    visitor.log_in_here(ICHIRO.1).await.refused("login_failed");
    let granted = visitor.log_in_here(HANAKO.1).await.ok();
    assert_eq!(granted["person"]["id"], "hanakodt");
    assert_eq!(granted["connection"]["certificate"], "hanakodt");
    assert_eq!(granted["connection"]["protocol"], "TLSv1.3");
    let top = visitor.with_token_of(&house.log_in_with(&card, HANAKO.1).await).get(path::TOP).await.ok();
    assert_eq!(top["method"], "certificate");
    assert_eq!(top["certificate"]["fingerprint_sha256"], card.fingerprint());
}

#[tokio::test]
async fn rfc_8705_a_session_goes_on_with_its_own_certificate_only() {
    let house = House::open().await;
    let (hanako, ichiro) = (house.acquire(HANAKO).await, house.acquire(ICHIRO).await);
    let bound = house.log_in_with(&hanako, HANAKO.1).await;
    let elsewhere = [house.certificate_login(&ichiro), house.portal()];
    for place in &elsewhere {
        place.with_token_of(&bound).get(path::TOP).await.refused("session_not_bound");
        place.with_token_of(&bound).delete(path::CURRENT_SESSION).await.refused("session_not_bound");
    }
    let unbound = house.log_in(HANAKO).await;
    house.certificate_login(&hanako).with_token_of(&unbound).get(path::TOP).await.refused("session_not_bound");

    bound.get(path::TOP).await.ok();
    bound.delete(path::CURRENT_SESSION).await.ok();
    bound.get(path::TOP).await.refused("session_ended");
    house.certificate_login(&ichiro).with_token_of(&bound).get(path::TOP).await.refused("session_ended");
}

#[tokio::test]
async fn a_session_ends_where_nothing_is_done_for_a_quarter_of_an_hour() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    for by_certificate in [true, false] {
        let visitor =
            if by_certificate { house.log_in_with(&card, HANAKO.1).await } else { house.log_in(HANAKO).await };
        for _ in 0..2 {
            house.advance(Duration::minutes(14));
            visitor.get(path::TOP).await.ok();
        }
        house.advance(Duration::minutes(15));
        visitor.get(path::TOP).await.refused("session_ended");
    }
}

#[tokio::test]
async fn m8_an_expired_certificate_is_told_that_it_has_expired() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    let visitor = house.certificate_login(&card);
    house.advance(Duration::days(365));
    visitor.log_in_here(HANAKO.1).await.ok();
    house.advance(Duration::seconds(1));
    for visitor in [visitor, house.certificate_login(&card)] {
        let problem = visitor.log_in_here(HANAKO.1).await.refused("certificate_expired");
        assert_eq!(problem["params"], json!({"name": "hanakodt", "user": "hanakodt"}));
        visitor.log_in_here("Wrong1234").await.refused("certificate_expired");
        visitor.get("/nowhere").await.refused("certificate_expired");
    }
}

#[tokio::test]
async fn the_first_login_shows_that_the_certificate_was_installed() {
    let house = House::open().await;
    let code = house.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    let der = house.portal().enroll(("hanakodt", &code), &crate::house::request(&key)).await.unwrap();
    let visitor = house.log_in_with(&crate::house::Card { key, der }, HANAKO.1).await;
    let top = visitor.get(path::TOP).await.ok();
    assert_eq!(top["certificate"]["state"], "valid", "M3");
    assert_eq!(top["operations"][0]["kind"], "certificate_acquired");
}

#[tokio::test]
async fn m5_a_locked_password_locks_the_certificate_login_too() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    for _ in 0..6 {
        house.certificate_login(&card).log_in_here("Wrong1234").await.refused("login_failed");
    }
    house.certificate_login(&card).log_in_here(HANAKO.1).await.refused("login_password_locked");
    house.portal().log_in(HANAKO).await.refused("login_password_locked");
}

#[tokio::test]
async fn a_certificate_without_a_record_and_a_bank_without_records_let_nobody_in() {
    let house = House::open().await;
    let card = house.acquire(HANAKO).await;
    let mut database = house.database().await;
    sqlx::query("DELETE FROM certificates").execute(&mut database).await.unwrap();
    house.certificate_login(&card).log_in_here(HANAKO.1).await.refused("certificate_unknown");
    sqlx::query("ALTER TABLE certificates RENAME TO lost").execute(&mut database).await.unwrap();
    house.certificate_login(&card).log_in_here(HANAKO.1).await.refused("bank_unavailable");
}
