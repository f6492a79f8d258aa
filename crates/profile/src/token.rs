use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::TokenWait;

/// The hash inside the token's HMAC (RFC 6238 §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TokenDigest {
    /// HMAC-SHA-1
    Sha1,
    /// HMAC-SHA-256
    Sha256,
    /// HMAC-SHA-512
    Sha512,
}

/// How this bank's hardware tokens count (OATH TOTP, RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenRules {
    /// Seconds per time step.
    pub step_seconds: u32,
    /// Digits of the displayed one-time password (S2-15).
    pub digits: u32,
    /// The hash of the HMAC.
    pub digest: TokenDigest,
    /// Steps before and after the expected one that are accepted as well (RFC 6238 §5.2).
    #[serde(default = "drift_steps")]
    pub drift_steps: u32,
    /// Steps before and after the expected one within which two consecutive one-time passwords set a token's clock
    /// anew (RFC 6238 §6).
    #[serde(default = "resync_steps")]
    pub resync_steps: u32,
    /// Wrong one-time passwords in a row after which a token is locked, counted apart from passwords (M5).
    #[serde(default = "failures_until_lock")]
    pub failures_until_lock: u32,
    /// How long the next token waits after a revocation; not at all where it is left out (S2-6).
    #[serde(default)]
    pub wait: Option<TokenWait>,
}

impl TokenRules {
    /// The first second at which the next token can be activated after a revocation (S2-6, S2-7, S2-17).
    pub fn activation_opens(&self, revoked: OffsetDateTime) -> OffsetDateTime {
        self.wait.as_ref().map_or(revoked, |wait| wait.activation_opens(revoked))
    }

    /// Until when nothing can be activated at `now`, whatever was revoked when (Q3).
    pub fn closed_until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.wait.as_ref()?.closed_until(now)
    }

    /// Returns whether the two compute the same one-time passwords (RFC 6238 §4).
    pub fn computes_as(&self, other: &Self) -> bool {
        (self.step_seconds, self.digits, self.digest) == (other.step_seconds, other.digits, other.digest)
    }

    /// Whether that is what is engraved on a token: 8 to 12 digits (S2-15).
    pub fn is_serial(text: &str) -> bool {
        (8..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The usual token, for a bank whose people have none.
impl Default for TokenRules {
    fn default() -> Self {
        Self {
            step_seconds: 30,
            digits: 6,
            digest: TokenDigest::Sha1,
            drift_steps: drift_steps(),
            resync_steps: resync_steps(),
            failures_until_lock: failures_until_lock(),
            wait: None,
        }
    }
}

/// What the bank knows of a user's token (M4, S2-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// 「-」: this user needs no one-time password.
    NotRequired,
    /// 未登録: handed out, not yet activated.
    Unregistered,
    /// サービス利用中
    Active,
    /// ハードトークン有効期限切れ
    Expired,
    /// 失効中
    Revoked,
    /// ロック
    Locked,
    /// 時刻ずれ
    OutOfStep,
}

fn drift_steps() -> u32 {
    1
}

fn resync_steps() -> u32 {
    60
}

fn failures_until_lock() -> u32 {
    6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s2_15_a_serial_has_eight_to_twelve_digits() {
        for serial in ["12345678", "123456789012"] {
            assert!(TokenRules::is_serial(serial), "{serial}");
        }
        for other in ["1234567", "1234567890123", "1234567a", "１２３４５６７８", ""] {
            assert!(!TokenRules::is_serial(other), "{other}");
        }
    }
}
