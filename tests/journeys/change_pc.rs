//! Changing PC: the guide shows all steps first, then does those that can be done here, at each call.

use inkan_journeys::{Bank, Outcome, Pc, Terminal};
use serde_json::{Value, json};

/// Runs `inkan change-pc` for a user of that role.
#[derive(Clone, Copy)]
struct Guide<'a> {
    bank: &'a Bank,
    role: &'a str,
    old_pc: &'a str,
    other: &'a str,
}

impl<'a> Guide<'a> {
    fn arguments(&self, more: &[&'a str]) -> Vec<&'a str> {
        let own = [
            "change-pc",
            "--bank",
            self.bank.name(),
            "--method",
            "certificate",
            "--role",
            self.role,
            "--old-pc",
            self.old_pc,
            "--other-administrator",
            self.other,
        ];
        [&own, more].concat()
    }

    fn on(&self, pc: &Pc, user: &'a str, more: &[&'a str]) -> Outcome {
        let arguments = self.arguments(&[&["--user", user], more].concat());
        pc.inkan(&arguments, Some(self.bank.answers(user)))
    }
}

fn kinds(steps: &Value) -> Vec<&str> {
    steps.as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect()
}

#[test]
fn s0_9_s0_15_a_master_goes_the_whole_way_on_two_pcs() {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    let row = old.acquire(&bank, "ichirodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };

    // S0-8: revoke first, then issue. Nothing is made on the new PC before the revocation.
    let report = guide.on(&new, "ichirodt", &[]).done();
    assert_eq!(kinds(&report["plan"]), ["check_pc", "revoke", "acquire", "log_in", "delete_old"]);
    assert_eq!(kinds(&report["done"]), ["check_pc"], "S0-2");
    assert_eq!(kinds(&report["left"]), ["revoke", "acquire", "log_in", "delete_old"]);
    assert_eq!(report["form"], json!(null));
    new.assert_empty();

    // An act that cannot be undone is not done without a question.
    let unasked = guide.on(&old, "ichirodt", &["--this-pc", "old"]).problem();
    assert_eq!(unasked["code"], "answer_missing");
    assert!(unasked["detail"].as_str().unwrap().contains("--yes"), "{unasked}");
    let revoke = ["users", "--bank", "okmate", "certificate", "ichirodt", "--revoke", "--yes"];
    assert_eq!(old.inkan(&revoke, Some(bank.answers("ichirodt"))).done()["certificate"]["state"], "revoked");
    let report = guide.on(&old, "ichirodt", &["--this-pc", "old"]).done();
    assert_eq!(kinds(&report["done"]), ["revoke"]);
    // The old certificate is offered for deletion with what distinguishes it, and stays if there is no answer.
    let offered = &report["old"][0];
    assert_eq!(offered["id"], row["id"]);
    for fact in ["name", "not_after", "serial", "not_before"] {
        assert_eq!(offered[fact], row[fact], "M10");
    }
    assert_eq!(old.certutil_keys(), 1);

    let report = guide.on(&new, "ichirodt", &[]).done();
    assert_eq!(kinds(&report["done"]), ["check_pc", "revoke", "acquire", "log_in"]);
    let again = guide.on(&new, "ichirodt", &[]).done();
    assert_eq!(kinds(&again["left"]), ["delete_old"], "what is done is found, and not done twice");
    assert_eq!(new.certutil_keys(), 1);

    let report = guide.on(&old, "ichirodt", &["--this-pc", "old", "--yes"]).done();
    assert_eq!(kinds(&report["done"]), ["revoke", "delete_old"], "S0-15");
    old.assert_empty();
}

/// The old PC looks like the new PC after its acquisition: the guide claims nothing, and offers no deletion.
#[test]
fn s0_8_the_old_pc_is_not_taken_for_the_new_one() {
    let bank = Bank::start();
    let old = Pc::with(&bank);
    let row = old.acquire(&bank, "ichirodt");
    let logouts = bank.logouts("ichirodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };
    for old_pc in ["works", "gone"] {
        let guide = Guide { old_pc, ..guide };
        let refused = guide.on(&old, "ichirodt", &[]).problem();
        assert_eq!(refused["code"], "answer_missing", "{old_pc}");
        assert!(refused["detail"].as_str().unwrap().contains("--this-pc"), "{refused}");
    }
    assert_eq!(bank.logouts("ichirodt"), logouts, "nothing was done");

    // As the new PC: the certificate works here, and nothing shows whether another one was revoked.
    let report = guide.on(&old, "ichirodt", &["--this-pc", "new"]).done();
    assert_eq!(kinds(&report["done"]), ["check_pc", "log_in"]);
    assert_eq!(kinds(&report["unknown"]), ["revoke", "acquire", "delete_old"]);
    assert_eq!((kinds(&report["left"]), &report["here_before"]), (vec![], &json!(true)));
    assert_eq!(old.inkan(&["certificates"], None).done()[0]["id"], row["id"]);
    assert_eq!(old.certutil_keys(), 1);
}

/// S0-8: without a name the guide does not order the revocation of the only certificate, on either PC.
#[test]
fn s0_8_without_a_name_the_certificate_here_shows_what_is_done() {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    let guide = Guide { bank: &bank, role: "master", old_pc: "gone", other: "yes" };
    old.acquire(&bank, "ichirodt");
    let report = old.inkan(&guide.arguments(&["--this-pc", "new"]), None).done();
    assert_eq!((kinds(&report["done"]), kinds(&report["left"])), (vec!["check_pc"], vec![]));
    assert_eq!(
        (kinds(&report["unknown"]), &report["here_before"]),
        (kinds(&report["plan"])[1..].to_vec(), &json!(true))
    );
    let (_, said) = old.inkan_says("en", &guide.arguments(&["--this-pc", "new"]), &json!({}));
    assert!(said.contains("The certificate of ichirodt was on this PC before"), "{said}");

    let revoke = ["users", "--bank", "okmate", "certificate", "ichirodt", "--revoke", "--yes"];
    old.inkan(&revoke, Some(bank.answers("ichirodt"))).done();
    guide.on(&new, "ichirodt", &[]).done();
    let row = &new.inkan(&["certificates"], None).done()[0];
    for more in [&[][..], &["--certificate", row["id"].as_str().unwrap()][..]] {
        let report = new.inkan(&guide.arguments(more), None).done();
        assert_eq!((kinds(&report["left"]), kinds(&report["unknown"])), (vec![], vec![]), "{more:?}");
    }
}

/// A step that is done stays done: the records of this PC know it after the certificate was deleted.
#[test]
fn s0_15_what_the_old_pc_has_done_is_done_if_it_is_asked_again() {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, "ichirodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };
    for (times, user) in [(1, Some("ichirodt")), (2, Some("ichirodt")), (3, None)] {
        let user = user.map(|user| ["--user", user]).into_iter().flatten();
        let arguments: Vec<&str> = ["--this-pc", "old", "--yes"].into_iter().chain(user).collect();
        let report = old.inkan(&guide.arguments(&arguments), Some(bank.answers("ichirodt"))).done();
        assert_eq!(kinds(&report["done"]), ["revoke", "delete_old"], "{times}");
        assert_eq!(kinds(&report["left"]), ["check_pc", "acquire", "log_in"], "{times}");
        assert_eq!((kinds(&report["unknown"]), &report["none_here"]), (vec![], &json!(false)), "{times}");
    }
    // Nothing is known of another user. The person says whether this PC is the new one.
    let report = guide.on(&old, "jirodt", &["--this-pc", "old"]).done();
    assert_eq!((kinds(&report["done"]), &report["none_here"]), (vec![], &json!(true)));
    let asked = guide.on(&old, "ichirodt", &[]).problem();
    assert!(asked["detail"].as_str().unwrap().contains("--this-pc"), "{asked}");
    // After the user has a newer certificate here, the earlier revocation says nothing about the newer one.
    guide.on(&new, "ichirodt", &[]).done();
    let revoke = ["users", "--bank", "okmate", "certificate", "ichirodt", "--revoke", "--yes"];
    new.inkan(&revoke, Some(bank.answers("ichirodt"))).done();
    let row = old.acquire(&bank, "ichirodt");
    old.inkan(&["certificates", "delete", row["id"].as_str().unwrap(), "--yes"], None).done();
    let report = guide.on(&old, "ichirodt", &["--this-pc", "old"]).done();
    assert_eq!((kinds(&report["done"]), &report["none_here"]), (vec![], &json!(true)));
}

/// Q9: the guide is for a role, and its steps may be wrong for another role.
#[test]
fn s0_4_a_certificate_of_another_role_is_not_given_up() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let id = row["id"].as_str().unwrap();
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };
    for whose in [["--certificate", id], ["--user", "hanakodt"]] {
        let arguments = guide.arguments(&[&whose[..], &["--this-pc", "old", "--yes"]].concat());
        for (language, words) in [("ja", "管理者ユーザで、マスターユーザではありません"), ("en", "not “Master user”")]
        {
            let refused = pc.inkan_in(language, &arguments, Some(bank.answers("hanakodt")));
            assert_eq!((refused.code, &refused.value["problem"]["code"]), (2, &json!("usage_invalid")));
            let detail = refused.value["problem"]["detail"].as_str().unwrap();
            assert!(detail.contains(words) && detail.contains("--role administrator"), "{detail}");
        }
    }
    assert_eq!(bank.acts("hanakodt", "certificate_revoked"), 0);
    assert_eq!(bank.acts("hanakodt", "log_in"), bank.logouts("hanakodt"));
    assert_eq!(pc.inkan(&["certificates"], None).done()[0]["usable"], json!(true));
}

/// S1-2: if certificates of several users are here, they are named with what distinguishes them.
#[test]
fn s1_2_whose_certificates_are_here_is_said() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let users = ["hanakodt", "ichirodt"];
    let rows = users.map(|user| pc.acquire(&bank, user));
    let guide = Guide { bank: &bank, role: "administrator", old_pc: "works", other: "yes" };
    let refused = pc.inkan(&guide.arguments(&["--this-pc", "old"]), Some(bank.answers("hanakodt"))).problem();
    assert_eq!(refused["code"], "several_certificates");
    for (user, row) in users.iter().zip(&rows) {
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(user) && detail.contains(&row["id"].as_str().unwrap()[..16]), "{detail}");
    }
    let id = rows[0]["id"].as_str().unwrap();
    let guide = guide.arguments(&["--this-pc", "old", "--certificate", id, "--yes"]);
    assert_eq!(kinds(&pc.inkan(&guide, Some(bank.answers("hanakodt"))).done()["done"]), ["revoke", "delete_old"]);
}

