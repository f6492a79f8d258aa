use inkan_profile::{PasswordContext, PasswordKind, RoleId, UserField};
use inkan_protocol::{Code, Secret, UserEdit};
use time::OffsetDateTime;

use super::session::Session;
use super::users::permitted_act;
use crate::audit;
use crate::database::users::User;
use crate::database::{Connection, companies, sessions, user_settings, users};
use crate::rules::certificate_change::{self, Operator};
use crate::rules::password_rules::follows;
use crate::rules::person_name::checked_name;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The highest 都度振込取扱限度額, in thousands of yen.
const LIMIT: u32 = 99_999_999;
/// The longest change period, in days.
const PERIOD: u32 = 3660;

/// An edit that this bank knows and that follows its rules.
#[derive(Debug)]
pub(super) struct CheckedEdit<'a> {
    edit: &'a UserEdit,
    /// The user's role afterwards.
    role: RoleId,
    /// New passwords, in the order of [`PasswordKind::ALL`].
    passwords: Vec<(PasswordKind, &'a Secret)>,
}

/// The same with its passwords hashed, which is slow and comes before the transaction.
#[derive(Debug)]
pub(super) struct HashedEdit<'a> {
    edit: &'a UserEdit,
    role: RoleId,
    hashes: Vec<(PasswordKind, String)>,
}

impl<'a> CheckedEdit<'a> {
    /// Refuses what the bank's administrators do not set, what breaks a rule, and what the operator may not do.
    pub(super) fn check(
        service: &Service,
        session: &Session,
        user: &User,
        edit: &'a UserEdit,
    ) -> Result<Self, Refusal> {
        for (given, field) in fields(edit) {
            if given && !service.profile.user_fields.contains(&field) {
                return Err(not_allowed(field_name(field)));
            }
        }
        let role = checked_role(service, session, user, edit)?;
        let passwords = checked_passwords(service, user, &role, edit)?;
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
            permitted_act(service, session, user, act)?;
        }
        Ok(Self { edit, role, passwords })
    }

    /// Hashes the new passwords.
    pub(super) async fn hash(self, service: &Service) -> Result<HashedEdit<'a>, Refusal> {
        let mut hashes = Vec::new();
        for (kind, password) in self.passwords {
            hashes.push((kind, service.hashing.hash(password.clone()).await?));
        }
        Ok(HashedEdit { edit: self.edit, role: self.role, hashes })
    }
}

impl HashedEdit<'_> {
    /// Writes it all.
    pub(super) async fn apply(
        &self,
        service: &Service,
        change: &mut Connection,
        operator: &User,
        user: &User,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        let name = self.edit.name.as_deref().map_or(user.person.name.as_str(), str::trim);
        user_settings::set_person(change, &user.key, name, &self.role.0).await?;
        self.set_passwords(service, change, user, now).await?;
        let mut settings = user_settings::of_user(change, &user.key).await?;
        let days = |given: Option<u32>, now: Option<u32>| given.map_or(now, |days| (days > 0).then_some(days));
        settings.single_transfer = self.edit.single_transfer.unwrap_or(settings.single_transfer);
        settings.transfer_limit = self.edit.transfer_limit_thousand_yen.unwrap_or(settings.transfer_limit);
        settings.change_period_days = days(self.edit.change_period_days, settings.change_period_days);
        settings.alarm_period_days = days(self.edit.alarm_period_days, settings.alarm_period_days);
        let periods = self.edit.change_period_days.or(self.edit.alarm_period_days);
        if let (Some(_), Some(change), Some(alarm)) = (periods, settings.change_period_days, settings.alarm_period_days)
            && alarm > change
        {
            // S4-8: the alarm comes within the period.
            return Err(invalid("alarm_period").with("alarm", alarm.to_string()).with("change", change.to_string()));
        }
        user_settings::set(change, &user.key, &settings).await?;
        if let Some(codes) = &self.edit.companies {
            let known = companies::of_user(change, &user.contract, &user.key).await?;
            if let Some(unknown) = codes.iter().find(|code| known.iter().all(|company| company.code != **code)) {
                return Err(invalid("company").with("value", unknown));
            }
            companies::choose(change, &user.key, codes.iter().map(String::as_str)).await?;
        }
        match self.edit.certificate {
            Some(act) => {
                certificate_change::act(&service.profile, change, act, Operator::User(operator), user, now).await
            }
            None => Ok(()),
        }
    }

    async fn set_passwords(
        &self,
        service: &Service,
        change: &mut Connection,
        user: &User,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        let mut forced = self.edit.forced_change;
        for (kind, hash) in &self.hashes {
            match kind {
                PasswordKind::Login => {
                    users::set_login_password(change, &user.key, hash, now).await?;
                    let ended = sessions::end_of_user(change, &user.key, None).await?;
                    audit::sessions_ended(change, now, ended).await?;
                    // The administrator knows it now: it is the user's own only once they have changed it.
                    forced = forced.or(Some(true));
                }
                other => users::set_other_password(change, &user.key, *other, Some(hash)).await?,
            }
        }
        if let Some(role) = service.profile.role(&self.role) {
            for kind in [PasswordKind::Approval, PasswordKind::Transfer] {
                if !role.has_password(kind) {
                    users::set_other_password(change, &user.key, kind, None).await?;
                }
            }
        }
        if let Some(forced) = forced {
            users::set_forced_change(change, &user.key, forced).await?;
        }
        Ok(())
    }
}

/// The names of the fields that are set, for the log.
pub(super) fn fields_of(edit: &UserEdit) -> Vec<String> {
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

/// The field as the profile writes it.
fn field_name(field: UserField) -> String {
    match serde_json::to_value(field) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A value that the field cannot have, by what is wrong with it.
fn invalid(fault: &str) -> Refusal {
    Refusal::new(Code::UserFieldInvalid).with("fault", fault)
}

fn not_allowed(field: impl Into<String>) -> Refusal {
    Refusal::new(Code::UserFieldNotAllowed).with("field", field)
}

/// The role afterwards: another one of the same class that the operator looks after, too.
fn checked_role(service: &Service, session: &Session, user: &User, edit: &UserEdit) -> Result<RoleId, Refusal> {
    let Some(wanted) = &edit.role else { return Ok(user.person.role.clone()) };
    let (old, new) = (service.profile.role(&user.person.role), service.profile.role(wanted));
    let operator = service.profile.role(&session.user().person.role);
    match (old, new, operator) {
        (Some(old), Some(new), Some(operator)) if old.class == new.class && operator.looks_after(&new.id) => {
            Ok(new.id.clone())
        }
        _ => Err(not_allowed(field_name(UserField::Role))),
    }
}

/// The new passwords, each of which the role has and each by its rule.
fn checked_passwords<'a>(
    service: &Service,
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
        let rule = service.profile.passwords.rule(kind);
        let has = service.profile.role(role).is_some_and(|role| role.has_password(kind));
        let Some(rule) = rule.filter(|_| has) else { return Err(not_allowed(format!("{which}_password"))) };
        let login_password = edit.login_password.as_ref().filter(|_| kind != PasswordKind::Login);
        let context =
            PasswordContext { user_id: &user.person.id, login_password: login_password.map(|login| login.expose()) };
        follows(which, rule, password, context)?;
        checked.push((kind, password));
    }
    Ok(checked)
}
