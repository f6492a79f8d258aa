use inkan_profile::{LocalText, LoginMethod};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{CertificateRecord, Person};

/// The top page (S1-14 … S1-19).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Top {
    /// The user, for the badge and the user information (S0-5).
    pub person: Person,
    /// The company that holds the contract.
    pub company: String,
    /// The contract number, at a bank whose users give it beside their ID (S3-8, S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// How the user logged in to this session.
    pub method: LoginMethod,
    /// The user's live certificate, or else the last one.
    pub certificate: Option<CertificateRecord>,
    /// The time from which a login asks for new passwords; none before the alarm period (アラーム期間) begins (S4-8).
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub password_change_due: Option<OffsetDateTime>,
    /// The last three logins, this one first (S1-16).
    pub logins: Vec<Login>,
    /// The five latest operations, latest first (S1-17).
    pub operations: Vec<Operation>,
    /// Transactions that wait for approval or are in preparation (S1-18).
    pub transactions: Vec<Transaction>,
    /// Notices, latest first (S1-19).
    pub notices: Vec<NoticeLine>,
}

/// One successful login.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Login {
    /// The time of the login.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub at: OffsetDateTime,
    /// How the user logged in.
    pub method: LoginMethod,
}

/// The kind of an operation.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// A certificate was issued.
    CertificateIssued,
    /// A certificate was installed on a PC.
    CertificateAcquired,
    /// A certificate was revoked.
    CertificateRevoked,
    /// A certificate was reissued, to be acquired.
    CertificateReissued,
    /// Passwords were changed.
    PasswordsChanged,
    /// A hardware token was activated (S1-12).
    TokenActivated,
    /// A hardware token was revoked (S2-9).
    TokenRevoked,
    /// A hardware token was resynchronised (M4).
    TokenResynchronised,
    /// A hardware token was unlocked (M5).
    TokenUnlocked,
    /// The settings of a user were changed.
    UserEdited,
    /// Passwords were unlocked.
    UserUnlocked,
    /// The contract was frozen.
    ContractFrozen,
}

/// An operation that the user did, or that concerned the user.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Operation {
    /// The time of the operation.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub at: OffsetDateTime,
    /// The kind of the operation.
    pub kind: OperationKind,
    /// Login ID of the user who did the operation.
    pub operator: String,
    /// Login ID of the user whom the operation concerns.
    pub subject: String,
}

/// A transaction that waits for approval or is in preparation.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Transaction {
    /// The kind, such as 総合振込.
    pub kind: LocalText,
    /// Number of payments.
    pub count: u32,
    /// Sum of the payments in yen.
    pub amount_yen: u32,
    /// Whether the transaction waits for approval (承認待ち). Otherwise it is in preparation (作成中).
    pub awaits_approval: bool,
}

/// The line of a notice on the top page.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NoticeLine {
    /// The ID of the notice in [`crate::path::NOTICE`].
    pub id: String,
    /// The title.
    pub title: LocalText,
    /// When the notice was published.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: OffsetDateTime,
    /// Whether the user has not opened the notice yet.
    pub unread: bool,
    /// Whether the notice warns this user alone, as the notice of a reissue does (M7).
    #[serde(default)]
    pub personal: bool,
}

/// A notice with its text.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Notice {
    /// The title.
    pub title: LocalText,
    /// The text.
    pub body: LocalText,
    /// When the notice was published.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: OffsetDateTime,
}
