//! Types of the protocol in columns: names as in JSON, times in seconds since 1970.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use time::OffsetDateTime;

/// Returns the name of a value whose JSON is a string.
pub(super) fn name(value: &impl Serialize) -> Result<String, sqlx::Error> {
    match serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(error.into()))? {
        Value::String(name) => Ok(name),
        other => Err(sqlx::Error::Encode(format!("{other} is no name").into())),
    }
}

/// Returns the value of that name.
pub(super) fn named<T: DeserializeOwned>(name: String) -> Result<T, sqlx::Error> {
    serde_json::from_value(Value::String(name)).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Returns the time that is so many seconds after the beginning of 1970.
pub(super) fn time(seconds: i64) -> Result<OffsetDateTime, sqlx::Error> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Returns the stored number as a `u32`. A number that does not fit is an error.
pub(super) fn number(stored: i64) -> Result<u32, sqlx::Error> {
    u32::try_from(stored).map_err(|error| sqlx::Error::Decode(error.into()))
}
