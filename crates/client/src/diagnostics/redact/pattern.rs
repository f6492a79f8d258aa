use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A pattern that is compiled when it is first used; none if it cannot be compiled.
pub(super) type Pattern = LazyLock<Option<Regex>>;

/// The text that replaces the whole input if a redactor does not work. A report must rather be empty than disclose a
/// secret.
const UNREADABLE: &str = "<…>";

pub(super) fn read(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

/// Replaces each match by `with`.
pub(super) fn replace(pattern: &Pattern, text: &str, with: &str) -> String {
    match &**pattern {
        Some(pattern) => pattern.replace_all(text, with).into_owned(),
        None => UNREADABLE.to_owned(),
    }
}

/// Replaces each match by the text that `with` returns for it.
pub(super) fn replace_by(pattern: &Pattern, text: &str, with: impl Fn(&Captures<'_>) -> String) -> String {
    match &**pattern {
        Some(pattern) => pattern.replace_all(text, |found: &Captures<'_>| with(found)).into_owned(),
        None => UNREADABLE.to_owned(),
    }
}
