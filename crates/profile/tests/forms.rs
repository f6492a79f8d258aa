//! Tests the rules that the window's forms check, too. Both test suites read the same vectors.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use inkan_profile::{ContractNumber, LocalText, PasswordContext, PasswordFault, PasswordRule};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    passwords: Vec<Passwords>,
    contract_numbers: ContractNumbers,
}

#[derive(Deserialize)]
struct Passwords {
    rule: PasswordRule,
    user_id: String,
    login_password: String,
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    typed: String,
    faults: Vec<PasswordFault>,
}

#[derive(Deserialize)]
struct ContractNumbers {
    digits: u32,
    valid: Vec<String>,
    invalid: Vec<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../vectors/forms.json")).unwrap()
}

#[test]
fn s1_9_a_password_has_the_faults_that_the_window_shows() {
    for Passwords { rule, user_id, login_password, candidates } in vectors().passwords {
        let context = PasswordContext { user_id: &user_id, login_password: Some(&login_password) };
        assert!(!candidates.is_empty());
        for Candidate { typed, faults } in candidates {
            assert_eq!(rule.faults(&typed, context), faults, "{typed}");
        }
    }
}

#[test]
fn s3_10_a_contract_number_is_one_that_the_window_sends() {
    let ContractNumbers { digits, valid, invalid } = vectors().contract_numbers;
    let rule =
        ContractNumber { name: LocalText { ja: "契約者ID".into(), en: "Contract ID".into() }, digits, place: None };
    assert!(valid.iter().all(|number| rule.is_one(number)), "{valid:?}");
    assert!(!invalid.iter().any(|number| rule.is_one(number)), "{invalid:?}");
}
