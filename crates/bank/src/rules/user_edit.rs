use inkan_profile::{PasswordKind, Permission, Profile, RoleId, UserField};
use inkan_protocol::{Code, OperationKind, Secret, UserEdit, UserRecord};
use time::OffsetDateTime;

use super::certificate_change;
use super::certificate_permission::permit;
use super::certificate_validity::Issuing;
use super::operator::{Operator, PresentOperator};
use super::password_rules::{acceptable, name};
use super::password_set::{self, NewHash};
use super::person_name::checked_name;
use super::refusal::Refusal;
use super::user_record::record;
use crate::audit::{self, AuditAction};
use crate::database::sessions::Ended;
use crate::database::users::{self, SetBy, User};
use crate::database::{Change, companies, operations, user_settings};
use crate::keys::password_hash::Hashing;

/// The highest 都度振込取扱限度額, in thousands of yen.
const LIMIT: u32 = 99_999_999;
/// The longest change period, in days.
const PERIOD: u32 = 3660;

/// An edit whose fields this bank has and whose values follow its rules.
#[derive(Debug)]
pub(crate) struct CheckedEdit<'a> {
    /// The user's role afterwards.
    role: RoleId,
    /// New passwords, in the order of [`PasswordKind::ALL`].
    passwords: Vec<(PasswordKind, &'a Secret)>,
}

impl<'a> CheckedEdit<'a> {
    /// Checks that the bank has each field of `edit`, that each value follows its rule, and that the operator may set
    /// it.
    pub(crate) fn check(
        profile: &Profile,
        operator: &PresentOperator,
        user: &User,
        edit: &'a UserEdit,
    ) -> Result<Self, Refusal> {
        operator.permit_upon_another(profile, Permission::EditUsers, user)?;
        for (given, field) in fields(edit) {
            if given && !profile.user_fields.contains(&field) {
                return Err(not_allowed(field_name(field)));
            }
        }
        let role = checked_role(profile, operator, user, edit)?;
        let passwords = checked_passwords(profile, user, &role, edit)?;
        if edit.forced_change == Some(false) && !(passwords.is_empty() && user.set_by_another.is_empty()) {
            // The user must change a password that another person set.
            return Err(invalid("set_by_another"));
        }
        if let Some(name) = &edit.name {
            checked_name(name)?;
        }
        let bounded = [
            (edit.transfer_limit_thousand_yen, LIMIT, UserField::TransferLimit),
            (edit.change_period_days, PERIOD, UserField::ChangePeriod),
            (edit.alarm_period_days, PERIOD, UserField::AlarmPeriod),
        ];
        if let Some((_, max, field)) = bounded.into_iter().find(|(given, max, _)| given.is_some_and(|one| one > *max)) {
            return Err(invalid("too_large").with("field", field_name(field)).with("max", max.to_string()));
        }
        if let Some(act) = edit.certificate {
            permit(profile, operator, user, act)?;
        }
        Ok(Self { role, passwords })
    }

    /// Hashes the new passwords that the operator `by` sets. Hashing is slow, so this is done before the transaction
    /// begins.
    pub(crate) async fn hash(self, hashing: &Hashing, by: &str) -> Result<Vec<NewHash>, Refusal> {
        let mut hashes = Vec::new();
        for (kind, password) in self.passwords {
            hashes.push((kind, hashing.hash(by, password.clone()).await?));
        }
        Ok(hashes)
    }
}

