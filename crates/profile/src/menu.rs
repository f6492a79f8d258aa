use serde::{Deserialize, Serialize};

use crate::LocalText;

/// Where a menu item leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MenuTarget {
    /// The top page.
    Top,
    /// Users and their certificates, inside the app.
    Administration,
    /// The users who have a locked password, inside the app (S4-6).
    LockedUsers,
    /// The stop of the contract, inside the app (S4-6).
    Freeze,
    /// Ends the session (S1-15).
    LogOut,
    /// A page of the bank, in the system browser. An absolute https address.
    Browser(String),
}

/// A button of the menu (S1-14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// The text of the button, such as 照会.
    pub name: LocalText,
    /// What is behind the button, such as 残高照会、入出金明細照会.
    #[serde(default)]
    pub about: Option<LocalText>,
    /// What a click does.
    pub target: MenuTarget,
    /// The entries below the button, if it has more than one page.
    #[serde(default)]
    pub items: Vec<MenuEntry>,
}

/// An entry below a button of the menu, such as 総合振込 below データ伝送サービス.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// The text of the entry, such as 総合振込.
    pub name: LocalText,
    /// What a click does.
    pub target: MenuTarget,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    #[test]
    fn s1_14_the_menu_is_the_manual_s_and_three_items_work_in_the_app() {
        let profile = Profile::from_toml(include_str!("../../../profiles/okmate.toml")).unwrap();
        let items: Vec<_> = profile.menu.iter().map(|item| (item.name.ja.as_str(), &item.target)).collect();
        let names: Vec<_> = items.iter().map(|(name, _)| *name).collect();
        let manual = "トップ 照会 振込振替 データ伝送サービス 承認 税金・各種料金の払込み でんさいサービス 外為サービス 管理 ログアウト";
        assert_eq!(names, manual.split(' ').collect::<Vec<_>>());
        for (name, target) in items {
            match name {
                "トップ" => assert_eq!(*target, MenuTarget::Top),
                "管理" => assert_eq!(*target, MenuTarget::Administration),
                "ログアウト" => assert_eq!(*target, MenuTarget::LogOut),
                other => assert!(matches!(target, MenuTarget::Browser(_)), "{other}"),
            }
        }
    }
}
