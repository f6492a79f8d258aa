//! Two instances on the same data, side by side.

use inkan_protocol::path;
use reqwest::Version;

use crate::house::{HANAKO, House, ICHIRO, JIRO};

/// Line 5: over HTTP/1.1 and HTTP/2, on connections that were open before.
#[tokio::test]
async fn m2_what_one_instance_revokes_the_other_refuses_at_the_next_request() {
    let house = House::open().await;
    let other = house.beside().await;
    let card = house.acquire(HANAKO).await;
    let address = other.announcement().certificate_login.clone();
    let mut visitors = Vec::new();
    for (alpn, version) in [("http/1.1", Version::HTTP_11), ("h2", Version::HTTP_2)] {
        let mut visitor = house.visitor_by(&rustls::version::TLS13, alpn, &card);
        visitor.address.clone_from(&address);
        let granted = visitor.log_in_here(HANAKO.1).await.ok();
        visitor.take(&granted);
        let response = visitor.request(reqwest::Method::GET, path::TOP).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.version()), (200, version));
        visitors.push(visitor);
    }
    house.revoke("hanakodt").await.ok();
    for visitor in &visitors {
        visitor.get(path::TOP).await.refused("certificate_revoked");
    }
    other.stop().await;
}

#[tokio::test]
async fn m5_wrong_passwords_are_counted_together_on_two_instances() {
    let house = House::open().await;
    let other = house.beside().await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..64 {
        let mut visitor = house.portal();
        if number % 2 == 1 {
            visitor.address.clone_from(&other.announcement().portal);
        }
        tries.spawn(async move { visitor.log_in((JIRO.0, "Falsch2026")).await.code().to_owned() });
    }
    let answers = tries.join_all().await;
    let count = |code: &str| answers.iter().filter(|answer| *answer == code).count();
    // As many as the profile allows were looked at, and no other.
    assert_eq!((count("login_failed"), count("login_password_locked")), (6, 58), "{answers:?}");
    house.portal().log_in(JIRO).await.refused("login_password_locked");
    other.stop().await;
}

#[tokio::test]
async fn two_instances_are_one_bank() {
    let house = House::open().await;
    let other = house.beside().await;
    let (ours, theirs) = (house.bank.announcement(), other.announcement());
    assert_eq!(std::fs::read(&ours.ca).unwrap(), std::fs::read(&theirs.ca).unwrap(), "one CA");
    // A session and a code from the one hold at the other.
    let mut there = house.log_in(ICHIRO).await;
    there.address.clone_from(&theirs.portal);
    assert_eq!(there.get(path::USERS).await.status, 200);
    let code = house.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    let mut visitor = house.portal();
    visitor.address.clone_from(&theirs.portal);
    let der = visitor.enroll((HANAKO.0, &code), &crate::house::request(&key)).await.expect("a certificate");
    let card = crate::house::Card { key, der };
    house.portal().installed((HANAKO.0, &code), &card).await.ok();
    house.log_in_with(&card, HANAKO.1).await.get(path::TOP).await.ok();
    other.stop().await;
}
