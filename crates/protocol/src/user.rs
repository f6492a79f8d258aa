use inkan_profile::{PasswordKind, RoleId, TokenState};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::Secret;

/// A user as every page shows them.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Person {
    /// Login ID.
    pub id: String,
    /// 利用者名
    pub name: String,
    /// 利用者区分, for the badge (S0-5).
    pub role: RoleId,
}

/// Where a certificate stands in its life at the bank (M3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// 発行済・未取得: issued, and not yet reported as installed.
    Issued,
    /// 取得済 = 有効
    Valid,
    /// 有効期限切れ
    Expired,
    /// 失効. Terminal.
    Revoked,
    /// 更新済: renewed, and its successor is in use. Terminal as well.
    Superseded,
}

/// A certificate as the bank knows it.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateRecord {
    /// 発行番号, from 1 (S3-5).
    pub issue_number: u32,
    /// Serial number in hex.
    pub serial: String,
    /// SHA-256 of the DER in hex.
    pub fingerprint_sha256: String,
    /// Where it stands now.
    pub state: CertificateState,
    /// 発行データ登録日
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub issued: OffsetDateTime,
    /// 有効期間終了日時
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
}

/// A certificate issued and not yet acquired (発行済・未取得, M3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct IssueRecord {
    /// 発行番号
    pub issue_number: u32,
    /// 発行データ登録日
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub registered: OffsetDateTime,
    /// 取得期限, its last second; none where there is no deadline (S4-11).
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub deadline: Option<OffsetDateTime>,
    /// 取得期限切れ
    pub lapsed: bool,
}

/// A hardware token as the bank knows it (S2-11).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TokenRecord {
    /// ワンタイムパスワード状態
    pub state: TokenState,
    /// None while revoked (S2-14) or not required.
    pub serial: Option<String>,
    /// None while revoked (S2-14) or not required.
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub expires: Option<OffsetDateTime>,
    /// While revoked: from when the next one can be activated (S2-10, M4).
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub activation_from: Option<OffsetDateTime>,
}

/// A user as administrators see them.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UserRecord {
    /// Who.
    pub person: Person,
    /// The live certificate, or else the last.
    pub certificate: Option<CertificateRecord>,
    /// What is issued and not yet acquired (M3).
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
    /// 現在の電子証明書を継続する
    Keep,
    /// 再発行
    Reissue,
    /// 失効
    Revoke,
}

/// An act upon a user's certificate, proved by the operator's confirmation password (S0-6).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateChange {
    /// What to do.
    pub act: CertificateAction,
    /// The operator's own.
    pub confirmation_password: Secret,
}
