use inkan_profile::{LocalText, LoginMethod};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{CertificateRecord, Person};

/// The top page (S1-14 … S1-19).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Top {
    /// Whose page it is, for the badge and the user's information (S0-5).
    pub person: Person,
    /// The company that holds the contract.
    pub company: String,
    /// The contract number, at a bank whose people give it beside their ID (S3-8, S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// How this session was begun.
    pub method: LoginMethod,
    /// This person's certificate, the live one or else the last.
    pub certificate: Option<CertificateRecord>,
    /// When the passwords must be changed, from so many days before as アラーム期間 says (S4-8).
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub password_change_due: Option<OffsetDateTime>,
    /// The last three logins, this one first (S1-16).
    pub logins: Vec<Login>,
    /// The five latest operations, latest first (S1-17).
    pub operations: Vec<Operation>,
    /// Transactions that wait for approval or are being made (S1-18).
    pub transactions: Vec<Transaction>,
    /// Notices, latest first (S1-19).
    pub notices: Vec<NoticeLine>,
}

/// One successful login.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Login {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub at: OffsetDateTime,
    /// How.
    pub method: LoginMethod,
}

/// What kind of act an operation was.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// A certificate was issued.
    CertificateIssued,
    /// It was installed on a PC.
    CertificateAcquired,
    /// It was revoked.
    CertificateRevoked,
    /// It was issued again, to be acquired.
    CertificateReissued,
    /// Passwords were changed.
    PasswordsChanged,
    /// A hardware token was activated (S1-12).
    TokenActivated,
    /// It was revoked (S2-9).
    TokenRevoked,
    /// Its clock was set anew (M4).
    TokenResynchronised,
    /// It was unlocked (M5).
    TokenUnlocked,
    /// What an administrator sets of a user was changed.
    UserEdited,
    /// Locked passwords were opened.
    UserUnlocked,
    /// The contract was stopped.
    ContractFrozen,
}

/// One act of this person or upon this person.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Operation {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub at: OffsetDateTime,
    /// What.
    pub kind: OperationKind,
    /// Login ID of who did it.
    pub operator: String,
    /// Login ID of whom it concerned.
    pub subject: String,
}

/// A transaction that waits for somebody.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Transaction {
    /// 総合振込
    pub kind: LocalText,
    /// How many payments it holds.
    pub count: u32,
    /// Their sum in yen.
    pub amount_yen: u32,
    /// 承認待ち; otherwise 作成中.
    pub awaits_approval: bool,
}

/// A notice's line on the top page.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NoticeLine {
    /// Names it in [`crate::path::NOTICE`].
    pub id: String,
    /// The line.
    pub title: LocalText,
    /// When it was published.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: OffsetDateTime,
    /// Not opened yet by this person.
    pub unread: bool,
    /// Sent to this person alone, because it is theirs to look into: a reissue by somebody (M7).
    #[serde(default)]
    pub personal: bool,
}

/// A notice, opened.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Notice {
    /// The line it was.
    pub title: LocalText,
    /// What it says.
    pub body: LocalText,
    /// When it was published.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: OffsetDateTime,
}
