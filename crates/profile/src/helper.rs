//! Finds who can do something for a user that the user may not do (S0-13, S0-14, S3-4, S4-4).

use serde::{Deserialize, Serialize};

use crate::{LastResort, Permission, Profile, RoleClass, RoleId};

/// Who is asked to help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Helper {
    /// An administrator of the company.
    Administrator,
    /// Another administrator, if the user is an administrator.
    OtherAdministrator,
    /// The branch, by the form 失効届.
    RevocationForm,
    /// The branch, by the form 依頼書.
    RequestForm,
    /// The bank's telephone desk.
    Telephone,
    /// The branch. The profile does not say in which way the branch helps.
    Branch,
    /// No other person: at this bank the certificate is revoked, and its holder acquires the next one (S0-9).
    Revocation,
}

impl Helper {
    /// Returns the value of a problem's parameter `helper`, which selects the text of the problem.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::OtherAdministrator => "other_administrator",
            Self::RevocationForm => "revocation_form",
            Self::RequestForm => "request_form",
            Self::Telephone => "telephone",
            Self::Branch => "branch",
            Self::Revocation => "revocation",
        }
    }
}

impl Profile {
    /// Returns who can do one of `acts` to a user of `role`. If no role of the bank may, returns the last resort.
    pub fn helper_with(&self, role: &RoleId, acts: &[Permission]) -> Helper {
        let may = |helper: &RoleId| acts.iter().any(|act| self.may_upon(helper, *act, role));
        let own = self.role(role);
        if self.roles.iter().any(|helper| may(&helper.id)) {
            return match own.map(|own| own.class) {
                Some(RoleClass::Master | RoleClass::Administrator) => Helper::OtherAdministrator,
                Some(RoleClass::General) | None => Helper::Administrator,
            };
        }
        let certificates = [Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate];
        match own.map(|own| own.last_resort) {
            _ if !acts.iter().any(|act| certificates.contains(act)) => Helper::Branch,
            Some(LastResort::RevocationForm) => Helper::RevocationForm,
            Some(LastResort::RequestForm) => Helper::RequestForm,
            Some(LastResort::Telephone) => Helper::Telephone,
            Some(LastResort::Administrator) | None => Helper::Branch,
        }
    }

    /// Returns whether any role may reissue the certificates of users of `role`.
    pub fn is_reissued(&self, role: &RoleId) -> bool {
        self.roles.iter().any(|helper| self.may_upon(&helper.id, Permission::ReissueOthersCertificate, role))
    }

    /// Returns who can reissue or revoke the certificate of a user of `role`, if the user may not.
    pub fn helper_with_certificate(&self, role: &RoleId) -> Helper {
        self.helper_with(role, &[Permission::ReissueOthersCertificate, Permission::RevokeOthersCertificate])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(profile: &str, role: &str) -> Helper {
        Profile::from_toml(profile).unwrap().helper_with_certificate(&RoleId(role.into()))
    }

    #[test]
    fn an_administrators_own_certificate_goes_by_paper_or_telephone_where_no_role_reaches_it() {
        let okmate = include_str!("../../../profiles/okmate.toml");
        let keiyaku = include_str!("../../../profiles/keiyaku.toml");
        let shinkin = include_str!("../../../profiles/shinkin.toml");
        assert_eq!(certificate(okmate, "general"), Helper::Administrator, "S0-14");
        assert_eq!(certificate(okmate, "master"), Helper::OtherAdministrator, "S0-10");
        assert_eq!(certificate(keiyaku, "user"), Helper::Administrator, "S3-1");
        assert_eq!(certificate(keiyaku, "administrator"), Helper::RequestForm, "S3-4");
        assert_eq!(certificate(shinkin, "approver"), Helper::Administrator, "S4-2");
        assert_eq!(certificate(shinkin, "master"), Helper::Telephone, "S4-4");
    }

    #[test]
    fn s3_2_s4_2_only_some_banks_reissue() {
        for (profile, role, reissued) in [
            (include_str!("../../../profiles/okmate.toml"), "general", false),
            (include_str!("../../../profiles/keiyaku.toml"), "user", true),
            (include_str!("../../../profiles/keiyaku.toml"), "administrator", false),
            (include_str!("../../../profiles/shinkin.toml"), "approver", true),
            (include_str!("../../../profiles/shinkin.toml"), "master", false),
        ] {
            let profile = Profile::from_toml(profile).unwrap();
            assert_eq!(profile.is_reissued(&RoleId(role.into())), reissued, "{} {role}", profile.id);
        }
    }

    /// The texts in both languages select a variant by these names.
    #[test]
    fn each_helper_has_a_name() {
        for (helper, name) in [
            (Helper::Administrator, "administrator"),
            (Helper::OtherAdministrator, "other_administrator"),
            (Helper::RevocationForm, "revocation_form"),
            (Helper::RequestForm, "request_form"),
            (Helper::Telephone, "telephone"),
            (Helper::Branch, "branch"),
            (Helper::Revocation, "revocation"),
        ] {
            assert_eq!(helper.name(), name);
            assert_eq!(serde_json::to_value(helper).unwrap(), name);
        }
    }

    #[test]
    fn what_no_role_may_do_is_asked_of_the_branch() {
        let keiyaku = Profile::from_toml(include_str!("../../../profiles/keiyaku.toml")).unwrap();
        let administrator = RoleId("administrator".into());
        assert_eq!(keiyaku.helper_with(&administrator, &[Permission::UnlockUsers]), Helper::Branch, "M5");
        assert_eq!(keiyaku.helper_with(&RoleId("user".into()), &[Permission::UnlockUsers]), Helper::Administrator);
    }
}
