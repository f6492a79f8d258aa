//! How a journey in the terminal is told.

use crate::failure::Failure;

/// A step begins.
pub(crate) fn tell(step: &str) {
    println!("\n{step}");
}

/// One thing that happened in it.
pub(crate) fn say(line: impl std::fmt::Display) {
    println!("    {line}");
}

/// Ends the journey at `step` where something does not hold.
pub(crate) fn expect(step: &'static str, held: bool, found: impl FnOnce() -> String) -> Result<(), Failure> {
    if held { Ok(()) } else { Err(Failure::Unexpected { step, found: found() }) }
}
