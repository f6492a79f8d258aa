//! The banks' time zone, which knows no summer time.

use time::macros::{offset, time};
use time::{OffsetDateTime, UtcOffset};

use crate::Moment;

/// Asia/Tokyo
pub const TOKYO: UtcOffset = offset!(+9);

/// The last second of the day in Japan that holds `moment`.
pub(crate) fn end_of_day(moment: OffsetDateTime) -> OffsetDateTime {
    moment.in_tokyo().replace_time(time!(23:59:59))
}
