//! Tests the forced change of passwords at the terminal, from start to end (S1-7 … S1-11).

use inkan_journeys::{Bank, Pc};
use serde_json::json;

use super::{LANGUAGES, LOGIN_PASSWORD, at_terminal, dialogue, said};

/// The questions and messages of the login, in one language.
struct Words {
    language: &'static str,
    login: &'static str,
    must: &'static str,
    length: &'static str,
    new_login: &'static str,
    new_login_again: &'static str,
    differ: &'static str,
    present: &'static str,
    current: &'static str,
    unlike: &'static str,
    new_confirmation: &'static str,
    new_confirmation_again: &'static str,
    changed: &'static str,
    confirm: &'static str,
    case: &'static str,
    mixed: &'static str,
    unlike_login: &'static str,
    used: &'static str,
    serial: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        language: "ja",
        login: "ログインパスワード: ",
        must: "パスワードの変更が必要です",
        length: "6文字以上12文字以内",
        new_login: "新しいログインパスワード: ",
        new_login_again: "新しいログインパスワード（確認のためもう一度）: ",
        differ: "2つの入力が違います",
        present: "現在のものと同じです",
        current: "現在の確認用パスワード: ",
        unlike: "ログインIDと違うもの",
        new_confirmation: "新しい確認用パスワード: ",
        new_confirmation_again: "新しい確認用パスワード（確認のためもう一度）: ",
        changed: "✓ 確認用パスワードを変更しました",
        confirm: "内容を確認したら、Enterキーを押してください:",
        case: "半角の英字と数字（大文字と小文字は区別されます）",
        mixed: "英字と数字の両方を使う",
        unlike_login: "ログインパスワードと違うもの",
        used: "現在のログインパスワードは、いま入力したものを使います",
        serial: "省略するときは空のまま）: ",
    },
    Words {
        language: "en",
        login: "Login password: ",
        must: "The passwords must be changed",
        length: "6 to 12 characters",
        new_login: "New Login password: ",
        new_login_again: "New Login password (once more): ",
        differ: "The two entries differ",
        present: "the same as the current one",
        current: "Current Confirmation password: ",
        unlike: "not the same as: Login ID",
        new_confirmation: "New Confirmation password: ",
        new_confirmation_again: "New Confirmation password (once more): ",
        changed: "✓ Confirmation password changed",
        confirm: "Press Enter to confirm:",
        case: "half-width letters and digits; upper and lower case differ",
        mixed: "both letters and digits",
        unlike_login: "not the same as the Login password",
        used: "What you have just entered is used as the current one (Login password)",
        serial: "empty to skip): ",
    },
];

#[test]
fn s1_7_s1_11_the_first_login_registers_a_confirmation_password() {
    for words in WORDS {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let login = ["login", "--bank", "okmate", "--user", "shirodt"];
        let password = bank.secret("shirodt", "login_password");
        let mut terminal = at_terminal(&pc, words.language, &login);
        dialogue(&mut terminal, &[(words.login, &password)]);
        terminal.wait_for(words.must);
        terminal.wait_for(words.used);
        // S1-9: the rules come first, and are checked on this PC. The new password differs from the present one.
        for rule in [words.length, words.case, words.mixed] {
            terminal.wait_for(rule);
        }
        dialogue(&mut terminal, &[(words.new_login, "short")]);
        terminal.wait_for(words.length);
        dialogue(&mut terminal, &[(words.new_login, "lettersonly")]);
        terminal.wait_for(words.mixed);
        dialogue(&mut terminal, &[(words.new_login, &password)]);
        terminal.wait_for(words.present);
        dialogue(&mut terminal, &[(words.new_login, "Shiro2027"), (words.new_login_again, "Shiro2028")]);
        terminal.wait_for(words.differ);
        dialogue(&mut terminal, &[(words.new_login, "Shiro2027"), (words.new_login_again, "Shiro2027")]);
        // S1-10: no confirmation password is registered, so the current one is not asked for.
        for rule in [words.length, words.case, words.mixed, words.unlike, words.unlike_login] {
            terminal.wait_for(rule);
        }
        for (typed, rule) in [("kak12", words.length), ("kakunin", words.mixed), ("Shiro2027", words.unlike_login)] {
            dialogue(&mut terminal, &[(words.new_confirmation, typed)]);
            terminal.wait_for(rule);
        }
        dialogue(&mut terminal, &[(words.new_confirmation, "Kakunin99"), (words.new_confirmation_again, "Kakunin99")]);
        // S1-11, and S1-13 after it.
        terminal.wait_for(words.changed);
        assert!(!terminal.shown().contains(words.current), "{}", terminal.shown());
        dialogue(&mut terminal, &[(words.confirm, ""), (words.serial, "")]);
        let (ended, shown) = terminal.end();
        assert!(ended.success(), "{shown}");
        assert!(!shown.contains("Shiro202") && !shown.contains("Kakunin"), "nothing secret is shown: {shown}");
        // S1-13: the next login offers it again.
        let turns = [(words.login, "Shiro2027"), (words.serial, "")];
        let (code, shown) = said(&pc, words.language, &login, &turns);
        assert_eq!(code, Some(0), "{shown}");
        pc.inkan(&login, Some(json!({ "login_password": "Shiro2027" }))).done();
        assert_eq!(bank.logouts("shirodt"), 3);
    }
}

