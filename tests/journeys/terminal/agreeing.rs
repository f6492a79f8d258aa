//! An action that cannot be undone, or that locks a user out, asks at a terminal, and needs `--yes` without one.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// An action, and its question in both languages.
struct Act {
    arguments: &'static [&'static str],
    questions: [&'static str; 2],
    /// Asserts what is true as long as the action was not done.
    holds: fn(&Bank, &Pc),
}

const ACTS: [Act; 5] = [
    Act {
        arguments: &["users", "freeze"], questions: ["ご契約を停止しますか", "Stop the contract?"], holds: open
    },
    Act {
        arguments: &["users", "certificate", "jirodt", "--revoke"],
        questions: ["jirodt の電子証明書を失効しますか", "Revoke the certificate of jirodt?"],
        holds: valid,
    },
    Act {
        arguments: &["users", "certificate", "ichirodt", "--revoke"],
        questions: ["ichirodt の電子証明書を失効しますか", "Revoke the certificate of ichirodt?"],
        holds: valid,
    },
    Act {
        arguments: &["users", "edit", "jirodt", "--certificate", "revoke"],
        questions: ["jirodt の電子証明書を失効しますか", "Revoke the certificate of jirodt?"],
        holds: valid,
    },
    Act {
        arguments: &["token", "revoke", "hanakodt"],
        questions: ["これらのトークンを失効しますか", "Revoke these tokens?"],
        holds: active,
    },
];

/// Returns the arguments, and after them the user who logs in.
fn of_ichiro<'a>(arguments: &'a [&'a str]) -> Vec<&'a str> {
    [&arguments[..1], &["--bank", "okmate", "--user", "ichirodt"], &arguments[1..]].concat()
}

fn open(bank: &Bank, pc: &Pc) {
    pc.inkan(&["login", "--bank", "okmate", "--user", "jirodt"], Some(bank.answers("jirodt"))).done();
}

fn valid(bank: &Bank, pc: &Pc) {
    for user in ["jirodt", "ichirodt"] {
        let show = ["users", "--bank", "okmate", "--user", "hanakodt", "show", user];
        assert_eq!(pc.inkan(&show, Some(bank.answers("hanakodt"))).done()["certificate"]["state"], "valid");
    }
}

fn active(bank: &Bank, pc: &Pc) {
    let show = ["token", "--bank", "okmate", "--user", "hanakodt", "show"];
    assert_eq!(pc.inkan(&show, Some(bank.answers("hanakodt"))).done()["state"], "active");
}

#[test]
fn nothing_irrevocable_is_done_unasked() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for user in ["jirodt", "ichirodt"] {
        pc.acquire(&bank, user);
    }
    let password = bank.secret("ichirodt", "login_password");
    let mut answers = bank.answers("ichirodt");
    answers["otp"] = json!("123456");
    for Act { arguments, questions, holds } in ACTS {
        let arguments = of_ichiro(arguments);
        for ((language, question), login) in LANGUAGES.into_iter().zip(questions).zip(LOGIN_PASSWORD) {
            // A no, an empty answer, and something other than a yes.
            for answer in ["n", "", "いいえ"] {
                let (code, shown) = said(&pc, language, &arguments, &[(login, &password), (question, answer)]);
                assert!(code == Some(1) && shown.contains("not_confirmed"), "{arguments:?}: {shown}");
            }
            let refused = pc.inkan_in(language, &arguments, Some(answers.clone())).problem();
            assert_eq!(refused["code"], "answer_missing", "{arguments:?}");
            assert!(refused["detail"].as_str().unwrap().contains("--yes"), "{arguments:?}: {refused}");
        }
        holds(&bank, &pc);
    }
}

/// A yes at the terminal does the action, in half or full width.
#[test]
fn s0_6_a_yes_at_the_terminal_revokes() {
    let confirmation = ["確認用パスワード: ", "Confirmation password: "];
    let questions = ["電子証明書を失効しますか", "Revoke the certificate"];
    let means = ["失効は元に戻せません", "cannot be undone"];
    for (at, yes) in ["ｙ", "yes"].into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        pc.acquire(&bank, "jirodt");
        let [login, confirm] = ["login_password", "confirmation_password"].map(|name| bank.secret("ichirodt", name));
        let turns = [(LOGIN_PASSWORD[at], login.as_str()), (questions[at], yes), (confirmation[at], &confirm)];
        let revoke = of_ichiro(&["users", "certificate", "jirodt", "--revoke"]);
        let (code, shown) = said(&pc, LANGUAGES[at], &revoke, &turns);
        assert!(code == Some(0) && shown.contains(means[at]) && shown.contains("ゲータ 二郎"), "{shown}");
        let show = of_ichiro(&["users", "show", "jirodt"]);
        let state = pc.inkan(&show, Some(bank.answers("ichirodt"))).done()["certificate"]["state"].take();
        assert_eq!(state, Value::from("revoked"));
    }
}

#[test]
fn m7_a_yes_at_the_terminal_stops_the_contract() {
    let confirmation = ["登録確認用パスワード: ", "Registration password: "];
    let questions = ["ご契約を停止しますか", "Stop the contract?"];
    let means =
        [["全員がログアウトします", "だけが行えます"], ["everyone who is logged in is logged out", "Only your branch"]];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start_with("shinkin");
        let pc = Pc::with(&bank);
        let [login, confirm] = ["login_password", "confirmation_password"].map(|name| bank.secret("keir001", name));
        let turns = [(LOGIN_PASSWORD[at], login.as_str()), (questions[at], "y"), (confirmation[at], &confirm)];
        let freeze = ["users", "--bank", "shinkin", "--user", "keir001", "freeze"];
        let (code, shown) = said(&pc, language, &freeze, &turns);
        assert_eq!(code, Some(0), "{shown}");
        for words in means[at].into_iter().chain(["0120-000-002"]) {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let login = ["login", "--bank", "shinkin", "--user", "keir003"];
        assert_eq!(pc.inkan(&login, Some(bank.answers("keir003"))).problem()["code"], "contract_frozen");
    }
}

/// Q7: a reissue revokes at once, so it asks as a revocation does.
#[test]
fn s4_9_q7_a_reissue_is_asked_for_by_either_way() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "keir002");
    let password = bank.secret("keir001", "login_password");
    let questions = ["keir002 の電子証明書を再発行しますか", "Reissue the certificate of keir002?"];
    let means = ["失効", "is revoked at once"];
    let ways: [&[&str]; 2] =
        [&["certificate", "keir002", "--reissue"], &["edit", "keir002", "--certificate", "reissue"]];
    for way in ways {
        let arguments = [&["users", "--bank", "shinkin", "--user", "keir001"], way].concat();
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            for answer in ["n", ""] {
                let turns = [(LOGIN_PASSWORD[at], password.as_str()), (questions[at], answer)];
                let (code, shown) = said(&pc, language, &arguments, &turns);
                assert!(code == Some(1) && shown.contains("not_confirmed"), "{arguments:?}: {shown}");
                assert!(shown.contains(means[at]), "{arguments:?}: {shown}");
            }
            let refused = pc.inkan_in(language, &arguments, Some(bank.answers("keir001"))).problem();
            assert_eq!(refused["code"], "answer_missing", "{arguments:?}");
        }
    }
    let show = ["users", "--bank", "shinkin", "--user", "keir001", "show", "keir002"];
    let record = pc.inkan(&show, Some(bank.answers("keir001"))).done();
    assert_eq!((&record["certificate"]["state"], &record["issue"]), (&json!("valid"), &Value::Null));
}
