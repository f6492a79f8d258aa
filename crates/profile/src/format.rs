use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Branch, CertificateName, CertificateRules, ContractNumber, Demo, Entrance, EntranceId, Inconsistency, LocalText,
    LoginMethod, MenuItem, MenuTarget, OwnWords, PasswordRule, PasswordRules, Permission, Role, RoleId,
    TelephoneCentre, TokenRules, UserField, locate,
};

/// The profile of one banking service. It is made by [`Profile::from_toml`], or read from the JSON that a bank
/// publishes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Short name of `a-z0-9-`. It is the default name of the bank on the command line.
    pub id: String,
    /// The name of the service, such as OKメイト・WEB.
    pub name: LocalText,
    /// The bank's code (金融機関コード), if the service shows it in its frame (S4-6).
    #[serde(default)]
    pub bank_code: Option<String>,
    /// The bank's own word for the login ID, such as 利用者ID (S3-10) or お客様ID (S4-7).
    #[serde(default)]
    pub login_id_name: Option<LocalText>,
    /// The contract number that users give beside their ID, if the bank has contract numbers (S3-10).
    #[serde(default)]
    pub contract_number: Option<ContractNumber>,
    /// The branch that takes paper forms, and its telephone.
    #[serde(default)]
    pub branch: Option<Branch>,
    /// The telephone centre that answers questions beside the branch (S2-8).
    #[serde(default)]
    pub telephone_centre: Option<TelephoneCentre>,
    /// The bank's own words, such as 取得済 for a valid certificate (S4-10).
    #[serde(default)]
    pub words: OwnWords,
    /// What administrators can change of a user (S4-7).
    #[serde(default)]
    pub user_fields: Vec<UserField>,
    /// Minutes without a request after which a session ends.
    pub session_idle_minutes: u32,
    /// Names and validity of certificates.
    pub certificate: CertificateRules,
    /// Rules of the passwords.
    pub passwords: PasswordRules,
    /// Rules of the hardware tokens. May be left out if no user has a token.
    #[serde(default)]
    pub token: TokenRules,
    /// The roles of users.
    pub roles: Vec<Role>,
    /// The entrances, at least one.
    pub entrances: Vec<Entrance>,
    /// The menu of the top page (S1-14).
    pub menu: Vec<MenuItem>,
    /// The page for the transactions on the top page, which opens in the system browser (S1-18). An absolute https
    /// address.
    #[serde(default)]
    pub transaction_page: Option<String>,
    /// The page that names the systems and browsers that the bank supports (推奨環境, S0-2), which opens in the system
    /// browser. An absolute https address.
    #[serde(default)]
    pub environment_page: Option<String>,
    /// The sample people, who are removed before the profile is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "specta", specta(skip))]
    pub demo: Option<Demo>,
}

/// Why a text is not a profile.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// The text is not TOML, or a field is missing, unknown or of another type. The message has the line and the field.
    #[error(transparent)]
    Syntax(#[from] toml::de::Error),
    /// Parts of the profile contradict each other.
    #[error("line {line}: {cause}")]
    Inconsistent {
        /// The line of one of these parts, from 1.
        line: usize,
        /// What is wrong at that line. The message names the field.
        #[source]
        cause: Inconsistency,
    },
}

