use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{LocalText, RoleId};

/// An entrance's name inside its profile, such as `users`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct EntranceId(pub String);

/// How a person proves who they are (S0-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoginMethod {
    /// 電子証明書方式: the certificate on this PC and the login password (S1-3, S1-4).
    Certificate,
    /// ID・パスワード方式: login ID and login password (S1-6).
    IdPassword,
}

/// A door of the service: some have one for all, some a second one for administrators (S3-18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Entrance {
    /// Unique in the profile.
    pub id: EntranceId,
    /// What stands over the door: ログイン.
    pub name: LocalText,
    /// Who may enter here.
    pub roles: Vec<RoleId>,
    /// How, in the order of preference.
    pub methods: Vec<LoginMethod>,
}
