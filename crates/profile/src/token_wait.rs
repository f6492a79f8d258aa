use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use time::{Duration, OffsetDateTime, Time, UtcOffset};

use crate::Moment;

/// How long a user waits between the revocation of a token and the activation of the next, in Japan's time (S2-6, S2-7,
/// Q2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenWait {
    /// Minutes from a revocation in the daytime until the next token can be activated.
    pub minutes: u32,
    /// The first second of the night.
    pub night_from: TimeOfDay,
    /// The last second of the night.
    pub night_to: TimeOfDay,
    /// The time in the morning from which the next token can be activated, if the last one was revoked at night.
    pub morning: TimeOfDay,
    /// Whether a token can be activated at night if the last one was revoked in the daytime (Q3). If not, no token is
    /// activated between the beginning of the night and the morning.
    #[serde(default = "yes")]
    pub activation_by_night: bool,
}

/// Hours and minutes of a day, written `08:40`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "specta", derive(specta::Type), specta(transparent))]
pub struct TimeOfDay(#[cfg_attr(feature = "specta", specta(type = String))] Time);

/// The text is not a time of day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a time of day like 08:40")]
pub struct TimeOfDayError(String);

impl TokenWait {
    /// Returns the first second at which the next token can be activated, after a revocation at `revoked`.
    pub fn activation_opens(&self, revoked: OffsetDateTime) -> OffsetDateTime {
        let opens = match self.morning_after(revoked, self.night_to) {
            Some(morning) => morning,
            None => revoked.saturating_add(Duration::minutes(i64::from(self.minutes))),
        };
        self.closed_until(opens).unwrap_or(opens)
    }

    /// Returns until when no token can be activated, if none can be at `now` (Q3).
    pub fn closed_until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let morning = self.morning_after(now, self.morning)?;
        (!self.activation_by_night && now < morning).then_some(morning)
    }

    /// Returns whether the morning comes after the night and before the next night.
    pub(crate) fn is_ordered(&self) -> bool {
        let wraps = self.night_from > self.night_to;
        self.night_to < self.morning && (!wraps || self.morning < self.night_from)
    }

    /// Returns the morning that follows `moment`, if `moment` is between the beginning of the night and `last`. Both
    /// limits are included.
    fn morning_after(&self, moment: OffsetDateTime, last: TimeOfDay) -> Option<OffsetDateTime> {
        let local = moment.in_tokyo();
        let (time, from) = (TimeOfDay(local.time()), self.night_from);
        let evening = time >= from && from > last;
        let early = time <= last && (from > last || time >= from);
        let date = match (evening, early) {
            (true, _) => local.date().next_day()?,
            (_, true) => local.date(),
            _ => return None,
        };
        local.replace_date(date).replace_time(self.morning.0).checked_to_offset(UtcOffset::UTC)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TimeOfDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Hours and minutes of a day in Japan, written 08:40.",
            "type": "string",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        })
    }
}

impl FromStr for TimeOfDay {
    type Err = TimeOfDayError;

    fn from_str(text: &str) -> Result<Self, TimeOfDayError> {
        let wrong = || TimeOfDayError(text.to_owned());
        let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
        let number = |digits: &str| match digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            true => digits.parse().map_err(|_| wrong()),
            false => Err(wrong()),
        };
        Time::from_hms(number(hours)?, number(minutes)?, 0).map(Self).map_err(|_| wrong())
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    fn wait() -> TokenWait {
        let at = |text: &str| text.parse().unwrap();
        TokenWait {
            minutes: 30,
            night_from: at("20:50"),
            night_to: at("08:10"),
            morning: at("08:40"),
            activation_by_night: true,
        }
    }

    #[test]
    fn q2_the_wait_is_exact_to_the_second() {
        let cases = [
            (datetime!(2026-11-20 20:49:59 +9), datetime!(2026-11-20 21:19:59 +9)),
            (datetime!(2026-11-20 20:50:00 +9), datetime!(2026-11-21 08:40:00 +9)),
            (datetime!(2026-11-20 23:59:59 +9), datetime!(2026-11-21 08:40:00 +9)),
            (datetime!(2026-11-21 00:00:00 +9), datetime!(2026-11-21 08:40:00 +9)),
            (datetime!(2026-11-21 08:09:59 +9), datetime!(2026-11-21 08:40:00 +9)),
            (datetime!(2026-11-21 08:10:00 +9), datetime!(2026-11-21 08:40:00 +9)),
            (datetime!(2026-11-21 08:10:01 +9), datetime!(2026-11-21 08:40:01 +9)),
            (datetime!(2026-12-31 23:00:00 +9), datetime!(2027-01-01 08:40:00 +9)),
        ];
        for (revoked, opens) in cases {
            assert_eq!(wait().activation_opens(revoked), opens, "{revoked}");
            assert_eq!(
                wait().activation_opens(revoked.checked_to_offset(UtcOffset::UTC).unwrap()),
                opens,
                "{revoked} as UTC"
            );
        }
    }

