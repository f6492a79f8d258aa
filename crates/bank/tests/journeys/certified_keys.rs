//! Keys that prove nothing about their holder are not certified, as the Baseline Requirements of the CA/Browser Forum
//! (§6.1.1.3, §6.1.6) and the CA software boulder have it. The requests of `tests/requests` are signed by such keys.
//! One has a challengePassword that names no connection.

use crate::enrolment::foreign_request;
use crate::test_bank::{HANAKO, TestBank};

macro_rules! requests {
    ($($fault:literal: $($name:literal),*;)*) => {
        [$($(($fault, $name, include_str!(concat!("../requests/", $name, ".b64"))),)*)*]
    };
}

#[tokio::test]
async fn a_key_or_a_request_that_proves_nothing_is_refused() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let enroll = async |text| bank.portal().enroll((HANAKO.0, &code), &foreign_request(text)).await;
    for (fault, name, text) in requests! {
        "key_kind": "rsa-1024", "rsa-2047", "rsa-4104", "rsa-exponent-3", "rsa-exponent-17";
        "key_weak": "rsa-even", "rsa-small-factor", "rsa-close-primes", "rsa-square", "rsa-cube", "rsa-prime", "rsa-roca";
        "hash": "rsa-sha1";
        "signature": "p256-off-curve";
        "other_connection": "p256-challenge-password";
    } {
        let refused = enroll(text).await.expect_err(name).refused("certification_request_invalid");
        assert_eq!(refused["params"]["fault"], fault, "{name}");
    }
    enroll(include_str!("../requests/rsa-3088.b64")).await.unwrap();
}
