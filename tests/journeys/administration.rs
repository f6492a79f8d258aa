//! What administrators do for others from the command line, with the fields and words of each bank.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

fn with(mut answers: Value, more: Value) -> Value {
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

/// Starts `shinkin`, whose master logs in only with a certificate as soon as the master has one (M6), and a PC.
fn shinkin() -> (Bank, Pc) {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "keir001");
    (bank, pc)
}

fn users<'a>(bank: &'a Bank, act: &[&'a str]) -> Vec<&'a str> {
    [&["users", "--bank", bank.name()], act].concat()
}

#[test]
fn s4_7_s4_8_s4_12_a_user_is_shown_and_edited_in_one_act() {
    let (bank, pc) = shinkin();
    let master = bank.answers("keir001");
    let shown = pc.inkan(&users(&bank, &["show", "keir002"]), Some(master.clone())).done();
    assert_eq!(shown["person"]["name"], "経理担当役席者");
    assert_eq!(shown["issue"]["issue_number"], 1);
    assert!(shown["issue"]["deadline"].is_string(), "S4-11: 取得期限 while issued and not yet acquired");
    assert_eq!(shown["settings"]["role"], "approver");
    let chosen = |value: &Value| {
        let companies = value["settings"]["companies"].as_array().unwrap();
        companies.iter().filter(|company| company["chosen"] == true).map(|company| company["code"].clone()).collect()
    };
    let before: Vec<Value> = chosen(&shown);
    assert_eq!(before, ["0010000001"]);

    let edit = [
        "edit",
        "keir002",
        "--name",
        "経理担当課長",
        "--role",
        "general",
        "--forced-change",
        "yes",
        "--single-transfer",
        "yes",
        "--transfer-limit",
        "5000",
        "--change-period",
        "90",
        "--alarm-period",
        "10",
        "--company",
        "0010000001",
        "0010000002",
    ];
    let record = pc.inkan(&users(&bank, &edit), Some(master.clone())).done();
    assert_eq!((&record["person"]["name"], &record["person"]["role"]), (&json!("経理担当課長"), &json!("general")));
    let shown = pc.inkan(&users(&bank, &["show", "keir002"]), Some(master.clone())).done();
    let settings = &shown["settings"];
    assert_eq!(settings["transfer_limit_thousand_yen"], 5000);
    assert_eq!((&settings["single_transfer"], &settings["forced_change"]), (&json!(true), &json!(true)));
    assert_eq!((&settings["change_period_days"], &settings["alarm_period_days"]), (&json!(90), &json!(10)));
    let after: Vec<Value> = chosen(&shown);
    assert_eq!(after, ["0010000001", "0010000002"]);

    // A field that the edit does not name stays. The words are those of the bank and its manual.
    pc.inkan(&users(&bank, &["edit", "keir002", "--transfer-limit", "0"]), Some(master.clone())).done();
    let (code, said) = pc.inkan_says("ja", &users(&bank, &["show", "keir002"]), &master);
    assert_eq!(code, 0);
    for words in [
        "利用者名：経理担当課長",
        "利用権限：一般者",
        "都度振込利用：あり",
        "都度振込取扱限度額：当金庫所定の限度額",
        "パスワード強制変更：あり",
        "変更期間：90日",
        "アラーム期間：10日",
        "発行番号：001",
        "電子証明書状況：発行済・未取得",
        "電子証明書取得期限：",
        "ロック：なし",
        "○ 企業名：カシマイ物流",
        "会社コード：0010000002",
        "口座情報：090 本部 普通 1000918",
        "契約種別：総合振込、都度振込",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn s4_7_new_passwords_come_by_the_answers() {
    let (bank, pc) = shinkin();
    let edit = users(&bank, &["edit", "keir003"]);
    let new = |more: Value| with(bank.answers("keir001"), more);
    // Q1: six characters at this bank; S4-7: a 一般者 has no 承認用 password.
    let short = pc.inkan(&edit, Some(new(json!({ "new_user_confirmation_password": "Tou1" })))).problem();
    assert_eq!(short["code"], "password_rule_broken");
    let approval = pc.inkan(&edit, Some(new(json!({ "new_user_approval_password": "Syounin009" })))).problem();
    assert_eq!(approval["code"], "user_field_not_allowed");
    assert!(approval["detail"].as_str().unwrap().starts_with("承認用パスワード は"), "{approval}");
    let both = json!({ "new_user_login_password": "Atara2026", "new_user_transfer_password": "Sousin0009" });
    pc.inkan(&edit, Some(new(both))).done();
    // S3-17: the user logs in with the new password, and must change it at the next login.
    let login = ["login", "--bank", "shinkin", "--user", "keir003"];
    assert_eq!(pc.inkan(&login, Some(bank.answers("keir003"))).problem()["code"], "login_failed");
    let given = json!({ "login_password": "Atara2026" });
    assert_eq!(pc.inkan(&login, Some(given)).problem()["code"], "password_change_required");
}

#[test]
fn s4_9_q7_an_edit_reissues_and_the_subject_acquires() {
    let (bank, pc) = shinkin();
    let theirs = Pc::with(&bank);
    let old = theirs.acquire(&bank, "keir002");
    let reissue = users(&bank, &["edit", "keir002", "--certificate", "reissue", "--yes"]);
    let keep = users(&bank, &["edit", "keir002", "--certificate", "keep"]);
    assert_eq!(pc.inkan(&keep, Some(bank.answers("keir001"))).done()["changed"], json!([]));
    let (_, said) = pc.inkan_says("ja", &keep, &bank.answers("keir001"));
    assert!(said.contains("そのまま継続します") && !said.contains("変更した項目"), "{said}");
    let record = pc.inkan(&reissue, Some(bank.answers("keir001"))).done();
    assert_eq!((&record["issue"]["issue_number"], &record["certificate"]["state"]), (&json!(2), &json!("revoked")));
    let login = ["login", "--bank", "shinkin"];
    let refused = theirs.inkan(&login, Some(bank.answers("keir002"))).problem();
    assert_eq!(refused["code"], "certificate_revoked", "Q7");
    // S4-15, M10: the old certificate is offered for deletion, the new one never.
    let acquire = ["acquire", "--bank", "shinkin", "--user", "keir002"];
    let acquired = theirs.inkan(&acquire, Some(bank.answers("keir002"))).done();
    assert_eq!(acquired["old"].as_array().unwrap().len(), 1);
    assert_eq!(acquired["old"][0]["id"], old["id"]);
    assert_ne!(acquired["certificate"]["id"], old["id"]);
}

#[test]
fn m5_a_locked_password_is_opened_by_another() {
    let (bank, pc) = shinkin();
    let login = ["login", "--bank", "shinkin", "--user", "keir003"];
    let wrong = json!({ "login_password": "Chigau2026" });
    for _ in 0..6 {
        assert_eq!(pc.inkan(&login, Some(wrong.clone())).problem()["code"], "login_failed");
    }
    assert_eq!(pc.inkan(&login, Some(bank.answers("keir003"))).problem()["code"], "login_password_locked");
    let (_, said) = pc.inkan_says("ja", &users(&bank, &["show", "keir003"]), &bank.answers("keir001"));
    assert!(said.contains("ロック：ログインパスワード"), "{said}");
    let other = users(&bank, &["unlock", "keir003", "--password", "confirmation"]);
    let (_, said) = pc.inkan_says("ja", &other, &bank.answers("keir001"));
    let words = "登録確認用パスワードはロックされていませんでした。ロックされているのは、ログインパスワードです";
    assert!(said.contains(words), "{said}");
    let unlock = users(&bank, &["unlock", "keir003", "--password", "login"]);
    assert_eq!(pc.inkan(&unlock, Some(bank.answers("keir001"))).done()["locked"], json!([]));
    pc.inkan(&login, Some(bank.answers("keir003"))).done();
    let own = users(&bank, &["unlock", "keir001"]);
    assert_eq!(pc.inkan(&own, Some(bank.answers("keir001"))).problem()["code"], "own_not_allowed");
}

#[test]
fn s4_6_m7_one_act_stops_the_contract() {
    let (bank, pc) = shinkin();
    let wrong = with(bank.answers("keir001"), json!({ "confirmation_password": "Chiga1" }));
    let freeze = users(&bank, &["freeze", "--yes"]);
    assert_eq!(pc.inkan(&freeze, Some(wrong)).problem()["code"], "confirmation_password_wrong");
    assert_eq!(pc.inkan(&freeze, Some(bank.answers("keir001"))).done(), json!({ "frozen": true }));
    let login = ["login", "--bank", "shinkin", "--user", "keir003"];
    let refused = pc.inkan(&login, Some(bank.answers("keir003"))).problem();
    assert_eq!((&refused["code"], &refused["who"]), (&json!("contract_frozen"), &json!("branch")));
}

#[test]
fn s3_5_s3_6_s3_17_the_administrator_of_the_other_bank() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let theirs = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
    let answers = with(bank.answers("riyousya"), json!({ "otp": bank.otp("riyousya", 0) }));
    theirs.inkan(&acquire, Some(answers)).done();
    let administrator = bank.answers("kanrisya");
    let (_, said) = pc.inkan_says("ja", &users(&bank, &["show", "riyousya"]), &administrator);
    for words in [
        "利用者ID：riyousya",
        "電子証明書発行番号：001",
        "電子証明書ステータス：有効",
        "電子証明書発行データ登録日：",
        "電子証明書シリアル番号：",
        "電子証明書有効期間終了日時：",
    ] {
        assert!(said.contains(words), "S3-5: {words} in {said}");
    }
    let keep = users(&bank, &["certificate", "riyousya", "--keep"]);
    assert_eq!(pc.inkan(&keep, Some(administrator.clone())).done()["certificate"]["state"], "valid", "S3-6");
    let limit = users(&bank, &["edit", "riyousya", "--transfer-limit", "1"]);
    assert_eq!(pc.inkan(&limit, Some(administrator.clone())).problem()["code"], "user_field_not_allowed");
    let new = with(administrator.clone(), json!({ "new_user_login_password": "Atara2026" }));
    pc.inkan(&users(&bank, &["edit", "riyousya"]), Some(new)).done();
    // The user has no confirmation PIN at this bank, so the command does not ask for one.
    let login = ["login", "--bank", "keiyaku"];
    let change = json!({ "login_password": "Atara2026", "new_login_password": "Atara2027" });
    assert_eq!(theirs.inkan(&login, Some(change)).done()["next"], "top");
    // S3-4: a user without the permission cannot open the page of users.
    let refused = theirs.inkan(&users(&bank, &["list"]), Some(json!({ "login_password": "Atara2027" }))).problem();
    assert_eq!(refused["code"], "not_permitted");
    let own = users(&bank, &["certificate", "kanrisya", "--reissue", "--yes"]);
    assert_eq!(pc.inkan(&own, Some(administrator)).problem()["code"], "not_permitted", "S3-4");
}

#[test]
fn s0_1_the_certificate_says_early_what_a_change_of_pc_takes() {
    let (bank, pc) = shinkin();
    let id = pc.inkan(&["certificates"], None).done()[0]["id"].as_str().unwrap().to_owned();
    let (_, said) = pc.inkan_says("ja", &["certificates", "show", &id], &json!({}));
    assert!(said.contains("inkan change-pc --bank shinkin"), "{said}");
    let early = [("ja", "パソコンを替える前に手続きが必要です"), ("en", "Before you replace this PC")];
    for (language, words) in early {
        let (_, said) = pc.inkan_says(language, &["login", "--bank", "shinkin"], &bank.answers("keir001"));
        assert!(said.contains(words), "{said}");
    }
}

/// At this bank nobody logs in without a certificate, so the PIN is changed with the acquisition.
#[test]
fn s3_10_s3_17_a_pin_that_the_administrator_set_is_changed_with_the_acquisition() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let new = with(bank.answers("kanrisya"), json!({ "new_user_login_password": "Atara2026" }));
    pc.inkan(&users(&bank, &["edit", "riyousya"]), Some(new)).done();
    let theirs = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
    let set = with(bank.answers("riyousya"), json!({ "login_password": "Atara2026", "otp": bank.otp("riyousya", 0) }));
    let refused = theirs.inkan(&acquire, Some(set.clone())).problem();
    assert_eq!(refused["code"], "password_change_required");
    theirs.inkan(&acquire, Some(with(set, json!({ "new_login_password": "Atara2027" })))).done();
    let login = ["login", "--bank", "keiyaku"];
    let logged_in = theirs.inkan(&login, Some(json!({ "login_password": "Atara2027" }))).done();
    assert_eq!(logged_in["next"], "top", "nothing is left to change");
}
