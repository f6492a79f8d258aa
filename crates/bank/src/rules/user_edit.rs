use inkan_profile::{PasswordContext, PasswordKind, Permission, Profile, RoleId, UserField};
use inkan_protocol::{Code, OperationKind, Secret, UserEdit, UserRecord};
use time::OffsetDateTime;

use super::certificate_change;
use super::certificate_permission::permit;
use super::login_password;
use super::operator::{Operator, PresentOperator};
use super::password_rules::follows;
use super::person_name::checked_name;
use super::refusal::Refusal;
use super::user_record::record;
use crate::audit::{self, AuditAction};
use crate::database::sessions::Ended;
use crate::database::users::{self, User};
use crate::database::{Connection, companies, operations, user_settings};
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

/// The hash of a new password.
pub(crate) type NewHash = (PasswordKind, String);

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

    /// Hashes the new passwords. Hashing is slow, so this is done before the transaction begins.
    pub(crate) async fn hash(self, hashing: &Hashing) -> Result<Vec<NewHash>, Refusal> {
        let mut hashes = Vec::new();
        for (kind, password) in self.passwords {
            hashes.push((kind, hashing.hash(password.clone()).await?));
        }
        Ok(hashes)
    }
}

/// Writes an edit of `user` with the `hashes` of its new passwords (S3-17, S4-5 … S4-13). Returns the user afterwards.
///
/// # Errors
/// The errors of [`CheckedEdit::check`], judged again inside the transaction `change`.
pub(crate) async fn apply(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    user: User,
    edit: &UserEdit,
    hashes: &[NewHash],
    now: OffsetDateTime,
) -> Result<UserRecord, Refusal> {
    let present = operator.present(profile, change, now).await?;
    let role = CheckedEdit::check(profile, &present, &user, edit)?.role;
    let name = edit.name.as_deref().map_or(user.person.name.as_str(), str::trim);
    user_settings::set_person(change, &user.key, name, &role.0).await?;
    let ended = set_passwords(profile, change, operator, &user, edit, hashes, now).await?;
    set_role_passwords(profile, change, &user, &role).await?;
    set_settings(change, &user, edit).await?;
    if let Some(act) = edit.certificate {
        certificate_change::act(profile, change, act, operator, &user, now).await?;
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
    change: &mut Connection,
    operator: Operator<'_>,
    user: &User,
    edit: &UserEdit,
    hashes: &[NewHash],
    now: OffsetDateTime,
) -> Result<Option<Ended>, Refusal> {
    let mut ended = None;
    if let Some(forced) = edit.forced_change {
        users::set_forced_change(change, &user.key, forced).await?;
    }
    for (kind, hash) in hashes {
        match kind {
            PasswordKind::Login => {
                // The administrator knows the new password, so that the user must change it.
                let forced = edit.forced_change.unwrap_or(true);
                ended = Some(login_password::set(profile, change, operator, user, hash, forced, now).await?);
            }
            other => users::set_other_password(change, &user.key, *other, Some(hash)).await?,
        }
    }
    Ok(ended)
}

/// Removes the passwords that the role does not have.
async fn set_role_passwords(
    profile: &Profile,
    change: &mut Connection,
    user: &User,
    role: &RoleId,
) -> Result<(), Refusal> {
    if let Some(role) = profile.role(role) {
        for kind in [PasswordKind::Approval, PasswordKind::Transfer] {
            if !role.has_password(kind) {
                users::set_other_password(change, &user.key, kind, None).await?;
            }
        }
    }
    Ok(())
}

async fn set_settings(change: &mut Connection, user: &User, edit: &UserEdit) -> Result<(), Refusal> {
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
        (PasswordKind::Login, &edit.login_password, "login"),
        (PasswordKind::Confirmation, &edit.new_confirmation_password, "confirmation"),
        (PasswordKind::Approval, &edit.approval_password, "approval"),
        (PasswordKind::Transfer, &edit.transfer_password, "transfer"),
    ];
    let mut checked = Vec::new();
    for (kind, password, which) in given {
        let Some(password) = password else { continue };
        let rule = profile.passwords.rule(kind);
        let has = profile.role(role).is_some_and(|role| role.has_password(kind));
        let Some(rule) = rule.filter(|_| has) else { return Err(not_allowed(format!("{which}_password"))) };
        let login_password = edit.login_password.as_ref().filter(|_| kind != PasswordKind::Login);
        let context =
            PasswordContext { user_id: &user.person.id, login_password: login_password.map(|login| login.expose()) };
        follows(which, rule, password, context)?;
        checked.push((kind, password));
    }
    Ok(checked)
}
