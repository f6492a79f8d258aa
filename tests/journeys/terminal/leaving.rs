//! Every way to leave a session logs out, by the bank's own log (S1-15).

use std::time::{Duration, Instant};

use inkan_client::protocol::{Code, Language, Secret};
use inkan_client::{Credentials, Home, Inkan};
use inkan_journeys::{Bank, Direction, Gate, Pc, Terminal, logins_in};

use super::{ENDING, LANGUAGES, LOGIN_PASSWORD, at_terminal, inkan, said, types};

const REVOKE: [&str; 7] = ["token", "--bank", "okmate", "--user", "ichirodt", "revoke", "hanakodt"];

/// The question whether to continue, in the order of [`LANGUAGES`].
const GO_ON: [&str; 2] = ["これらのトークンを失効しますか", "Revoke these tokens?"];

/// Leads a terminal to a question in the middle of a session whose answer is shown.
fn at_a_question(terminal: &mut Terminal, bank: &Bank, at: usize) {
    terminal.wait_for(LOGIN_PASSWORD[at]);
    types(terminal, bank, "ichirodt", "login_password");
    terminal.wait_for(GO_ON[at]);
}

/// Leads a terminal to a question in the middle of a session whose answer is not shown.
fn at_a_secret(terminal: &mut Terminal, bank: &Bank, at: usize) {
    at_a_question(terminal, bank, at);
    terminal.press("y\r");
    terminal.wait_for(["ご自身のトークンのワンタイムパスワード: ", "One-time password of your own token: "][at]);
}

/// Leads a terminal to the last question, after whose answer the command sends its request.
fn at_the_last_question(terminal: &mut Terminal, bank: &Bank, at: usize) {
    at_a_secret(terminal, bank, at);
    terminal.press("123456\r");
    terminal.wait_for(["確認用パスワード: ", "Confirmation password: "][at]);
}

/// Waits until the bank has recorded `number` logouts of the user.
fn wait_for_logouts(bank: &Bank, user: &str, number: usize) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while bank.logouts(user) < number {
        assert!(Instant::now() < deadline, "{} of {number}", bank.logouts(user));
    }
}

#[test]
fn s1_15_keys_and_signals_log_out_at_every_question() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let mut times = 0;
        for question in [at_a_question, at_a_secret] {
            for way in ["\u{3}", "\u{1c}", "INT", "QUIT", "TERM", "HUP"] {
                let mut terminal = at_terminal(&pc, language, &REVOKE);
                question(&mut terminal, &bank, at);
                assert_eq!(bank.logouts("ichirodt"), times, "the session is open");
                match way {
                    "\u{3}" | "\u{1c}" => terminal.press(way),
                    signal => terminal.signal(signal),
                }
                let (ended, shown) = terminal.end();
                times += 1;
                assert_eq!(ended.code(), Some(130), "{way:?}: {shown}");
                assert!(shown.contains(ENDING[at]), "{way:?}: {shown}");
                assert_eq!(bank.logouts("ichirodt"), times, "{way:?}: {shown}");
            }
        }
        // The terminal's window is closed, so no one reads the output.
        let mut terminal = at_terminal(&pc, language, &REVOKE);
        at_a_secret(&mut terminal, &bank, at);
        terminal.close();
        wait_for_logouts(&bank, "ichirodt", times + 1);
    }
}

/// After Ctrl-C at a hidden question, the terminal shows again what is typed.
#[test]
fn ctrl_c_leaves_the_terminal_as_it_was() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        for key in ["\u{3}", "\u{1c}"] {
            let mut terminal = Terminal::running_below_a_shell(&inkan(&pc, language, &REVOKE));
            terminal.wait_for(LOGIN_PASSWORD[at]);
            terminal.press(key);
            let (ended, shown) = terminal.end();
            assert_eq!(ended.code(), Some(130), "{shown}");
            let settings: Vec<&str> = shown.split_whitespace().collect();
            for setting in ["echo", "icanon", "isig"] {
                assert!(settings.contains(&setting), "{setting}: {shown}");
            }
            assert!(!shown.contains(ENDING[at]), "there was no session: {shown}");
        }
    }
}

#[test]
fn s1_15_an_answer_that_does_not_come_and_a_refusal_log_out() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        for (times, question) in [at_a_question, at_a_secret].into_iter().enumerate() {
            let mut terminal = at_terminal(&pc, language, &REVOKE);
            question(&mut terminal, &bank, at);
            // Ctrl-D: the end of input.
            terminal.press("\u{4}");
            let (ended, shown) = terminal.end();
            assert_eq!((ended.code(), bank.logouts("ichirodt")), (Some(1), times + 1), "{shown}");
            assert!(!shown.contains("confirmation_password"), "a person knows no keys of answers: {shown}");
        }
        let password = bank.secret("ichirodt", "login_password");
        let users = ["users", "--bank", "okmate", "--user", "ichirodt", "show", "nobody"];
        let (code, shown) = said(&pc, language, &users, &[(LOGIN_PASSWORD[at], &password)]);
        assert!(code == Some(1) && shown.contains("user_unknown"), "{shown}");
        assert_eq!(bank.logouts("ichirodt"), 3);
    }
}

