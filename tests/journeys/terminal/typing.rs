//! Tests what people type at a Japanese keyboard, in a hurry or by mistake, at a real terminal.

use inkan_journeys::{Bank, Pc};
use serde_json::json;

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// Returns the same letters and digits in full width.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
        .collect()
}

#[test]
fn s1_6_full_width_letters_are_taken_as_they_were_meant() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let password = wide(&bank.secret("hanakodt", "login_password"));
    for (language, login) in LANGUAGES.into_iter().zip(LOGIN_PASSWORD) {
        let arguments = ["login", "--bank", "okmate", "--user", &wide("hanakodt")];
        let (code, shown) = said(&pc, language, &arguments, &[(login, &password)]);
        assert!(code == Some(0) && ["(hanakodt)", "（hanakodt）"].iter().any(|id| shown.contains(id)), "{shown}");
    }
}

/// S1-9, M5: a value that can never be right is not sent, and does not count as an attempt. The bank does not run while
/// it is typed.
#[test]
fn what_can_never_be_right_is_not_sent_and_not_counted() {
    let mut bank = Bank::start();
    let pc = Pc::with(&bank);
    let long = "a1".repeat(18) + "b";
    let cases = [
        ("hanakodt", "はなこ２０２６", ["半角の英数字", "half-width letters and digits"], "password_malformed"),
        ("hanakodt", long.as_str(), ["12文字まで", "at most 12 characters"], "password_malformed"),
    ];
    bank.stop();
    for (user, typed, words, code) in cases {
        for ((language, words), login) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
            for command in ["login", "acquire"] {
                let arguments = [command, "--bank", "okmate", "--user", user];
                let (ended, shown) = said(&pc, language, &arguments, &[(login, typed)]);
                assert!(ended == Some(1) && shown.contains(words) && shown.contains(code), "{typed:?}: {shown}");
            }
        }
    }
    // An ID that cannot exist is refused before any password is asked for.
    for (user, words) in
        ["", " ", "hana\nkodt", "hana kodt", "hana\tkodt"].map(|user| (user, ["空白や改行", "a blank or a line end"]))
    {
        for ((language, words), login) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
            let commands: [&[&str]; 5] = [
                &["login", "--bank", "okmate", "--user", user],
                &["acquire", "--bank", "okmate", "--user", user],
                &["token", "--bank", "okmate", "--user", user, "show"],
                &["users", "--bank", "okmate", "--user", user, "list"],
                &["change-pc", "--bank", "okmate", "--user", user],
            ];
            for arguments in commands {
                let (ended, shown) = said(&pc, language, arguments, &[]);
                assert!(ended == Some(1) && shown.contains(words) && !shown.contains(login), "{arguments:?}: {shown}");
            }
        }
    }
    bank.go_on();
    // If these tries were counted, they would lock the password.
    for _ in 0..6 {
        let refused =
            pc.inkan(&["login", "--bank", "okmate", "--user", "hanakodt"], Some(json!({ "login_password": long })));
        assert_eq!(refused.problem()["code"], "password_malformed");
    }
    pc.inkan(&["login", "--bank", "okmate", "--user", "hanakodt"], Some(bank.answers("hanakodt"))).done();
}

/// A one-time password in full width does not count as an attempt.
#[test]
fn m5_a_one_time_password_in_full_width_is_not_counted() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let password = bank.secret("hanakodt", "login_password");
    let questions = [
        ("ワンタイムパスワード: ", "次に表示されたワンタイムパスワード: ", "半角数字で入力してください"),
        ("One-time password: ", "The one-time password that follows: ", "half-width digits only"),
    ];
    let resync = ["token", "--bank", "okmate", "--user", "hanakodt", "resync"];
    for ((language, (otp, next, words)), login) in LANGUAGES.into_iter().zip(questions).zip(LOGIN_PASSWORD) {
        for _ in 0..6 {
            let turns = [(login, password.as_str()), (otp, "１２３４５６"), (next, "６５４３２１")];
            let (code, shown) = said(&pc, language, &resync, &turns);
            assert!(code == Some(1) && shown.contains(words), "{shown}");
        }
    }
    let show = ["token", "--bank", "okmate", "--user", "hanakodt", "show"];
    assert_eq!(pc.inkan(&show, Some(bank.answers("hanakodt"))).done()["state"], "active");
}

/// A numbered question is asked again after an empty or a wrong answer. Ctrl-D ends it. S0-3: both ways to log in say
/// what they need.
#[test]
fn a_numbered_question_is_asked_until_it_is_answered() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let questions =
        [("ログインの方式の番号", "利用者区分の番号"), ("Number of the way you log in", "Number of your role")];
    for (language, (method, role)) in LANGUAGES.into_iter().zip(questions) {
        let turns = [(method, ""), (method, "7"), (method, "一"), (method, "１"), (role, "\u{4}")];
        let (code, shown) = said(&pc, language, &["change-pc", "--bank", "okmate"], &turns);
        assert!(code == Some(1) && shown.contains("--role"), "{shown}");
        let ways = match language {
            "ja" => [
                "電子証明書方式：電子証明書およびログインパスワードによりログインする方法です",
                "ID・パスワード方式：ログインIDおよびログインパスワードによりログインする方法です",
            ],
            _ => [
                "Certificate: you log in with the certificate and the login password",
                "ID and password: you log in with the login ID and the login password",
            ],
        };
        assert!(ways.into_iter().all(|way| shown.contains(way)), "{shown}");
    }
}
