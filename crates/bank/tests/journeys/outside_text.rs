//! No text from outside brings a control character into the bank, where PostgreSQL or a terminal would choke on it.

use inkan_protocol::{ENDPOINTS, Listener, Method, path};
use rcgen::KeyPair;
use serde_json::json;

use crate::test_bank::{Answer, HANAKO, ICHIRO, TestBank, answer, request};

#[track_caller]
fn refused_as_unreadable(answered: Answer) {
    assert_eq!(answered.status, 400, "{answered:?}");
    answered.refused("request_invalid");
}

#[tokio::test]
async fn a_control_character_in_any_path_is_refused() {
    let bank = TestBank::open().await;
    let client = bank.log_in(ICHIRO).await;
    let mut probed = 0;
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.listeners.contains(&Listener::Portal)) {
        let (before, after) = match endpoint.path.split_once('{') {
            Some((before, rest)) => (before, rest.split_once('}').unwrap().1),
            None => (endpoint.path, "?x="),
        };
        let method: reqwest::Method = format!("{:?}", endpoint.method).to_uppercase().parse().unwrap();
        for control in ["%00", "a%00b", "%0A", "hanakodt%1b", "%7F", "%C2%85"] {
            let path =
                if after == "?x=" { format!("{before}?x={control}") } else { format!("{before}{control}{after}") };
            let sent = client.request(method.clone(), &path).json(&json!({}));
            refused_as_unreadable(answer(sent).await);
            probed += 1;
        }
    }
    assert!(probed > 100 && matches!(ENDPOINTS[0].method, Method::Get));
}

#[tokio::test]
async fn nul_in_json_and_in_basic_credentials_is_refused() {
    let bank = TestBank::open().await;
    for user in ["\0", "hanako\0dt", "hanakodt\0"] {
        refused_as_unreadable(bank.portal().log_in((user, HANAKO.1)).await);
        refused_as_unreadable(bank.code((user, HANAKO.1)).await);
    }
    refused_as_unreadable(bank.portal().log_in((HANAKO.0, "Hanako2026\0")).await);
    let client = bank.log_in(ICHIRO).await;
    refused_as_unreadable(client.post(path::TOKEN_ACTIVATION, &json!({"serial": "\0", "otp": "123456"})).await);
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let csr = request(&KeyPair::generate().unwrap());
    for (user, code) in [("hanako\0dt", code.as_str()), ("hanakodt", "\0"), ("hanako\ndt", &code)] {
        bank.portal().enroll((user, code), &csr).await.unwrap_err().refused("enrolment_code_invalid");
    }
    bank.portal().enroll((HANAKO.0, &code), &csr).await.unwrap();
}