/// A blank or a full-width letter in an ID does not make it another user's: the question which PC this is comes all the
/// same.
#[test]
fn s0_8_an_id_is_put_in_order_before_it_is_compared() {
    let bank = Bank::start();
    let old = Pc::with(&bank);
    let row = old.acquire(&bank, "ichirodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };
    for typed in [" ichirodt", "ichirodt ", "ichirodt\u{3000}", "\tichirodt", "ｉｃｈｉｒｏｄｔ"] {
        let arguments = guide.arguments(&["--user", typed]);
        let refused = old.inkan(&arguments, Some(bank.answers("ichirodt"))).problem();
        assert_eq!(refused["code"], "answer_missing", "{typed:?}");
        assert!(refused["detail"].as_str().unwrap().contains("--this-pc"), "{typed:?}: {refused}");
        let arguments = guide.arguments(&["--user", typed, "--this-pc", "old"]);
        let found = old.inkan(&arguments, Some(bank.answers("ichirodt"))).problem();
        assert!(found["detail"].as_str().unwrap().contains("--yes"), "{typed:?}: {found}");
    }
    let arguments = guide.arguments(&["--user", "ichiro dt", "--this-pc", "old"]);
    assert_eq!(old.inkan(&arguments, Some(json!({}))).problem()["code"], "login_id_malformed");
    assert_eq!(old.inkan(&["certificates"], None).done()[0]["id"], row["id"]);
}

/// Q9: a blank in the ID of the user who is acted upon does not hide the warning.
#[test]
fn q9_an_id_that_was_pasted_is_warned_of_alike() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "ichirodt");
    let show = ["users", "--bank", "okmate", "show", "ｉｃｈｉｒｏｄｔ\u{3000}"];
    let shown = pc.inkan(&show, Some(bank.answers("ichirodt"))).done();
    assert_eq!(shown["person"]["id"], "ichirodt");
    for _ in 0..6 {
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        pc.inkan(&login, Some(json!({ "login_password": "Chigau2026" }))).problem();
    }
    let revoke = ["users", "--bank", "okmate", "certificate", " ichirodt", "--revoke"];
    assert_eq!(pc.inkan(&revoke, Some(bank.answers("ichirodt"))).problem()["code"], "nobody_else_can_help");
}

