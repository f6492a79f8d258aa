//! Tokens from their maker: the secrets that come with a delivery, as CSV or PSKC (RFC 6030).

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
    /// Its last second.
    pub(crate) expires: OffsetDateTime,
    pub(crate) step_seconds: u32,
    pub(crate) digits: u32,
    pub(crate) digest: TokenDigest,
}

/// Why a delivery was not taken in. Nothing of it was.
#[derive(Debug, Error)]
pub enum TokenImportError {
    /// Not what the format is, as its parser says, with line and column.
    #[error("{0}")]
    Syntax(String),
    /// A field that is missing or does not read.
    #[error("line {line}: {field}: {fault}")]
    Field {
        /// From 1.
        line: u64,
        /// The column, or the element.
        field: &'static str,
        /// What is wrong with it.
        fault: TokenFieldFault,
    },
    /// The delivery holds no token.
    #[error("no token in it")]
    Empty,
    /// Encrypted, and no key was given.
    #[error("line {0}: encrypted: the pre-shared key is needed")]
    KeyNeeded(u64),
    /// The pre-shared key is not of the length that the delivery's algorithm takes.
    #[error("the pre-shared key must have {expected} bytes, not {given}")]
    KeyLength {
        /// What the algorithm takes.
        expected: usize,
        /// What was given.
        given: usize,
    },
    /// A serial that the bank has already.
    #[error("token {0} is known already")]
    Known(String),
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenFieldFault {
    /// It is not there.
    #[error("missing")]
    Missing,
    /// It does not read as what it should be.
    #[error("not understood")]
    Unreadable,
    /// 8 to 12 digits (S2-15).
    #[error("not 8 to 12 digits")]
    Serial,
    /// The same serial stands above.
    #[error("stands twice")]
    Twice,
    /// A secret under 128 bits (RFC 4226 §4), or digits other than 6 to 8.
    #[error("not allowed for a one-time password (RFC 4226, RFC 6238)")]
    NotAllowed,
    /// An algorithm that is not among the known ones.
    #[error("unknown algorithm")]
    Algorithm,
    /// A MAC that does not verify, or a key that does not open: wrong key or altered.
    #[error("wrong pre-shared key, or altered")]
    Mac,
}

/// What can be wrong with a token as a whole, and in which field.
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

/// A moment with its zone, or a date: then its last second in Japan.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let written = OffsetDateTime::parse(text, &Rfc3339).ok();
    // A moment that is beyond the year 9999 in UTC cannot be kept.
    written.filter(|moment| moment.checked_to_offset(UtcOffset::UTC).is_some()).or_else(|| {
        let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
        Some(date.with_time(time!(23:59:59)).assume_offset(inkan_profile::TOKYO))
    })
}
