use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use inkan_client::protocol::Language;

use super::page::Page;
use crate::words::Words;

/// The headings that clap writes in English, and the ID of the text that replaces each heading.
const HEADINGS: [(&str, &str); 5] = [
    ("NAME", "manual-name"),
    ("SYNOPSIS", "manual-synopsis"),
    ("DESCRIPTION", "manual-description"),
    ("SUBCOMMANDS", "help-commands"),
    ("VERSION", "manual-version"),
];

/// Returns a man page for `command`, and for each command below it. They are where `man` looks for the language, below
/// `share/man`.
pub(super) fn pages(command: &Command, words: &Words) -> Vec<Page> {
    let mut pages = vec![page(command, words)];
    pages.extend(command.get_subcommands().flat_map(|below| self::pages(below, words)));
    pages
}

fn page(command: &Command, words: &Words) -> Page {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let mut rendered = Vec::new();
    // Writing to memory does not fail.
    Man::new(command.clone()).render(&mut rendered).unwrap_or_default();
    let content = String::from_utf8_lossy(&rendered).lines().map(|line| headed(line, words) + "\n").collect::<String>();
    let folder = match words.language() {
        Language::Ja => "ja/man1",
        Language::En => "man1",
    };
    Page { path: Path::new(folder).join(format!("{name}.1")), content: content.into_bytes() }
}

/// Returns the line, with the heading of the language if it is a heading.
fn headed(line: &str, words: &Words) -> String {
    let heading = line.strip_prefix(".SH ").and_then(|heading| HEADINGS.iter().find(|(known, _)| *known == heading));
    heading.map_or_else(|| line.to_owned(), |(_, id)| format!(".SH \"{}\"", words.text(id)))
}
