//! Tests what the terminal tells administrators: who else can act, what was changed, and what is stopped.

use inkan_journeys::{Bank, Pc, Relay};
use serde_json::{Value, json};

use super::{LANGUAGES, LOGIN_PASSWORD, said};

fn users<'a>(bank: &'a Bank, operator: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["users", "--bank", bank.name(), "--user", operator], more].concat()
}

fn with(mut answers: Value, more: &Value) -> Value {
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

/// S3-4: by paper. S4-4: by telephone. S0-9: revoke and acquire.
#[test]
fn s3_4_s4_4_an_administrators_own_certificate_is_no_administrators_matter() {
    let cases = [
        ("shinkin", "keir001", "bank", "お電話", "Call the Shinkin bank"),
        ("okmate", "ichirodt", "you", "失効", "Revoke it"),
    ];
    for (name, operator, who, ja, en) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        let reissue = users(&bank, operator, &["certificate", operator, "--reissue", "--yes"]);
        for (language, words) in [("ja", ja), ("en", en)] {
            let problem = pc.inkan_in(language, &reissue, Some(bank.answers(operator))).problem();
            assert_eq!((&problem["code"], &problem["who"]), (&json!("not_permitted"), &json!(who)), "{problem}");
            assert!(problem["next"].as_str().unwrap().contains(words), "{problem}");
        }
    }
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let own = ["users", "--bank", "keiyaku", "certificate", "kanrisya", "--reissue", "--yes"];
    for (language, words) in [("ja", "依頼書をお取引店"), ("en", "request form to your branch")] {
        let problem = pc.inkan_in(language, &own, Some(bank.answers("kanrisya"))).problem();
        assert_eq!(problem["who"], "branch", "{problem}");
        assert!(problem["next"].as_str().unwrap().contains(words), "{problem}");
    }
    // On another PC, on which the certificate would be acquired.
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
    // An answer for another command is refused before any login.
    let user = json!({ "new_user_login_password": "Atara2027" });
    for arguments in [vec!["login", "--bank", "shinkin", "--user", "keir001"], users(&bank, "keir001", &["list"])] {
        let refused = pc.inkan(&arguments, Some(with(master.clone(), &user))).problem();
        assert_eq!(refused["code"], "answer_unused", "{arguments:?}");
    }
}

/// The words at the terminal about an administrator's own reissue name the paper or the bank, and never an
/// administrator.
#[test]
fn s3_4_s4_4_nobody_sends_an_administrator_to_an_administrator() {
    let cases = [
        ("keiyaku", "kanrisya", ["所定の依頼書をお取引店にご提出", "Hand the request form to your branch"]),
        ("shinkin", "keir001", ["当金庫へお電話で", "Call the Shinkin bank"]),
        ("okmate", "ichirodt", ["失効", "Revoke it"]),
    ];
    let passwords = |name: &str| match name {
        "keiyaku" => (["利用者暗証番号: ", "User PIN: "], ["ご契約先確認暗証番号: ", "Contract confirmation PIN: "]),
        "shinkin" => (LOGIN_PASSWORD, ["登録確認用パスワード: ", "Registration password: "]),
        _ => (LOGIN_PASSWORD, ["確認用パスワード: ", "Confirmation password: "]),
    };
    let (who, wrong) =
        (["対応する方：管理者", "Who can fix it: an administrator"], ["管理者に", "administrator of your company"]);
    for (name, operator, words) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        if name == "keiyaku" {
            pc.acquire(&bank, operator);
        }
        let [login, confirm] = ["login_password", "confirmation_password"].map(|secret| bank.secret(operator, secret));
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            let operator_at = if name == "keiyaku" { vec![] } else { vec!["--user", operator] };
            let act = ["certificate", operator, "--reissue", "--yes"];
            let arguments = [&["users", "--bank", name], operator_at.as_slice(), &act].concat();
            let (ask_login, ask_confirmation) = passwords(name);
            let turns = [(ask_login[at], login.as_str()), (ask_confirmation[at], confirm.as_str())];
            // A bank that does not reissue asks nothing first.
            let turns = if name == "okmate" { &turns[..0] } else { &turns };
            let (code, shown) = said(&pc, language, &arguments, turns);
            assert_eq!(code, Some(1), "{shown}");
            assert!(shown.contains(words[at]), "{name}: {shown}");
            assert!(!shown.contains(who[at]) && !shown.contains(wrong[at]), "{name}: {shown}");
        }
    }
}

