use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A pattern of the program, read when it is first needed.
pub(super) type Pattern = LazyLock<Option<Regex>>;

/// Stands where a redactor cannot do its work: rather no report than one that tells too much.
const UNREADABLE: &str = "<…>";

pub(super) fn read(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

/// Puts `with` in the place of whatever is found.
pub(super) fn replace(pattern: &Pattern, text: &str, with: &str) -> String {
    match &**pattern {
        Some(pattern) => pattern.replace_all(text, with).into_owned(),
        None => UNREADABLE.to_owned(),
    }
}

/// Puts what `with` makes of it in the place of whatever is found.
pub(super) fn replace_by(pattern: &Pattern, text: &str, with: impl Fn(&Captures<'_>) -> String) -> String {
    match &**pattern {
        Some(pattern) => pattern.replace_all(text, |found: &Captures<'_>| with(found)).into_owned(),
        None => UNREADABLE.to_owned(),
    }
}
