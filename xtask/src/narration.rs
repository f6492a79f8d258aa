//! Prints a journey in the terminal.

use crate::failure::Failure;

/// Prints the beginning of a step.
pub(crate) fn tell(step: &str) {
    println!("\n{step}");
}

/// Prints one event of a step.
pub(crate) fn say(line: impl std::fmt::Display) {
    println!("    {line}");
}

/// Ends the journey at `step` if the condition does not hold.
pub(crate) fn expect(step: &'static str, held: bool, found: impl FnOnce() -> String) -> Result<(), Failure> {
    if held { Ok(()) } else { Err(Failure::Unexpected { step, found: found() }) }
}
