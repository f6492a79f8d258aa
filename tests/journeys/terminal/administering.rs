//! What administrators are told at the terminal: who else acts, what was changed, what stops.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

use super::{LANGUAGES, at_terminal, types};

fn users<'a>(bank: &'a Bank, operator: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["users", "--bank", bank.name(), "--user", operator], more].concat()
}

fn with(mut answers: Value, more: &Value) -> Value {
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

/// S3-4: by paper; S4-4: by telephone; S0-9: revoke and acquire.
#[test]
fn s3_4_s4_4_an_administrators_own_certificate_is_no_administrators_matter() {
    let cases =
        [("shinkin", "keir001", "bank", "お電話", "Call the bank"), ("okmate", "ichirodt", "you", "失効", "Revoke it")];
    for (name, operator, who, ja, en) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        let reissue = users(&bank, operator, &["certificate", operator, "--reissue"]);
        for (language, words) in [("ja", ja), ("en", en)] {
            let problem = pc.inkan_in(language, &reissue, Some(bank.answers(operator))).problem();
            assert_eq!((&problem["code"], &problem["who"]), (&json!("not_permitted"), &json!(who)), "{problem}");
            assert!(problem["next"].as_str().unwrap().contains(words), "{problem}");
        }
    }
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let own = ["users", "--bank", "keiyaku", "certificate", "kanrisya", "--reissue"];
    for (language, words) in [("ja", "依頼書をお取引店"), ("en", "request form to your branch")] {
        let problem = pc.inkan_in(language, &own, Some(bank.answers("kanrisya"))).problem();
        assert_eq!(problem["who"], "branch", "{problem}");
        assert!(problem["next"].as_str().unwrap().contains(words), "{problem}");
    }
    // At another PC, where it would be acquired.
    let other = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "kanrisya"];
    let refused = other.inkan(&acquire, Some(bank.answers("kanrisya"))).problem();
    assert_eq!((&refused["code"], &refused["who"]), (&json!("certificate_already_issued"), &json!("branch")));
    assert!(refused["next"].as_str().unwrap().contains("依頼書"), "{refused}");
    // M5: no role of this bank unlocks an administrator.
    let unlock = ["users", "--bank", "keiyaku", "unlock", "kanrisya"];
    let refused = pc.inkan(&unlock, Some(bank.answers("kanrisya"))).problem();
    assert_eq!((&refused["code"], &refused["who"]), (&json!("own_not_allowed"), &json!("branch")));
}

#[test]
fn an_edit_that_changes_nothing_says_so_and_an_answer_is_not_ignored() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let master = bank.answers("keir001");
    let edit = |more: &[&'static str]| users(&bank, "keir001", &[&["edit", "keir002"], more].concat());
    let new = json!({ "new_login_password": "Atara2027" });
    let refused = pc.inkan(&edit(&["--transfer-limit", "7"]), Some(with(master.clone(), &new))).problem();
    assert_eq!(refused["code"], "answer_unused");
    assert!(refused["detail"].as_str().unwrap().contains("new_login_password"), "{refused}");
    assert_eq!(pc.inkan(&edit(&[]), Some(master.clone())).problem()["code"], "nothing_to_change");
    assert_eq!(pc.inkan(&edit(&["--passwords"]), Some(master.clone())).problem()["code"], "answer_missing");
    let shown = pc.inkan(&users(&bank, "keir001", &["show", "keir002"]), Some(master.clone())).done();
    assert_ne!(shown["settings"]["transfer_limit_thousand_yen"], 7, "nothing was sent");

    let done = pc.inkan(&edit(&["--transfer-limit", "7", "--alarm-period", "5"]), Some(master.clone())).done();
    assert_eq!(done["changed"], json!(["transfer_limit", "alarm_period"]));
    let again = pc.inkan(&edit(&["--transfer-limit", "7"]), Some(master.clone())).problem();
    assert_eq!(again["code"], "nothing_to_change");
    for (language, words) in [("ja", "変更した項目：都度振込取扱限度額"), ("en", "Changed: limit of single transfers")]
    {
        let limit = if language == "ja" { "8" } else { "9" };
        let (code, said) = pc.inkan_says(language, &edit(&["--transfer-limit", limit]), &master);
        assert!(code == 0 && said.contains(words), "{said}");
    }
    // What another command would set is refused before anybody logs in.
    let user = json!({ "new_user_login_password": "Atara2027" });
    for arguments in [vec!["login", "--bank", "shinkin", "--user", "keir001"], users(&bank, "keir001", &["list"])] {
        let refused = pc.inkan(&arguments, Some(with(master.clone(), &user))).problem();
        assert_eq!(refused["code"], "answer_unused", "{arguments:?}");
    }
}

#[test]
fn m7_stopping_the_contract_is_asked_for() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let words = [
        ("全員がログアウトします", "だけが行えます", "停止しますか", "ログインパスワード: "),
        ("everybody who is logged in is logged out", "Only your branch", "Stop the contract?", "Login password: "),
    ];
    for (language, (what, who, question, password)) in LANGUAGES.into_iter().zip(words) {
        let mut terminal = at_terminal(&pc, language, &users(&bank, "keir001", &["freeze"]));
        terminal.wait_for(password);
        types(&mut terminal, &bank, "keir001", "login_password");
        terminal.wait_for(question);
        let shown = terminal.shown();
        assert!(shown.contains(what) && shown.contains(who) && shown.contains("0120-000-002"), "{shown}");
        terminal.press("n\n");
        let (ended, _) = terminal.end();
        assert_eq!(ended.code(), Some(1));
        // Nothing has stopped.
        pc.inkan(&["login", "--bank", "shinkin", "--user", "keir003"], Some(bank.answers("keir003"))).done();
    }
}

#[test]
fn a_list_and_a_page_name_the_same_state() {
    let bank = Bank::start_with("shinkin");
    let (pc, theirs) = (Pc::with(&bank), Pc::with(&bank));
    let master = bank.answers("keir001");
    theirs.acquire(&bank, "keir002");
    let state = |user: &str| {
        let (_, list) = pc.inkan_says("ja", &users(&bank, "keir001", &["list"]), &master);
        let (_, page) = pc.inkan_says("ja", &users(&bank, "keir001", &["show", user]), &master);
        let line = list.lines().find(|line| line.starts_with(user)).unwrap().to_owned();
        let states: Vec<String> =
            page.lines().filter_map(|line| line.strip_prefix("電子証明書状況: ").map(str::to_owned)).collect();
        assert!(states.len() <= 1, "{page}");
        let state = states.first().cloned().unwrap_or_default();
        assert!(line.contains(&state), "{line} and {page}");
        state
    };
    assert_eq!(state("keir002"), "有効");
    let reissue = users(&bank, "keir001", &["certificate", "keir002", "--reissue"]);
    pc.inkan(&reissue, Some(master.clone())).done();
    assert_eq!(state("keir002"), "発行済・未取得");
    let revoke = users(&bank, "keir001", &["certificate", "keir002", "--revoke"]);
    pc.inkan(&revoke, Some(master.clone()));
    state("keir002");
    state("keir003");
}