/// A bank that is slow to log in: the command says at once that it waits, and ends a session that the bank grants.
#[test]
fn s1_15_a_login_that_is_given_up_ends_what_it_is_granted() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let gate = Gate::to(bank.portal());
        let pc = Pc::new();
        pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
        let mut terminal = at_terminal(&pc, language, &["login", "--bank", "okmate", "--user", "hanakodt"]);
        terminal.wait_for(LOGIN_PASSWORD[at]);
        let data = bank.data().to_owned();
        let granted = move || logins_in(&data, "hanakodt") > 0;
        gate.shut_when(Direction::FromBank, granted);
        types(&mut terminal, &bank, "hanakodt", "login_password");
        gate.holds();
        terminal.press("\u{3}");
        terminal.wait_for(ENDING[at]);
        assert_eq!(bank.logouts("hanakodt"), 0, "the bank's answer is still on its way");
        gate.open();
        let (ended, shown) = terminal.end();
        assert_eq!((ended.code(), bank.logouts("hanakodt")), (Some(130), 1), "{shown}");
    }
}

/// A login that was given up while the bank was silent: a session that comes later is ended.
#[test]
fn s1_15_a_session_that_comes_too_late_is_ended() {
    let bank = Bank::start();
    let gate = Gate::to(bank.portal());
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
    let store = format!("nss:{}", pc.database().display()).parse().unwrap();
    let inkan = Inkan::new(Home::at(pc.home()), &store, Language::En);
    let data = bank.data().to_owned();
    gate.shut_when(Direction::FromBank, move || logins_in(&data, "hanakodt") > 0);
    let hanako = Credentials::Id { contract: None, user: "hanakodt".to_owned() };
    let refused = inkan.log_in("okmate", None, &hanako, &Secret::from(bank.secret("hanakodt", "login_password")));
    assert_eq!(refused.unwrap_err().code(), Code::ServerSilent);
    assert_eq!(bank.logouts("hanakodt"), 0, "the bank's answer is still on its way");
    gate.open();
    wait_for_logouts(&bank, "hanakodt", 1);
}

/// After a second Ctrl-C a silent bank is not waited for, and the command says what may be left open.
#[test]
fn s1_15_who_insists_is_told_what_may_remain() {
    let words = ["銀行に確かめられませんでした", "The bank has not confirmed"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let gate = Gate::to(bank.portal());
        let pc = Pc::new();
        pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
        let mut terminal = at_terminal(&pc, language, &["login", "--bank", "okmate", "--user", "hanakodt"]);
        terminal.wait_for(LOGIN_PASSWORD[at]);
        gate.shut_when(Direction::FromBank, || true);
        types(&mut terminal, &bank, "hanakodt", "login_password");
        gate.holds();
        terminal.press("\u{3}");
        terminal.wait_for(ENDING[at]);
        terminal.press("\u{3}");
        terminal.wait_for(words[at]);
        let (ended, shown) = terminal.end();
        assert_eq!(ended.code(), Some(130), "{shown}");
    }
}

/// The message about a session that may still be open, in the order of [`LANGUAGES`].
const LEFT: [&str; 2] = ["セッションが残っている場合", "A session that is still open"];

/// The message about a change that the bank may have made, in the order of [`LANGUAGES`].
const IN_DOUBT: [&str; 2] =
    ["変更が銀行で行われたかどうかは確認できていません", "The bank has not answered whether it has made the change"];

#[test]
fn s1_15_a_bank_that_falls_silent_after_the_login_leaves_session_and_change_open() {
    std::thread::scope(|scope| {
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            scope.spawn(move || {
                let bank = Bank::start();
                let gate = Gate::to(bank.portal());
                let pc = Pc::new();
                pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
                let mut terminal = at_terminal(&pc, language, &REVOKE);
                at_the_last_question(&mut terminal, &bank, at);
                gate.shut_when(Direction::FromBank, || true);
                terminal.press("Kakunin2026\r");
                let (ended, shown) = terminal.end();
                assert!(ended.code() == Some(1) && shown.contains("server_silent"), "{shown}");
                assert!(shown.contains(LEFT[at]) && shown.contains(IN_DOUBT[at]), "{shown}");
            });
        }
    });
}

#[test]
fn s1_15_a_bank_that_is_gone_after_the_login_leaves_the_session_open() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let mut terminal = at_terminal(&pc, language, &REVOKE);
        at_the_last_question(&mut terminal, &bank, at);
        drop(bank);
        terminal.press("Kakunin2026\r");
        let (ended, shown) = terminal.end();
        assert!(ended.code() == Some(1) && shown.contains(LEFT[at]), "{shown}");
    }
}

/// If this PC cannot save what it learned at a login, the session is not left open.
#[test]
fn s1_15_data_that_cannot_be_written_log_out() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let before = bank.logouts("hanakodt");
    std::fs::write(pc.home().join("memory.json"), "{").unwrap();
    let refused = pc.inkan(&["login", "--bank", "okmate"], Some(bank.answers("hanakodt"))).problem();
    assert_eq!(refused["code"], "data_unusable");
    let change_pc = pc.home().join("change-pc");
    std::fs::create_dir_all(change_pc.join("okmate.json")).unwrap();
    let id = ["login", "--bank", "okmate", "--user", "jirodt"];
    assert_eq!(pc.inkan(&id, Some(bank.answers("jirodt"))).problem()["code"], "data_unusable");
    assert_eq!((bank.logouts("hanakodt"), bank.logouts("jirodt")), (before, 1));
}
