use clap::{Arg, Command};
use inkan_client::protocol::Language;

use super::page::Page;
use crate::answers::KEYS;
use crate::signals::INTERRUPTED;
use crate::usage::USAGE_ERROR;
use crate::words::Words;

/// Returns the whole command line on one page: each command, the keys of the answers, and the exit codes.
pub(super) fn page(command: &Command, words: &Words) -> Page {
    let mut lines = vec![format!("# `{}`", command.get_name()), String::new(), words.text("manual-generated")];
    lines.extend([String::new(), about(command), String::new(), words.text("manual-options-everywhere")]);
    lines.extend(arguments(command, true, words));
    for below in command.get_subcommands() {
        lines.extend(section(below, words));
    }
    lines.extend(answers(words));
    lines.extend(exit_codes(words));
    let path = match words.language() {
        Language::Ja => "cli.ja.md",
        Language::En => "cli.md",
    };
    Page { path: path.into(), content: (lines.join("\n") + "\n").into_bytes() }
}

/// Returns the section of a command, and those of the commands below it.
fn section(command: &Command, words: &Words) -> Vec<String> {
    let path = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let mut lines = vec![String::new(), format!("## {path}"), String::new(), about(command)];
    if !command.is_subcommand_required_set() {
        lines.extend([String::new(), "```".to_owned(), usage(command), "```".to_owned()]);
    }
    lines.extend(arguments(command, false, words));
    lines.extend(command.get_subcommands().flat_map(|below| section(below, words)));
    lines
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage:").trim().to_owned()
}

/// Returns the table of a command's own arguments, or of those that every command has; nothing without one.
fn arguments(command: &Command, everywhere: bool, words: &Words) -> Vec<String> {
    let own = |argument: &&Arg| {
        let of_all = argument.is_global_set() || ["help", "version"].contains(&argument.get_id().as_str());
        of_all == everywhere && !argument.is_hide_set()
    };
    let rows: Vec<String> = command.get_arguments().filter(own).map(row).collect();
    if rows.is_empty() { Vec::new() } else { table(["manual-argument", "manual-meaning"], rows, words) }
}

fn row(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let long = argument.get_long().map(|name| format!("--{name}"));
    let short = argument.get_short().map(|name| format!("-{name}"));
    let values: Vec<String> = match argument.get_action().takes_values() {
        true => argument.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>")).collect(),
        false => Vec::new(),
    };
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let shown = [names.join(", "), values.join(" ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    cells(&format!("`{}`", shown.join(" ")), &help)
}

fn answers(words: &Words) -> Vec<String> {
    let mut lines = vec![String::new(), "## --answers".to_owned(), String::new(), words.text("manual-answers")];
    let rows = KEYS.iter().map(|key| cells(&format!("`{key}`"), &words.text(&format!("manual-answer-{key}"))));
    lines.extend(table(["manual-key", "manual-meaning"], rows.collect(), words));
    lines
}

fn exit_codes(words: &Words) -> Vec<String> {
    let codes = [("0".to_owned(), "done"), ("1".to_owned(), "problem"), (USAGE_ERROR.to_string(), "usage")];
    let codes = codes.into_iter().chain([(INTERRUPTED.to_string(), "interrupted")]);
    let rows = codes.map(|(code, id)| cells(&format!("`{code}`"), &words.text(&format!("manual-exit-{id}"))));
    let mut lines = vec![String::new(), format!("## {}", words.text("manual-exit-codes"))];
    lines.extend(table(["manual-exit-code", "manual-meaning"], rows.collect(), words));
    lines
}

/// Returns a table with these headings.
fn table(headings: [&str; 2], rows: Vec<String>, words: &Words) -> Vec<String> {
    let [first, second] = headings.map(|id| words.text(id));
    let mut lines = vec![String::new(), format!("| {first} | {second} |"), "|---|---|".to_owned()];
    lines.extend(rows);
    lines
}

/// Returns a row of a table. A bar inside a cell is escaped, in code too.
fn cells(first: &str, second: &str) -> String {
    let [first, second] = [first, second].map(|text| text.replace('|', "\\|").replace('\n', " "));
    format!("| {first} | {second} |")
}
