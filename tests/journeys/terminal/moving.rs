//! The way to a new PC, asked and told at the terminal.

use inkan_journeys::{Bank, Pc};
use serde_json::json;

use super::{LANGUAGES, inkan, said};

/// Whoever has nobody to ask is sent to nobody: the bank's paper or telephone is left (S0-11, S3-4, S4-4).
#[test]
fn who_has_nobody_to_ask_is_sent_to_the_bank() {
    let cases = [
        ("okmate", "general", ["失効届を印刷", "管理者ユーザに依頼"], ["Print the notice of revocation", "Ask the"]),
        ("okmate", "administrator", ["失効届を印刷", "に依頼し"], ["Print the notice of revocation", "Ask the"]),
        ("okmate", "master", ["失効届を印刷", "に依頼し"], ["Print the notice of revocation", "Ask the"]),
        ("keiyaku", "user", ["再発行依頼書を印刷", "管理者に依頼"], ["Print the request", "Ask the"]),
        ("shinkin", "approver", ["WEB-FBヘルプデスクに電話", "管理者に依頼"], ["Call the WEB-FB help desk", "Ask the"]),
    ];
    for (name, role, ja, en) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        for (language, [right, wrong]) in LANGUAGES.into_iter().zip([ja, en]) {
            let question = ["手続きできる方が社内にほかにいますか", "Can somebody else of the company act for you?"];
            let id = ["ログインID:", "Login ID:"];
            let at = usize::from(language == "en");
            let guide = ["change-pc", "--bank", name, "--method", "certificate", "--role", role, "--old-pc", "gone"];
            let (code, shown) = said(&pc, language, &guide, &[(question[at], "２"), (id[at], "")]);
            assert_eq!(code, Some(0), "{name} {role}: {shown}");
            assert!(shown.contains(right) && !shown.contains(wrong), "{name} {role}: {shown}");
        }
    }
}

#[test]
fn an_old_pc_that_is_gone_is_not_this_one() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let guide = ["change-pc", "--bank", "okmate", "--old-pc", "gone", "--this-pc", "old"];
    let words = [
        "--old-pc gone と --this-pc old は一緒に指定できません",
        "--old-pc gone and --this-pc old cannot be given together",
    ];
    for (language, words) in LANGUAGES.into_iter().zip(words) {
        let (code, shown) = said(&pc, language, &guide, &[]);
        assert!(code == Some(2) && shown.contains(words), "{shown}");
        let outcome = pc.inkan_in(language, &guide, Some(json!({})));
        assert_eq!((outcome.code, &outcome.value["problem"]["code"]), (2, &json!("usage_invalid")));
    }
}

/// Nothing done has no heading, and a certificate is given up only by somebody who says yes.
#[test]
fn s0_9_the_old_pc_asks_before_the_certificate_is_given_up() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "ichirodt");
    let password = bank.secret("ichirodt", "login_password");
    let guide = [
        "change-pc",
        "--bank",
        "okmate",
        "--method",
        "certificate",
        "--role",
        "master",
        "--old-pc",
        "works",
        "--other-administrator",
        "yes",
        "--this-pc",
        "old",
        "--user",
        "ichirodt",
    ];
    let questions = [
        ("ログインパスワード: ", "ichirodt の電子証明書を失効しますか"),
        ("Login password: ", "Revoke the certificate of ichirodt?"),
    ];
    for (language, (login, question)) in LANGUAGES.into_iter().zip(questions) {
        let (code, shown) = said(&pc, language, &guide, &[(login, &password), (question, "n")]);
        assert!(code == Some(1) && shown.contains("not_confirmed"), "{shown}");
        assert_eq!(pc.inkan(&["certificates"], None).done()[0]["usable"], json!(true));
    }
    let elsewhere = Pc::with(&bank);
    elsewhere.acquire(&bank, "jirodt");
    let headings = [["済んだこと", "残っていること"], ["Done", "Left"]];
    for (language, [done, left]) in LANGUAGES.into_iter().zip(headings) {
        let guide = [
            "change-pc",
            "--bank",
            "okmate",
            "--method",
            "certificate",
            "--role",
            "general",
            "--old-pc",
            "works",
            "--other-administrator",
            "yes",
            "--this-pc",
            "old",
            "--user",
            "jirodt",
        ];
        let (code, shown) = said(&elsewhere, language, &guide, &[]);
        assert_eq!(code, Some(0), "{shown}");
        let lines: Vec<&str> = shown.lines().map(str::trim).collect();
        assert!(!lines.contains(&done) && lines.contains(&left), "{shown}");
    }
}

/// Answers that nothing asked for are named alike for people and for programs.
#[test]
fn answers_that_were_not_used_are_named() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let file = pc.directory().join("answers.json");
    let mut answers = bank.answers("hanakodt");
    answers["otp"] = json!("123456");
    std::fs::write(&file, answers.to_string()).unwrap();
    for language in LANGUAGES {
        for json in [false, true] {
            let mut command = inkan(&pc, language, &["login", "--bank", "okmate", "--user", "hanakodt"]);
            command.arg("--answers").arg(&file).args(json.then_some("--json"));
            let ended = command.output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert!(ended.status.success(), "{said}");
            for field in ["otp", "confirmation_password"] {
                assert!(said.contains(field), "{field}: {said}");
            }
        }
    }
}
