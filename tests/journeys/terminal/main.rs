//! What the command line prints, asks and leaves behind, at a real terminal and in pipes.

mod administering;
mod choosing;
mod leaving;
mod outside_text;
mod passwords;
mod streams;
mod usage;

use std::process::Command;

use inkan_journeys::{Bank, Pc, Terminal, program};

/// Both languages.
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// `inkan` for a person at that PC.
fn inkan(pc: &Pc, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program("inkan"));
    command.args(["--lang", language, "--store"]).arg(format!("nss:{}", pc.database().display())).args(arguments);
    command.env("INKAN_HOME", pc.home()).env_remove("INKAN_STORE");
    command
}

/// The same at a terminal.
fn at_terminal(pc: &Pc, language: &str, arguments: &[&str]) -> Terminal {
    Terminal::running(&inkan(pc, language, arguments))
}

/// Types a sample person's secret.
fn types(terminal: &mut Terminal, bank: &Bank, user: &str, secret: &str) {
    terminal.press(&format!("{}\r", bank.secret(user, secret)));
}
