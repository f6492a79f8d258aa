//! Types for hardware tokens (S1-12, S1-13, S2).

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{NextStep, Person, Secret, TokenRecord};

/// The user's own token.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OwnToken {
    /// The state of the token.
    #[serde(flatten)]
    pub token: TokenRecord,
    /// Whether a login offers the activation now (S1-13, S2-16).
    pub offered: bool,
}

/// The request to activate a token (利用開始登録, S1-12, S2-15).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenActivation {
    /// The serial number on the token, 8 to 12 digits.
    pub serial: String,
    /// The one-time password that the token shows.
    pub otp: Secret,
    /// The one-time password that follows. It is needed only if the token's clock has drifted: the two one-time
    /// passwords resynchronise the token (RFC 6238 §6).
    #[serde(default)]
    pub otp_next: Option<Secret>,
}

/// The answer to an activation, or to a skipped activation.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenStep {
    /// The next step.
    pub next: NextStep,
    /// The user's token after the activation or the skip.
    pub token: OwnToken,
}

/// The request to resynchronise a token by two consecutive one-time passwords (RFC 6238 §6, M4).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenResync {
    /// The one-time password that the token shows.
    pub otp: Secret,
    /// The one-time password that follows.
    pub otp_next: Secret,
}

/// A line of the page on which tokens are revoked (S2-11).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenLine {
    /// The user: ログインID, 利用者名, 利用者区分.
    pub person: Person,
    /// The token: シリアル番号, ワンタイムパスワード状態, ハードトークン有効期限.
    pub token: TokenRecord,
}

/// The request to revoke the tokens of several users (ハードトークンの失効), all or none (S2-9, S2-4).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRevocation {
    /// The login IDs of the users. The token of a user who is not named still works, even if it is shared with a named
    /// user.
    pub users: Vec<String>,
    /// The one-time password of the operator's own token (S2-5).
    pub otp: Secret,
    /// The operator's confirmation password (S2-5).
    pub confirmation_password: Secret,
}

/// The answer to a [`TokenRevocation`].
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokensRevoked {
    /// The users who were named, after the revocation.
    pub users: Vec<TokenLine>,
    /// The first time at which each of these users can activate the next token (S2-6, S2-7, S2-10).
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub activation_from: OffsetDateTime,
}

/// The request to unlock a token (M4, M5).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenUnlock {
    /// The operator's confirmation password.
    pub confirmation_password: Secret,
}
