use serde::{Deserialize, Serialize};

use crate::{CertificateName, LocalText, RoleId};

/// The name of an entrance in its profile, such as `users`.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct EntranceId(pub String);

/// How a user proves their identity (S0-3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LoginMethod {
    /// 電子証明書方式: the certificate on this PC and the login password (S1-3, S1-4).
    Certificate,
    /// ID・パスワード方式: login ID and login password (S1-6).
    IdPassword,
}

/// A login page of the service. Some services have one for all users, some have a second one for administrators
/// (S3-18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entrance {
    /// The name of the entrance, unique in the profile.
    pub id: EntranceId,
    /// The title of the login page, such as ログイン.
    pub name: LocalText,
    /// The roles whose users may log in here.
    pub roles: Vec<RoleId>,
    /// The login methods, in order of preference.
    pub methods: Vec<LoginMethod>,
    /// The pattern of the names of this entrance's certificates, if each entrance has its own (S3-15, S3-16). None if
    /// every certificate of the bank can log in here.
    #[serde(default)]
    pub certificate_name: Option<CertificateName>,
}

impl Entrance {
    /// Returns whether a certificate of that common name can log in here (S3-16).
    pub fn admits_certificate(&self, common_name: &str) -> bool {
        self.certificate_name.as_ref().is_none_or(|pattern| pattern.read(common_name).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entrance(certificate_name: Option<&str>) -> Entrance {
        Entrance {
            id: EntranceId("users".into()),
            name: LocalText { ja: "利用者ログイン".into(), en: "User login".into() },
            roles: Vec::new(),
            methods: vec![LoginMethod::Certificate],
            certificate_name: certificate_name.map(|pattern| CertificateName(pattern.into())),
        }
    }

    #[test]
    fn s3_16_the_administrators_certificate_is_not_of_the_users_entrance() {
        let users = entrance(Some("{contract} {user} 1635"));
        assert!(users.admits_certificate("00009876543 riyousya 1635"));
        assert!(!users.admits_certificate("00009876543  1635"));
        assert!(!users.admits_certificate("00009876543 1635"));
        let administrators = entrance(Some("{contract} 1635"));
        assert!(administrators.admits_certificate("00009876543 1635"));
        assert!(!administrators.admits_certificate("00009876543 riyousya 1635"));
        assert!(entrance(None).admits_certificate("hanakodt"));
    }
}
