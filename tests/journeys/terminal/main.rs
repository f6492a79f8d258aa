//! Tests what the command line prints, asks and leaves behind, at a real terminal and in pipes.

mod administering;
mod agreeing;
mod certificates;
mod change_pc;
mod choosing;
mod helped;
mod leaving;
mod new_pc;
mod outside_text;
mod own_words;
mod passwords;
mod streams;
mod tokens;
mod top_page;
mod typing;
mod usage;

use std::process::Command;

use inkan_journeys::{Bank, Pc, Terminal, program};

/// Both languages.
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// Returns `inkan` for people, on that PC.
fn inkan(pc: &Pc, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program("inkan"));
    command.args(["--lang", language, "--store"]).arg(format!("nss:{}", pc.database().display())).args(arguments);
    command.env("INKAN_HOME", pc.home()).env_remove("INKAN_STORE");
    command
}

/// Starts `inkan` for people at a terminal.
fn at_terminal(pc: &Pc, language: &str, arguments: &[&str]) -> Terminal {
    Terminal::running(&inkan(pc, language, arguments))
}

/// Waits for each question, and types its answer.
fn dialogue(terminal: &mut Terminal, turns: &[(&str, &str)]) {
    for (question, answer) in turns {
        terminal.wait_for(question);
        terminal.press(&format!("{answer}\r"));
    }
}

/// Runs a command at a terminal with these answers. Returns its exit code, and everything that the terminal showed.
fn said(pc: &Pc, language: &str, arguments: &[&str], turns: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut terminal = at_terminal(pc, language, arguments);
    dialogue(&mut terminal, turns);
    let (ended, shown) = terminal.end();
    (ended.code(), shown)
}

/// The question for the login password, in the order of [`LANGUAGES`].
const LOGIN_PASSWORD: [&str; 2] = ["ログインパスワード: ", "Login password: "];

/// The message while a session is ended, in the order of [`LANGUAGES`].
const ENDING: [&str; 2] = ["銀行のセッションを終了しています", "Ending the session at the bank"];

/// Types a sample user's secret.
fn types(terminal: &mut Terminal, bank: &Bank, user: &str, secret: &str) {
    terminal.press(&format!("{}\r", bank.secret(user, secret)));
}
