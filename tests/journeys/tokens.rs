//! Hardware tokens from the command line, against a real bank, with the one-time passwords of oathtool.

use std::process::{Command, Stdio};

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

/// Returns the one-time password that a sample user's token shows `steps` time steps from now, computed by oathtool.
fn shown(bank: &Bank, user: &str, steps: i64) -> String {
    let people = bank.announcement()["demo"]["users"].as_array().unwrap();
    let person = people.iter().find(|person| person["id"] == user).unwrap();
    let seconds = person["token_step_seconds"].as_u64().unwrap();
    let time = time::OffsetDateTime::now_utc().unix_timestamp() + steps * i64::try_from(seconds).unwrap();
    let mut oathtool = Command::new("oathtool")
        .args(["--totp", "--base32", "--digits=6", &format!("--time-step-size={seconds}s"), &format!("--now=@{time}")])
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("oathtool starts");
    let secret = bank.secret(user, "token_secret_base32");
    std::io::Write::write_all(&mut oathtool.stdin.take().unwrap(), secret.as_bytes()).unwrap();
    let output = oathtool.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn answers(bank: &Bank, user: &str, more: Value) -> Value {
    let mut answers = json!({ "login_password": bank.secret(user, "login_password") });
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

fn login(user: &str) -> [&str; 5] {
    ["login", "--bank", "okmate", "--user", user]
}

fn token<'a>(user: &'a str, act: &[&'a str]) -> Vec<&'a str> {
    [&["token", "--bank", "okmate", "--user", user], act].concat()
}

#[test]
fn s1_12_s1_13_the_login_skips_the_activation_until_serial_and_otp_are_given() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    // S1-7: the first login changes the passwords. The new ones are valid from then on.
    let first = json!({ "new_login_password": "Shiro2027", "new_confirmation_password": "Kakunin04" });
    let skipped = pc.inkan(&login("shirodt"), Some(answers(&bank, "shirodt", first))).done();
    assert_eq!((&skipped["next"], &skipped["token"]["state"]), (&json!("top"), &json!("unregistered")));
    assert_eq!(skipped["token"]["offered"], true, "offered again at the next login");

    let with = |otp: &str| json!({ "login_password": "Shiro2027", "token_serial": "43456789", "otp": otp });
    let short = pc.inkan(&login("shirodt"), Some(with("12345"))).problem();
    assert_eq!(short["code"], "otp_malformed");
    let otp = shown(&bank, "shirodt", 0);
    let active = pc.inkan(&login("shirodt"), Some(with(&otp))).done();
    assert_eq!((&active["next"], &active["token"]["state"]), (&json!("top"), &json!("active")));
    assert_eq!((&active["token"]["serial"], &active["token"]["offered"]), (&json!("43456789"), &json!(false)));
    let again = pc.inkan(&token("shirodt", &["activate"]), Some(with(&otp))).problem();
    assert_eq!(again["code"], "token_already_active");
    // Two consecutive passwords of oathtool resynchronise the token.
    let two = json!({
        "login_password": "Shiro2027", "otp": shown(&bank, "shirodt", 10), "otp_next": shown(&bank, "shirodt", 11),
    });
    assert_eq!(pc.inkan(&token("shirodt", &["resync"]), Some(two.clone())).done()["state"], "active");
    assert_eq!(pc.inkan(&token("shirodt", &["resync"]), Some(two)).problem()["code"], "otp_used", "Q5");
}

#[test]
fn s2_9_several_tokens_are_revoked_at_once() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let (_, said) = pc.inkan_says("ja", &token("hanakodt", &["list"]), &answers(&bank, "hanakodt", json!({})));
    assert!(
        said.contains("利用者区分：マスターユーザ\n") && !said.contains("master"),
        "roles as the bank names them: {said}"
    );
    let list = token("hanakodt", &["list"]);
    let lines = pc.inkan(&list, Some(answers(&bank, "hanakodt", json!({})))).done();
    let states: Vec<_> =
        lines.as_array().unwrap().iter().map(|line| line["token"]["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["active", "expired", "revoked", "unregistered"], "S2-12");

    let revoke = token("hanakodt", &["revoke", "ichirodt", "hanakodt", "--yes"]);
    let confirmation = bank.secret("hanakodt", "confirmation_password");
    let with = |otp: &str| answers(&bank, "hanakodt", json!({ "otp": otp, "confirmation_password": confirmation }));
    let lacking = answers(&bank, "hanakodt", json!({ "confirmation_password": confirmation }));
    assert_eq!(pc.inkan(&revoke, Some(lacking)).problem()["code"], "answer_missing", "S2-5");
    let otp = shown(&bank, "hanakodt", 0);
    let revoked = pc.inkan(&revoke, Some(with(&otp))).done();
    for line in revoked["users"].as_array().unwrap() {
        assert_eq!((&line["token"]["state"], &line["token"]["serial"]), (&json!("revoked"), &json!(null)), "S2-14");
        assert_eq!(line["token"]["activation_from"], revoked["activation_from"], "S2-10");
    }
    let words = pc.inkan(&token("hanakodt", &["show"]), Some(answers(&bank, "hanakodt", json!({})))).done();
    assert_eq!((&words["state"], &words["offered"]), (&json!("revoked"), &json!(false)), "S2-17");

    // S2-3, Q4: a general user may not revoke. An administrator whose own token does not work is sent to another
    // administrator.
    let jiro = answers(&bank, "jirodt", json!({ "otp": "123456", "confirmation_password": "Kakunin03" }));
    let refused = pc.inkan(&token("jirodt", &["revoke", "shirodt", "--yes"]), Some(jiro)).problem();
    assert_eq!(refused["code"], "not_permitted");
    let again = token("hanakodt", &["revoke", "shirodt", "--yes"]);
    let refused = pc.inkan_in("en", &again, Some(with(&shown(&bank, "hanakodt", 1)))).problem();
    assert_eq!((&refused["code"], &refused["who"]), (&json!("token_unusable"), &json!("administrator")));
    assert!(refused["next"].as_str().unwrap().contains("another administrator"), "{refused}");
    assert!(refused["next"].as_str().unwrap().contains("paper form to your branch"), "{refused}");
}

#[test]
fn m5_a_locked_token_is_opened_by_another_administrator() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let wrong = answers(&bank, "hanakodt", json!({ "otp": "111111", "otp_next": "222222" }));
    for _ in 0..6 {
        let resync = token("hanakodt", &["resync"]);
        assert_eq!(pc.inkan(&resync, Some(wrong.clone())).problem()["code"], "token_resync_failed");
    }
    assert_eq!(pc.inkan(&token("hanakodt", &["resync"]), Some(wrong)).problem()["code"], "token_locked");
    let unlock = |operator: &'static str, subject: &'static str| {
        let confirmation = bank.secret(operator, "confirmation_password");
        let given = answers(&bank, operator, json!({ "confirmation_password": confirmation }));
        pc.inkan(&token(operator, &["unlock", subject]), Some(given))
    };
    assert_eq!(unlock("hanakodt", "hanakodt").problem()["code"], "own_not_allowed");
    assert_eq!(unlock("ichirodt", "hanakodt").done()["token"]["state"], "active");
}
