use serde::{Deserialize, Serialize};

use crate::{CertificateName, LocalText, PasswordKind};

/// The name of a role in its profile, such as `master`.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RoleId(pub String);

/// The kind of person who holds a role, independent of the bank's name for the role. It decides who can be asked for
/// help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoleClass {
    /// The user who is above the administrators (マスターユーザ).
    Master,
    /// A user who manages the certificates of others (管理者).
    Administrator,
    /// Every other user (一般ユーザ, 利用者).
    General,
}

/// An action that the permission table of the service grants or refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Revoke one's own certificate.
    RevokeOwnCertificate,
    /// Revoke the certificate of another user of the same contract.
    RevokeOthersCertificate,
    /// Have another user's certificate issued again in one action.
    ReissueOthersCertificate,
    /// See the users of the contract and their certificates.
    ListUsers,
    /// Change the settings of another user that the profile's `user_fields` lists (S3-17, S4-7).
    EditUsers,
    /// Unlock another user's passwords (M5).
    UnlockUsers,
    /// Revoke hardware tokens, one's own and others' (S2-3).
    RevokeTokens,
    /// Activate one's own hardware token (S1-12).
    ActivateOwnToken,
    /// Stop the whole contract at once (S4-6, M7).
    FreezeContract,
}

impl Permission {
    /// Returns whether the action changes something. A certificate in its cool-down may not be used for such an action
    /// (M7). Stopping the contract does not count as a change, so that fraud can be stopped at any time.
    pub fn changes(self) -> bool {
        !matches!(self, Self::ListUsers | Self::ActivateOwnToken | Self::FreezeContract)
    }
}

/// What a person can do if no other user of the company can help (S0-11, S3-4, S4-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LastResort {
    /// 失効届: the person prints and stamps the form and hands it to the home branch, then acquires the next certificate.
    RevocationForm,
    /// 依頼書: the person hands in the form as with 失効届, and the branch issues the next certificate.
    RequestForm,
    /// The person calls the bank, which issues the next certificate.
    Telephone,
    /// The person asks an administrator. The bank assumes that there is always one.
    Administrator,
}

/// A class of users (利用者区分), with the badge that is shown before their names (S0-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The name of the role, unique in the profile.
    pub id: RoleId,
    /// The kind of person who holds the role.
    pub class: RoleClass,
    /// The full name, such as マスターユーザ.
    pub name: LocalText,
    /// The badge, such as マ.
    pub badge: LocalText,
    /// What this role may do.
    pub may: Vec<Permission>,
    /// The roles whose users this role may manage. If the field is left out, all roles.
    #[serde(default)]
    pub looks_after: Option<Vec<RoleId>>,
    /// The passwords that users of this role have besides the login password.
    #[serde(default = "confirmation_only")]
    pub passwords: Vec<PasswordKind>,
    /// The pattern of the names of this role's certificates, if it differs from that of the bank's other certificates
    /// (S3-16).
    #[serde(default)]
    pub certificate_name: Option<CertificateName>,
    /// What a user of this role can do if no other user of the company can help.
    #[serde(default = "administrator")]
    pub last_resort: LastResort,
}

impl Role {
    /// Returns whether the role grants `act`.
    pub fn may(&self, act: Permission) -> bool {
        self.may.contains(&act)
    }

    /// Returns whether users of this role may manage users of the role `other`.
    pub fn looks_after(&self, other: &RoleId) -> bool {
        self.looks_after.as_ref().is_none_or(|roles| roles.contains(other))
    }

    /// Returns whether users of this role have a password of that kind.
    pub fn has_password(&self, kind: PasswordKind) -> bool {
        kind == PasswordKind::Login || self.passwords.contains(&kind)
    }
}

fn confirmation_only() -> Vec<PasswordKind> {
    vec![PasswordKind::Confirmation]
}

fn administrator() -> LastResort {
    LastResort::Administrator
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    fn role(profile: &str, id: &str) -> Role {
        Profile::from_toml(profile).unwrap().role(&RoleId(id.into())).unwrap().clone()
    }

    #[test]
    fn m7_what_a_certificate_that_cools_down_may_still_do_changes_nothing() {
        for act in [Permission::ListUsers, Permission::ActivateOwnToken, Permission::FreezeContract] {
            assert!(!act.changes(), "{act:?}");
        }
        for act in [
            Permission::RevokeOwnCertificate,
            Permission::RevokeOthersCertificate,
            Permission::ReissueOthersCertificate,
            Permission::EditUsers,
            Permission::UnlockUsers,
            Permission::RevokeTokens,
        ] {
            assert!(act.changes(), "{act:?}");
        }
    }

    #[test]
    fn s4_7_everybody_has_a_login_password_and_the_others_only_if_the_role_names_them() {
        let shinkin = include_str!("../../../profiles/shinkin.toml");
        let of = |role: &Role| PasswordKind::ALL.map(|kind| role.has_password(kind));
        assert_eq!(of(&role(shinkin, "approver")), [true, true, true, true]);
        assert_eq!(of(&role(shinkin, "general")), [true, true, false, true], "no 承認用パスワード");
        assert_eq!(of(&role(include_str!("../../../profiles/keiyaku.toml"), "user")), [true, false, false, false]);
        let okmate = role(include_str!("../../../profiles/okmate.toml"), "general");
        assert_eq!(of(&okmate), [true, true, false, false], "a role that names none has the confirmation password");
        assert_eq!(okmate.last_resort, LastResort::Administrator, "a role that names none has an administrator");
    }
}
