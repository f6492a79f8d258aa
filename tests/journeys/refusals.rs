//! Each failure has a code of its own, says in both languages what to do and who can do it, and leaves nothing half
//! done.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

/// Runs the same command in both languages, and checks that the problem has all its parts in each.
fn problem(pc: &Pc, arguments: &[&str], answers: &Value) -> Value {
    let [ja, en] = ["ja", "en"].map(|language| pc.inkan_in(language, arguments, Some(answers.clone())).problem());
    assert_eq!(ja["code"], en["code"]);
    assert_eq!(ja["who"], en["who"]);
    for field in ["title", "detail", "next"] {
        let (ja, en) = (ja[field].as_str().unwrap(), en[field].as_str().unwrap());
        assert!(!ja.is_ascii() && !ja.contains('{'), "{field}: {ja}");
        assert!(en.chars().all(|c| c.is_ascii() || "’“”–".contains(c)) && !en.contains('{'), "{field}: {en}");
    }
    assert_eq!(ja["reference"].as_str().unwrap().len(), 8);
    ja
}

fn passwords(bank: &Bank, user: &str) -> Value {
    json!({
        "login_password": bank.secret(user, "login_password"),
        "confirmation_password": bank.secret(user, "confirmation_password"),
    })
}

fn certificate_state(bank: &Bank, pc: &Pc, user: &str) -> Value {
    let show = ["users", "--bank", "okmate", "--user", "ichirodt", "show", user];
    pc.inkan(&show, Some(passwords(bank, "ichirodt"))).done()["certificate"]["state"].take()
}

#[test]
fn a_wrong_login_password_acquires_nothing_and_enters_nowhere() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let wrong = json!({ "login_password": "Wrong12345" });
    let refused = problem(&pc, &["acquire", "--bank", "okmate", "--user", "hanakodt"], &wrong);
    assert_eq!((&refused["code"], &refused["who"]), (&json!("login_failed"), &json!("you")));
    pc.assert_empty();
    assert_eq!(certificate_state(&bank, &pc, "hanakodt"), Value::Null);
    assert_eq!(problem(&pc, &["login", "--bank", "okmate", "--user", "hanakodt"], &wrong)["code"], "login_failed");
    // An unknown ID gets exactly the same answer.
    let unknown = problem(&pc, &["login", "--bank", "okmate", "--user", "nobody"], &wrong);
    assert_eq!(unknown["code"], "login_failed");

    let row = pc.acquire(&bank, "hanakodt");
    let login = ["login", "--bank", "okmate", "--certificate", row["id"].as_str().unwrap()];
    assert_eq!(problem(&pc, &login, &wrong)["code"], "login_failed");
    assert_eq!(certificate_state(&bank, &pc, "hanakodt"), "valid");
}

#[test]
fn s0_6_a_wrong_confirmation_password_revokes_nothing() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let mut answers = passwords(&bank, "ichirodt");
    answers["confirmation_password"] = json!("Wrong12345");
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", "hanakodt", "--revoke", "--yes"];
    let refused = problem(&pc, &revoke, &answers);
    assert_eq!((&refused["code"], &refused["who"]), (&json!("confirmation_password_wrong"), &json!("you")));
    assert_eq!(certificate_state(&bank, &pc, "hanakodt"), "valid");
}

#[test]
fn s0_14_a_general_user_revokes_nothing() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    pc.acquire(&bank, "jirodt");
    for subject in ["hanakodt", "jirodt"] {
        let revoke = ["users", "--bank", "okmate", "--user", "jirodt", "certificate", subject, "--revoke", "--yes"];
        let refused = problem(&pc, &revoke, &passwords(&bank, "jirodt"));
        assert_eq!((&refused["code"], &refused["who"]), (&json!("not_permitted"), &json!("administrator")));
        assert_eq!(certificate_state(&bank, &pc, subject), "valid");
    }
}

#[test]
fn a_bank_that_is_not_there_says_so_and_the_pc_is_as_it_was() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let elsewhere = Pc::new();
    let answers = passwords(&bank, "hanakodt");
    let (portal, ca) = (bank.portal().to_owned(), std::fs::read(bank.ca()).unwrap());
    let kept = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(kept.path(), ca).unwrap();
    drop(bank);
    for command in ["acquire", "login"] {
        let refused = problem(&pc, &[command, "--bank", "okmate", "--user", "hanakodt"], &answers);
        assert_eq!((&refused["code"], &refused["who"]), (&json!("connection_refused"), &json!("you")));
    }
    pc.assert_empty();
    let add = ["bank", "add", &portal, "--ca", kept.path().to_str().unwrap()];
    assert_eq!(problem(&elsewhere, &add, &json!({}))["code"], "connection_refused");
    assert_eq!(elsewhere.inkan(&["bank", "list"], None).done(), json!([]));
}

#[test]
fn a_bank_whose_ca_is_unknown_is_not_spoken_to() {
    let bank = Bank::start();
    let other = Bank::start();
    let pc = Pc::new();
    let refused = problem(&pc, &["bank", "add", bank.portal()], &json!({}));
    assert_eq!((&refused["code"], &refused["who"]), (&json!("bank_ca_unknown"), &json!("administrator")));
    let wrong = other.ca().display().to_string();
    assert_eq!(problem(&pc, &["bank", "add", bank.portal(), "--ca", &wrong], &json!({}))["code"], "bank_ca_unknown");
    assert_eq!(pc.inkan(&["bank", "list"], None).done(), json!([]));
}

#[test]
fn what_is_not_there_is_named() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let answers = passwords(&bank, "ichirodt");
    let cases: [(&[&str], &str); 7] = [
        (&["bank", "add", "http://bank.example"], "bank_address_invalid"),
        (&["bank", "remove", "nobank"], "bank_not_added"),
        (&["login", "--bank", "nobank", "--user", "ichirodt"], "bank_not_added"),
        (&["login", "--bank", "okmate"], "no_usable_certificate"),
        (&["login", "--bank", "okmate", "--certificate", "0123456789abcdef"], "certificate_not_found"),
        (&["certificates", "delete", "0123456789abcdef", "--yes"], "certificate_not_found"),
        (
            &["users", "--bank", "okmate", "--user", "ichirodt", "certificate", "hanakodt", "--revoke", "--yes"],
            "no_live_certificate",
        ),
    ];
    for (arguments, code) in cases {
        assert_eq!(problem(&pc, arguments, &answers)["code"], code, "{arguments:?}");
    }
    assert_eq!(
        problem(&pc, &["users", "--bank", "okmate", "--user", "ichirodt", "show", "nobody"], &answers)["code"],
        "user_unknown"
    );
    assert_eq!(
        problem(&pc, &["login", "--bank", "okmate", "--user", "ichirodt"], &json!({}))["code"],
        "answer_missing"
    );
}
