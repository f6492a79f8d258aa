//! Measures everything that has a bound, and prints how far it is from the bound. Exceeding a bound is not a failure,
//! since the machine may be slow.

mod first_paint;
mod last_line;
mod listing;
mod many;
mod refusal;
mod scrolling;

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