/// Writes an edit of `user` with the `hashes` of its new passwords (S3-17, S4-5 … S4-13). Returns the user afterwards.
///
/// # Errors
/// The errors of [`CheckedEdit::check`], judged again inside the transaction `change`.
pub(crate) async fn apply(
    issuing: Issuing<'_>,
    change: &mut Change,
    operator: Operator<'_>,
    user: User,
    edit: &UserEdit,
    hashes: &[NewHash],
    now: OffsetDateTime,
) -> Result<UserRecord, Refusal> {
    let profile = issuing.profile;
    let present = operator.present(profile, change, now).await?;
    let role = CheckedEdit::check(profile, &present, &user, edit)?.role;
    let name = edit.name.as_deref().map_or(user.person.name.as_str(), str::trim);
    user_settings::set_person(change, &user.key, name, &role.0).await?;
    let ended = set_passwords(profile, change, operator, &user, edit, hashes, now).await?;
    set_role_passwords(profile, change, &user, &role).await?;
    set_settings(change, &user, edit).await?;
    if let Some(act) = edit.certificate {
        certificate_change::act(issuing, change, act, operator, &user, now).await?;
    }
    if let Some(key) = present.key() {
        operations::add(change, OperationKind::UserEdited, key, &user.key, now).await?;
    }
    let edited = AuditAction::UserEdited { fields: fields_of(edit) };
    audit::record(change, now, present.event(edited).upon(&user)).await?;
    if let Some(ended) = ended {
        audit::sessions_ended(change, now, ended).await?;
    }
    let user = users::find(change, &user.key).await?.unwrap_or(user);
    record(profile, change, user, now).await
}

async fn set_passwords(
    profile: &Profile,
    change: &mut Change,
    operator: Operator<'_>,
    user: &User,
    edit: &UserEdit,
    hashes: &[NewHash],
    now: OffsetDateTime,
) -> Result<Option<Ended>, Refusal> {
    if let Some(forced) = edit.forced_change {
        users::set_forced_change(change, &user.key, forced).await?;
    }
    if hashes.is_empty() {
        return Ok(None);
    }
    password_set::set(profile, change, operator, user, hashes, now).await.map(Some)
}

/// Removes the passwords that the role does not have.
async fn set_role_passwords(profile: &Profile, change: &mut Change, user: &User, role: &RoleId) -> Result<(), Refusal> {
    if let Some(role) = profile.role(role) {
        for kind in [PasswordKind::Approval, PasswordKind::Transfer] {
            if !role.has_password(kind) {
                users::set_other_password(change, &user.key, kind, None, SetBy::TheUser).await?;
            }
        }
    }
    Ok(())
}

async fn set_settings(change: &mut Change, user: &User, edit: &UserEdit) -> Result<(), Refusal> {
    let mut settings = user_settings::of_user(change, &user.key).await?;
    let days = |given: Option<u32>, now: Option<u32>| given.map_or(now, |days| (days > 0).then_some(days));
    settings.single_transfer = edit.single_transfer.unwrap_or(settings.single_transfer);
    settings.transfer_limit = edit.transfer_limit_thousand_yen.unwrap_or(settings.transfer_limit);
    settings.change_period_days = days(edit.change_period_days, settings.change_period_days);
    settings.alarm_period_days = days(edit.alarm_period_days, settings.alarm_period_days);
    let periods = edit.change_period_days.or(edit.alarm_period_days);
    if let (Some(_), Some(change), Some(alarm)) = (periods, settings.change_period_days, settings.alarm_period_days)
        && alarm > change
    {
        // S4-8: the alarm comes within the period.
        return Err(invalid("alarm_period").with("alarm", alarm.to_string()).with("change", change.to_string()));
    }
    user_settings::set(change, &user.key, &settings).await?;
    if let Some(codes) = &edit.companies {
        let known = companies::of_user(change, &user.contract, &user.key).await?;
        if let Some(unknown) = codes.iter().find(|code| known.iter().all(|company| company.code != **code)) {
            return Err(invalid("company").with("value", unknown));
        }
        companies::choose(change, &user.key, codes.iter().map(String::as_str)).await?;
    }
    Ok(())
}

/// Returns the names of the fields that `edit` sets, for the audit log.
fn fields_of(edit: &UserEdit) -> Vec<String> {
    fields(edit).into_iter().filter(|(given, _)| *given).map(|(_, field)| field_name(field)).collect()
}