#[test]
fn s0_8_a_person_is_asked_which_pc_this_is() {
    let bank = Bank::start();
    let words = [
        (
            "ja",
            "このパソコンは、どちらですか",
            "これまで使っていたパソコン",
            "先に確かめましたか",
            "ログインパスワード: ",
        ),
        ("en", "Which of the two is this PC?", "The old PC, used until now", "Have you made sure", "Login password: "),
    ];
    let old = Pc::with(&bank);
    old.acquire(&bank, "hanakodt");
    for (language, question, answer, ready, next) in words {
        let mut command = std::process::Command::new(inkan_journeys::program("inkan"));
        command.args(["--lang", language, "--store"]).arg(format!("nss:{}", old.database().display()));
        command.env("INKAN_HOME", old.home()).env_remove("INKAN_STORE");
        let guide = Guide { bank: &bank, role: "administrator", old_pc: "works", other: "yes" };
        command.args(guide.arguments(&["--user", "hanakodt"]));
        let mut terminal = Terminal::running(&command);
        terminal.wait_for(question);
        assert!(terminal.shown().contains(answer), "{}", terminal.shown());
        terminal.press("1\n");
        terminal.wait_for(ready);
        terminal.press("y\n");
        // S0-12: on the old PC the certificate is revoked, after the login and the confirmation password.
        terminal.wait_for(next);
        terminal.press("\u{4}");
        let (ended, shown) = terminal.end();
        assert_eq!(ended.code(), Some(1), "{shown}");
    }
    assert_eq!(old.inkan(&["certificates"], None).done()[0]["usable"], json!(true));
}

