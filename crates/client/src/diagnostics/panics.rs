//! What a panic says may quote what it failed on, such as the text that a person typed. Only where it happened is said.

use std::io::Write;
use std::panic;

use inkan_protocol::Language;

use crate::diagnostics::words;

/// Has a panic say on standard error, in that language, where it happened, and nothing of what it was about.
pub fn keep_panics_quiet(language: Language) {
    // Made now: a panic leaves no time to look words up.
    let (before, after) = words::around_the_place(language);
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(|| "?".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        // Without standard error there is no place to report to.
        let _ = writeln!(std::io::stderr(), "{before}{place}{after}");
    }));
}
