//! Everything that ends the use of a certificate takes effect at the next request: on connections that have been open
//! for a long time, over HTTP/1.1 and HTTP/2, at both instances, and for a new certificate on every path.

use inkan_bank::Bank;
use inkan_protocol::path;
use rustls::version::{TLS12, TLS13};
use serde_json::json;
use time::Duration;

use crate::reenrolment::{reenroll, renew, tell};
use crate::test_bank::{HANAKO, ICHIRO, Issued, JIRO, OKMATE, TestBank, TestClient, request};

/// The user hanakodt, who is logged in over four open connections.
struct Inside {
    bank: TestBank,
    other: Bank,
    issued: Issued,
    visitors: Vec<TestClient>,
}

impl Inside {
    async fn open() -> Self {
        let profile = OKMATE.replace("renewal_days = 30", "renewal_days = 365");
        assert_ne!(profile, OKMATE);
        let bank = TestBank::with_profile(&profile).await;
        let other = bank.beside_with(&profile).await;
        let issued = bank.acquire(HANAKO).await;
        let mut visitors = Vec::new();
        for address in [&bank.server.announcement().certificate_login, &other.announcement().certificate_login] {
            for (version, protocol) in [(&TLS12, "http/1.1"), (&TLS13, "http/1.1"), (&TLS13, "h2")] {
                let mut client = bank.client_by(version, protocol, &issued);
                client.address.clone_from(address);
                let granted = client.log_in_here(HANAKO.1).await.ok();
                client.take(&granted);
                client.get(path::TOP).await.ok();
                visitors.push(client);
            }
        }
        Self { bank, other, issued, visitors }
    }

    /// Asserts that every connection is refused with `code`, and that a renewal on it is refused, too.
    async fn ended(self, code: &str) {
        let key = rcgen::KeyPair::generate().unwrap();
        for client in &self.visitors {
            client.get(path::TOP).await.refused(code);
            reenroll(client, &request(&key)).await.unwrap_err().refused(code);
            client.log_in_here(HANAKO.1).await.refused(code);
        }
        self.other.stop().await;
    }
}

/// Asserts that codes that were valid before are now refused at both instances.
async fn no_code_opens(inside: &Inside, basic: (&str, &str), code: &str) {
    let key = rcgen::KeyPair::generate().unwrap();
    for address in [&inside.bank.server.announcement().portal, &inside.other.announcement().portal] {
        let mut portal = inside.bank.portal();
        portal.address.clone_from(address);
        portal.enroll(basic, &request(&key)).await.unwrap_err().refused(code);
    }
}

#[tokio::test]
async fn m2_revoked() {
    let inside = Inside::open().await;
    inside.bank.revoke("hanakodt").await.ok();
    inside.ended("certificate_revoked").await;
}

#[tokio::test]
async fn m3_expired() {
    let inside = Inside::open().await;
    inside.bank.advance(Duration::days(366));
    inside.ended("certificate_expired").await;
}

#[tokio::test]
async fn m3_superseded() {
    let inside = Inside::open().await;
    let new = renew(&inside.bank, &inside.issued).await;
    tell(&inside.bank.certificate_login(&new), &new).await.ok();
    inside.ended("certificate_superseded").await;
}

#[tokio::test]
async fn m5_locked() {
    let inside = Inside::open().await;
    let code = inside.bank.code(JIRO).await.ok()["code"].as_str().unwrap().to_owned();
    for user in ["hanakodt", "jirodt"] {
        for _ in 0..6 {
            inside.bank.portal().log_in((user, "Wrong1234")).await.refused("login_failed");
        }
    }
    no_code_opens(&inside, ("jirodt", &code), "login_password_locked").await;
    inside.ended("login_password_locked").await;
}

#[tokio::test]
async fn m7_frozen() {
    let inside = Inside::open().await;
    let code = inside.bank.code(JIRO).await.ok()["code"].as_str().unwrap().to_owned();
    let ichiro = inside.bank.log_in(ICHIRO).await;
    ichiro.post(path::FREEZE, &json!({"confirmation_password": "Kakunin02"})).await.ok();
    no_code_opens(&inside, ("jirodt", &code), "enrolment_code_invalid").await;
    inside.bank.code(JIRO).await.refused("contract_frozen");
    inside.ended("contract_frozen").await;
}
