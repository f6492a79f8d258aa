//! Tests text that people type at a Japanese keyboard, or paste with a blank or a line end, at the terminal with a real
//! bank.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

/// Returns the same letters and digits in full width.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
        .collect()
}

fn token_state(bank: &Bank, pc: &Pc, user: &str) -> Value {
    let top = pc.inkan(&["login", "--bank", bank.name(), "--user", user], Some(bank.answers(user))).done();
    top["token"]["state"].clone()
}

#[test]
fn six_one_time_passwords_in_full_width_lock_nothing() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let resync = ["token", "--bank", bank.name(), "--user", "hanakodt", "resync"];
    for typed in ["１２３４５６", "１２３４５", "一二三四五六", "12345", "12345６", "　１２３４５６"]
    {
        for _ in 0..2 {
            let mut answers = bank.answers("hanakodt");
            answers["otp"] = json!(typed);
            answers["otp_next"] = json!(typed);
            let refused = pc.inkan(&resync, Some(answers)).problem();
            assert_eq!(refused["code"], "otp_malformed", "{typed:?}");
        }
    }
    assert_eq!(token_state(&bank, &pc, "hanakodt"), "active");
}

#[test]
fn s1_6_id_and_password_are_taken_as_they_were_meant() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let password = bank.secret("hanakodt", "login_password").to_owned();
    for (user, typed) in [
        (wide("hanakodt"), wide(&password)),
        (" hanakodt\t".to_owned(), format!("{password}\n")),
        ("　hanakodt".to_owned(), format!("　{password} ")),
    ] {
        let login = ["login", "--bank", bank.name(), "--user", user.as_str()];
        let arrived = pc.inkan(&login, Some(json!({ "login_password": typed }))).done();
        assert_eq!(arrived["person"]["id"], "hanakodt", "{user:?}");
    }
}

#[test]
fn s1_9_a_password_that_cannot_be_one_is_not_sent_and_not_counted() {
    let mut bank = Bank::start();
    let pc = Pc::with(&bank);
    let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
    let typed = |text: &str| Some(json!({ "login_password": text }));
    bank.stop();
    for language in ["ja", "en"] {
        let refused = pc.inkan_in(language, &login, typed("はなこ２０２６")).problem();
        assert_eq!(refused["code"], "password_malformed", "nothing was sent: the bank is not there");
        let next = refused["next"].as_str().unwrap();
        assert!(next.contains(if language == "ja" { "半角" } else { "half-width" }), "{next}");
    }
    bank.go_on();
    for _ in 0..8 {
        assert_eq!(pc.inkan(&login, typed("はなこ２０２６")).problem()["code"], "password_malformed");
    }
    pc.inkan(&login, Some(bank.answers("hanakodt"))).done();
}

#[test]
fn an_acquisition_knows_the_person_however_the_id_was_typed() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let acquire = ["acquire", "--bank", bank.name(), "--user", &format!(" {}　", wide("hanakodt"))];
    let acquired = pc.inkan(&acquire, Some(bank.answers("hanakodt"))).done();
    assert_eq!(acquired["certificate"]["name"], "hanakodt");
    assert_eq!(token_state(&bank, &pc, "hanakodt"), "active");
}