fn fields(edit: &UserEdit) -> [(bool, UserField); 12] {
    [
        (edit.name.is_some(), UserField::Name),
        (edit.role.is_some(), UserField::Role),
        (edit.login_password.is_some(), UserField::LoginPassword),
        (edit.new_confirmation_password.is_some(), UserField::ConfirmationPassword),
        (edit.approval_password.is_some(), UserField::ApprovalPassword),
        (edit.transfer_password.is_some(), UserField::TransferPassword),
        (edit.single_transfer.is_some(), UserField::SingleTransfer),
        (edit.transfer_limit_thousand_yen.is_some(), UserField::TransferLimit),
        (edit.forced_change.is_some(), UserField::ForcedChange),
        (edit.change_period_days.is_some(), UserField::ChangePeriod),
        (edit.alarm_period_days.is_some(), UserField::AlarmPeriod),
        (edit.companies.is_some(), UserField::Companies),
    ]
}

/// Returns the name of a field as the profile spells it.
fn field_name(field: UserField) -> String {
    match serde_json::to_value(field) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Returns the refusal of a value, with its fault.
fn invalid(fault: &str) -> Refusal {
    Refusal::new(Code::UserFieldInvalid).with("fault", fault)
}

fn not_allowed(field: impl Into<String>) -> Refusal {
    Refusal::new(Code::UserFieldNotAllowed).with("field", field)
}

/// Returns the role after the edit. A new role must be of the same class, and one that the operator looks after.
fn checked_role(
    profile: &Profile,
    operator: &PresentOperator,
    user: &User,
    edit: &UserEdit,
) -> Result<RoleId, Refusal> {
    let Some(wanted) = &edit.role else { return Ok(user.person.role.clone()) };
    let (old, new) = (profile.role(&user.person.role), profile.role(wanted));
    let operator = operator.user().and_then(|operator| profile.role(&operator.person.role));
    match (old, new, operator) {
        (Some(old), Some(new), Some(operator)) if old.class == new.class && operator.looks_after(&new.id) => {
            Ok(new.id.clone())
        }
        _ => Err(not_allowed(field_name(UserField::Role))),
    }
}

/// Returns the new passwords. The role must have each kind, and each password must follow its rule.
fn checked_passwords<'a>(
    profile: &Profile,
    user: &User,
    role: &RoleId,
    edit: &'a UserEdit,
) -> Result<Vec<(PasswordKind, &'a Secret)>, Refusal> {
    let given = [
        (PasswordKind::Login, &edit.login_password),
        (PasswordKind::Confirmation, &edit.new_confirmation_password),
        (PasswordKind::Approval, &edit.approval_password),
        (PasswordKind::Transfer, &edit.transfer_password),
    ];
    let mut checked = Vec::new();
    for (kind, password) in given {
        let Some(password) = password else { continue };
        let has = profile.role(role).is_some_and(|role| role.has_password(kind));
        if !has || profile.passwords.rule(kind).is_none() {
            return Err(not_allowed(format!("{}_password", name(kind))));
        }
        let login_password = edit.login_password.as_ref().filter(|_| kind != PasswordKind::Login);
        acceptable(profile, kind, password, user.into(), login_password)?;
        checked.push((kind, password));
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, SHINKIN, TestService, in_session, secret};

    /// An edit that changes nothing.
    fn nothing() -> UserEdit {
        serde_json::from_str(r#"{"confirmation_password": "Touro1"}"#).unwrap()
    }

    fn about(refusal: Refusal) -> (Code, String) {
        (refusal.code(), refusal.about())
    }

    async fn check(bank: &TestService, operator: &str, user: &str, edit: &UserEdit) -> Result<(), (Code, String)> {
        let operator = PresentOperator::User { user: Box::new(bank.user(operator).await), cooling_down: None };
        let checked = CheckedEdit::check(&bank.profile, &operator, &bank.user(user).await, edit);
        checked.map(|_| ()).map_err(about)
    }

    /// Applies an edit by the master ID, as a request does.
    async fn apply_by_master(bank: &TestService, user: &str, edit: &UserEdit) -> Result<UserRecord, (Code, String)> {
        let session = bank.session("keir001", None).await;
        let operator = PresentOperator::User { user: Box::new(bank.user("keir001").await), cooling_down: None };
        let user = bank.user(user).await;
        let checked = CheckedEdit::check(&bank.profile, &operator, &user, edit).map_err(about)?;
        let hashes = checked.hash(&bank.hashing, "keir001").await.map_err(about)?;
        let mut change = bank.database.write().await.unwrap();
        let operator = in_session("keir001", &session);
        let done = apply(bank.issuing(), &mut change, operator, user, edit, &hashes, bank.now()).await;
        if done.is_ok() {
            change.commit().await.unwrap();
        }
        done.map_err(about)
    }

    #[tokio::test]
    async fn s3_17_only_the_fields_of_the_bank_are_edited() {
        let okmate = TestService::open(OKMATE).await;
        let name = UserEdit { name: Some("花子".to_owned()), ..nothing() };
        let refused = Err((Code::UserFieldNotAllowed, "field name".to_owned()));
        assert_eq!(check(&okmate, "hanakodt", "jirodt", &name).await, refused);
        let forced = UserEdit { forced_change: Some(true), ..nothing() };
        assert_eq!(check(&okmate, "hanakodt", "jirodt", &forced).await, Ok(()));
        assert_eq!(check(&okmate, "hanakodt", "jirodt", &nothing()).await, Ok(()));
        let own = check(&okmate, "hanakodt", "hanakodt", &forced).await;
        assert_eq!(own.unwrap_err().0, Code::OwnNotAllowed);
    }

    #[tokio::test]
    async fn s4_7_a_new_role_is_of_the_same_class_and_looked_after_by_the_operator() {
        let bank = TestService::open(SHINKIN).await;
        let role = |role: &str| UserEdit { role: Some(RoleId(role.to_owned())), ..nothing() };
        let refused = || Err((Code::UserFieldNotAllowed, "field role".to_owned()));
        assert_eq!(check(&bank, "keir001", "keir003", &role("approver")).await, Ok(()));
        assert_eq!(check(&bank, "keir001", "keir003", &role("master")).await, refused());
        assert_eq!(check(&bank, "keir001", "keir003", &role("another")).await, refused());
        let text = SHINKIN.replace(r#"looks_after = ["approver", "general"]"#, r#"looks_after = ["approver"]"#);
        let narrow = TestService::open(&text).await;
        assert_eq!(check(&narrow, "keir001", "keir002", &role("general")).await, refused(), "same class alone");
        let wide = SHINKIN
            .replace(r#"looks_after = ["approver", "general"]"#, r#"looks_after = ["approver", "general", "master"]"#);
        let wide = TestService::open(&wide).await;
        assert_eq!(check(&wide, "keir001", "keir003", &role("master")).await, refused(), "another class");
    }

    #[tokio::test]
    async fn s4_8_limits_and_periods_have_a_greatest_value() {
        let bank = TestService::open(SHINKIN).await;
        let limit = |value| UserEdit { transfer_limit_thousand_yen: Some(value), ..nothing() };
        assert_eq!(check(&bank, "keir001", "keir003", &limit(LIMIT)).await, Ok(()));
        let refused = check(&bank, "keir001", "keir003", &limit(LIMIT + 1)).await;
        let about = "fault too_large, field transfer_limit, max 99999999".to_owned();
        assert_eq!(refused, Err((Code::UserFieldInvalid, about)));
        let refused = check(&bank, "keir001", "keir003", &limit(u32::MAX)).await;
        assert!(refused.is_err());
        for field in ["change_period", "alarm_period"] {
            let json = |days| format!(r#"{{"confirmation_password": "", "{field}_days": {days}}}"#);
            let edit = |days| serde_json::from_str::<UserEdit>(&json(days)).unwrap();
            assert_eq!(check(&bank, "keir001", "keir003", &edit(PERIOD)).await, Ok(()), "{field}");
            let refused = check(&bank, "keir001", "keir003", &edit(PERIOD + 1)).await;
            let about = format!("fault too_large, field {field}, max 3660");
            assert_eq!(refused, Err((Code::UserFieldInvalid, about)));
        }
    }

    #[tokio::test]
    async fn s4_7_new_passwords_follow_their_rules_and_differ_from_the_new_login_password() {
        let bank = TestService::open(SHINKIN).await;
        let login = UserEdit { login_password: Some(secret("Atara2")), ..nothing() };
        assert_eq!(check(&bank, "keir001", "keir003", &login).await, Ok(()));
        let like_login = UserEdit { new_confirmation_password: Some(secret("Atara2")), ..login.clone() };
        let refused = check(&bank, "keir001", "keir003", &like_login).await;
        let about = "fault like_login_password, max 6, min 6, which confirmation".to_owned();
        assert_eq!(refused, Err((Code::PasswordRuleBroken, about)));
        let approval = UserEdit { approval_password: Some(secret("Syounin999")), ..nothing() };
        assert_eq!(check(&bank, "keir001", "keir002", &approval).await, Ok(()));
        let refused = check(&bank, "keir001", "keir003", &approval).await;
        assert_eq!(
            refused,
            Err((Code::UserFieldNotAllowed, "field approval_password".to_owned())),
            "its role has none"
        );
        let name = UserEdit { name: Some("花\u{202e}子".to_owned()), ..nothing() };
        assert_eq!(check(&bank, "keir001", "keir003", &name).await.unwrap_err().0, Code::UserFieldInvalid);
    }

    #[tokio::test]
    async fn a_login_password_may_not_be_compared_with_itself() {
        let text = SHINKIN.replace("login = { min = 6,", "login = { unlike_login_password = true, min = 6,");
        let bank = TestService::open(&text).await;
        let edit = UserEdit { login_password: Some(secret("Atara2")), ..nothing() };
        assert_eq!(check(&bank, "keir001", "keir003", &edit).await, Ok(()));
    }

    #[tokio::test]
    async fn s4_13_an_edit_writes_all_its_fields_in_one_act() {
        let bank = TestService::open(SHINKIN).await;
        let session = bank.session("keir003", None).await;
        let edit = UserEdit {
            name: Some(" 経理 花子 ".to_owned()),
            login_password: Some(secret("Atara2026")),
            new_confirmation_password: Some(secret("Touro9")),
            single_transfer: Some(true),
            transfer_limit_thousand_yen: Some(500),
            companies: Some(vec!["0010000002".to_owned()]),
            ..nothing()
        };
        let record = apply_by_master(&bank, "keir003", &edit).await.unwrap();
        assert_eq!((record.person.id.as_str(), record.person.name.as_str()), ("keir003", "経理 花子"));
        let mut connection = bank.database.read().await.unwrap();
        let settings = user_settings::of_user(&mut connection, "keir003").await.unwrap();
        assert_eq!((settings.single_transfer, settings.transfer_limit), (true, 500));
        let companies = companies::of_user(&mut connection, "demo", "keir003").await.unwrap();
        let chosen: Vec<_> = companies.iter().filter(|one| one.chosen).map(|one| one.code.as_str()).collect();
        assert_eq!(chosen, ["0010000002"]);
        drop(connection);
        assert!(bank.confirm("keir003", secret("Touro9")).await.is_ok());
        let user = bank.user("keir003").await;
        assert!(user.forced_change, "the administrator knows the password");
        assert!(!bank.has_session(&session).await);
        assert_eq!(bank.acts().await, ["user_edited", "session_ended"]);
        let fields =
            ["name", "login_password", "confirmation_password", "single_transfer", "transfer_limit", "companies"];
        assert_eq!(bank.events().await[0]["fields"], serde_json::json!(fields));
        assert_eq!(bank.operations("keir003").await[0].kind, OperationKind::UserEdited);
    }

    #[tokio::test]
    async fn nobody_sets_a_password_that_another_keeps() {
        let bank = TestService::open(SHINKIN).await;
        let kept = || Err((Code::UserFieldInvalid, "fault set_by_another".to_owned()));
        let free = || UserEdit { forced_change: Some(false), ..nothing() };
        let apply = async |edit: &UserEdit| apply_by_master(&bank, "keir002", edit).await.map(|_| ());
        let passwords = [
            UserEdit { login_password: Some(secret("Atara2026")), ..free() },
            UserEdit { new_confirmation_password: Some(secret("Touro9")), ..free() },
            UserEdit { approval_password: Some(secret("Syounin009")), ..free() },
            UserEdit { transfer_password: Some(secret("Sousin0009")), ..free() },
        ];
        for edit in &passwords {
            assert_eq!(apply(edit).await, kept());
            assert!(!bank.user("keir002").await.forced_change);
        }
        assert_eq!(apply(&UserEdit { forced_change: Some(true), ..nothing() }).await, Ok(()));
        assert_eq!(apply(&free()).await, Ok(()), "the user's own passwords");
        assert!(!bank.user("keir002").await.forced_change);
        for edit in passwords {
            let session = bank.session("keir002", None).await;
            assert_eq!(apply(&UserEdit { forced_change: None, ..edit }).await, Ok(()));
            assert_eq!(apply(&free()).await, kept());
            assert!(bank.user("keir002").await.forced_change && !bank.has_session(&session).await);
        }
        assert_eq!(bank.user("keir002").await.set_by_another, PasswordKind::ALL);
    }

    #[tokio::test]
    async fn s4_7_a_new_role_loses_the_passwords_that_it_does_not_have() {
        let bank = TestService::open(SHINKIN).await;
        let stored = async || {
            let sql =
                "SELECT approval_password IS NOT NULL, transfer_password IS NOT NULL FROM users WHERE id = 'keir002'";
            let mut connection = bank.database.read().await.unwrap();
            let found: (i64, i64) = sqlx::query_as(sql).fetch_one(&mut *connection).await.unwrap();
            found
        };
        apply_by_master(&bank, "keir002", &nothing()).await.unwrap();
        assert_eq!(stored().await, (1, 1));
        let edit = UserEdit { role: Some(RoleId("general".to_owned())), ..nothing() };
        apply_by_master(&bank, "keir002", &edit).await.unwrap();
        assert_eq!(stored().await, (0, 1));
    }

    #[tokio::test]
    async fn s4_8_the_alarm_comes_within_the_period_and_zero_ends_either() {
        let bank = TestService::open(SHINKIN).await;
        let set = async |change, alarm| {
            let edit = UserEdit { change_period_days: change, alarm_period_days: alarm, ..nothing() };
            apply_by_master(&bank, "keir003", &edit).await.map(|_| ()).map_err(|(_, about)| about)
        };
        let periods = async || {
            let mut connection = bank.database.read().await.unwrap();
            let settings = user_settings::of_user(&mut connection, "keir003").await.unwrap();
            (settings.change_period_days, settings.alarm_period_days)
        };
        assert_eq!(set(Some(90), Some(90)).await, Ok(()));
        assert_eq!(periods().await, (Some(90), Some(90)));
        assert_eq!(set(Some(90), Some(91)).await, Err("alarm 91, change 90, fault alarm_period".to_owned()));
        assert_eq!(set(Some(89), None).await, Err("alarm 90, change 89, fault alarm_period".to_owned()));
        assert_eq!(set(None, Some(1)).await, Ok(()));
        assert_eq!(periods().await, (Some(90), Some(1)));
        assert_eq!(set(Some(0), None).await, Ok(()));
        assert_eq!(periods().await, (None, Some(1)));
        assert_eq!(set(Some(1), Some(0)).await, Ok(()));
        assert_eq!(periods().await, (Some(1), None));
        let unknown = UserEdit { companies: Some(vec!["0010000009".to_owned()]), ..nothing() };
        let refused = apply_by_master(&bank, "keir003", &unknown).await.map(|_| ());
        assert_eq!(refused, Err((Code::UserFieldInvalid, "fault company, value 0010000009".to_owned())), "S4-12");
    }

    #[tokio::test]
    async fn an_edit_is_judged_again_in_its_transaction() {
        let bank = TestService::open(SHINKIN).await;
        let session = bank.session("keir003", None).await;
        let edit = UserEdit { name: Some("花子".to_owned()), ..nothing() };
        let user = bank.user("keir002").await;
        let mut change = bank.database.write().await.unwrap();
        let operator = in_session("keir003", &session);
        let refused = apply(bank.issuing(), &mut change, operator, user, &edit, &[], bank.now()).await;
        assert_eq!(refused.unwrap_err().code(), Code::NotPermitted);
        drop(change);
        assert_ne!(bank.user("keir002").await.person.name, "花子");
    }
}
