//! Attacks real processes of the bank. The attacks are in `tests/examples/campaign/`.

use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::setup;
use crate::workspace::{cargo, target_directory};

/// The minutes of a campaign, if none are given.
const MINUTES: &str = "10";

/// Runs every attack, which together take `minutes`.
///
/// # Errors
/// [`Failure::Ended`] if something did not hold.
pub(crate) fn campaign(minutes: Option<&str>) -> Result<(), Failure> {
    setup::for_the_campaign()?;
    // The bank as it is installed: the memory and the speed of a debug build say nothing.
    let programs = ["-p", "inkan-bank", "-p", "inkan-journeys", "--bin", "inkan-bank", "--example", "campaign"];
    process::run(cargo(&["build", "--release"]).args(programs))?;
    process::run(Command::new(target_directory()?.join("release/examples/campaign")).arg(minutes.unwrap_or(MINUTES)))
}
