//! Deliveries of tokens from their maker, as CSV or PSKC (RFC 6030).

mod csv;
mod encryption;
mod pskc;

use inkan_profile::{TokenDigest, TokenRules};
use thiserror::Error;
use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, time};
use time::{Date, OffsetDateTime, UtcOffset};
use zeroize::Zeroizing;

pub(crate) use self::csv::csv;
pub(crate) use pskc::pskc;

use crate::rules::tokens::counter::Counter;

/// A token as its maker describes it.
#[derive(Clone)]
pub(crate) struct ImportedToken {
    pub(crate) serial: String,
    pub(crate) secret: Zeroizing<Vec<u8>>,
    /// The last second of its validity.
    pub(crate) expires: OffsetDateTime,
    pub(crate) step_seconds: u32,
    pub(crate) digits: u32,
    pub(crate) digest: TokenDigest,
}

/// Why a delivery cannot be imported. Nothing of it was imported.
#[derive(Debug, Error)]
pub enum TokenImportError {
    /// The syntax is wrong, with line and column from the parser.
    #[error("{0}")]
    Syntax(String),
    /// A field is missing or cannot be read.
    #[error("line {line}: {field}: {fault}")]
    Field {
        /// The line, from 1.
        line: u64,
        /// The column, or the element.
        field: &'static str,
        /// What is wrong with the field.
        fault: TokenFieldFault,
    },
    /// The delivery holds no token.
    #[error("the delivery has no token")]
    Empty,
    /// The delivery is encrypted, and no key was given.
    #[error("line {0}: encrypted: the pre-shared key is needed")]
    KeyNeeded(u64),
    /// The pre-shared key does not have the length that the algorithm of the delivery requires.
    #[error("the pre-shared key must have {expected} bytes, not {given}")]
    KeyLength {
        /// The length that the algorithm requires, in bytes.
        expected: usize,
        /// The length of the given key, in bytes.
        given: usize,
    },
    /// The bank already has a token of this serial number.
    #[error("the bank already has the token {0}")]
    Known(String),
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenFieldFault {
    /// The field is missing.
    #[error("missing")]
    Missing,
    /// The field cannot be read.
    #[error("cannot be read")]
    Unreadable,
    /// The serial number does not have 8 to 12 digits (S2-15).
    #[error("not 8 to 12 digits")]
    Serial,
    /// An earlier line has the same serial number.
    #[error("occurs twice")]
    Twice,
    /// The secret is shorter than 128 bits (RFC 4226 §4), or the digits are not 6 to 8.
    #[error("not allowed for a one-time password (RFC 4226, RFC 6238)")]
    NotAllowed,
    /// The algorithm is unknown.
    #[error("unknown algorithm")]
    Algorithm,
    /// The MAC or the decryption fails: the key is wrong, or the text was altered.
    #[error("wrong pre-shared key, or altered")]
    Mac,
}

/// Checks a token as a whole. The error names the field.
fn check(token: &ImportedToken, line: u64, above: &[ImportedToken]) -> Result<(), TokenImportError> {
    let wrong = |field, fault| Err(TokenImportError::Field { line, field, fault });
    if !TokenRules::is_serial(&token.serial) {
        return wrong("serial", TokenFieldFault::Serial);
    }
    if above.iter().any(|other| other.serial == token.serial) {
        return wrong("serial", TokenFieldFault::Twice);
    }
    if !(1..=300).contains(&token.step_seconds) {
        return wrong("step", TokenFieldFault::NotAllowed);
    }
    if !(6..=8).contains(&token.digits) {
        return wrong("digits", TokenFieldFault::NotAllowed);
    }
    if Counter::new(&token.secret, token.step_seconds, token.digits, token.digest).is_err() {
        return wrong("secret", TokenFieldFault::NotAllowed);
    }
    Ok(())
}

/// Reads a time with its zone, or a date, which means its last second in Japan.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let written = OffsetDateTime::parse(text, &Rfc3339).ok();
    // A moment that is beyond the year 9999 in UTC cannot be kept.
    written.filter(|moment| moment.checked_to_offset(UtcOffset::UTC).is_some()).or_else(|| {
        let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
        Some(date.with_time(time!(23:59:59)).assume_offset(inkan_profile::TOKYO))
    })
}
