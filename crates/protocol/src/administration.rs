//! Administration: settings and locks of users, and the freeze of a contract (S3-3 … S3-7, S3-17, S4-5 … S4-14, M5,
//! M7).

use inkan_profile::{LocalText, PasswordKind, RoleId};
use serde::{Deserialize, Serialize};

use crate::{CertificateAction, Secret};

/// The settings of a user that an administrator sees and can change (S4-7, S4-8, S4-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct UserSettings {
    /// The name of the user (利用者名).
    pub name: String,
    /// The role of the user (利用権限).
    pub role: RoleId,
    /// Whether the user may make single transfers (都度振込利用).
    pub single_transfer: bool,
    /// The limit of a single transfer (都度振込取扱限度額), in thousands of yen. 0 means the bank's own limit.
    pub transfer_limit_thousand_yen: u32,
    /// Whether the next login must change the passwords (強制変更).
    pub forced_change: bool,
    /// The change period (変更期間), in days.
    pub change_period_days: Option<u32>,
    /// The alarm period (アラーム期間), in days.
    pub alarm_period_days: Option<u32>,
    /// Every company of the contract (利用企業).
    pub companies: Vec<CompanyRecord>,
}

/// A company that a user may act for (S4-12).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompanyRecord {
    /// The company code (会社コード), 10 digits.
    pub code: String,
    /// The name of the company (企業名).
    pub name: String,
    /// The company's account (口座情報).
    pub account: LocalText,
    /// The kind of contract (契約種別).
    pub contracts: LocalText,
    /// Whether the user may act for this company.
    pub chosen: bool,
}

/// The request to change a user. Either every field is changed or none (登録, S4-13). A field that is left out stays as
/// it is.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct UserEdit {
    /// The new name (利用者名).
    #[serde(default)]
    pub name: Option<String>,
    /// The new role (利用権限), of the same class.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// A new login password, which the user must change at the next login (S3-17).
    #[serde(default)]
    pub login_password: Option<Secret>,
    /// A new confirmation password (新登録確認用パスワード).
    #[serde(default)]
    pub new_confirmation_password: Option<Secret>,
    /// A new approval password (新承認用パスワード).
    #[serde(default)]
    pub approval_password: Option<Secret>,
    /// A new password for single transfers (新都度振込送信確認用パスワード).
    #[serde(default)]
    pub transfer_password: Option<Secret>,
    /// Whether the user may make single transfers (都度振込利用).
    #[serde(default)]
    pub single_transfer: Option<bool>,
    /// The new limit of a single transfer (都度振込取扱限度額), in thousands of yen.
    #[serde(default)]
    pub transfer_limit_thousand_yen: Option<u32>,
    /// Whether the next login must change the passwords (強制変更).
    #[serde(default)]
    pub forced_change: Option<bool>,
    /// The new change period (変更期間), in days. 0 means no period.
    #[serde(default)]
    pub change_period_days: Option<u32>,
    /// The new alarm period (アラーム期間), in days. 0 means no period.
    #[serde(default)]
    pub alarm_period_days: Option<u32>,
    /// The code (会社コード) of every company that the user may act for.
    #[serde(default)]
    pub companies: Option<Vec<String>>,
    /// What to do with the certificate (S3-6, S4-9).
    #[serde(default)]
    pub certificate: Option<CertificateAction>,
    /// The operator's confirmation password.
    pub confirmation_password: Secret,
}

/// The request to unlock passwords of a user (M5).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The passwords to unlock. If none is named, every locked password is unlocked.
    #[serde(default)]
    pub passwords: Vec<PasswordKind>,
    /// The operator's confirmation password.
    pub confirmation_password: Secret,
}

/// The request to freeze the contract (M7). Every session ends, and no user can log in until the branch unfreezes the
/// contract.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// The operator's confirmation password.
    pub confirmation_password: Secret,
}
