use serde::{Deserialize, Serialize};
use specta::Type;

use crate::LocalText;

/// Where a menu item leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MenuTarget {
    /// The top page.
    Top,
    /// Users and their certificates, inside the app.
    Administration,
    /// Ends the session (S1-15).
    LogOut,
    /// A page of the bank, in the system browser. An absolute https address.
    Browser(String),
}

/// A button of the menu (S1-14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// 照会
    pub name: LocalText,
    /// What a click does.
    pub target: MenuTarget,
}
