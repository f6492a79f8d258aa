//! Which certificate a login uses, what is remembered of it, and what may be cleared away.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

fn passwords(bank: &Bank, user: &str) -> Value {
    json!({
        "login_password": bank.secret(user, "login_password"),
        "confirmation_password": bank.secret(user, "confirmation_password"),
    })
}

fn revoke(bank: &Bank, pc: &Pc, user: &str) {
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", user, "--revoke"];
    pc.inkan(&revoke, Some(passwords(bank, "ichirodt"))).done();
}

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn s1_1_a_choice_is_remembered_shown_forgotten_and_dropped_when_refused() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let hanako = pc.acquire(&bank, "hanakodt");
    let jiro = pc.acquire(&bank, "jirodt");
    let login = ["login", "--bank", "okmate"];
    let whose = |answers: &Value| pc.inkan(&login, Some(answers.clone())).done()["person"]["id"].take();

    // anchors 15: with two that fit, nobody is logged in by guessing.
    let undecided = pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem();
    assert_eq!(undecided["code"], "several_certificates");

    let chosen = ["login", "--bank", "okmate", "--certificate", hanako["id"].as_str().unwrap()];
    pc.inkan(&chosen, Some(passwords(&bank, "hanakodt"))).done();
    assert_eq!(whose(&passwords(&bank, "hanakodt")), "hanakodt");
    let listed = pc.inkan(&["certificates"], None).done();
    let shown: Vec<_> = listed.as_array().unwrap().iter().filter(|row| row["last_used"] == true).collect();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["id"], hanako["id"]);

    pc.inkan(&["certificates", "forget", "--bank", "okmate"], None).done();
    assert_eq!(pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem()["code"], "several_certificates");

    // anchors 18: a remembered choice that is refused is not tried again silently.
    pc.inkan(&chosen, Some(passwords(&bank, "hanakodt"))).done();
    revoke(&bank, &pc, "hanakodt");
    assert_eq!(pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem()["code"], "certificate_revoked");
    assert_eq!(whose(&passwords(&bank, "jirodt")), "jirodt");
    let listed = pc.inkan(&["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(ids(&listed), [jiro["id"].as_str().unwrap(), hanako["id"].as_str().unwrap()]);
}

#[test]
fn m10_cleaning_takes_the_dead_and_leaves_the_live_one_of_the_same_name() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt");
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]), "the only live one stays");
    revoke(&bank, &pc, "hanakodt");
    let login = ["login", "--bank", "okmate", "--certificate", old["id"].as_str().unwrap()];
    assert_eq!(pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem()["code"], "certificate_revoked");
    let new = pc.acquire(&bank, "hanakodt");

    // anchors 17: equal names, and yet told apart.
    let listed = pc.inkan(&["certificates"], None).done();
    assert_eq!(ids(&listed), [new["id"].as_str().unwrap(), old["id"].as_str().unwrap()]);
    assert_eq!((&listed[0]["usable"], &listed[1]["usable"]), (&json!(true), &json!(false)));
    assert_eq!(listed[1]["reasons"][0], "revoked");
    assert_ne!(listed[0]["serial"], listed[1]["serial"]);
    assert_eq!(pc.certutil_keys(), 2);

    // Without --yes and without a person to ask, nothing goes.
    assert_eq!(pc.inkan(&["certificates", "clean"], None).problem()["code"], "answer_missing");
    assert_eq!(pc.certutil_certificates().len(), 2);
    let cleaned = pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleaned, json!([{ "id": old["id"], "key": "gone" }]));
    assert_eq!(ids(&pc.inkan(&["certificates"], None).done()), [new["id"].as_str().unwrap()]);
    assert_eq!(pc.certutil_keys(), 1);
    pc.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).done();
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
}

#[test]
fn a_certificate_of_another_bank_says_so() {
    let (here, elsewhere) = (Bank::start(), Bank::start());
    let pc = Pc::with(&here);
    pc.inkan(&["bank", "add", elsewhere.portal(), "--ca", &elsewhere.ca().display().to_string()], None).done();
    let row = pc.acquire(&here, "hanakodt");
    assert_eq!(row["bank"], "okmate");
    let reasons = |bank: &str| {
        let listed = pc.inkan(&["certificates", "list", "--bank", bank], None).done();
        listed[0]["reasons"].clone()
    };
    assert_eq!(reasons("okmate"), json!([]));
    assert_eq!(reasons("okmate-2"), json!(["not_of_this_bank"]));
    let login = ["login", "--bank", "okmate-2"];
    assert_eq!(pc.inkan(&login, Some(passwords(&elsewhere, "hanakodt"))).problem()["code"], "no_usable_certificate");
    // Shown all the same: an unusable one is a choice that says why, not a hidden one. Taken there, it is refused.
    let forced = ["login", "--bank", "okmate-2", "--certificate", row["id"].as_str().unwrap()];
    let refused = pc.inkan(&forced, Some(passwords(&elsewhere, "hanakodt"))).problem();
    assert_eq!(refused["code"], "certificate_refused");
}