/// An answer that the command does not know is refused before any login. An answer that only a demand of the bank would
/// use is refused as soon as the bank does not demand it.
#[test]
fn an_edit_with_an_answer_that_it_does_not_know_changes_nothing() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let file = pc.directory().join("answers.json");
    let arguments = users(&bank, "keir001", &["edit", "keir002", "--transfer-limit", "7"]);
    let arguments = [&["--answers", file.to_str().unwrap()], arguments.as_slice()].concat();
    let cases = [
        ("new_user_pasword", "answers_key_unknown", ["使えない項目", "is not the name of an answer"]),
        ("new_login_password", "answer_unused", ["使われない指定", "does not use"]),
    ];
    for (key, problem, words) in cases {
        let mut answers = bank.answers("keir001");
        answers[key] = json!("Atara2027");
        std::fs::write(&file, answers.to_string()).unwrap();
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            let (code, shown) = said(&pc, language, &arguments, &[]);
            assert!(code == Some(1) && shown.contains(problem) && shown.contains(key), "{shown}");
            assert!(shown.contains(words[at]), "{shown}");
            assert!(problem == "answer_unused" || bank.logouts("keir001") == 0, "no user has logged in");
        }
    }
    let shown = pc.inkan(&users(&bank, "keir001", &["show", "keir002"]), Some(bank.answers("keir001"))).done();
    assert_ne!(shown["settings"]["transfer_limit_thousand_yen"], 7);
    // Standard input has no file name.
    for (language, name) in [("ja", "標準入力"), ("en", "standard input")] {
        let edit = users(&bank, "keir001", &["edit", "keir002", "--transfer-limit", "7"]);
        let refused = pc.inkan_in(language, &edit, Some(json!({ "nai": "x" }))).problem();
        assert!(refused["detail"].as_str().unwrap().contains(name), "{refused}");
    }
}

/// A field that the bank's administrators do not set is refused before any password is asked for.
#[test]
fn s3_17_a_field_of_another_bank_is_refused_before_a_password_is_asked() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let edit = ["users", "--bank", "keiyaku", "edit", "riyousya", "--transfer-limit", "1"];
    let asked = ["利用者暗証番号: ", "User PIN: "];
    for ((language, words), login) in
        LANGUAGES.into_iter().zip(["都度振込取扱限度額", "limit of single transfers"]).zip(asked)
    {
        let (code, shown) = said(&pc, language, &edit, &[]);
        assert!(code == Some(1) && shown.contains("user_field_not_allowed") && shown.contains(words), "{shown}");
        assert!(!shown.contains(login), "{shown}");
    }
    // The same question is asked for a field that the administrators set.
    let pin = bank.secret("kanrisya", "login_password");
    let allowed = ["users", "--bank", "keiyaku", "edit", "riyousya", "--name", "木和田 四郎", "--passwords"];
    let new =
        ["利用者の新しい利用者暗証番号（変えないときは空のまま）: ", "The user’s new user PIN (empty to leave it): "];
    for ((language, login), new) in LANGUAGES.into_iter().zip(asked).zip(new) {
        let mut terminal = super::at_terminal(&pc, language, &allowed);
        super::dialogue(&mut terminal, &[(login, &pin)]);
        terminal.wait_for(new);
    }
}

#[test]
fn a_list_and_a_page_name_the_same_state() {
    let bank = Bank::start_with("shinkin");
    let (pc, theirs) = (Pc::with(&bank), Pc::with(&bank));
    theirs.acquire(&bank, "keir002");
    let password = bank.secret("keir001", "login_password");
    let state = |at: usize, user: &str| {
        let turns = [(LOGIN_PASSWORD[at], password.as_str())];
        let (_, list) = said(&pc, LANGUAGES[at], &users(&bank, "keir001", &["list"]), &turns);
        let (_, page) = said(&pc, LANGUAGES[at], &users(&bank, "keir001", &["show", user]), &turns);
        let line = list.lines().find(|line| line.starts_with(user)).unwrap().to_owned();
        let name = ["電子証明書状況：", "Certificate state: "][at];
        let states: Vec<String> =
            page.lines().filter_map(|line| line.trim_end().strip_prefix(name).map(str::to_owned)).collect();
        assert_eq!(states.len(), 1, "{page}");
        assert!(line.contains(&states[0]), "{line} and {page}");
        states[0].clone()
    };
    let both = |user: &str| [state(0, user), state(1, user)];
    assert_eq!(both("keir002"), ["取得済", "acquired"]);
    let act = |act: &'static str| {
        let certificate = users(&bank, "keir001", &["certificate", "keir002", act, "--yes"]);
        pc.inkan(&certificate, Some(bank.answers("keir001"))).done();
    };
    act("--reissue");
    assert_eq!(both("keir002"), ["発行済・未取得", "issued, not on a PC yet"]);
    theirs.acquire(&bank, "keir002");
    act("--revoke");
    assert_eq!(both("keir002"), ["失効", "revoked"]);
    assert_eq!(both("keir003"), ["発行済・未取得", "issued, not on a PC yet"]);
}

