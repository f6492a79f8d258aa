//! No certificate is valid past the end of its CA (RFC 5280 §6.1).

use ::time::Duration;
use inkan_bank::{Branch, BranchError};
use inkan_protocol::{CertificateAction, Code, path};
use rcgen::KeyPair;
use sqlx::Executor;
use x509_parser::prelude::*;

use crate::reenrolment::{reenroll, renewal_request};
use crate::test_bank::{HANAKO, ICHIRO, JIRO, OKMATE, TestBank, request};

/// The days of the CA that the bank makes, and those of a certificate.
const CA_DAYS: i64 = 20 * 365;
const DAYS: i64 = 365;

fn reissuing() -> String {
    let revoke = "\"revoke_others_certificate\",";
    OKMATE.replace(revoke, &format!("{revoke} \"reissue_others_certificate\","))
}

#[tokio::test]
async fn a_certificate_that_would_outlive_its_ca_is_not_issued() {
    let bank = TestBank::with_profile(&reissuing()).await;
    bank.advance(Duration::days(CA_DAYS - DAYS));
    let early = bank.code(JIRO).await.ok()["code"].as_str().unwrap().to_owned();
    let issued = bank.acquire(HANAKO).await;
    let ca = bank.plain().request(reqwest::Method::GET, path::CA_CERTIFICATE).send().await.unwrap();
    let ca = ca.bytes().await.unwrap();
    let end = |der: &[u8]| X509Certificate::from_der(der).unwrap().1.validity().not_after.to_datetime();
    assert!(end(&issued.der) <= end(&ca));
    assert_eq!(bank.plain().get(path::READY).await.ok()["ca_days_left"], DAYS);

    bank.advance(Duration::seconds(2));
    let refused = bank.portal().enroll((JIRO.0, &early), &request(&KeyPair::generate().unwrap())).await.unwrap_err();
    assert_eq!(refused.status, 503);
    let until = refused.refused("ca_ending")["params"]["until"].as_str().unwrap().to_owned();
    assert!(until.contains(&end(&ca).year().to_string()), "{until}");
    bank.code(JIRO).await.refused("ca_ending");

    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "reissue", "Kakunin02").await.refused("ca_ending");
    bank.advance(Duration::days(DAYS - 10));
    let login = bank.certificate_login(&issued);
    login.log_in_here(HANAKO.1).await.ok();
    let csr = renewal_request(&issued, &KeyPair::generate().unwrap());
    reenroll(&login, &csr).await.unwrap_err().refused("ca_ending");
    login.log_in_here(HANAKO.1).await.ok();
    assert_eq!(bank.plain().get(path::READY).await.ok()["ca_days_left"], 9);
}

/// A code or a reissue that can never give a certificate is not made, and the reissue would revoke what the user has.
#[tokio::test]
async fn the_branch_makes_no_code_and_no_reissue_if_the_ca_ends_first() {
    let bank = TestBank::open().await;
    bank.advance(Duration::days(CA_DAYS - DAYS));
    let issued = bank.acquire(HANAKO).await;
    let branch = Branch::open(bank.storage(), bank.clock()).await.unwrap();
    branch.enrolment_code(None, JIRO.0).await.unwrap();
    bank.advance(Duration::seconds(2));
    let refused = |error: BranchError| match error {
        BranchError::Refused { code, about } => (code, about.contains("until ")),
        other => panic!("{other}"),
    };
    let code = branch.enrolment_code(None, JIRO.0).await.unwrap_err();
    assert_eq!(refused(code), (Code::CaEnding, true));
    for user in [HANAKO.0, JIRO.0] {
        let reissue = branch.act_upon_certificate(None, user, CertificateAction::Reissue).await.unwrap_err();
        assert_eq!(refused(reissue), (Code::CaEnding, true), "{user}");
    }
    bank.certificate_login(&issued).log_in_here(HANAKO.1).await.ok();
    branch.act_upon_certificate(None, HANAKO.0, CertificateAction::Keep).await.unwrap();
    branch.act_upon_certificate(None, HANAKO.0, CertificateAction::Revoke).await.unwrap();
}

#[tokio::test]
async fn an_older_certificate_ends_with_its_ca() {
    let bank = TestBank::open().await;
    bank.advance(Duration::days(CA_DAYS - DAYS));
    let issued = bank.acquire(HANAKO).await;
    // A bank of an earlier version issued certificates beyond the end of the CA.
    bank.database().await.execute("UPDATE certificates SET not_after = not_after + 86400").await.unwrap();
    bank.advance(Duration::days(DAYS) - Duration::seconds(2));
    let login = bank.certificate_login(&issued);
    login.log_in_here(HANAKO.1).await.ok();
    bank.advance(Duration::seconds(3));
    login.log_in_here(HANAKO.1).await.refused("certificate_expired");
    assert_eq!(bank.plain().get(path::READY).await.ok()["ca_days_left"], 0);
}
