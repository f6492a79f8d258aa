use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::Moment;

/// A day in Japan, written `2025-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "specta", derive(specta::Type), specta(transparent))]
pub struct Day(#[cfg_attr(feature = "specta", specta(type = String))] Date);

/// The text is not a day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a day like 2025-01-31")]
pub struct DayError(String);

impl Day {
    /// Returns the day in Japan at that moment.
    pub fn of(moment: OffsetDateTime) -> Self {
        Self(moment.in_tokyo().date())
    }

    /// Returns the day that a user types: `2020-05-31`, or `05/31/20` as it is engraved on a token.
    ///
    /// # Errors
    /// [`DayError`] for any other text.
    pub fn typed(text: &str) -> Result<Self, DayError> {
        let digits = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = text.split('/').filter(digits).collect();
        match (text.len(), parts.as_slice()) {
            (8, [month, day, year]) => format!("20{year}-{month}-{day}").parse(),
            _ => text.parse(),
        }
        .map_err(|_| DayError(text.to_owned()))
    }

    /// Returns the day as it is engraved on a token: month, day, and the last two digits of the year (S2-1).
    pub fn engraved(self) -> String {
        let Self(date) = self;
        format!("{:02}/{:02}/{:02}", u8::from(date.month()), date.day(), date.year().rem_euclid(100))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A day in Japan, written 2025-01-31.",
            "type": "string",
            "format": "date",
        })
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let written = Date::parse(text, format_description!("[year]-[month]-[day]"));
        written.map(Self).map_err(|_| DayError(text.to_owned()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(date) = self;
        write!(f, "{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_token_is_engraved_with_the_day_in_japan() {
        assert_eq!("2025-01-31".parse::<Day>().unwrap().engraved(), "01/31/25");
        assert_eq!(Day::of(datetime!(2021-06-29 15:00 UTC)).engraved(), "06/30/21");
        assert_eq!(Day::of(datetime!(2021-06-29 14:59 UTC)).engraved(), "06/29/21");
    }

    #[test]
    fn s2_1_a_user_types_the_engraved_day() {
        let day: Day = "2020-05-31".parse().unwrap();
        assert_eq!(Day::typed("05/31/20"), Ok(day));
        assert_eq!(Day::typed("2020-05-31"), Ok(day));
        for wrong in ["5/31/20", "31/05/20", "05/31/2020", "05/31/20/", "/05/31/20", "05-31-20", ""] {
            assert!(Day::typed(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        let day: Day = "2025-01-31".parse().unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2025-01-31\"");
        assert_eq!(serde_json::from_str::<Day>("\"2025-01-31\"").unwrap(), day);
        for wrong in ["2025-1-31", "2025-02-30", "01/31/25", "2025-01-31 ", "２025-01-31", ""] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong:?}");
        }
    }
}
