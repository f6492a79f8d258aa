use serde::{Deserialize, Serialize};

/// A field of a user that an administrator can change (S3-17, S4-7, S4-8, S4-12). The profile lists the fields of its
/// bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserField {
    /// 利用者名
    Name,
    /// 利用権限: another role of the same class.
    Role,
    /// ログインパスワード, 利用者暗証番号
    LoginPassword,
    /// 確認用パスワード, 登録確認用パスワード
    ConfirmationPassword,
    /// 承認用パスワード
    ApprovalPassword,
    /// 都度振込送信確認用パスワード
    TransferPassword,
    /// 都度振込利用
    SingleTransfer,
    /// 都度振込取扱限度額, in thousands of yen. 0 means the bank's own limit.
    TransferLimit,
    /// 強制変更
    ForcedChange,
    /// 変更期間: days after which the password must be changed.
    ChangePeriod,
    /// アラーム期間: days before that change from which the user is reminded.
    AlarmPeriod,
    /// 利用企業
    Companies,
}
