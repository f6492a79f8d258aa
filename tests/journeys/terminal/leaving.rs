//! Every way out of a session logs out, as the bank's own log tells (S1-15).

use inkan_journeys::{Bank, Pc, Terminal};

use super::{at_terminal, types};

/// A terminal at a question in the middle of a session.
fn in_session(bank: &Bank, pc: &Pc) -> Terminal {
    let mut terminal =
        at_terminal(pc, "en", &["token", "--bank", "okmate", "--user", "ichirodt", "revoke", "hanakodt"]);
    terminal.wait_for("Login password: ");
    types(&mut terminal, bank, "ichirodt", "login_password");
    terminal.wait_for("One-time password: ");
    terminal
}

#[test]
fn s1_15_ctrl_c_and_signals_log_out() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for (times, signal) in ["", "TERM", "HUP", "INT"].into_iter().enumerate() {
        let mut terminal = in_session(&bank, &pc);
        assert_eq!(bank.logouts("ichirodt"), times, "the session is open");
        match signal {
            "" => terminal.press("\u{3}"),
            name => terminal.signal(name),
        }
        let (ended, shown) = terminal.end();
        assert_eq!(ended.code(), Some(130), "{signal}: {shown}");
        assert_eq!(bank.logouts("ichirodt"), times + 1, "{signal}: {shown}");
    }
}

#[test]
fn s1_15_an_answer_that_does_not_come_and_a_refusal_log_out() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let mut terminal = in_session(&bank, &pc);
    // Ctrl-D: the end of input.
    terminal.press("\u{4}");
    let (ended, shown) = terminal.end();
    assert_eq!((ended.code(), bank.logouts("ichirodt")), (Some(1), 1), "{shown}");
    let users = ["users", "--bank", "okmate", "--user", "ichirodt", "show", "nobody"];
    assert_eq!(pc.inkan(&users, Some(bank.answers("ichirodt"))).problem()["code"], "user_unknown");
    assert_eq!(bank.logouts("ichirodt"), 2);
}

/// Where this PC cannot keep what it learned of a login, the session is not left open.
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
