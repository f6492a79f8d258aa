//! The commands, one in each file.

mod acquire;
mod bank;
mod certificate_lines;
mod certificates;
mod change_pc;
mod completions;
mod doctor;
mod forced_change;
mod import;
mod login;
mod manual;
mod migration_steps;
mod notices;
mod probe;
mod renew;
mod sessions;
mod settings;
mod site;
mod tell;
mod token;
mod token_activation;
mod token_lines;
mod token_words;
mod top_frame;
mod top_page;
mod unreadable;
mod user_edit;
pub(crate) mod user_lines;
mod users;
mod waiting;

use inkan_client::{Inkan, RecentEvents};

use crate::answers::{Answers, Question};
use crate::arguments::{UsersAction, Verb};
use crate::failure::Failure;
use crate::output::Output;

/// Refuses answers that set a value which the command does not set, before anything is done.
pub(crate) fn refuse_unused(command: &Verb, answers: &Answers) -> Result<(), Failure> {
    match command {
        Verb::Users(users) if matches!(users.act, UsersAction::Edit(_)) => {
            answers.only_set(|question| question.own_new() || question.of_user())
        }
        Verb::Users(_)
        | Verb::Login(_)
        | Verb::Token(_)
        | Verb::Sessions(_)
        | Verb::Notices(_)
        | Verb::ChangePc(_)
        | Verb::Acquire(_) => answers.only_set(Question::own_new),
        _ => answers.only_set(|_| false),
    }
}

pub(crate) fn run(
    command: Verb,
    inkan: &Inkan,
    answers: &Answers,
    events: &RecentEvents,
    output: &Output,
) -> Result<(), Failure> {
    waiting::offer(&command, inkan, output);
    match command {
        Verb::Bank(command) => bank::run(command, inkan, output),
        Verb::Certificates(command) => certificates::run(command, inkan, answers, output),
        Verb::Acquire(command) => acquire::run(&command, inkan, answers, output),
        Verb::Renew(command) => renew::run(&command, inkan, answers, output),
        Verb::Login(options) => login::run(&options, inkan, answers, output),
        Verb::ChangePc(options) => change_pc::run(&options, inkan, answers, output),
        Verb::Doctor(command) => doctor::run(&command, inkan, events, output),
        Verb::Settings(command) => settings::run(command, inkan, output),
        Verb::Probe(command) => probe::run(&command, inkan, output),
        Verb::Users(command) => users::run(&command, inkan, answers, output),
        Verb::Token(command) => token::run(&command, inkan, answers, output),
        Verb::Sessions(command) => sessions::run(&command, inkan, answers, output),
        Verb::Notices(command) => notices::run(&command, inkan, answers, output),
        Verb::Completions(command) => {
            completions::run(&command, output);
            Ok(())
        }
        Verb::Manual(command) => manual::run(&command, output),
    }
}
