//! The forced change of passwords, whole at the terminal (S1-7 … S1-11).

use inkan_journeys::{Bank, Pc, Terminal};
use serde_json::json;

use super::{at_terminal, types};

fn press(terminal: &mut Terminal, question: &str, typed: &str) {
    terminal.wait_for(question);
    terminal.press(&format!("{typed}\r"));
}

#[test]
fn s1_7_s1_11_the_first_login_registers_a_confirmation_password() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let mut terminal = at_terminal(&pc, "ja", &["login", "--bank", "okmate", "--user", "shirodt"]);
    terminal.wait_for("ログインパスワード: ");
    types(&mut terminal, &bank, "shirodt", "login_password");
    terminal.wait_for("パスワードの変更が必要です");
    // S1-9: the rules come first, and are checked here.
    terminal.wait_for("6文字以上12文字以内");
    press(&mut terminal, "新しいログインパスワード: ", "short");
    press(&mut terminal, "6文字以上12文字以内\r\n新しいログインパスワード: ", "Shiro2027");
    press(&mut terminal, "新しいログインパスワード（確認のためもう一度）: ", "Shiro2028");
    press(&mut terminal, "二つの入力が違います", "Shiro2027");
    terminal.press("Shiro2027\r");
    // S1-10: none is registered, so the current one is not asked for.
    terminal.wait_for("確認用パスワードの決まり");
    terminal.wait_for("ログインIDと違うもの");
    press(&mut terminal, "新しい確認用パスワード: ", "Kakunin99");
    press(&mut terminal, "新しい確認用パスワード（確認のためもう一度）: ", "Kakunin99");
    // S1-11, and S1-13 after it.
    terminal.wait_for("✓ 確認用パスワードを変更しました");
    assert!(!terminal.shown().contains("現在の確認用パスワード"), "{}", terminal.shown());
    press(&mut terminal, "シリアル番号", "");
    let (ended, shown) = terminal.end();
    assert!(ended.success(), "{shown}");
    let login = ["login", "--bank", "okmate", "--user", "shirodt"];
    pc.inkan(&login, Some(json!({ "login_password": "Shiro2027" }))).done();
}

#[test]
fn s1_8_a_registered_confirmation_password_is_asked_for() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let force = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "hanakodt", "--forced-change", "yes"];
    pc.inkan(&force, Some(bank.answers("ichirodt"))).done();
    let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
    let mut terminal = at_terminal(&pc, "en", &login);
    terminal.wait_for("Login password: ");
    types(&mut terminal, &bank, "hanakodt", "login_password");
    terminal.wait_for("The passwords must be changed");
    press(&mut terminal, "New Login password: ", "Hanako2027");
    press(&mut terminal, "New Login password (once more): ", "Hanako2027");
    press(&mut terminal, "Current Confirmation password: ", &bank.secret("hanakodt", "confirmation_password"));
    press(&mut terminal, "New Confirmation password: ", "Kakunin77");
    press(&mut terminal, "New Confirmation password (once more): ", "Kakunin77");
    terminal.wait_for("✓ Confirmation password changed");
    let (ended, shown) = terminal.end();
    assert!(ended.success(), "{shown}");

    // The same by the answers: without the current one nothing is sent.
    pc.inkan(&force, Some(bank.answers("ichirodt"))).done();
    let new = json!({
        "login_password": "Hanako2027", "new_login_password": "Hanako2028", "new_confirmation_password": "Kakunin78",
    });
    let missing = pc.inkan(&login, Some(new.clone())).problem();
    assert_eq!(missing["code"], "answer_missing");
    assert!(missing["detail"].as_str().unwrap().contains("confirmation_password"), "{missing}");
    let mut whole = new;
    whole["confirmation_password"] = json!("Kakunin77");
    pc.inkan(&login, Some(whole)).done();
    pc.inkan(&login, Some(json!({ "login_password": "Hanako2028" }))).done();
}

/// S4-8: a notice from so many days before the change is due.
#[test]
fn s4_8_the_alarm_period_announces_the_change() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let edit = |more: &[&str]| {
        let users = ["users", "--bank", "shinkin", "--user", "keir001", "edit", "keir003"];
        pc.inkan(&[&users, more].concat(), Some(bank.answers("keir001")))
    };
    // The period begins when the password is set, which the person's own change does.
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
    for (language, words) in [("ja", "パスワードの変更期限が近づいています"), ("en", "passwords must be changed soon")]
    {
        let (code, said) = pc.inkan_says(language, &login, &answers);
        assert!(code == 0 && said.contains(words), "{said}");
    }
}
