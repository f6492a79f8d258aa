//! The message of a panic may quote its input, such as text that a user typed. So only the place of a panic is
//! reported.

use std::io::Write;
use std::panic;

use inkan_protocol::Language;

use crate::diagnostics::words;

/// Sets a panic hook that reports on standard error, in `language`, the place of the panic in the source and nothing
/// else.
pub fn keep_panics_quiet(language: Language) {
    // The texts are looked up now, and not during a panic.
    let (before, after) = words::around_the_place(language);
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(|| "?".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        // A failure to write to standard error cannot be reported.
        let _ = writeln!(std::io::stderr(), "{before}{place}{after}");
    }));
}
