//! Measures what has a bound, and prints how far from it we are. A slow machine is no failure: nothing here fails for
//! being slow.

mod first_paint;
mod listing;
mod many;
mod refusal;
mod scrolling;

use serde_json::Value;

use crate::failure::Failure;
use crate::setup;

/// Runs every measurement, one after the other.
pub(crate) fn bench() -> Result<(), Failure> {
    setup::for_the_bench()?;
    let many = many::Many::fill()?;
    listing::measure(&many)?;
    refusal::measure()?;
    first_paint::measure()?;
    scrolling::measure(&many)
}

/// What a program said last, as JSON. What its session starts beside it, such as the registry of assistive technology, says
/// something before.
fn last_line(said: &str) -> Option<Value> {
    serde_json::from_str(said.lines().last()?).ok()
}