/// A PC without a certificate of the user may be any PC: the guide claims nothing about it.
#[test]
fn s0_15_a_deletion_is_not_claimed_on_a_pc_that_has_no_certificate_of_the_person() {
    let bank = Bank::start();
    let (empty, theirs) = (Pc::with(&bank), Pc::with(&bank));
    theirs.acquire(&bank, "hanakodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "yes" };
    for pc in [&empty, &theirs] {
        let report = guide.on(pc, "ichirodt", &["--this-pc", "old"]).done();
        assert_eq!(kinds(&report["done"]), [""; 0], "{report}");
        assert!(kinds(&report["left"]).contains(&"revoke"), "{report}");
        assert_eq!((kinds(&report["unknown"]), &report["none_here"]), (vec!["delete_old"], &json!(true)));
        for (language, words) in [
            ("ja", "このパソコンに、ichirodt の OKメイト・WEB の電子証明書はありません"),
            ("en", "This PC has no certificate of ichirodt at OKmate WEB"),
        ] {
            let arguments = guide.arguments(&["--user", "ichirodt", "--this-pc", "old"]);
            let (_, said) = pc.inkan_says(language, &arguments, &json!({}));
            assert!(said.contains(words), "{said}");
        }
    }
    for other in ["yes", "no"] {
        let guide = Guide { role: "general", other, ..guide };
        let report = empty.inkan(&guide.arguments(&["--this-pc", "old"]), Some(json!({}))).done();
        assert_eq!(kinds(&report["done"]), [""; 0], "{report}");
        let (_, said) = empty.inkan_says("ja", &guide.arguments(&["--this-pc", "old"]), &json!({}));
        assert!(said.contains("一般ユーザの電子証明書はありません") && !said.contains("済んだこと"), "{said}");
    }
}

/// Q7, S3-2: that a certificate is revoked does not show that the next one is issued.
#[test]
fn s3_2_a_revocation_is_not_told_as_a_reissue() {
    let bank = Bank::start_with("shinkin");
    let old = Pc::with(&bank);
    old.acquire(&bank, "keir002");
    let revoke = ["users", "--bank", "shinkin", "--user", "keir001", "certificate", "keir002", "--revoke", "--yes"];
    Pc::with(&bank).inkan(&revoke, Some(bank.answers("keir001"))).done();
    old.inkan(&["login", "--bank", "shinkin"], Some(bank.answers("keir002"))).problem();
    let guide = Guide { bank: &bank, role: "approver", old_pc: "works", other: "yes" };
    let report = guide.on(&old, "keir002", &["--this-pc", "old"]).done();
    assert_eq!(kinds(&report["done"]), [""; 0]);
    assert_eq!(kinds(&report["unknown"]), ["reissue"]);
}

#[test]
fn q9_who_would_stand_alone_is_warned_before_anything_is_revoked() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "ichirodt");
    let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
    for _ in 0..6 {
        pc.inkan(&login, Some(json!({ "login_password": "Chigau2026" }))).problem();
    }
    let guide = Guide { bank: &bank, role: "master", old_pc: "works", other: "no" };
    let warned = guide.on(&pc, "ichirodt", &["--this-pc", "old"]).problem();
    assert_eq!((&warned["code"], &warned["who"]), (&json!("nobody_else_can_help"), &json!("you")));
    let by_hand = ["users", "--bank", "okmate", "certificate", "ichirodt", "--revoke"];
    assert_eq!(pc.inkan(&by_hand, Some(bank.answers("ichirodt"))).problem()["code"], "nobody_else_can_help");
    pc.inkan(&["login", "--bank", "okmate"], Some(bank.answers("ichirodt"))).done();
    let (_, said) = pc.inkan_says("en", &guide.arguments(&[]), &json!({}));
    assert!(said.contains("nobody else in your company can act for you"), "{said}");
    let report = guide.on(&pc, "ichirodt", &["--this-pc", "old", "--yes"]).done();
    assert_eq!(kinds(&report["done"]), ["revoke", "delete_old"], "knowingly");
    pc.assert_empty();
}

