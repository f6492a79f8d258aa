use inkan_profile::{
    PasswordCharacters, PasswordContext, PasswordFault, PasswordKind, PasswordRule, PasswordRules, Profile,
};
use inkan_protocol::{Code, Person, Secret};

use super::common_passwords::{is_common, is_made_of};
use super::refusal::Refusal;
use crate::database::users::User;

/// The user of a new password.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PasswordOwner<'a> {
    pub(crate) person: &'a Person,
    /// The company that holds the contract.
    pub(crate) company: &'a str,
}

impl<'a> From<&'a User> for PasswordOwner<'a> {
    fn from(user: &'a User) -> Self {
        Self { person: &user.person, company: &user.company }
    }
}

/// Checks that a new password of `owner` follows its rule and is not easy to guess (NIST SP 800-63B §3.1.1.2). `login` is
/// the login password that is valid together with it, if it is another password and known. The refusal names the first
/// fault.
///
/// Earlier passwords than the present one may be used again: NIST SP 800-63B asks for no history, and recommends against
/// changes at intervals, for which a history is made.
///
/// # Errors
/// [`Code::PasswordRuleBroken`].
pub(crate) fn acceptable(
    profile: &Profile,
    kind: PasswordKind,
    candidate: &Secret,
    owner: PasswordOwner<'_>,
    login: Option<&Secret>,
) -> Result<(), Refusal> {
    let rule = profile.passwords.rule(kind).unwrap_or(&profile.passwords.login);
    let PasswordOwner { person, company } = owner;
    let context = PasswordContext { user_id: &person.id, login_password: login.map(|login| login.expose()) };
    follows(name(kind), rule, candidate, context)?;
    if is_common(candidate.expose()) {
        return Err(broken(name(kind), rule, "common"));
    }
    let names = [&person.id, &person.name, company, &profile.id, &profile.name.ja, &profile.name.en];
    if is_made_of(candidate.expose(), names) {
        return Err(broken(name(kind), rule, "like_name"));
    }
    Ok(())
}

/// Checks that a password follows its rule. The refusal names the first fault.
fn follows(which: &str, rule: &PasswordRule, candidate: &Secret, context: PasswordContext<'_>) -> Result<(), Refusal> {
    match rule.faults(candidate.expose(), context).first() {
        None => Ok(()),
        Some(PasswordFault::TooShort | PasswordFault::TooLong) if rule.min == rule.max => {
            Err(broken(which, rule, "exact_length"))
        }
        Some(fault) => Err(broken(which, rule, fault_name(*fault, rule.characters))),
    }
}

/// Checks that a new password differs from the present one (S1-7).
pub(crate) fn differs(
    which: &str,
    rule: &PasswordRule,
    candidate: &Secret,
    present: Option<&Secret>,
) -> Result<(), Refusal> {
    match present {
        Some(present) if present.expose() == candidate.expose() => Err(broken(which, rule, "unchanged")),
        _ => Ok(()),
    }
}

/// Returns the refusal of a new password that equals the present one.
pub(crate) fn unchanged(rules: &PasswordRules, kind: PasswordKind) -> Refusal {
    broken(name(kind), rules.rule(kind).unwrap_or(&rules.login), "unchanged")
}

/// Returns the name of a password in the parameters of a problem.
pub(crate) fn name(kind: PasswordKind) -> &'static str {
    match kind {
        PasswordKind::Login => "login",
        PasswordKind::Confirmation => "confirmation",
        PasswordKind::Approval => "approval",
        PasswordKind::Transfer => "transfer",
    }
}

fn broken(which: &str, rule: &PasswordRule, fault: &str) -> Refusal {
    Refusal::new(Code::PasswordRuleBroken)
        .with("which", which)
        .with("min", rule.min.to_string())
        .with("max", rule.max.to_string())
        .with("fault", fault)
}

fn fault_name(fault: PasswordFault, characters: PasswordCharacters) -> &'static str {
    match fault {
        PasswordFault::TooShort => "too_short",
        PasswordFault::TooLong => "too_long",
        PasswordFault::Character if characters == PasswordCharacters::OpaqueString => "opaque_character",
        PasswordFault::Character => "character",
        PasswordFault::NotMixed => "not_mixed",
        PasswordFault::LikeUserId => "like_user_id",
        PasswordFault::LikeLoginPassword => "like_login_password",
    }
}

