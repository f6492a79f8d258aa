use serde::{Deserialize, Serialize};
use specta::Type;

/// The hash inside the token's HMAC (RFC 6238 §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TokenRules {
    /// Seconds per time step.
    pub step_seconds: u32,
    /// Digits of the displayed one-time password (S2-15).
    pub digits: u32,
    /// The hash of the HMAC.
    pub digest: TokenDigest,
}

/// The usual token, for a bank whose people have none.
impl Default for TokenRules {
    fn default() -> Self {
        Self { step_seconds: 30, digits: 6, digest: TokenDigest::Sha1 }
    }
}

/// What the bank knows of a user's token (M4, S2-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
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
