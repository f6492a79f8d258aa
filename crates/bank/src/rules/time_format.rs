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

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_bank_stores_whole_seconds() {
        assert_eq!(whole_second(datetime!(2026-11-20 23:40:59.999 UTC)), datetime!(2026-11-20 23:40:59 UTC));
    }

    #[test]
    fn a_time_is_shown_in_japan_to_the_minute() {
        assert_eq!(time_in_japan(datetime!(2026-11-20 23:40:59 UTC)), "2026-11-21 08:40");
    }
}
