use inkan_profile::Moment;
use time::OffsetDateTime;
use time::macros::format_description;

/// Returns `time` without fractions of a second: the grain in which the bank keeps time.
pub(crate) fn whole_second(time: OffsetDateTime) -> OffsetDateTime {
    time.replace_nanosecond(0).unwrap_or(time)
}

/// That time as people in Japan read it, to the minute.
pub(crate) fn time_in_japan(time: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    // A time that cannot be written is beyond the year 9999.
    time.in_tokyo().format(format).unwrap_or_default()
}