#[test]
fn s0_14_a_general_user_waits_for_the_administrator() {
    let bank = Bank::start();
    let (old, new, theirs) = (Pc::with(&bank), Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, "jirodt");
    let guide = Guide { bank: &bank, role: "general", old_pc: "gone", other: "yes" };
    let report = guide.on(&new, "jirodt", &[]).done();
    let next = &report["left"][0];
    assert_eq!((&next["actor"], &next["kind"]), (&json!("administrator"), &json!("revoke")));
    let says = "一般ユーザは電子証明書の失効操作は行えません。マスターユーザまたは管理者ユーザに依頼";
    assert!(next["text"].as_str().unwrap().starts_with(says), "{next}");
    let way = next["notes"][0].as_str().unwrap();
    assert!(way.contains("inkan users --bank okmate certificate jirodt --revoke"), "{next}");
    // S0-13: any of them revokes, with their own confirmation password.
    let revoke = ["users", "--bank", "okmate", "--user", "hanakodt", "certificate", "jirodt", "--revoke", "--yes"];
    theirs.inkan(&revoke, Some(bank.answers("hanakodt"))).done();
    let report = guide.on(&new, "jirodt", &[]).done();
    assert_eq!((kinds(&report["done"]).len(), kinds(&report["left"]).len()), (4, 0));
}

#[test]
fn s0_11_where_only_paper_helps_it_is_written() {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    let row = old.acquire(&bank, "ichirodt");
    let guide = Guide { bank: &bank, role: "master", old_pc: "gone", other: "no" };
    std::fs::create_dir_all(new.home()).unwrap();
    let file = new.home().join("todoke.html").display().to_string();
    let report = guide.on(&new, "ichirodt", &["--form", &file]).done();
    assert_eq!(kinds(&report["left"]), ["hand_in_form", "revoke_and_report", "acquire", "log_in"]);
    assert_eq!(report["form"], file);
    let page = std::fs::read_to_string(&file).unwrap();
    let serial = row["serial"].as_str().unwrap();
    for known in
        ["電子証明書失効届", "ゲータ商事株式会社", "ゲータ 一郎", "ichirodt", "マスターユーザ", serial, "お届け印"]
    {
        assert!(page.contains(known), "{known} in {page}");
    }
    assert!(!page.contains(&bank.secret("ichirodt", "login_password")) && !page.contains("http"), "{page}");

    // Without a user the guide shows the steps and writes an empty form.
    let blank = guide.arguments(&["--form", &file]);
    let report = new.inkan_in("en", &blank, Some(json!({}))).done();
    assert_eq!(report["form"], file);
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains("Notice of revocation") && !page.contains("ichirodt"), "{page}");
}

