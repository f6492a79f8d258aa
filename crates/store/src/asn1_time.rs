//! Reads UTCTime and GeneralizedTime (X.680 §46, §47), in more forms than RFC 5280 §4.1.2.5 allows.

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// The tag of a UTCTime.
pub(crate) const UTC_TIME: u8 = 0x17;
/// The tag of a GeneralizedTime.
pub(crate) const GENERALIZED_TIME: u8 = 0x18;

/// Returns the moment of a UTCTime or a GeneralizedTime; none if the date does not exist or has no time zone.
pub(crate) fn moment(tag: u8, content: &[u8]) -> Option<OffsetDateTime> {
    let text = std::str::from_utf8(content).ok().filter(|text| text.is_ascii())?;
    let (year, rest) = match tag {
        // RFC 5280 §4.1.2.5.1.
        UTC_TIME => (number(text, 2).map(|(year, rest)| (year + if year < 50 { 2000 } else { 1900 }, rest)))?,
        GENERALIZED_TIME => number(text, 4)?,
        _ => return None,
    };
    let (month, rest) = number(rest, 2)?;
    let (day, rest) = number(rest, 2)?;
    let (hour, rest) = number(rest, 2)?;
    // The minutes of a GeneralizedTime may be left out, and the seconds of both.
    let (minute, rest) = match number(rest, 2) {
        None if tag == UTC_TIME => return None,
        None => (0, rest),
        Some(found) => found,
    };
    let (second, rest) = number(rest, 2).unwrap_or((0, rest));
    let rest = without_fraction(rest, tag)?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
    let [hour, minute, second] = [hour, minute, second].map(|part| u8::try_from(part).unwrap_or(u8::MAX));
    let time = Time::from_hms(hour, minute, second).ok()?;
    PrimitiveDateTime::new(date, time).assume_utc().checked_sub(offset(rest)?)
}

/// Returns the number in the first `digits` letters, and the text after them.
fn number(text: &str, digits: usize) -> Option<(u16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    number.bytes().all(|digit| digit.is_ascii_digit()).then_some(())?;
    Some((number.parse().ok()?, rest))
}

fn without_fraction(rest: &str, tag: u8) -> Option<&str> {
    let Some(fraction) = rest.strip_prefix(['.', ',']) else { return Some(rest) };
    let after = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (tag == GENERALIZED_TIME && after.len() < fraction.len()).then_some(after)
}

fn offset(rest: &str) -> Option<Duration> {
    if rest == "Z" {
        return Some(Duration::ZERO);
    }
    let (sign, rest) = match rest.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = number(rest, 2).filter(|(hours, _)| *hours < 24)?;
    let (minutes, rest) = if rest.is_empty() { (0, rest) } else { number(rest, 2)? };
    (rest.is_empty() && minutes < 60).then_some(Duration::minutes(sign * i64::from(60 * hours + minutes)))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn unusual_dates_mean_the_moment_that_they_say() {
        for (tag, text, expected) in [
            (UTC_TIME, "270131000000Z", datetime!(2027-01-31 0:00 UTC)),
            (UTC_TIME, "2701310000Z", datetime!(2027-01-31 0:00 UTC)),
            (UTC_TIME, "2701310900+0900", datetime!(2027-01-31 0:00 UTC)),
            (UTC_TIME, "270131090000+0900", datetime!(2027-01-31 0:00 UTC)),
            (UTC_TIME, "500131000000-0930", datetime!(1950-01-31 9:30 UTC)),
            (GENERALIZED_TIME, "2027013100Z", datetime!(2027-01-31 0:00 UTC)),
            (GENERALIZED_TIME, "202701310000Z", datetime!(2027-01-31 0:00 UTC)),
            (GENERALIZED_TIME, "20270131000000.123456Z", datetime!(2027-01-31 0:00 UTC)),
            (GENERALIZED_TIME, "20270131000000,5Z", datetime!(2027-01-31 0:00 UTC)),
            (GENERALIZED_TIME, "20270101083000+0900", datetime!(2026-12-31 23:30 UTC)),
            (GENERALIZED_TIME, "20270131090000+09", datetime!(2027-01-31 0:00 UTC)),
            (GENERALIZED_TIME, "20280229000000Z", datetime!(2028-02-29 0:00 UTC)),
        ] {
            assert_eq!(moment(tag, text.as_bytes()), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_that_does_not_exist_or_has_no_zone_means_none() {
        for (tag, text) in [
            (UTC_TIME, "270131235960Z"),
            (UTC_TIME, "270131240000Z"),
            (UTC_TIME, "270230000000Z"),
            (UTC_TIME, "270131000000"),
            (UTC_TIME, "27013100Z"),
            (UTC_TIME, "270131000000.5Z"),
            (UTC_TIME, "270131000000z"),
            (GENERALIZED_TIME, "20270131000000"),
            (GENERALIZED_TIME, "20270131000000.5"),
            (GENERALIZED_TIME, "20270131000000.Z"),
            (GENERALIZED_TIME, "20270001000000Z"),
            (GENERALIZED_TIME, "20270229000000Z"),
            (GENERALIZED_TIME, "20270131000000+2400"),
            (GENERALIZED_TIME, "20270131000000+0960"),
            (GENERALIZED_TIME, "2027013100000Z"),
            (GENERALIZED_TIME, "+0270131000000Z"),
            (GENERALIZED_TIME, ""),
            (0x04, "20270131000000Z"),
        ] {
            assert_eq!(moment(tag, text.as_bytes()), None, "{text}");
        }
    }
}
