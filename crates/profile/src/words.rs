use serde::{Deserialize, Serialize};

use crate::LocalText;

/// A bank's own words for what every bank has. A client shows its plain words for those that are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnWords {
    /// The bank's word for itself, such as 当金庫 (S4-4).
    #[serde(default)]
    pub bank: Option<LocalText>,
    /// The label of the issue number: 電子証明書発行番号 (S3-5).
    #[serde(default)]
    pub issue_number: Option<LocalText>,
    /// The label of the state: 電子証明書ステータス (S3-5), 電子証明書状況 (S4-10).
    #[serde(default)]
    pub state: Option<LocalText>,
    /// The label of the day of the issue: 電子証明書発行データ登録日 (S3-5).
    #[serde(default)]
    pub registered: Option<LocalText>,
    /// The label of the acquisition deadline: 電子証明書取得期限 (S4-11).
    #[serde(default)]
    pub deadline: Option<LocalText>,
    /// The label of the serial number: 電子証明書シリアル番号 (S3-5), 電子証明書シリアルID (S4-10).
    #[serde(default)]
    pub serial: Option<LocalText>,
    /// The label of the expiry: 電子証明書有効期間終了日時 (S3-5), 電子証明書有効期限 (S4-10).
    #[serde(default)]
    pub not_after: Option<LocalText>,
    /// The state of a certificate that was acquired and is valid: 有効 (S3-5), 取得済 (S4-10).
    #[serde(default)]
    pub valid: Option<LocalText>,
    /// The choice that keeps a certificate: 現在の電子証明書を継続する (S3-6), 継続利用する (S4-9).
    #[serde(default)]
    pub keep: Option<LocalText>,
    /// The choice that reissues a certificate: 再発行 (S3-6), 再発行する (S4-9).
    #[serde(default)]
    pub reissue: Option<LocalText>,
    /// The choice that revokes a certificate: 失効 (S3-6), 失効する (S4-9).
    #[serde(default)]
    pub revoke: Option<LocalText>,
    /// The message after a user was edited, in which `{user}` is replaced by the login ID (S4-14).
    #[serde(default)]
    pub user_edited: Option<LocalText>,
    /// The message after a certificate was acquired: 電子証明書のインストールが完了しました (S3-12).
    #[serde(default)]
    pub acquired: Option<LocalText>,
}

impl OwnWords {
    /// Returns the bank's message after the user with the login ID `user` was edited.
    pub fn edited(&self, user: &str) -> Option<LocalText> {
        let message = self.user_edited.as_ref()?;
        Some(LocalText { ja: message.ja.replace("{user}", user), en: message.en.replace("{user}", user) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    fn words(profile: &str) -> OwnWords {
        Profile::from_toml(profile).unwrap().words
    }

    #[test]
    fn s3_5_s4_10_two_banks_call_the_same_lines_otherwise_and_one_calls_them_nothing() {
        let keiyaku = words(include_str!("../../../profiles/keiyaku.toml"));
        let shinkin = words(include_str!("../../../profiles/shinkin.toml"));
        let ja = |text: &Option<LocalText>| text.as_ref().map(|text| text.ja.clone()).unwrap_or_default();
        assert_eq!(ja(&keiyaku.state), "電子証明書ステータス");
        assert_eq!(ja(&shinkin.state), "電子証明書状況");
        assert_eq!((ja(&keiyaku.valid), ja(&shinkin.valid)), ("有効".to_owned(), "取得済".to_owned()));
        assert_eq!(words(include_str!("../../../profiles/okmate.toml")), OwnWords::default());
    }

    #[test]
    fn s4_14_the_message_names_the_id() {
        let shinkin = words(include_str!("../../../profiles/shinkin.toml"));
        let edited = shinkin.edited("keir002").unwrap();
        assert_eq!(edited.ja, "お客様IDの変更が終了しました。このお客様IDは「keir002」です。");
        assert_eq!(OwnWords::default().edited("keir002"), None);
    }
}
