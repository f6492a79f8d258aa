//! Several usable certificates: the choice comes before any password (S1-1, S1-2).

use inkan_journeys::{Bank, Pc};
use serde_json::json;

use super::{LANGUAGES, at_terminal, types};

#[test]
fn s1_1_the_certificate_is_chosen_before_the_password() {
    let bank = Bank::start();
    for language in LANGUAGES {
        let pc = Pc::with(&bank);
        for user in ["hanakodt", "jirodt"] {
            let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", user, "--revoke", "--yes"];
            pc.inkan(&revoke, Some(bank.answers("ichirodt")));
            pc.acquire(&bank, user);
        }
        let (question, password) = match language {
            "ja" => ("使う電子証明書の番号", "ログインパスワード: "),
            _ => ("Number of the certificate to use", "Login password: "),
        };
        let mut terminal = at_terminal(&pc, language, &["login", "--bank", "okmate"]);
        terminal.wait_for(question);
        let shown = terminal.shown();
        assert!(!shown.contains(password), "{shown}");
        for told in ["hanakodt", "ゲータ 花子", "jirodt", "ゲータ 二郎", "CN="] {
            assert!(shown.contains(told), "S1-2: {told} in {shown}");
        }
        let line = shown.lines().find(|line| line.contains("hanakodt")).unwrap();
        let number = line.trim().split('.').next().unwrap();
        // A Japanese keyboard types full-width digits.
        let full_width = if number == "1" { "１" } else { "２" };
        terminal.press(&format!("{full_width}\n"));
        terminal.wait_for(password);
        types(&mut terminal, &bank, "hanakodt", "login_password");
        let (ended, shown) = terminal.end();
        assert!(ended.success() && ["(hanakodt)", "（hanakodt）"].iter().any(|id| shown.contains(id)), "{shown}");

        // Enter alone chooses the last one.
        let mut terminal = at_terminal(&pc, language, &["login", "--bank", "okmate"]);
        terminal.wait_for(&format!("{question} [{number}]"));
        terminal.press("\n");
        terminal.wait_for(password);
        types(&mut terminal, &bank, "hanakodt", "login_password");
        let (ended, shown) = terminal.end();
        assert!(ended.success() && ["(hanakodt)", "（hanakodt）"].iter().any(|id| shown.contains(id)), "{shown}");
    }
}

#[test]
fn s1_1_without_a_person_the_candidates_are_named_before_a_password_is_read() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let rows = ["hanakodt", "jirodt"].map(|user| pc.acquire(&bank, user));
    let problem = pc.inkan(&["login", "--bank", "okmate"], Some(json!({}))).problem();
    assert_eq!((&problem["code"], &problem["option"]), (&json!("several_certificates"), &json!("--certificate")));
    for row in &rows {
        let id = &row["id"].as_str().unwrap()[..16];
        assert!(problem["detail"].as_str().unwrap().contains(id), "{problem}");
    }
    let named = ["login", "--bank", "okmate", "--certificate", rows[0]["id"].as_str().unwrap()];
    assert_eq!(pc.inkan(&named, Some(json!({}))).problem()["code"], "answer_missing");
    // The last login does not show who is meant now.
    pc.inkan(&named, Some(bank.answers("hanakodt"))).done();
    let problem = pc.inkan(&["login", "--bank", "okmate"], Some(json!({}))).problem();
    assert_eq!(problem["code"], "several_certificates");
}

/// Among certificates of several users, a renewal does not choose by the last login.
#[test]
fn m3_the_certificate_that_is_renewed_is_chosen() {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    for user in ["hanakodt", "jirodt"] {
        pc.acquire(&bank, user);
    }
    let rows = pc.inkan(&["certificates"], None).done();
    let jiro = rows.as_array().unwrap().iter().find(|row| row["name"] == "jirodt").unwrap()["id"].as_str().unwrap();
    let login = ["login", "--bank", "okmate", "--certificate", jiro];
    pc.inkan(&login, Some(bank.answers("jirodt"))).done();
    let problem = pc.inkan(&["renew", "--bank", "okmate"], None).problem();
    assert_eq!((&problem["code"], &problem["option"]), (&json!("several_certificates"), &json!("--certificate")));
    assert_eq!(pc.certutil_keys(), 2, "no key was made");
    for (language, question) in LANGUAGES.into_iter().zip(["使う電子証明書の番号", "Number of the certificate to use"])
    {
        let mut terminal = at_terminal(&pc, language, &["renew", "--bank", "okmate"]);
        terminal.wait_for(question);
        let shown = terminal.shown();
        let line = shown.lines().find(|line| line.contains("hanakodt")).unwrap();
        let number = line.trim().split('.').next().unwrap();
        terminal.press(&format!("{number}\r"));
        let (ended, shown) = terminal.end();
        assert!(ended.success() && shown.contains("CN=hanakodt"), "{shown}");
    }
    let named = ["renew", "--bank", "okmate", "--certificate", jiro];
    assert_eq!(pc.inkan(&named, None).done()["certificate"]["name"], "jirodt");
}