#[test]
fn s1_8_a_registered_confirmation_password_is_asked_for() {
    for words in WORDS {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let force = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "hanakodt", "--forced-change", "yes"];
        pc.inkan(&force, Some(bank.answers("ichirodt"))).done();
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        let confirmation = bank.secret("hanakodt", "confirmation_password");
        let mut terminal = at_terminal(&pc, words.language, &login);
        dialogue(&mut terminal, &[(words.login, &bank.secret("hanakodt", "login_password"))]);
        terminal.wait_for(words.must);
        dialogue(&mut terminal, &[(words.new_login, "Hanako2027"), (words.new_login_again, "Hanako2027")]);
        dialogue(&mut terminal, &[(words.current, &confirmation), (words.new_confirmation, &confirmation)]);
        terminal.wait_for(words.present);
        let new = [(words.new_confirmation, "Kakunin77"), (words.new_confirmation_again, "Kakunin77")];
        dialogue(&mut terminal, &new);
        terminal.wait_for(words.changed);
        dialogue(&mut terminal, &[(words.confirm, "")]);
        let (ended, shown) = terminal.end();
        assert!(ended.success(), "{shown}");

        // With answers instead of questions: without the current password nothing is sent.
        pc.inkan(&force, Some(bank.answers("ichirodt"))).done();
        let new = json!({
            "login_password": "Hanako2027", "new_login_password": "Hanako2028", "new_confirmation_password": "Kakunin78",
        });
        let missing = pc.inkan_in(words.language, &login, Some(new.clone())).problem();
        assert_eq!(missing["code"], "answer_missing");
        assert!(missing["detail"].as_str().unwrap().contains("confirmation_password"), "{missing}");
        let mut whole = new;
        whole["confirmation_password"] = json!("Kakunin77");
        pc.inkan(&login, Some(whole)).done();
        pc.inkan(&login, Some(json!({ "login_password": "Hanako2028" }))).done();
    }
}

/// S1-7: a new password differs from the present one, also if it comes from the answers. A demand has a reference of
/// its own.
#[test]
fn s1_7_the_present_password_is_no_new_one() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let login = ["login", "--bank", "okmate", "--user", "shirodt"];
    let password = bank.secret("shirodt", "login_password");
    let answers = |new: &str| json!({ "login_password": password, "new_login_password": new, "new_confirmation_password": "Kakunin99" });
    for (language, words) in [("ja", "現在のパスワードと同じ"), ("en", "the same as the current password")] {
        let refused = pc.inkan_in(language, &login, Some(answers(&password))).problem();
        assert_eq!(refused["code"], "password_rule_broken");
        assert!(refused["detail"].as_str().unwrap().contains(words), "{refused}");
        let demanded = pc.inkan_in(language, &login, Some(json!({ "login_password": password }))).problem();
        assert_eq!(demanded["code"], "password_change_required");
        for key in ["new_login_password", "new_confirmation_password"] {
            assert!(demanded["next"].as_str().unwrap().contains(key), "{demanded}");
        }
        assert_ne!(demanded["reference"], "00000000");
    }
    pc.inkan(&login, Some(answers("Shiro2027"))).done();
}

/// S4-8: a notice appears so many days before the change is due.
#[test]
fn s4_8_the_alarm_period_announces_the_change() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let edit = |more: &[&str]| {
        let users = ["users", "--bank", "shinkin", "--user", "keir001", "edit", "keir003"];
        pc.inkan(&[&users, more].concat(), Some(bank.answers("keir001")))
    };
    // The period begins when the password is set. The user's own change sets it.
    edit(&["--forced-change", "yes"]).done();
    let login = ["login", "--bank", "shinkin", "--user", "keir003"];
    let mut change = bank.answers("keir003");
    change["new_login_password"] = json!("Atara2027");
    change["new_confirmation_password"] = json!("Tou003");
    pc.inkan(&login, Some(change)).done();
    let answers = json!({ "login_password": "Atara2027" });
    edit(&["--change-period", "30", "--alarm-period", "29"]).done();
    assert_eq!(pc.inkan(&login, Some(answers.clone())).done()["top"]["password_change_due"], json!(null));
    edit(&["--alarm-period", "30"]).done();
    assert!(pc.inkan(&login, Some(answers.clone())).done()["top"]["password_change_due"].is_string());
    let words = ["パスワードの変更期限が近づいています", "passwords must be changed soon"];
    for ((language, words), question) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
        let (code, shown) = said(&pc, language, &login, &[(question, "Atara2027")]);
        assert!(code == Some(0) && shown.contains(words), "{shown}");
    }
    // An alarm period that is longer than the change period is refused, with both numbers.
    let words =
        ["アラーム期間（31日）が、変更期間（30日）より長く", "alarm period (31) is longer than the change period (30)"];
    for ((language, words), question) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
        let users = ["users", "--bank", "shinkin", "--user", "keir001", "edit", "keir003", "--alarm-period", "31"];
        let password = bank.secret("keir001", "login_password");
        // An edit that is not possible asks for no confirmation password.
        let (code, shown) = said(&pc, language, &users, &[(question, &password)]);
        assert!(code == Some(1) && shown.contains(words) && shown.contains("user_field_invalid"), "{shown}");
    }
    let show = ["users", "--bank", "shinkin", "--user", "keir001", "show", "keir003"];
    let shown = pc.inkan(&show, Some(bank.answers("keir001"))).done();
    assert_eq!(shown["settings"]["alarm_period_days"], 30);
}
