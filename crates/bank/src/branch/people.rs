use inkan_profile::{PasswordKind, Permission, RoleId, TokenState};
use inkan_protocol::{Person, Secret, UserRecord, new_password};

use super::{Branch, BranchError};
use crate::audit::{self, Actor, AuditAction, Event};
use crate::database::users::{NewUser, SetBy};
use crate::database::{contract, users};
use crate::rules::operator::Operator;
use crate::rules::password_notice;
use crate::rules::password_rules::{PasswordOwner, acceptable};
use crate::rules::password_set;
use crate::rules::password_unlock;
use crate::rules::person_name::checked_name;
use crate::rules::user_key::user_key;
use crate::rules::user_record::record;

/// Who hashes passwords in a program of the branch.
const BRANCH: &str = "branch";

/// A user to add.
#[derive(Debug)]
pub struct NewPerson {
    /// The contract's number.
    pub contract: String,
    /// Login ID.
    pub id: String,
    /// 利用者名
    pub name: String,
    /// 利用者区分
    pub role: RoleId,
    /// The first login password, which the first login must change (S1-7).
    pub login_password: Secret,
}

impl Branch {
    /// Returns the users of a contract.
    ///
    /// # Errors
    /// [`BranchError::ContractUnknown`].
    pub async fn users(&self, number: &str) -> Result<Vec<UserRecord>, BranchError> {
        let mut connection = self.database.read().await?;
        if contract::company(&mut connection, number).await?.is_none() {
            return Err(BranchError::ContractUnknown(number.to_owned()));
        }
        let mut records = Vec::new();
        for user in users::of_contract(&mut connection, number).await? {
            records.push(record(&self.profile, &mut connection, user, self.now()).await?);
        }
        Ok(records)
    }

    /// Adds a user. The user registers the other passwords at the first login.
    ///
    /// # Errors
    /// The contract or the role is unknown, the ID is taken or malformed, or the password breaks its rule.
    pub async fn add_user(&self, person: NewPerson) -> Result<UserRecord, BranchError> {
        let role = self.profile.role(&person.role).ok_or_else(|| BranchError::RoleUnknown(person.role.0.clone()))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if person.id.is_empty() || person.id.len() > 64 || !person.id.chars().all(plain) {
            return Err(BranchError::LoginId(person.id));
        }
        checked_name(&person.name)?;
        let named = Person { id: person.id.clone(), name: person.name, role: person.role };
        let password = new_password(&person.login_password, PasswordKind::Login, Some(&self.profile.passwords));
        let company = contract::company(&mut *self.database.read().await?, &person.contract).await?;
        let company = company.ok_or_else(|| BranchError::ContractUnknown(person.contract.clone()))?;
        let owner = PasswordOwner { person: &named, company: &company };
        acceptable(&self.profile, PasswordKind::Login, &password, owner, None)?;
        let login_password = self.hashing.hash(BRANCH, password).await?;
        let token_state = match role.may(Permission::ActivateOwnToken) {
            true => TokenState::Unregistered,
            false => TokenState::NotRequired,
        };
        let now = self.now();
        let key = user_key(&self.profile, Some(&person.contract), &person.id);
        let mut change = self.database.write().await?;
        if contract::company(&mut change, &person.contract).await?.is_none() {
            return Err(BranchError::ContractUnknown(person.contract));
        }
        if users::find(&mut change, &key).await?.is_some() {
            return Err(BranchError::Known(person.id));
        }
        let new = NewUser {
            key: &key,
            person: &named,
            contract: &person.contract,
            login_password: &login_password,
            confirmation_password: None,
            set_by: SetBy::Another,
            forced_change: true,
            token_state,
            token_serial: None,
            now,
        };
        users::add(&mut change, &new).await?;
        let user = self.user(&mut change, Some(&person.contract), &person.id).await?;
        audit::record(&mut change, now, Event::done(Actor::Branch, AuditAction::UserAdded).upon(&user)).await?;
        let kinds = [PasswordKind::Login];
        password_notice::set_by_another(&self.profile, &mut change, &user, &kinds, None, now).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// Unlocks passwords, for example of an administrator whom no other can help (M5). Unlocks all if `passwords` is
    /// empty.
    ///
    /// # Errors
    /// There is no such user.
    pub async fn unlock(
        &self,
        contract: Option<&str>,
        id: &str,
        passwords: &[PasswordKind],
    ) -> Result<UserRecord, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        let passwords = passwords.to_vec();
        let (record, _) =
            password_unlock::unlock(&self.profile, &mut change, Operator::Branch, user, passwords, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// Sets a new login password. The next login must change it.
    ///
    /// # Errors
    /// There is no such user, or the password breaks its rule.
    pub async fn set_login_password(
        &self,
        contract: Option<&str>,
        id: &str,
        password: Secret,
    ) -> Result<UserRecord, BranchError> {
        let user = self.user(&mut *self.database.read().await?, contract, id).await?;
        let password = new_password(&password, PasswordKind::Login, Some(&self.profile.passwords));
        acceptable(&self.profile, PasswordKind::Login, &password, (&user).into(), None)?;
        let hash = self.hashing.hash(BRANCH, password).await?;
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        let (profile, operator) = (&self.profile, Operator::Branch);
        let hashes = [(PasswordKind::Login, hash)];
        let ended = password_set::set(profile, &mut change, operator, &user, &hashes, now).await?;
        let act = AuditAction::UserEdited { fields: vec!["login_password".to_owned()] };
        audit::record(&mut change, now, Event::done(Actor::Branch, act).upon(&user)).await?;
        audit::sessions_ended(&mut change, now, ended).await?;
        let user = self.user(&mut change, contract, id).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }
}
