//! Parses the typed command line. If it cannot be parsed, says why in the user's language.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, FromArgMatches};
use inkan_client::Error;

use crate::arguments::{self, Arguments};
use crate::output::Output;
use crate::words::Words;

/// The exit code by which scripts recognise a usage error.
pub(crate) const USAGE_ERROR: u8 = 2;

/// Returns the arguments, or the exit code if the program ends here: 2 for a usage error, 0 for help.
pub(crate) fn parse(words: &Words) -> Result<Arguments, ExitCode> {
    let mut command = arguments::command(words);
    let given = without_help_word(std::env::args_os().collect(), &command);
    let parsed =
        command.try_get_matches_from_mut(given.iter()).and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| end(&error, &given, &command, words))
}

fn end(error: &clap::Error, given: &[OsString], command: &Command, words: &Words) -> ExitCode {
    let words = Words::of(words.language());
    let output = Output::new(json_is_wanted(given), words);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output.own_text(&error.render().to_string());
            if output.incomplete() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        kind => {
            if kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
                let help = error.render().to_string();
                output.aside_lines(|_| help.lines().map(str::to_owned).collect());
            }
            let why = why(error, output.words());
            output.problem(&Error::Usage { why, command: path(given, command) }.into_problem());
            ExitCode::from(USAGE_ERROR)
        }
    }
}

/// Returns `inkan help bank add` as `inkan bank add --help`, because clap has the text of `help` only in English.
fn without_help_word(mut given: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let (mut at, mut place) = (command, 1);
    while let Some(word) = given.get(place).map(|word| word.to_string_lossy().into_owned()) {
        if let Some(below) = at.get_subcommands().find(|sub| sub.get_name() == word) {
            at = below;
        } else if word == "help" && at.has_subcommands() {
            given.remove(place);
            given.push("--help".into());
            return given;
        } else if takes_next(&word, command) {
            place += 1;
        } else if !word.starts_with('-') {
            return given;
        }
        place += 1;
    }
    given
}

/// Returns whether the next word is the value of a global option.
fn takes_next(word: &str, command: &Command) -> bool {
    let mut options = command.get_arguments().filter(|argument| argument.get_action().takes_values());
    options.any(|option| option.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long)))
}

/// Returns the fault of the command line in words.
fn why(error: &clap::Error, words: &Words) -> String {
    let fact = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = fact(ContextKind::InvalidArg);
    let value = fact(ContextKind::InvalidValue);
    let prior = fact(ContextKind::PriorArg);
    let valid = fact(ContextKind::ValidValue);
    let subcommand = fact(ContextKind::InvalidSubcommand);
    let suggested = match error.kind() {
        ErrorKind::InvalidSubcommand => fact(ContextKind::SuggestedSubcommand),
        ErrorKind::InvalidValue => fact(ContextKind::SuggestedValue),
        _ => fact(ContextKind::SuggestedArg),
    };
    let subcommands = fact(ContextKind::ValidSubcommand);
    let facts = [
        ("argument", argument.as_str()),
        ("value", &value),
        ("prior", &prior),
        ("valid", &valid),
        ("subcommand", &subcommand),
        ("subcommands", &subcommands),
    ];
    let said = match error.kind() {
        ErrorKind::UnknownArgument => words.with("usage-unknown-argument", &facts),
        ErrorKind::InvalidSubcommand => words.with("usage-unknown-subcommand", &facts),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words.with("usage-subcommand-missing", &facts)
        }
        ErrorKind::MissingRequiredArgument => words.with("usage-argument-missing", &facts),
        ErrorKind::ArgumentConflict if prior == argument => words.with("usage-argument-twice", &facts),
        ErrorKind::ArgumentConflict => words.with("usage-argument-conflict", &facts),
        ErrorKind::InvalidValue if value.is_empty() => words.with("usage-value-missing", &facts),
        ErrorKind::InvalidValue if !valid.is_empty() => words.with("usage-value-one-of", &facts),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => words.with("usage-value-invalid", &facts),
        ErrorKind::TooManyValues => words.with("usage-values-too-many", &facts),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            words.with("usage-value-missing", &facts)
        }
        ErrorKind::InvalidUtf8 => words.text("usage-not-utf8"),
        _ => words.text("usage-unreadable"),
    };
    match suggested.as_str() {
        "" => said,
        suggested => format!("{said} {}", words.with("usage-suggestion", &[("suggestion", suggested)])),
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(several) => several.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns the command that was meant, as far as the words name one, such as `inkan certificates import`.
fn path(given: &[OsString], command: &Command) -> String {
    let (mut at, mut path) = (command, vec!["inkan".to_owned()]);
    for word in given.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = at.get_subcommands().find(|sub| sub.get_name() == word) {
            path.push(word.to_owned());
            at = below;
        }
    }
    path.join(" ")
}

/// Returns whether `--json` was given, even if the rest cannot be parsed.
fn json_is_wanted(given: &[OsString]) -> bool {
    given.iter().skip(1).take_while(|word| *word != "--").any(|word| word == "--json")
}
