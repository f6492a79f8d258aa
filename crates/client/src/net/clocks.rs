//! This PC's clock beside a server's.

use std::fmt;

use reqwest::header::{DATE, HeaderMap};
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};

use crate::time_format::in_japan;

/// Two clocks at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// This PC's.
    pub here: OffsetDateTime,
    /// A server's.
    pub there: OffsetDateTime,
}

impl Clocks {
    /// How far this PC's clock is ahead; negative if it is behind.
    pub fn ahead(&self) -> Duration {
        self.here - self.there
    }

    /// Returns whether the two clocks are at most [`CREDIBLE`] apart. The server's clock may then be the right one,
    /// even if the server's certificate is valid by this PC's clock. A PC that has lost its time falls back by decades,
    /// and the certificate is not valid yet by such a clock.
    pub(crate) fn are_credible(&self) -> bool {
        self.ahead().abs() <= CREDIBLE
    }

    /// The difference in words, and both times in Japan.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        let (amount, unit) = in_words(self.ahead().abs());
        let direction = if self.ahead().is_positive() { "ahead" } else { "behind" };
        vec![
            ("amount", amount.to_string()),
            ("unit", unit.to_owned()),
            ("direction", direction.to_owned()),
            ("here", in_japan(self.here)),
            ("there", in_japan(self.there)),
        ]
    }
}

impl fmt::Display for Clocks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} here, {} there", self.here, self.there)
    }
}

impl std::error::Error for Clocks {}

/// How far a server's clock may be from that of a PC by which the server's certificate is valid: ten years. Hardly any
/// certificate of a server lasts longer.
const CREDIBLE: Duration = Duration::days(3653);

/// How far the two clocks may be apart before a person hears of it: one-time passwords and certificates of this minute
/// forgive as much, and an answer takes some seconds.
pub(crate) const NOTICEABLE: Duration = Duration::minutes(2);

/// The server's clock in the header of its answer.
pub(crate) fn of_answer(headers: &HeaderMap) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(headers.get(DATE)?.to_str().ok()?, &Rfc2822).ok()
}

/// The length, rounded, in the largest unit of which there are at least two after rounding: a second more or less
/// changes no unit where it changes no number.
pub(crate) fn in_words(length: Duration) -> (i64, &'static str) {
    let rounded = |unit: Duration| length.saturating_add(unit / 2).whole_seconds() / unit.whole_seconds();
    let units = [(Duration::DAY, "days"), (Duration::HOUR, "hours"), (Duration::MINUTE, "minutes")];
    // Of a smaller unit there are two of the larger one already if it rounds up to them.
    let smaller = [(Duration::HOUR, 48), (Duration::MINUTE, 120), (Duration::SECOND, 120)];
    let fitting = units.into_iter().zip(smaller).find(|(_, (unit, enough))| rounded(*unit) >= *enough);
    match fitting {
        Some(((unit, name), _)) => (rounded(unit), name),
        None => (rounded(Duration::SECOND), "seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_length_is_told_in_a_unit_that_people_use() {
        assert_eq!(in_words(Duration::seconds(179)), (3, "minutes"));
        assert_eq!(in_words(Duration::seconds(119)), (119, "seconds"));
        assert_eq!(in_words(Duration::seconds(121)), (2, "minutes"));
        let second = Duration::SECOND;
        for length in [Duration::minutes(120), Duration::minutes(120) - second, Duration::minutes(120) + second] {
            assert_eq!(in_words(length), (2, "hours"));
        }
        for length in [Duration::hours(48), Duration::hours(48) - second, Duration::hours(48) + second] {
            assert_eq!(in_words(length), (2, "days"));
        }
        assert_eq!(in_words(Duration::hours(47)), (47, "hours"));
        assert_eq!(in_words(Duration::MAX).1, "days");
    }

    #[test]
    fn a_clock_that_is_decades_off_is_not_believed() {
        let here = datetime!(2026-11-21 04:05:06 UTC);
        let credible = |there| Clocks { here, there }.are_credible();
        assert!(credible(datetime!(2017-01-01 0:00 UTC)) && credible(datetime!(2036-01-01 0:00 UTC)));
        for there in [datetime!(1970-01-01 0:00 UTC), datetime!(2000-01-01 0:00 UTC), datetime!(9999-12-31 0:00 UTC)] {
            assert!(!credible(there), "{there}");
        }
    }

    #[test]
    fn the_servers_clock_is_read_from_its_answer() {
        let headers = |text: &str| HeaderMap::from_iter([(DATE, text.parse().unwrap())]);
        let there = of_answer(&headers("Sat, 21 Nov 2026 04:05:06 GMT"));
        assert_eq!(there, Some(datetime!(2026-11-21 04:05:06 UTC)));
        assert_eq!(of_answer(&headers("yesterday")), None);
        assert_eq!(of_answer(&HeaderMap::new()), None);
    }
}
