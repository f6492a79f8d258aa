//! Formats times for texts, in the time zone of Japan, where the banks are.

use inkan_profile::Moment;
use time::OffsetDateTime;
use time::macros::format_description;

/// Returns the date and the time to the minute in Japan.
pub(crate) fn in_japan(time: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    // A time that cannot be formatted is beyond the year 9999.
    time.in_tokyo().format(format).unwrap_or_default()
}

/// Returns the date in Japan.
pub(crate) fn day(at: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day]");
    at.in_tokyo().format(&format).unwrap_or_default()
}
