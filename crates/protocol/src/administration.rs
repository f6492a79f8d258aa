//! What administrators do for others (S3-3 … S3-7, S3-17, S4-5 … S4-14, M5, M7).

use inkan_profile::{LocalText, PasswordKind, RoleId};
use serde::{Deserialize, Serialize};

use crate::{CertificateAction, Secret};

/// What an administrator can see and change of a user, as it stands (S4-7, S4-8, S4-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UserSettings {
    /// 利用者名
    pub name: String,
    /// 利用権限
    pub role: RoleId,
    /// 都度振込利用
    pub single_transfer: bool,
    /// 都度振込取扱限度額, in thousands of yen; 0 is the bank's own limit.
    pub transfer_limit_thousand_yen: u32,
    /// 強制変更
    pub forced_change: bool,
    /// 変更期間, in days.
    pub change_period_days: Option<u32>,
    /// アラーム期間, in days.
    pub alarm_period_days: Option<u32>,
    /// 利用企業, all of the contract's.
    pub companies: Vec<CompanyRecord>,
}

/// A company that a user may act for (S4-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompanyRecord {
    /// 会社コード, 10 digits.
    pub code: String,
    /// 企業名
    pub name: String,
    /// 口座情報
    pub account: LocalText,
    /// 契約種別
    pub contracts: LocalText,
    /// Whether this user may act for it.
    pub chosen: bool,
}

/// Changes of a user, all in one act (登録, S4-13). What is left out stays as it is.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct UserEdit {
    /// 利用者名
    #[serde(default)]
    pub name: Option<String>,
    /// 利用権限: another role of the same class.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// A new login password, which the user must change at the next login (S3-17).
    #[serde(default)]
    pub login_password: Option<Secret>,
    /// 新登録確認用パスワード
    #[serde(default)]
    pub new_confirmation_password: Option<Secret>,
    /// 新承認用パスワード
    #[serde(default)]
    pub approval_password: Option<Secret>,
    /// 新都度振込送信確認用パスワード
    #[serde(default)]
    pub transfer_password: Option<Secret>,
    /// 都度振込利用
    #[serde(default)]
    pub single_transfer: Option<bool>,
    /// 都度振込取扱限度額, in thousands of yen.
    #[serde(default)]
    pub transfer_limit_thousand_yen: Option<u32>,
    /// 強制変更
    #[serde(default)]
    pub forced_change: Option<bool>,
    /// 変更期間, in days; 0 for none.
    #[serde(default)]
    pub change_period_days: Option<u32>,
    /// アラーム期間, in days; 0 for none.
    #[serde(default)]
    pub alarm_period_days: Option<u32>,
    /// 会社コード of all companies that the user may act for.
    #[serde(default)]
    pub companies: Option<Vec<String>>,
    /// What becomes of the certificate (S3-6, S4-9).
    #[serde(default)]
    pub certificate: Option<CertificateAction>,
    /// The operator's own.
    pub confirmation_password: Secret,
}

/// Opens passwords that were locked (M5).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// Which; all that are locked where none is named.
    #[serde(default)]
    pub passwords: Vec<PasswordKind>,
    /// The operator's own.
    pub confirmation_password: Secret,
}

/// Stops the whole contract at once (M7): every session ends and nobody enters until the branch opens it again.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// The operator's own.
    pub confirmation_password: Secret,
}
