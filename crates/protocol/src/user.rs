use inkan_profile::{PasswordKind, RoleId, TokenState};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::Secret;

/// The ID, the name and the role of a user, as every page shows them.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Person {
    /// Login ID.
    pub id: String,
    /// The name of the user (利用者名).
    pub name: String,
    /// The role of the user (利用者区分), for the badge (S0-5).
    pub role: RoleId,
}

/// The state of a certificate at the bank (M3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// The certificate is issued and not yet reported as installed (発行済・未取得).
    Issued,
    /// The certificate is acquired and valid (取得済 = 有効).
    Valid,
    /// The certificate has expired (有効期限切れ).
    Expired,
    /// The certificate is revoked (失効). This state is final.
    Revoked,
    /// The certificate was renewed, and its successor is in use (更新済). This state is final.
    Superseded,
}

/// A certificate as the bank knows it.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateRecord {
    /// The issue number (発行番号), from 1 (S3-5).
    pub issue_number: u32,
    /// Serial number in hex.
    pub serial: String,
    /// SHA-256 of the DER in hex.
    pub fingerprint_sha256: String,
    /// The present state.
    pub state: CertificateState,
    /// The time of the issue (発行データ登録日).
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub issued: OffsetDateTime,
    /// The end of the validity (有効期間終了日時).
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
}

/// A certificate that is issued and not yet acquired (発行済・未取得, M3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct IssueRecord {
    /// The issue number (発行番号).
    pub issue_number: u32,
    /// The time of the issue (発行データ登録日).
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub registered: OffsetDateTime,
    /// The last second of the acquisition deadline (取得期限); none if there is no deadline (S4-11).
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub deadline: Option<OffsetDateTime>,
    /// Whether the deadline has passed (取得期限切れ).
    pub lapsed: bool,
}

/// A hardware token as the bank knows it (S2-11).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenRecord {
    /// The state of the token (ワンタイムパスワード状態).
    pub state: TokenState,
    /// The serial number; none if the token is revoked (S2-14) or not required.
    pub serial: Option<String>,
    /// The time at which the token expires; none if the token is revoked (S2-14) or not required.
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub expires: Option<OffsetDateTime>,
    /// The first time at which the next token can be activated, if the token is revoked and that time is to come (S2-10,
    /// M4).
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub activation_from: Option<OffsetDateTime>,
}

/// A user as administrators see them.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UserRecord {
    /// The user.
    pub person: Person,
    /// The live certificate, or else the last one.
    pub certificate: Option<CertificateRecord>,
    /// The certificate that is issued and not yet acquired (M3).
    pub issue: Option<IssueRecord>,
    /// The hardware token.
    pub token: TokenRecord,
    /// The passwords that are locked (M5).
    pub locked: Vec<PasswordKind>,
}

/// What an administrator does with a certificate (S3-6).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CertificateAction {
    /// Keep the certificate (現在の電子証明書を継続する).
    Keep,
    /// Reissue the certificate (再発行).
    Reissue,
    /// Revoke the certificate (失効).
    Revoke,
}

/// The request to keep, reissue or revoke a user's certificate. It needs the operator's confirmation password (S0-6).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateChange {
    /// What to do with the certificate.
    pub act: CertificateAction,
    /// The operator's confirmation password.
    pub confirmation_password: Secret,
}
