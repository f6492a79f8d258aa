use serde::{Deserialize, Serialize};

/// A field of a user that an administrator can change (S3-17, S4-7, S4-8, S4-12). The profile lists the fields of its
/// bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserField {
    /// The name of the user (利用者名).
    Name,
    /// The role of the user (利用権限), which can become another role of the same class.
    Role,
    /// The login password (ログインパスワード, 利用者暗証番号).
    LoginPassword,
    /// The confirmation password (確認用パスワード, 登録確認用パスワード).
    ConfirmationPassword,
    /// The approval password (承認用パスワード).
    ApprovalPassword,
    /// The password for single transfers (都度振込送信確認用パスワード).
    TransferPassword,
    /// Whether the user may make single transfers (都度振込利用).
    SingleTransfer,
    /// The limit of a single transfer (都度振込取扱限度額), in thousands of yen. 0 means the bank's own limit.
    TransferLimit,
    /// Whether the next login must change the passwords (強制変更).
    ForcedChange,
    /// The change period (変更期間): days after which the password must be changed.
    ChangePeriod,
    /// The alarm period (アラーム期間): days before that change from which the user is reminded.
    AlarmPeriod,
    /// The companies that the user may act for (利用企業).
    Companies,
}
