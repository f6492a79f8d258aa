//! Compares this PC's clock with a server's clock.

use std::fmt;

use reqwest::header::{DATE, HeaderMap};
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};

use crate::time_format::in_japan;

/// The times of two clocks at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The time by this PC's clock.
    pub here: OffsetDateTime,
    /// The time by a server's clock.
    pub there: OffsetDateTime,
}

impl Clocks {
    /// Returns how far this PC's clock is ahead of the server's; negative if it is behind.
    pub fn ahead(&self) -> Duration {
        self.here - self.there
    }

    /// Returns whether the two clocks are at most [`CREDIBLE`] apart. The server's clock can then be believed, even if
    /// the server's certificate is valid by this PC's clock. A larger difference does not come from a PC that has lost
    /// its time: such a PC's clock falls back by decades, and by that clock the certificate is not valid yet.
    pub(crate) fn are_credible(&self) -> bool {
        self.ahead().abs() <= CREDIBLE
    }

    /// Returns the difference as a number and a unit, its direction, and both times in Japan, for the problem's text.
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
        write!(formatter, "{} on this PC, {} at the server", self.here, self.there)
    }
}

impl std::error::Error for Clocks {}

/// The largest difference that is credible between a server's clock and the clock of a PC by which the server's
/// certificate is valid: ten years. Hardly any server certificate lasts longer.
const CREDIBLE: Duration = Duration::days(3653);

/// The largest difference between the two clocks that is not reported to the user. One-time passwords and certificates
/// that have just been issued tolerate as much, and an answer takes some seconds to arrive.
pub(crate) const NOTICEABLE: Duration = Duration::minutes(2);

/// Returns the server's clock from the `Date` header of its answer.
pub(crate) fn of_answer(headers: &HeaderMap) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(headers.get(DATE)?.to_str().ok()?, &Rfc2822).ok()
}

/// Returns the length, rounded, and its unit: the largest unit of which the length has at least two. The length is
/// first rounded to the next smaller unit, so one second less than two hours counts as two hours.
pub(crate) fn in_words(length: Duration) -> (i64, &'static str) {
    let rounded = |unit: Duration| length.saturating_add(unit / 2).whole_seconds() / unit.whole_seconds();
    let units = [(Duration::DAY, "days"), (Duration::HOUR, "hours"), (Duration::MINUTE, "minutes")];
    // The next smaller unit of each unit, and how many of the smaller unit make two of the larger.
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
