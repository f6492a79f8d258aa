//! The guide to a new PC at the terminal.

use inkan_journeys::{Bank, Direction, Gate, Pc, revocations_in};
use serde_json::json;

use super::{ENDING, LANGUAGES, LOGIN_PASSWORD, at_terminal, inkan, said, types};

/// The guide of the old PC for the master `ichirodt`.
const OLD_PC: [&str; 15] = [
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

/// The question for the confirmation password, in the order of [`LANGUAGES`].
const CONFIRMATION: [&str; 2] = ["確認用パスワード: ", "Confirmation password: "];

/// The question whether the new PC was checked before the revocation (S0-2), in the order of [`LANGUAGES`].
const READY: [&str; 2] = [
    "新しいパソコンで OKメイト・WEB を使えることを、先に確かめましたか",
    "Have you made sure that the new PC is ready for OKmate WEB?",
];

/// The message to a person who ends the command after the revocation, in the order of [`LANGUAGES`].
const REVOKED: [&str; 2] = ["の電子証明書は銀行で失効されました", "has been revoked at the bank"];

/// M2: a revocation is final, so a person who stops the command after it must know of it.
#[test]
fn m2_who_stops_at_a_revocation_knows_of_it_and_so_does_the_pc() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        for way in ["\u{3}", "TERM"] {
            let bank = Bank::start();
            let pc = Pc::with(&bank);
            pc.acquire(&bank, "ichirodt");
            let gate = Gate::to(bank.certificate_login());
            let file = pc.home().join("banks/okmate.json");
            let moved = std::fs::read_to_string(&file).unwrap().replace(bank.certificate_login(), &gate.address());
            std::fs::write(&file, moved).unwrap();
            let mut terminal = at_terminal(&pc, language, &[&OLD_PC[..], &["--yes"]].concat());
            terminal.wait_for(LOGIN_PASSWORD[at]);
            types(&mut terminal, &bank, "ichirodt", "login_password");
            terminal.wait_for(CONFIRMATION[at]);
            let data = bank.data().to_owned();
            gate.shut_when(Direction::FromBank, move || revocations_in(&data, "ichirodt") > 0);
            types(&mut terminal, &bank, "ichirodt", "confirmation_password");
            gate.holds();
            match way {
                "\u{3}" => terminal.press(way),
                signal => terminal.signal(signal),
            }
            terminal.wait_for(ENDING[at]);
            gate.open();
            let (ended, shown) = terminal.end();
            assert_eq!(ended.code(), Some(130), "{shown}");
            assert!(shown.contains(REVOKED[at]), "{way:?}: {shown}");
            assert_eq!(pc.inkan(&["certificates"], None).done()[0]["reasons"], json!(["revoked"]), "{way:?}");
            let again = [&OLD_PC[..], &["--yes"]].concat();
            let report = pc.inkan(&again, Some(bank.answers("ichirodt"))).done();
            assert_eq!(report["done"].as_array().unwrap().len(), 2, "{report}");
            pc.assert_empty();
        }
    }
}

/// M10: the reason is shown before a certificate is deleted. A person who stops then reads that it was revoked.
#[test]
fn m10_the_question_whether_to_delete_says_that_the_bank_has_revoked_it() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "ichirodt");
    let reasons = ["銀行で失効されています", "Revoked by the bank"];
    let delete = ["元に戻せません。削除しますか", "will be deleted for good. Go on?"];
    let mut terminal = at_terminal(&pc, LANGUAGES[0], &OLD_PC);
    terminal.wait_for(READY[0]);
    terminal.press("y\r");
    terminal.wait_for(LOGIN_PASSWORD[0]);
    types(&mut terminal, &bank, "ichirodt", "login_password");
    terminal.wait_for("失効しますか");
    terminal.press("y\r");
    terminal.wait_for(CONFIRMATION[0]);
    types(&mut terminal, &bank, "ichirodt", "confirmation_password");
    terminal.wait_for(delete[0]);
    terminal.press("\u{3}");
    let (ended, shown) = terminal.end();
    assert!(ended.code() == Some(130) && shown.contains(REVOKED[0]) && shown.contains(reasons[0]), "{shown}");
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (code, shown) = said(&pc, language, &OLD_PC, &[(delete[at], "n")]);
        assert!(code == Some(0) && shown.contains(reasons[at]), "{shown}");
    }
}

/// A user whom no colleague can help is sent to the bank's paper or telephone, and to no colleague (S0-11, S3-4, S4-4).
#[test]
fn who_has_nobody_to_ask_is_sent_to_the_bank() {
    let cases = [
        ("okmate", "general", ["失効届を印刷", "管理者ユーザに依頼"], ["Print the notice of revocation", "Ask the"]),
        ("okmate", "administrator", ["失効届を印刷", "に依頼し"], ["Print the notice of revocation", "Ask the"]),
        ("okmate", "master", ["失効届を印刷", "に依頼し"], ["Print the notice of revocation", "Ask the"]),
        ("keiyaku", "user", ["再発行依頼書を印刷", "管理者に依頼"], ["Print the request", "Ask the"]),
        (
            "shinkin",
            "approver",
            ["WEB-FBヘルプデスクに電話", "管理者に依頼"],
            ["Call your WEB-FB help desk", "Ask the"],
        ),
    ];
    for (name, role, ja, en) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        for (language, [right, wrong]) in LANGUAGES.into_iter().zip([ja, en]) {
            let question = ["社内に、ほかの", "Is there another "];
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

/// If nothing is done, there is no heading for it. A certificate is revoked only after two yes: that the new PC was
/// checked (S0-2), and that the certificate is revoked.
#[test]
fn s0_9_the_old_pc_asks_before_the_certificate_is_given_up() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "ichirodt");
    let password = bank.secret("ichirodt", "login_password");
    let questions = [
        ("ログインパスワード: ", "ichirodt の電子証明書を失効しますか"),
        ("Login password: ", "Revoke the certificate of ichirodt?"),
    ];
    for ((language, (login, question)), ready) in LANGUAGES.into_iter().zip(questions).zip(READY) {
        let logins = bank.acts("ichirodt", "log_in");
        let (code, shown) = said(&pc, language, &OLD_PC, &[(ready, "n")]);
        assert!(code == Some(1) && shown.contains("not_confirmed") && !shown.contains(login), "{shown}");
        assert_eq!(bank.acts("ichirodt", "log_in"), logins);
        let (code, shown) = said(&pc, language, &OLD_PC, &[(ready, "y"), (login, &password), (question, "n")]);
        assert!(code == Some(1) && shown.contains("not_confirmed"), "{shown}");
        assert_eq!(pc.inkan(&["certificates"], None).done()[0]["usable"], json!(true));
    }
    let elsewhere = Pc::with(&bank);
    elsewhere.acquire(&bank, "jirodt");
    let headings = [["済んだこと", "残っていること"], ["Done", "Still to do"]];
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

/// Answers that no question used are named alike for people and for programs.
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
