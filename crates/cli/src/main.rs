//! `inkan`: every journey of the client without a window, for scripts, help desks and tests.

mod again;
mod answers;
mod arguments;
mod bank_terms;
mod commands;
mod consent;
mod dates;
mod failure;
mod login_ids;
mod output;
mod pin;
mod proxy_login;
mod screen;
mod signals;
mod streams;
mod terminal;
mod usage;
mod words;

use std::process::ExitCode;

use inkan_client::{Home, Inkan, RecentEvents, Settings};

use crate::answers::Answers;
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

fn main() -> ExitCode {
    // cryptoki logs each mechanism that it has no name for as an error.
    let events = inkan_client::log_to_standard_error("error,inkan_client=off,cryptoki::mechanism=off");
    inkan_client::protocol::keep_no_core_file();
    let words = Words::of(arguments::language_wanted());
    inkan_client::keep_panics_quiet(words.language());
    let arguments = match usage::parse(&words) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    signals::heed(&words, arguments.json);
    let output = Output::new(arguments.json, words);
    let ended = run(arguments, &events, &output);
    let code = ended.map_or_else(|failure| failed(failure, &output), |()| ExitCode::SUCCESS);
    if output.incomplete() { ExitCode::FAILURE } else { code }
}

fn failed(failure: Failure, output: &Output) -> ExitCode {
    let code = failure.exit_code();
    if let Some(problem) = failure.into_problem() {
        output.problem(&problem);
    }
    code
}

fn run(mut arguments: Arguments, events: &RecentEvents, output: &Output) -> Result<(), Failure> {
    let answers = Answers::read(arguments.answers.as_deref(), output.words())?;
    commands::refuse_unused(&arguments.command, &answers)?;
    login_ids::put_in_order(&mut arguments.command)?;
    let home = arguments.home.map(Home::at).or_else(Home::of_this_user).ok_or(Failure::NoHome)?;
    let language = output.words().language();
    let set = Settings::read(&home).ok().and_then(|settings| settings.store?.parse().ok());
    let store = arguments.store.or(set).unwrap_or_default();
    let inkan = match pin::source(&answers, output.words()) {
        Some(pin) => Inkan::with_pin(home, &store, language, pin),
        None => Inkan::new(home, &store, language),
    };
    let inkan = proxy_login::told(inkan, &answers, output.words());
    commands::run(arguments.command, &inkan, &answers, events, output)?;
    output.unused(&answers.unused(|_| true));
    Ok(())
}
