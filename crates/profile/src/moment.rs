//! Calculates with times that come from outside. Certificates, profiles and clocks contain dates up to the last second
//! of the year 9999, and the operators of `time` panic beyond that. Every sum, difference and change of time zone of
//! such a date uses this file, or `saturating_add` and `saturating_sub`.

use time::macros::{date, datetime, offset, time};
use time::{Date, OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// Asia/Tokyo, the time zone of the banks, which has no summer time.
pub const TOKYO: UtcOffset = offset!(+9);

/// The day of `99991231235959Z`, the time by which a certificate says that it has no end (RFC 5280 §4.1.2.5).
const NO_END: Date = date!(9999 - 12 - 31);

/// Functions of a time that came from outside.
pub trait Moment: Copy {
    /// Returns the same moment in Japan's time. If it cannot be represented there, returns the nearest moment that can.
    fn in_tokyo(self) -> OffsetDateTime;

    /// Returns whether the moment means "no end" (RFC 5280 §4.1.2.5).
    fn has_no_end(self) -> bool;
}

impl Moment for OffsetDateTime {
    fn in_tokyo(self) -> OffsetDateTime {
        self.checked_to_offset(TOKYO).unwrap_or_else(|| {
            let last =
                if self > datetime!(0000-01-01 0:00 UTC) { PrimitiveDateTime::MAX } else { PrimitiveDateTime::MIN };
            last.assume_offset(TOKYO)
        })
    }

    fn has_no_end(self) -> bool {
        self.checked_to_offset(UtcOffset::UTC).unwrap_or(self).date() >= NO_END
    }
}

/// Returns the last second of the day in Japan in which `moment` is.
pub(crate) fn end_of_day(moment: OffsetDateTime) -> OffsetDateTime {
    moment.in_tokyo().replace_time(time!(23:59:59))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn the_last_and_the_first_moment_have_a_time_in_japan() {
        assert_eq!(datetime!(2026-11-30 15:00 UTC).in_tokyo(), datetime!(2026-12-01 0:00 +9));
        assert_eq!(datetime!(2026-11-30 15:00 UTC).in_tokyo().offset(), TOKYO);
        let forever = datetime!(9999-12-31 23:59:59 UTC).in_tokyo();
        assert_eq!((forever.date(), forever.offset()), (NO_END, TOKYO));
        for first in [datetime!(0000-01-01 0:00 UTC), datetime!(-9999-01-01 0:00 UTC), datetime!(1969-12-31 23:59 UTC)]
        {
            assert_eq!(first.in_tokyo(), first);
        }
        let west = PrimitiveDateTime::MAX.assume_offset(UtcOffset::from_hms(-12, 0, 0).unwrap());
        assert_eq!(west.in_tokyo().date(), NO_END);
        let east = PrimitiveDateTime::MIN.assume_offset(UtcOffset::from_hms(14, 0, 0).unwrap());
        assert_eq!(east.in_tokyo().date(), PrimitiveDateTime::MIN.date());
    }

    #[test]
    fn no_end_is_the_last_day_that_can_be_written() {
        assert!(datetime!(9999-12-31 23:59:59 UTC).has_no_end());
        assert!(datetime!(9999-12-31 0:00 UTC).has_no_end());
        assert!(!datetime!(9999-12-30 23:59:59 UTC).has_no_end());
        assert!(!datetime!(2027-11-21 23:59:59 UTC).has_no_end());
    }

    #[test]
    fn sums_stop_at_the_end_of_time() {
        let last = datetime!(9999-12-31 23:59:59 UTC);
        assert!(last.saturating_add(Duration::days(i64::from(u32::MAX))) >= last);
        assert!(last.saturating_sub(Duration::MAX) < last);
    }
}
