//! What a panic says may quote what it failed on, such as the text that a person typed. Only where it happened is said.

use std::io::Write;
use std::panic;

/// Has a panic say on standard error where it happened, and nothing of what it was about.
pub fn keep_panics_quiet() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        // Without standard error there is no place to report to.
        let _ = writeln!(std::io::stderr(), "Inkan has a fault{place}.");
    }));
}