#[cfg(test)]
mod tests {
    use inkan_profile::RoleId;

    use super::*;

    const SHINKIN: &str = include_str!("../../../../profiles/shinkin.toml");

    fn faults(kind: PasswordKind, candidate: &str) -> Option<String> {
        let profile = Profile::from_toml(SHINKIN).unwrap();
        let rule = profile.passwords.rule(kind).unwrap();
        let context = PasswordContext { user_id: "keiri1", login_password: Some("Touro1") };
        let refused = follows("login", rule, &Secret::from(candidate.to_owned()), context).err()?;
        assert_eq!(refused.code(), Code::PasswordRuleBroken);
        Some(refused.about())
    }

    #[test]
    fn s1_9_a_refusal_names_the_bounds_and_the_first_fault() {
        let login = |candidate| faults(PasswordKind::Login, candidate);
        let refused = |fault| Some(format!("fault {fault}, max 12, min 6, which login"));
        assert_eq!(login("Keiri2026"), None);
        assert_eq!(login("Ke1"), refused("too_short"));
        assert_eq!(login("Keiri20260000"), refused("too_long"));
        assert_eq!(login("Keiri2026!"), refused("character"));
        assert_eq!(login("Keiriiii"), refused("not_mixed"));
    }

    #[test]
    fn s4_7_a_password_of_one_length_is_refused_by_that_length() {
        let confirmation = |candidate| faults(PasswordKind::Confirmation, candidate);
        let refused = |fault| Some(format!("fault {fault}, max 6, min 6, which login"));
        assert_eq!(confirmation("Touro2"), None);
        assert_eq!(confirmation("Touro"), refused("exact_length"));
        assert_eq!(confirmation("Touro22"), refused("exact_length"));
        assert_eq!(confirmation("keiri1"), refused("like_user_id"));
        assert_eq!(confirmation("Touro1"), refused("like_login_password"));
    }

    #[test]
    fn a_password_that_is_common_or_made_of_a_name_is_refused() {
        let profile = Profile::from_toml(SHINKIN).unwrap();
        let role = RoleId("general".to_owned());
        let person = Person { id: "keir003".to_owned(), name: "Tanaka Jiro".to_owned(), role };
        let fault = |kind, candidate: &str| {
            let candidate = Secret::from(candidate.to_owned());
            let owner = PasswordOwner { person: &person, company: "株式会社かもめ商事 Kamome" };
            let refused = acceptable(&profile, kind, &candidate, owner, None).err()?;
            assert_eq!(refused.code(), Code::PasswordRuleBroken);
            Some(refused.about())
        };
        let login = |candidate| fault(PasswordKind::Login, candidate);
        let refused = |fault| Some(format!("fault {fault}, max 12, min 6, which login"));
        for common in ["Password1", "Abc123", "1234abcd", "Winter2026", "Qwer2026"] {
            assert_eq!(login(common), refused("common"), "{common}");
        }
        for named in ["keir003", "Keir0039", "TanakaJiro1", "Jiro2026", "Shinkin26", "Kamome77"] {
            assert_eq!(login(named), refused("like_name"), "{named}");
        }
        assert_eq!(login("Ippan2026"), None);
        let approval = fault(PasswordKind::Approval, "1234567890");
        assert_eq!(approval, Some("fault common, max 10, min 10, which approval".to_owned()));
    }

    #[test]
    fn s1_7_a_new_password_differs_from_the_present_one() {
        let profile = Profile::from_toml(SHINKIN).unwrap();
        let secret = |text: &str| Secret::from(text.to_owned());
        let differs = |present: Option<&str>| {
            let present = present.map(secret);
            differs("login", &profile.passwords.login, &secret("Keiri2026"), present.as_ref()).err()
        };
        assert!(differs(None).is_none() && differs(Some("keiri2026")).is_none());
        let refused = differs(Some("Keiri2026")).unwrap();
        assert_eq!(refused.about(), "fault unchanged, max 12, min 6, which login");
    }
}
