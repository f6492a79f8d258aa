use serde::{Deserialize, Serialize};
use specta::Type;

use crate::LocalText;

/// A role's name inside its profile, such as `master`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct RoleId(pub String);

/// What kind of person holds a role, whatever the bank calls it. Decides who can be asked for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RoleClass {
    /// The one who stands above the administrators (マスターユーザ).
    Master,
    /// Looks after the others' certificates (管理者).
    Administrator,
    /// Everybody else (一般ユーザ, 利用者).
    General,
}

/// An act that the permission table of the service grants or refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Revoke one's own certificate.
    RevokeOwnCertificate,
    /// Revoke the certificate of another user of the same contract.
    RevokeOthersCertificate,
    /// Have another user's certificate issued again in one act.
    ReissueOthersCertificate,
    /// See the users of the contract and their certificates.
    ListUsers,
}

/// A class of users (利用者区分), with the badge that stands before their names (S0-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Unique in the profile.
    pub id: RoleId,
    /// What kind of person this is.
    pub class: RoleClass,
    /// The full name: マスターユーザ.
    pub name: LocalText,
    /// The badge: マ.
    pub badge: LocalText,
    /// What this role may do.
    pub may: Vec<Act>,
}

impl Role {
    /// Whether the role grants `act`.
    pub fn may(&self, act: Act) -> bool {
        self.may.contains(&act)
    }
}
