use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Day, LocalText, TokenWait};

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

/// How this bank's hardware tokens compute one-time passwords (OATH TOTP, RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenRules {
    /// Seconds per time step.
    pub step_seconds: u32,
    /// Digits of the displayed one-time password (S2-15).
    pub digits: u32,
    /// The hash function of the HMAC.
    pub digest: TokenDigest,
    /// How many time steps before and after the expected one are accepted (RFC 6238 §5.2).
    #[serde(default = "drift_steps")]
    pub drift_steps: u32,
    /// How many time steps before and after the expected one are searched to resynchronise a token by two consecutive
    /// one-time passwords (RFC 6238 §6).
    #[serde(default = "resync_steps")]
    pub resync_steps: u32,
    /// How many wrong one-time passwords in a row lock a token. They are counted apart from wrong passwords (M5).
    #[serde(default = "failures_until_lock")]
    pub failures_until_lock: u32,
    /// How long a user waits after a revocation before the next token can be activated (S2-6). None means no wait.
    #[serde(default)]
    pub wait: Option<TokenWait>,
    /// The bank's own name for the page on which a token is activated, such as ワンタイムパスワード利用開始登録.
    #[serde(default)]
    pub activation_name: Option<LocalText>,
    /// The expiry date, or a later one, of the tokens that the bank sends now (S2-1). Users compare the engraved date.
    #[serde(default)]
    pub new_tokens_from: Option<Day>,
}

impl TokenRules {
    /// Returns the first second at which the next token can be activated, after a revocation at `revoked` (S2-6, S2-7,
    /// S2-17).
    pub fn activation_opens(&self, revoked: OffsetDateTime) -> OffsetDateTime {
        self.wait.as_ref().map_or(revoked, |wait| wait.activation_opens(revoked))
    }

    /// Returns until when no token can be activated, if none can be at `now` (Q3).
    pub fn closed_until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.wait.as_ref()?.closed_until(now)
    }

    /// Returns whether tokens compute the same one-time passwords by both rules (RFC 6238 §4).
    pub fn computes_as(&self, other: &Self) -> bool {
        (self.step_seconds, self.digits, self.digest) == (other.step_seconds, other.digits, other.digest)
    }

    /// Returns whether `text` is a serial number as it is engraved on a token: 8 to 12 digits (S2-15).
    pub fn is_serial(text: &str) -> bool {
        (8..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Returns the rules of a usual token, for a bank whose users have no tokens.
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
            activation_name: None,
            new_tokens_from: None,
        }
    }
}

/// The state of a user's token at the bank (M4, S2-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// The user needs no one-time password. The bank shows 「-」.
    NotRequired,
    /// The token was handed out and is not activated yet (未登録).
    Unregistered,
    /// The token is in use (サービス利用中).
    Active,
    /// The token has expired (ハードトークン有効期限切れ).
    Expired,
    /// The token is revoked (失効中).
    Revoked,
    /// The token is locked (ロック).
    Locked,
    /// The clock of the token has drifted (時刻ずれ).
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
    use time::macros::datetime;

    use super::*;
    use crate::Profile;

    fn okmate() -> TokenRules {
        Profile::from_toml(include_str!("../../../profiles/okmate.toml")).unwrap().token
    }

    #[test]
    fn s2_6_the_next_token_waits_only_if_the_bank_says_so() {
        let revoked = datetime!(2026-11-20 20:30 +9);
        assert_eq!(okmate().activation_opens(revoked), datetime!(2026-11-20 21:00 +9));
        assert_eq!(TokenRules::default().activation_opens(revoked), revoked);
    }

    #[test]
    fn q3_by_night_nothing_is_activated_only_if_the_bank_says_so() {
        let night = datetime!(2026-11-20 22:00 +9);
        assert_eq!(okmate().closed_until(night), None);
        assert_eq!(TokenRules::default().closed_until(night), None);
        let mut closed = okmate();
        closed.wait.as_mut().unwrap().activation_by_night = false;
        assert_eq!(closed.closed_until(night), Some(datetime!(2026-11-21 08:40 +9)));
    }

    #[test]
    fn two_tokens_compute_alike_if_step_digits_and_digest_are_the_same() {
        let rules = okmate();
        assert!(rules.computes_as(&TokenRules { drift_steps: 2, resync_steps: 5, wait: None, ..okmate() }));
        assert!(!rules.computes_as(&TokenRules { step_seconds: 30, ..okmate() }));
        assert!(!rules.computes_as(&TokenRules { digits: 8, ..okmate() }));
        assert!(!rules.computes_as(&TokenRules { digest: TokenDigest::Sha256, ..okmate() }));
    }

    #[test]
    fn m5_what_a_profile_leaves_out_of_its_token_is_usual() {
        let token = Profile::from_toml(include_str!("../../../profiles/keiyaku.toml")).unwrap().token;
        for rules in [token, TokenRules::default()] {
            assert_eq!((rules.drift_steps, rules.resync_steps, rules.failures_until_lock), (1, 60, 6));
        }
    }

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
