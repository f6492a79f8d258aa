//! Checks the links between the pages of the project.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::failure::Failure;
use crate::source;
use crate::workspace::root;

/// Checks that each relative link of each page leads to a file, and to a heading if the link names one.
///
/// # Errors
/// [`Failure::Findings`] with each link that leads nowhere.
pub(crate) fn check() -> Result<(), Failure> {
    let mut findings = Vec::new();
    let mut count = 0;
    let files = source::files(root());
    let pages = files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "md"));
    for page in pages.chain(&hidden_pages()) {
        let text = std::fs::read_to_string(page).map_err(Failure::file(page))?;
        let name = page.strip_prefix(root()).unwrap_or(page).display();
        for link in links(&text) {
            count += 1;
            if let Some(fault) = fault(page, &link) {
                findings.push(format!("{name}: {link}: {fault}"));
            }
        }
    }
    println!("{count} links checked.");
    if findings.is_empty() { Ok(()) } else { Err(Failure::Findings(findings)) }
}

/// Returns the pages of `.github`, which is a hidden folder.
fn hidden_pages() -> Vec<PathBuf> {
    let files = source::files(&root().join(".github"));
    files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "md")).collect()
}

/// Returns the fault of a page's link; none if its target exists, or is outside of the project.
fn fault(page: &Path, link: &str) -> Option<&'static str> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
    let target = if file.is_empty() { page.to_owned() } else { normal(&page.parent()?.join(file)) };
    if !target.starts_with(root()) && page.starts_with(root()) {
        return Some("leads out of the project");
    }
    if !target.exists() {
        return Some("there is no such file");
    }
    let heading = heading?;
    let text = std::fs::read_to_string(target).unwrap_or_default();
    (!headings(&text).contains(heading)).then_some("there is no such heading")
}

/// Returns the path without `..`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut normal, part| {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
        normal
    })
}

/// Returns the targets of a page's links and pictures.
fn links(text: &str) -> Vec<String> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES);
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    events.filter_map(target).collect()
}

/// Returns the names by which links reach a page's headings, as GitHub makes them.
fn headings(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => names.extend(open.take().map(|heading| anchor(&heading))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = open.as_mut() {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    names
}

fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_to_files_and_headings() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("a.md");
        std::fs::write(folder.path().join("b.md"), "# One `two`, three\n").unwrap();
        std::fs::write(&page, "# Here\n[b](b.md) ![c](c.png)\n\n| [t](b.md#x) |\n|---|\n").unwrap();
        assert_eq!(links(&std::fs::read_to_string(&page).unwrap()), ["b.md", "c.png", "b.md#x"]);
        for whole in ["b.md", "b.md#one-two-three", "#here", "https://a.example/#x", "./b.md"] {
            assert_eq!(fault(&page, whole), None, "{whole}");
        }
        assert_eq!(fault(&page, "c.png"), Some("there is no such file"));
        assert_eq!(fault(&page, "b.md#four"), Some("there is no such heading"));
        assert_eq!(fault(&page, "#there"), Some("there is no such heading"));
    }

    #[test]
    fn a_link_stays_in_the_project() {
        assert_eq!(fault(&root().join("README.md"), "../README.md"), Some("leads out of the project"));
    }
}
