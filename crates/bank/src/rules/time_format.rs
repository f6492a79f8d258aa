use inkan_profile::Moment;
use time::OffsetDateTime;
use time::macros::format_description;

/// Returns `time` without fractions of a second, as the bank stores it.
pub(crate) fn whole_second(time: OffsetDateTime) -> OffsetDateTime {
    time.replace_nanosecond(0).unwrap_or(time)
}

/// Returns the date and time in Japan, to the minute: `2026-11-21 08:40`.
pub(crate) fn time_in_japan(time: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    // Formatting fails only beyond the year 9999.
    time.in_tokyo().format(format).unwrap_or_default()
}
