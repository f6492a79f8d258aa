//! Writes the manual from the definition of the command line: a man page for each command, or one page in Markdown, in
//! each language.

mod man_page;
mod markdown;
mod page;

use std::fs;
use std::path::Path;

use inkan_client::Error;
use inkan_client::protocol::Language;

use crate::arguments::{self, Manual};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;
use page::Page;

/// Writes the pages, and prints their paths.
pub(crate) fn run(command: &Manual, output: &Output) -> Result<(), Failure> {
    let pages = Language::ALL.into_iter().flat_map(|language| pages(language, command.markdown));
    let mut written = Vec::new();
    for page in pages {
        let path = command.directory.join(page.path);
        write(&path, &page.content)?;
        written.push(path);
    }
    output.result(&written, |_| written.iter().map(|path| path.display().to_string()).collect());
    Ok(())
}

fn pages(language: Language, markdown: bool) -> Vec<Page> {
    let words = Words::of(language);
    let mut command = arguments::command(&words);
    command.build();
    match markdown {
        true => vec![markdown::page(&command, &words)],
        false => man_page::pages(&command, &words),
    }
}

fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content));
    written.map_err(|_| Error::FileUnwritable(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(language: Language, markdown: bool) -> Vec<String> {
        pages(language, markdown).iter().map(|page| page.path.display().to_string()).collect()
    }

    #[test]
    fn each_command_has_a_man_page_in_each_language() {
        let (ja, en) = (paths(Language::Ja, false), paths(Language::En, false));
        assert!(en.len() > 30 && ja.len() == en.len());
        for name in ["inkan", "inkan-login", "inkan-certificates-import", "inkan-change-pc"] {
            assert!(en.contains(&format!("man1/{name}.1")), "{name}");
            assert!(ja.contains(&format!("ja/man1/{name}.1")), "{name}");
        }
    }

    #[test]
    fn the_pages_of_the_documentation_are_those_of_today() {
        for page in Language::ALL.into_iter().flat_map(|language| pages(language, true)) {
            let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page.path);
            let same = fs::read(&kept).is_ok_and(|kept| kept == page.content);
            assert!(same, "stale: {} (inkan manual --markdown docs)", kept.display());
        }
    }

    #[test]
    fn the_page_in_markdown_names_every_key_of_the_answers() {
        assert_eq!(
            (paths(Language::Ja, true), paths(Language::En, true)),
            (vec!["cli.ja.md".into()], vec!["cli.md".into()])
        );
        let page = pages(Language::En, true).remove(0).content;
        let page = String::from_utf8(page).unwrap();
        for key in crate::answers::KEYS {
            assert!(page.contains(&format!("| `{key}` |")), "{key}");
        }
        assert!(page.contains("inkan certificates import [OPTIONS] <FILE>"));
    }
}