#[test]
fn s3_2_s3_4_the_bank_with_two_entrances() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let user = Guide { bank: &bank, role: "user", old_pc: "gone", other: "yes" };
    let report = pc.inkan(&user.arguments(&[]), Some(json!({}))).done();
    assert_eq!(kinds(&report["plan"]), ["check_pc", "reissue", "acquire", "log_in"]);
    let text = |at: usize| report["plan"][at]["text"].as_str().unwrap();
    assert!(text(1).contains("管理者に依頼") && text(1).contains("ご契約先確認暗証番号"), "{report}");
    assert!(text(2).contains("契約者ID・利用者ID・利用者暗証番号・ワンタイムパスワード"), "S3-10: {report}");

    let administrator = Guide { bank: &bank, role: "administrator", old_pc: "gone", other: "yes" };
    std::fs::create_dir_all(pc.home()).unwrap();
    let file = pc.home().join("irai.html").display().to_string();
    let arguments = administrator.arguments(&["--form", &file]);
    let contract = json!({ "contract_id": bank.contract().unwrap() });
    let report = pc.inkan(&arguments, Some(contract)).done();
    assert_eq!(kinds(&report["plan"]), ["check_pc", "hand_in_form", "reissue_and_report", "acquire", "log_in"]);
    let needs = report["plan"][3]["text"].as_str().unwrap();
    assert!(needs.contains("契約者ID・利用者ID・利用者暗証番号が必要"), "an administrator has no token: {needs}");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains("電子証明書再発行依頼書") && page.contains("00009876543"), "S3-4: {page}");

    // The sample data has issued the certificate already, so the other steps can be done here.
    let report = administrator.on(&pc, "kanrisya", &[]).done();
    assert_eq!(report["left"], json!([]));
}

#[test]
fn s4_2_s4_4_the_bank_with_master_and_public_ids() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let master = Guide { bank: &bank, role: "master", old_pc: "works", other: "no" };
    let (code, said) = pc.inkan_says("ja", &master.arguments(&[]), &json!({}));
    assert_eq!(code, 0);
    assert!(said.contains("WEB-FBヘルプデスクに電話") && said.contains("0120-000-002（平日 9:00～18:00）"), "{said}");
    let told = said.find("新しいパソコンまでの手順").unwrap();
    assert!(told < said.find("済んだこと").unwrap(), "the way comes before anything is done: {said}");
    let public = Guide { bank: &bank, role: "general", old_pc: "works", other: "yes" };
    let (_, said) = pc.inkan_says("en", &public.arguments(&[]), &json!({}));
    assert!(said.contains("reissued by: master ID") && said.contains("Registration password"), "{said}");
}

#[test]
fn s0_3_who_logs_in_with_id_and_password_only_checks_and_enters() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let guide = ["change-pc", "--bank", "okmate", "--method", "id-password", "--role", "general", "--user", "jirodt"];
    let report = pc.inkan(&guide, Some(bank.answers("jirodt"))).done();
    assert_eq!(kinds(&report["done"]), ["check_pc", "log_in"]);
    assert_eq!(report["left"], json!([]));
    let refused = pc.inkan(&guide[..5], Some(json!({}))).problem();
    assert_eq!(refused["code"], "answer_missing");
    assert!(refused["detail"].as_str().unwrap().contains("--role"), "{refused}");
}

#[test]
fn s0_2_a_pc_that_does_not_reach_the_bank_goes_no_further() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let name = bank.name().to_owned();
    drop(bank);
    let guide = ["change-pc", "--bank", &name, "--method", "id-password", "--role", "general", "--user", "jirodt"];
    let stopped = pc.inkan(&guide, Some(json!({ "login_password": "Jiro2026" })));
    assert_eq!((stopped.code, &stopped.value["done"]), (1, &json!([])));
    assert_eq!(kinds(&stopped.value["left"]), ["check_pc", "log_in"]);
}

/// S1-15: a refused revocation leaves no session open, and the session ends once.
#[test]
fn s1_15_a_refused_revocation_on_the_way_logs_out() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let way = [
        "change-pc",
        "--bank",
        "okmate",
        "--method",
        "certificate",
        "--role",
        "administrator",
        "--old-pc",
        "works",
        "--other-administrator",
        "yes",
        "--this-pc",
        "old",
        "--user",
        "hanakodt",
        "--yes",
    ];
    let mut answers = bank.answers("hanakodt");
    answers["confirmation_password"] = json!("Wrong12345");
    assert_eq!(pc.inkan(&way, Some(answers)).problem()["code"], "confirmation_password_wrong");
    assert_eq!(bank.logouts("hanakodt"), 1);
    let lacking = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    assert_eq!(pc.inkan(&way, Some(lacking)).problem()["code"], "answer_missing");
    assert_eq!(bank.logouts("hanakodt"), 2);
}