    #[test]
    fn q2_the_host_s_zone_changes_nothing() {
        let test = "token_wait::tests::q2_the_wait_is_exact_to_the_second";
        for zone in ["America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"] {
            let output = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", test])
                .env("TZ", zone)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && said.contains("1 passed"), "{zone}: {said}");
        }
    }

    #[test]
    fn q3_activation_by_night_is_the_profile_s_choice() {
        let revoked = datetime!(2026-11-20 20:30:00 +9);
        assert_eq!(wait().activation_opens(revoked), datetime!(2026-11-20 21:00:00 +9));
        assert_eq!(wait().closed_until(datetime!(2026-11-20 21:00:00 +9)), None);

        let closed = TokenWait { activation_by_night: false, ..wait() };
        let morning = datetime!(2026-11-21 08:40:00 +9);
        assert_eq!(closed.activation_opens(revoked), morning);
        assert_eq!(closed.activation_opens(datetime!(2026-11-20 20:19:59 +9)), datetime!(2026-11-20 20:49:59 +9));
        for (now, until) in [
            (datetime!(2026-11-20 20:49:59 +9), None),
            (datetime!(2026-11-20 20:50:00 +9), Some(morning)),
            (datetime!(2026-11-21 08:39:59 +9), Some(morning)),
            (datetime!(2026-11-21 08:40:00 +9), None),
        ] {
            assert_eq!(closed.closed_until(now), until, "{now}");
        }
    }

    #[test]
    fn a_night_may_begin_after_midnight() {
        let wait = TokenWait { night_from: "01:00".parse().unwrap(), night_to: "05:00".parse().unwrap(), ..wait() };
        assert!(wait.is_ordered());
        assert_eq!(wait.activation_opens(datetime!(2026-11-21 00:59:59 +9)), datetime!(2026-11-21 01:29:59 +9));
        assert_eq!(wait.activation_opens(datetime!(2026-11-21 01:00:00 +9)), datetime!(2026-11-21 08:40:00 +9));
        assert_eq!(wait.activation_opens(datetime!(2026-11-21 05:00:01 +9)), datetime!(2026-11-21 05:30:01 +9));
        assert!(!TokenWait { morning: "04:00".parse().unwrap(), ..wait }.is_ordered());
    }

    #[test]
    fn a_night_may_last_one_second() {
        let one = "01:00".parse().unwrap();
        let wait = TokenWait { night_from: one, night_to: one, morning: "05:00".parse().unwrap(), ..wait() };
        assert!(wait.is_ordered());
        for (revoked, opens) in [
            (datetime!(2026-11-21 00:30:00 +9), datetime!(2026-11-21 01:00:00 +9)),
            (datetime!(2026-11-21 01:00:00 +9), datetime!(2026-11-21 05:00:00 +9)),
            (datetime!(2026-11-21 01:00:01 +9), datetime!(2026-11-21 01:30:01 +9)),
        ] {
            assert_eq!(wait.activation_opens(revoked), opens, "{revoked}");
        }
    }

    #[test]
    fn q3_what_a_profile_leaves_open_is_open_by_night() {
        let text = "minutes = 30\nnight_from = \"20:50\"\nnight_to = \"08:10\"\nmorning = \"08:40\"\n";
        assert_eq!(toml::from_str::<TokenWait>(text).unwrap(), wait());
    }

    #[test]
    fn a_time_of_day_is_written_in_one_way() {
        assert_eq!(serde_json::to_string(&wait().morning).unwrap(), "\"08:40\"");
        for wrong in ["8:40", "08:60", "24:00", "08:40:00", "0840", "+8:40", "０８:40", ""] {
            assert!(wrong.parse::<TimeOfDay>().is_err(), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn q2_every_second_waits_half_an_hour_or_for_the_morning(second in 0i64..4 * 366 * 86_400) {
            let revoked = date!(2026-01-01).midnight().assume_offset(crate::TOKYO) + Duration::seconds(second);
            let opens = wait().activation_opens(revoked);
            let by_day = (time::macros::time!(08:10:01)..time::macros::time!(20:50)).contains(&revoked.time());
            if by_day {
                prop_assert_eq!(opens - revoked, Duration::minutes(30));
            } else {
                let local = opens.in_tokyo();
                prop_assert_eq!(local.time(), time::macros::time!(08:40));
                prop_assert!(opens - revoked >= Duration::minutes(30));
                prop_assert!(opens - revoked <= Duration::minutes(11 * 60 + 50));
            }
        }
    }
}