/// M5: the list shows a lock, by the same names as the user's own page, in JSON and in the window.
#[test]
fn m5_the_list_of_users_shows_locks_and_states() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let wrong = json!({ "login_password": "Wrong12345" });
    for _ in 0..6 {
        pc.inkan(&["login", "--bank", "okmate", "--user", "hanakodt"], Some(wrong.clone())).problem();
    }
    let ichiro = bank.answers("ichirodt");
    let list = users(&bank, "ichirodt", &["list"]);
    let password = bank.secret("ichirodt", "login_password");
    let words = [["ロック：ログインパスワード", "未発行", "有効"], ["Locked: Login password", "none", "valid"]];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (code, shown) = said(&pc, language, &list, &[(LOGIN_PASSWORD[at], &password)]);
        assert_eq!(code, Some(0), "{shown}");
        let line = |user: &str| shown.lines().find(|line| line.contains(user)).unwrap_or_else(|| panic!("{shown}"));
        let [locked, none, valid] = words[at];
        assert!(line("hanakodt").contains(locked) && line("hanakodt").contains(none), "{shown}");
        assert!(line("jirodt").contains(valid) && !line("jirodt").contains(locked), "{shown}");
        for (user, words) in [("hanakodt", [locked, none]), ("jirodt", [valid, valid])] {
            let show = users(&bank, "ichirodt", &["show", user]);
            let (_, shown) = said(&pc, language, &show, &[(LOGIN_PASSWORD[at], &password)]);
            assert!(words.iter().all(|words| shown.contains(words)), "{words:?}: {shown}");
        }
    }
    let listed = pc.inkan(&list, Some(ichiro.clone())).done();
    for (user, standing) in [("hanakodt", "none"), ("jirodt", "valid")] {
        let row = listed.as_array().unwrap().iter().find(|row| row["person"]["id"] == user).unwrap();
        assert_eq!(row["standing"], standing, "{row}");
        let shown = pc.inkan(&users(&bank, "ichirodt", &["show", user]), Some(ichiro.clone())).done();
        assert_eq!((&shown["standing"], &shown["locked"]), (&row["standing"], &row["locked"]));
    }
}

/// The bank's data says what administrators set. It may have changed since the bank was added.
#[test]
fn s4_7_a_field_is_refused_by_what_the_bank_publishes_now() {
    let mut bank = Bank::start_with("shinkin");
    let way = Relay::to(bank.portal());
    let profile = bank.data().join("profile.toml");
    let text = std::fs::read_to_string(&profile).unwrap();
    assert!(text.contains("\"transfer_limit\""), "{text}");
    std::fs::write(&profile, text.replace("\"transfer_limit\",", "").replace(", \"transfer_limit\"", "")).unwrap();
    bank.restart();
    way.turn_to(bank.portal());
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &way.address(), "--ca", &bank.ca().display().to_string()], None).done();
    let edit = users(&bank, "keir001", &["edit", "keir002", "--transfer-limit", "7"]).join(" ");
    let edit: Vec<&str> = edit.split(' ').collect();
    let answers = bank.answers("keir001");
    assert_eq!(pc.inkan(&edit, Some(answers.clone())).problem()["code"], "user_field_not_allowed");
    std::fs::write(&profile, text).unwrap();
    bank.restart();
    way.turn_to(bank.portal());
    assert_eq!(pc.inkan(&edit, Some(answers)).done()["changed"], json!(["transfer_limit"]));
}
