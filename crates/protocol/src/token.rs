//! Hardware tokens (S1-12, S1-13, S2).

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{NextStep, Person, Secret, TokenRecord};

/// One's own token.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OwnToken {
    /// As it stands.
    #[serde(flatten)]
    pub token: TokenRecord,
    /// Whether the activation is offered at a login now (S1-13, S2-16).
    pub offered: bool,
}

/// 利用開始登録 (S1-12, S2-15).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenActivation {
    /// The serial engraved on the token, 8 to 12 digits.
    pub serial: String,
    /// What the token shows.
    pub otp: Secret,
    /// What it shows next: only for a token whose clock has drifted, which is set anew by it (RFC 6238 §6).
    #[serde(default)]
    pub otp_next: Option<Secret>,
}

/// What comes before the top page once a token was activated or its activation skipped.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenStep {
    /// What comes next.
    pub next: NextStep,
    /// The token now.
    pub token: OwnToken,
}

/// Two consecutive one-time passwords, which set a token's clock anew (RFC 6238 §6, M4).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenResync {
    /// What the token shows.
    pub otp: Secret,
    /// What it shows next.
    pub otp_next: Secret,
}

/// A line of the page on which tokens are revoked (S2-11).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenLine {
    /// ログインID, 利用者名, 利用者区分
    pub person: Person,
    /// シリアル番号, ワンタイムパスワード状態, ハードトークン有効期限
    pub token: TokenRecord,
}

/// ハードトークンの失効: of several users at once, all or none (S2-9, S2-4).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRevocation {
    /// Login IDs. A token that others share goes on for those who are not named.
    pub users: Vec<String>,
    /// What the operator's own token shows (S2-5).
    pub otp: Secret,
    /// The operator's own (S2-5).
    pub confirmation_password: Secret,
}

/// What a revocation did.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokensRevoked {
    /// The users who were named, as they stand now.
    pub users: Vec<TokenLine>,
    /// When each of them can activate the next token (S2-6, S2-7, S2-10).
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub activation_from: OffsetDateTime,
}

/// Opens a token that is locked (M4, M5).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenUnlock {
    /// The operator's own.
    pub confirmation_password: Secret,
}
