use inkan_profile::Moment;
use time::OffsetDateTime;
use time::macros::format_description;

/// That time as people in Japan read it, to the minute.
pub(crate) fn time_in_japan(time: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    // A time that cannot be written is beyond the year 9999.
    time.in_tokyo().format(format).unwrap_or_default()
}