impl Profile {
    /// Parses and checks a profile file.
    ///
    /// # Errors
    /// [`ProfileError`], whose message names line and field.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text)?;
        profile
            .check()
            .map_err(|cause| ProfileError::Inconsistent { line: locate::line(text, cause.place()), cause })?;
        Ok(profile)
    }

    /// Checks what the types alone do not ensure, for a profile that a bank has published as JSON.
    ///
    /// # Errors
    /// The first [`Inconsistency`] found.
    pub fn check(&self) -> Result<(), Inconsistency> {
        let short = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(short) {
            return Err(Inconsistency::Id(self.id.clone()));
        }
        self.check_names()?;
        self.check_numbers()?;
        unique("roles.id", self.roles.iter().map(|r| r.id.0.as_str()))?;
        for role in &self.roles {
            self.known_roles("roles.looks_after", role.looks_after.iter().flatten())?;
            if role.passwords.iter().any(|kind| self.passwords.rule(*kind).is_none()) {
                return Err(Inconsistency::PasswordWithoutRule(role.id.0.clone()));
            }
        }
        unique("entrances.id", self.entrances.iter().map(|e| e.id.0.as_str()))?;
        for entrance in &self.entrances {
            if entrance.methods.is_empty() {
                return Err(Inconsistency::Empty("entrances.methods"));
            }
            self.known_roles("entrances.roles", entrance.roles.iter())?;
        }
        if let Some((field, address)) = self.named_pages().find(|(_, address)| !address.starts_with("https://")) {
            return Err(Inconsistency::PageAddress { field, address: address.to_owned() });
        }
        if let Some(demo) = &self.demo {
            self.known_roles("demo.users.role", demo.users.iter().map(|u| &u.role))?;
            let right = match (&self.contract_number, &demo.contract) {
                (Some(rule), Some(number)) => rule.is_one(number),
                (None, None) => true,
                _ => false,
            };
            if !right {
                return Err(Inconsistency::DemoContract);
            }
            unique("demo.users.id", demo.users.iter().map(|u| u.id.as_str()))?;
        }
        Ok(())
    }

    /// Returns the profile as the bank publishes it, without the sample people.
    #[must_use]
    pub fn published(&self) -> Self {
        Self { demo: None, ..self.clone() }
    }

    /// Returns every address that opens in the system browser (S0-2, S1-14, S1-18).
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        self.named_pages().map(|(_, address)| address)
    }

    fn named_pages(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let buttons = self.menu.iter().map(|item| ("menu.target", &item.target));
        let below = self.menu.iter().flat_map(|item| &item.items).map(|entry| ("menu.items.target", &entry.target));
        let in_menu = buttons.chain(below).filter_map(|(field, target)| match target {
            MenuTarget::Browser(address) => Some((field, address.as_str())),
            _ => None,
        });
        let environment = self.environment_page.as_deref().map(|address| ("environment_page", address));
        let transactions = self.transaction_page.as_deref().map(|address| ("transaction_page", address));
        in_menu.chain(environment).chain(transactions)
    }

    /// Returns the role of that name.
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// Returns the pattern of the names of that role's certificates (S1-2, S3-15).
    pub fn certificate_name(&self, role: &RoleId) -> &CertificateName {
        let own = self.role(role).and_then(|role| role.certificate_name.as_ref());
        own.unwrap_or(&self.certificate.name)
    }

    /// Returns whether users of `role` need a one-time password to acquire a certificate. They do if the bank asks for
    /// it and the role has a token (S3-9, Q6).
    pub fn acquiring_takes_otp(&self, role: &RoleId) -> bool {
        self.certificate.acquisition_otp && self.may(role, Permission::ActivateOwnToken)
    }

    /// Returns whether users of the role `operator` may do `act` to users of the role `subject`.
    pub fn may_upon(&self, operator: &RoleId, act: Permission, subject: &RoleId) -> bool {
        self.role(operator).is_some_and(|role| role.may(act) && role.looks_after(subject))
    }

    /// Returns whether the role of that name grants `act`. An unknown role grants nothing.
    pub fn may(&self, id: &RoleId, act: Permission) -> bool {
        self.role(id).is_some_and(|role| role.may(act))
    }

    /// Returns the entrance of that name, or the first entrance if `id` is none.
    pub fn entrance(&self, id: Option<&EntranceId>) -> Option<&Entrance> {
        match id {
            Some(id) => self.entrances.iter().find(|entrance| entrance.id == *id),
            None => self.entrances.first(),
        }
    }

    /// Returns whether users of `role` may log in by `method` at any entrance.
    pub fn allows(&self, role: &RoleId, method: LoginMethod) -> bool {
        self.entrances.iter().any(|e| e.roles.contains(role) && e.methods.contains(&method))
    }

    fn check_names(&self) -> Result<(), Inconsistency> {
        let numbered = self.contract_number.is_some();
        let names = std::iter::once(("certificate.name", &self.certificate.name))
            .chain(
                self.roles.iter().filter_map(|role| Some(("roles.certificate_name", role.certificate_name.as_ref()?))),
            )
            .chain(
                self.entrances
                    .iter()
                    .filter_map(|e| Some(("entrances.certificate_name", e.certificate_name.as_ref()?))),
            );
        for (field, name) in names {
            let has_contract = name.0.contains("{contract}");
            let right = if has_contract { numbered && name.names_the_contract() } else { name.names_the_user() };
            if !right {
                return Err(Inconsistency::CertificateName { field, name: name.0.clone() });
            }
        }
        Ok(())
    }

    fn check_numbers(&self) -> Result<(), Inconsistency> {
        let bounds = [
            ("session_idle_minutes", self.session_idle_minutes, 1, 24 * 60),
            ("certificate.validity_days", self.certificate.validity_days, 1, 3660),
            ("certificate.renewal_days", self.certificate.renewal_days, 0, self.certificate.validity_days),
            ("certificate.enrolment_code_minutes", self.certificate.enrolment_code_minutes, 1, 7 * 24 * 60),
            ("certificate.acquisition_days", self.certificate.acquisition_days, 0, 366),
            ("certificate.grace_days", self.certificate.grace_days, 0, 366),
            ("certificate.cooldown_hours", self.certificate.cooldown_hours, 0, 24 * 31),
            ("passwords.failures_until_lock", self.passwords.failures_until_lock, 1, 100),
            ("passwords.login.min", self.passwords.login.min, 1, self.passwords.login.max),
            ("passwords.confirmation.min", self.passwords.confirmation.min, 1, self.passwords.confirmation.max),
            ("passwords.approval.min", fewest(&self.passwords.approval), 1, most(&self.passwords.approval)),
            ("passwords.transfer.min", fewest(&self.passwords.transfer), 1, most(&self.passwords.transfer)),
            ("contract_number.digits", self.contract_number.as_ref().map_or(1, |number| number.digits), 1, 20),
            ("token.step_seconds", self.token.step_seconds, 1, 300),
            ("token.digits", self.token.digits, 6, 8),
            ("token.drift_steps", self.token.drift_steps, 0, 10),
            ("token.resync_steps", self.token.resync_steps, self.token.drift_steps, 1440),
            ("token.failures_until_lock", self.token.failures_until_lock, 1, 100),
            ("token.wait.minutes", self.token.wait.as_ref().map_or(0, |wait| wait.minutes), 0, 24 * 60),
        ];
        for (field, value, min, max) in bounds {
            if !(min..=max).contains(&value) {
                return Err(Inconsistency::OutOfBounds { field, value, min, max });
            }
        }
        if self.token.wait.as_ref().is_some_and(|wait| !wait.is_ordered()) {
            return Err(Inconsistency::TokenNight);
        }
        if self.roles.is_empty() {
            return Err(Inconsistency::Empty("roles"));
        }
        if self.entrances.is_empty() {
            return Err(Inconsistency::Empty("entrances"));
        }
        Ok(())
    }

    fn known_roles<'a>(
        &self,
        field: &'static str,
        mut roles: impl Iterator<Item = &'a RoleId>,
    ) -> Result<(), Inconsistency> {
        match roles.find(|role| self.role(role).is_none()) {
            Some(role) => Err(Inconsistency::UnknownRole { field, name: role.0.clone() }),
            None => Ok(()),
        }
    }
}

