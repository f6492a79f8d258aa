//! Tests two instances on the same data.

use inkan_protocol::path;
use reqwest::Version;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

use crate::test_bank::{HANAKO, ICHIRO, Issued, JIRO, TestBank, request};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, shared};

/// Starts a TCP balancer, which passes each connection to the next of `addresses`. It ends with the test's runtime.
async fn balancer(addresses: [&str; 2]) -> String {
    let ports = addresses.map(|address| Url::parse(address).unwrap().port().unwrap());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let own = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        for port in ports.into_iter().cycle() {
            let (mut client, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut bank = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                tokio::io::copy_bidirectional(&mut client, &mut bank).await.ok();
            });
        }
    });
    format!("https://localhost:{own}")
}

#[tokio::test]
async fn behind_a_balancer_every_connection_may_meet_another_instance() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let (ours, theirs) = (bank.server.announcement(), other.announcement());
    let portal = balancer([&ours.portal, &theirs.portal]).await;
    let door = balancer([&ours.certificate_login, &theirs.certificate_login]).await;
    // A client is a client with connections of its own: each comes to the other instance than the one before.
    let at_portal = || {
        let mut client = bank.portal();
        client.address.clone_from(&portal);
        client
    };
    let asked = json!({"user": HANAKO.0, "login_password": HANAKO.1});
    let code = at_portal().post(path::ENROLMENT_CODES, &asked).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    let der = at_portal().enroll((HANAKO.0, &code), &request(&key)).await.expect("a certificate");
    let issued = Issued { key, der };
    at_portal().installed((HANAKO.0, &code), &issued).await.ok();
    for _ in 0..4 {
        let mut here = bank.certificate_login(&issued);
        here.address.clone_from(&door);
        let granted = here.log_in_here(HANAKO.1).await.ok();
        let mut there = bank.certificate_login(&issued);
        there.address.clone_from(&door);
        there.take(&granted);
        there.get(path::TOP).await.ok();
    }
    other.stop().await;
}

#[tokio::test]
async fn q5_one_otp_sent_64_times_at_two_instances_counts_once() {
    let bank = TestBank::with_profile(&shared()).await;
    let other = bank.beside_with(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let (otp, otp_next) = (token.shows(&bank), token.shows_in(&bank, 1));
    let mut sent = JoinSet::new();
    for (operator, confirmation) in [(HANAKO, HANAKO_CONFIRMS), (ICHIRO, ICHIRO_CONFIRMS)] {
        let here = bank.log_in(operator).await;
        let mut there = here.clone();
        there.address.clone_from(&other.announcement().portal);
        let revocation = json!({"users": ["shirodt"], "otp": otp, "confirmation_password": confirmation});
        let resync = json!({"otp": otp, "otp_next": otp_next});
        for client in [here, there] {
            for _ in 0..8 {
                for (path, body) in [(path::TOKEN_REVOCATIONS, &revocation), (path::TOKEN_RESYNC, &resync)] {
                    let (client, body) = (client.clone(), body.clone());
                    sent.spawn(async move { client.post(path, &body).await });
                }
            }
        }
    }
    let answers = sent.join_all().await;
    assert_eq!(answers.len(), 64);
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert!(["otp_used", "token_none"].contains(&answer.code()), "{answer:?}");
    }
    other.stop().await;
}

/// Tested over HTTP/1.1 and HTTP/2, on connections that were open before.
#[tokio::test]
async fn m2_what_one_instance_revokes_the_other_refuses_at_the_next_request() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let issued = bank.acquire(HANAKO).await;
    let address = other.announcement().certificate_login.clone();
    let mut visitors = Vec::new();
    for (alpn, version) in [("http/1.1", Version::HTTP_11), ("h2", Version::HTTP_2)] {
        let mut client = bank.client_by(&rustls::version::TLS13, alpn, &issued);
        client.address.clone_from(&address);
        let granted = client.log_in_here(HANAKO.1).await.ok();
        client.take(&granted);
        let response = client.request(reqwest::Method::GET, path::TOP).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.version()), (200, version));
        visitors.push(client);
    }
    bank.revoke("hanakodt").await.ok();
    for client in &visitors {
        client.get(path::TOP).await.refused("certificate_revoked");
    }
    other.stop().await;
}

#[tokio::test]
async fn m5_wrong_passwords_are_counted_together_on_two_instances() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let mut tries = JoinSet::new();
    for number in 0..64 {
        let mut client = bank.portal();
        if number % 2 == 1 {
            client.address.clone_from(&other.announcement().portal);
        }
        tries.spawn(async move { client.log_in((JIRO.0, "Falsch2026")).await.code().to_owned() });
    }
    let answers = tries.join_all().await;
    let count = |code: &str| answers.iter().filter(|answer| *answer == code).count();
    // As many as the profile allows were looked at, and no other.
    assert_eq!((count("login_failed"), count("login_password_locked")), (6, 58), "{answers:?}");
    bank.portal().log_in(JIRO).await.refused("login_password_locked");
    other.stop().await;
}

#[tokio::test]
async fn two_instances_are_one_bank() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let (ours, theirs) = (bank.server.announcement(), other.announcement());
    assert_eq!(std::fs::read(&ours.ca).unwrap(), std::fs::read(&theirs.ca).unwrap(), "one CA");
    // A session and a code from the one hold at the other.
    let mut there = bank.log_in(ICHIRO).await;
    there.address.clone_from(&theirs.portal);
    assert_eq!(there.get(path::USERS).await.status, 200);
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let key = rcgen::KeyPair::generate().unwrap();
    let mut client = bank.portal();
    client.address.clone_from(&theirs.portal);
    let der = client.enroll((HANAKO.0, &code), &request(&key)).await.expect("a certificate");
    let issued = Issued { key, der };
    bank.portal().installed((HANAKO.0, &code), &issued).await.ok();
    bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    other.stop().await;
}
