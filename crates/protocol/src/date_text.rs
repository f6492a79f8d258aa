//! Formats dates and times as a bank prints them.

use inkan_profile::Moment;
use time::macros::format_description;
use time::{Date, OffsetDateTime, Time};

use crate::Language;

/// Returns the day in Japan: `2027年10月28日`, `28 Oct 2027`.
pub fn day_text(at: OffsetDateTime, language: Language) -> String {
    day(at.in_tokyo().date(), language)
}

/// Returns the day and the minute in Japan: `2027年10月28日 12:00`, `28 Oct 2027 12:00`.
pub fn minute_text(at: OffsetDateTime, language: Language) -> String {
    let at = at.in_tokyo();
    format!("{} {:02}:{:02}", day(at.date(), language), at.hour(), at.minute())
}

/// Returns the text of a parameter of the form `2027-10-28`, `2027-10-28 12:00` or `2027-10-28 12:00:00`. Returns `None` if
/// `value` has another form.
pub(crate) fn of_parameter(value: &str, language: Language) -> Option<String> {
    let (date, clock) = value.split_once(' ').map_or((value, None), |(date, clock)| (date, Some(clock)));
    let date = Date::parse(date, format_description!("[year]-[month]-[day]")).ok()?;
    let Some(clock) = clock else { return Some(day(date, language)) };
    let is_time = Time::parse(clock, format_description!("[hour]:[minute]")).is_ok()
        || Time::parse(clock, format_description!("[hour]:[minute]:[second]")).is_ok();
    is_time.then(|| format!("{} {clock}", day(date, language)))
}

fn day(date: Date, language: Language) -> String {
    let written = match language {
        Language::Ja => date.format(format_description!("[year]年[month padding:none]月[day padding:none]日")),
        Language::En => date.format(format_description!("[day padding:none] [month repr:short] [year]")),
    };
    written.unwrap_or_else(|_| date.to_string())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_moment_is_written_as_banks_print_it() {
        let at = datetime!(2027-01-04 23:05 UTC);
        assert_eq!(minute_text(at, Language::Ja), "2027年1月5日 08:05");
        assert_eq!(minute_text(at, Language::En), "5 Jan 2027 08:05");
        assert_eq!(day_text(at, Language::Ja), "2027年1月5日");
        assert_eq!(day_text(at, Language::En), "5 Jan 2027");
        let midnight = datetime!(2026-11-30 15:00 UTC);
        assert_eq!(day_text(midnight, Language::Ja), "2026年12月1日", "the day is Tokyo's");
    }

    #[test]
    fn the_last_moment_is_in_the_year_9999() {
        let last = datetime!(9999-12-31 23:59:59 UTC);
        assert_eq!(minute_text(last, Language::Ja), "9999年12月31日 23:59");
    }

    #[test]
    fn a_parameter_that_is_no_date_stays() {
        for value in ["", "2027", "2027-13-01", "2027-10-28 25:00", "2027-10-28x", "20271028120000Z", "hanakodt"] {
            assert_eq!(of_parameter(value, Language::Ja), None, "{value}");
        }
        assert_eq!(of_parameter("2027-10-28 12:00", Language::Ja).as_deref(), Some("2027年10月28日 12:00"));
        assert_eq!(of_parameter("2027-10-28 12:00:30", Language::En).as_deref(), Some("28 Oct 2027 12:00:30"));
        assert_eq!(of_parameter("2027-10-28", Language::En).as_deref(), Some("28 Oct 2027"));
    }
}