fn fewest(rule: &Option<PasswordRule>) -> u32 {
    rule.as_ref().map_or(1, |rule| rule.min)
}

fn most(rule: &Option<PasswordRule>) -> u32 {
    rule.as_ref().map_or(1, |rule| rule.max)
}

fn unique<'a>(field: &'static str, names: impl Iterator<Item = &'a str>) -> Result<(), Inconsistency> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(Inconsistency::Twice { field, name: name.into() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OKMATE: &str = include_str!("../../../profiles/okmate.toml");
    const KEIYAKU: &str = include_str!("../../../profiles/keiyaku.toml");

    fn refused(from: &str, to: &str) -> String {
        assert!(OKMATE.contains(from), "the profile no longer holds {from:?}");
        Profile::from_toml(&OKMATE.replacen(from, to, 1)).unwrap_err().to_string()
    }

    #[test]
    fn s0_14_a_general_user_may_revoke_nothing() {
        let profile = Profile::from_toml(OKMATE).unwrap();
        let may = |role: &str, act| profile.may(&RoleId(role.into()), act);
        for act in [Permission::RevokeOwnCertificate, Permission::RevokeOthersCertificate, Permission::ListUsers] {
            assert!(may("master", act) && may("administrator", act) && !may("general", act), "{act:?}");
        }
        assert!(!may("nobody", Permission::ListUsers));
    }

    #[test]
    fn s0_3_both_login_methods_stand_open_to_everybody() {
        let profile = Profile::from_toml(OKMATE).unwrap();
        for role in &profile.roles {
            assert!(profile.allows(&role.id, LoginMethod::Certificate));
            assert!(profile.allows(&role.id, LoginMethod::IdPassword));
        }
    }

    #[test]
    fn s1_6_s3_14_a_login_method_is_open_only_at_an_entrance_for_the_role() {
        let mut profile = Profile::from_toml(KEIYAKU).unwrap();
        let (user, administrator) = (RoleId("user".into()), RoleId("administrator".into()));
        for role in [&user, &administrator] {
            assert!(profile.allows(role, LoginMethod::Certificate), "{role:?}");
            assert!(!profile.allows(role, LoginMethod::IdPassword), "{role:?}");
        }
        // The other entrance's method is not the user's.
        profile.entrances.retain(|entrance| entrance.roles.contains(&administrator));
        profile.entrances[0].methods = vec![LoginMethod::IdPassword];
        assert!(profile.allows(&administrator, LoginMethod::IdPassword));
        assert!(!profile.allows(&user, LoginMethod::IdPassword));
        assert!(!profile.allows(&administrator, LoginMethod::Certificate));
    }

    #[test]
    fn s3_9_q6_acquiring_takes_a_one_time_password_if_the_bank_asks_and_the_role_has_a_token() {
        let takes =
            |profile: &str, role: &str| Profile::from_toml(profile).unwrap().acquiring_takes_otp(&RoleId(role.into()));
        assert!(takes(KEIYAKU, "user"));
        assert!(!takes(KEIYAKU, "administrator"), "administrators have no token there");
        assert!(!takes(KEIYAKU, "nobody"));
        assert!(!takes(OKMATE, "general"), "the bank does not ask");
    }

    #[test]
    fn s0_2_s1_14_s1_18_every_page_of_the_bank_is_named_once() {
        let profile = Profile::from_toml(OKMATE).unwrap();
        let pages: Vec<&str> = profile.pages().collect();
        assert_eq!(pages.len(), OKMATE.matches("https://").count());
        let last = profile.transaction_page.as_deref().unwrap();
        assert_eq!(pages.last(), Some(&last));
        for page in [
            "https://bank.example/okmate/enquiries",
            "https://bank.example/okmate/data/bulk",
            "https://bank.example/okmate/requirements",
        ] {
            assert_eq!(pages.iter().filter(|found| **found == page).count(), 1, "{page}");
        }
    }

    #[test]
    fn s3_16_a_role_may_have_certificates_of_another_name() {
        let profile = Profile::from_toml(KEIYAKU).unwrap();
        let name = |role: &str| profile.certificate_name(&RoleId(role.into())).0.clone();
        assert_eq!(name("administrator"), "{contract} 1635");
        assert_eq!(name("user"), "{contract} {user} 1635");
    }

    #[test]
    fn the_published_profile_holds_no_sample_people_and_survives_json() {
        let published = Profile::from_toml(OKMATE).unwrap().published();
        let json = serde_json::to_string(&published).unwrap();
        assert!(!json.contains("hanakodt"));
        serde_json::from_str::<Profile>(&json).unwrap().check().unwrap();
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        assert!(refused("id = \"okmate\"", "id = \"OK mate\"").contains("OK mate"));
        assert!(refused("name = \"{user}\"", "name = \"user\"").contains("{user}"));
        assert!(refused("validity_days = 365", "validity_days = 0").contains("validity_days"));
        assert!(refused("role = \"master\"", "role = \"boss\"").contains("boss"));
        assert!(refused("morning = \"08:40\"", "morning = \"08:00\"").contains("morning"));
        assert!(refused("morning = \"08:40\"", "morning = \"8:40\"").contains("8:40"));
        assert!(refused("drift_steps = 1", "drift_steps = 11").contains("token.drift_steps"));
        let unknown = refused("validity_days = 365", "validity_weeks = 52");
        assert!(unknown.contains("validity_weeks") && unknown.contains("line"), "{unknown}");
    }

    #[test]
    fn what_contradicts_itself_is_shown_by_its_line() {
        let cases = [
            ("id = \"okmate\"", "id = \"OK mate\""),
            ("name = \"{user}\"", "name = \"user\""),
            ("renewal_days = 30", "renewal_days = 366"),
            ("confirmation = { min = 6", "confirmation = { min = 60"),
            ("morning = \"08:40\"", "morning = \"08:00\""),
            ("id = \"general\"", "id = \"master\""),
            ("roles = [\"master\", \"administrator\", \"general\"]", "roles = [\"master\", \"nobody\"]"),
            ("methods = [\"certificate\", \"id_password\"]", "methods = []"),
            ("may = [\"activate_own_token\"] ", "passwords = [\"approval\"]\nmay = [] "),
            ("browser = \"https://bank.example/okmate/taxes\"", "browser = \"http://bank.example/okmate/taxes\""),
            (
                "browser = \"https://bank.example/okmate/data/bulk\"",
                "browser = \"http://bank.example/okmate/data/bulk\"",
            ),
            ("= \"https://bank.example/okmate/approvals\"   #", "= \"http://bank.example/okmate/approvals\"   #"),
            ("= \"https://bank.example/okmate/requirements\"", "= \"http://bank.example/okmate/requirements\""),
            ("id = \"jirodt\"", "id = \"hanakodt\""),
            ("role = \"master\"", "role = \"boss\""),
            ("company = \"ゲータ商事株式会社\"", "contract = \"1\"\ncompany = \"a\""),
        ];
        for (from, to) in cases {
            assert_eq!(OKMATE.matches(from).count(), 1, "{from}");
            let line = 1 + OKMATE.split(from).next().unwrap().matches('\n').count();
            let said = refused(from, to);
            assert!(said.starts_with(&format!("line {line}: ")), "{to}, at {line}: {said}");
        }
    }
}
