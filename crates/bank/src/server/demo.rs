//! The sample people of a profile, with whom a bank can be tried out.

use inkan_profile::{Demo, DemoUser, PasswordKind, Profile, RoleId, TokenState};
use inkan_protocol::{CompanyRecord, Notice, Person, Secret, Transaction, new_password};
use serde::Serialize;
use time::{Duration, OffsetDateTime};

use super::start_error::StartError;
use crate::database::issues::Issue;
use crate::database::notices::Reader;
use crate::database::users::{NewUser, SetBy};
use crate::database::{Connection, Database, companies, contract, issues, notices, tokens, transactions, users};
use crate::keys::password_hash::Hashing;
use crate::keys::random;
use crate::keys::secret_box::SecretBox;
use crate::rules::user_key::user_key;

/// The contract of the sample people, at a bank without contract numbers.
const CONTRACT: &str = "demo";

/// The sample people of a bank.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccess {
    /// The contract number, at a bank with contract numbers (S3-10).
    pub contract_id: Option<String>,
    /// The sample people, in the order of the profile.
    pub users: Vec<DemoUserAccess>,
}

/// A sample person, with the passwords and the token as they were seeded.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names of the published JSON line say it")]
pub struct DemoUserAccess {
    pub id: String,
    pub name: String,
    pub role: RoleId,
    pub login_password: Secret,
    pub confirmation_password: Option<Secret>,
    pub token_serial: Option<String>,
    /// Base32 (RFC 4648 §6), without padding.
    pub token_secret_base32: Option<Secret>,
    pub token_step_seconds: Option<u32>,
    pub token_state: TokenState,
}

/// Seeds the sample people if they are missing, and returns how to log in as them.
pub(crate) async fn seed(
    profile: &Profile,
    demo: &Demo,
    database: &Database,
    secret_box: &SecretBox,
    hashing: &Hashing,
    now: OffsetDateTime,
) -> Result<DemoAccess, StartError> {
    let contract = demo.contract.as_deref().unwrap_or(CONTRACT);
    let sample = Sample { profile, demo, contract, secret_box, hashing, now };
    if contract::company(&mut *database.read().await?, contract).await?.is_none() {
        sample.plant(database).await?;
    }
    let mut connection = database.read().await?;
    let mut users = Vec::new();
    for user in &demo.users {
        users.push(sample.reveal(&mut connection, user).await?);
    }
    Ok(DemoAccess { contract_id: demo.contract.clone(), users })
}

struct Sample<'a> {
    profile: &'a Profile,
    demo: &'a Demo,
    contract: &'a str,
    secret_box: &'a SecretBox,
    hashing: &'a Hashing,
    now: OffsetDateTime,
}

impl Sample<'_> {
    /// Seeds everything in one transaction. If the start is interrupted, the next start seeds again.
    async fn plant(&self, database: &Database) -> Result<(), StartError> {
        let Self { demo, contract, now, .. } = *self;
        let mut change = database.write().await?;
        // Another instance that started at the same time may have been first.
        if contract::company(&mut change, contract).await?.is_some() {
            return Ok(());
        }
        contract::add(&mut change, contract, &demo.company).await?;
        for company in &demo.companies {
            let company = CompanyRecord {
                code: company.code.clone(),
                name: company.name.clone(),
                account: company.account.clone(),
                contracts: company.contracts.clone(),
                chosen: false,
            };
            companies::add(&mut change, contract, &company).await?;
        }
        for user in &demo.users {
            self.plant_user(&mut change, user).await?;
        }
        for (number, sample) in (1..).zip(&demo.notices) {
            let published = now.saturating_sub(Duration::days(i64::from(sample.days_ago)));
            let notice = Notice { title: sample.title.clone(), body: sample.body.clone(), published };
            notices::add(&mut change, contract, Reader::Everyone, &format!("{CONTRACT}-{number}"), &notice).await?;
        }
        for (number, sample) in (1..).zip(&demo.transactions) {
            let transaction = Transaction {
                kind: sample.kind.clone(),
                count: sample.count,
                amount_yen: sample.amount_yen,
                awaits_approval: sample.awaits_approval,
            };
            transactions::add(&mut change, contract, &format!("{CONTRACT}-{number}"), &transaction).await?;
        }
        Ok(change.commit().await?)
    }

    async fn plant_user(&self, change: &mut Connection, user: &DemoUser) -> Result<(), StartError> {
        if let Some(serial) = &user.token_serial
            && tokens::find(change, serial).await?.is_none()
        {
            let sealed_secret = self.secret_box.seal(serial, random::token_secret().as_slice())?;
            let expires = self.now.saturating_add(Duration::days(user.token_expires_days.unwrap_or(0)));
            let rules = &self.profile.token;
            let token = tokens::NewToken {
                serial,
                sealed_secret: &sealed_secret,
                expires,
                step_seconds: rules.step_seconds,
                digits: rules.digits,
                digest: rules.digest,
            };
            tokens::add(change, &token).await?;
        }
        let login_password = self.hash(PasswordKind::Login, &user.login_password).await?;
        let confirmation_password = match &user.confirmation_password {
            Some(password) => Some(self.hash(PasswordKind::Confirmation, password).await?),
            None => None,
        };
        let lacks_confirmation =
            confirmation_password.is_none() && self.has_password(&user.role, PasswordKind::Confirmation);
        let key = self.key(user);
        let new = NewUser {
            key: &key,
            person: &Person { id: user.id.clone(), name: user.name.clone(), role: user.role.clone() },
            contract: self.contract,
            login_password: &login_password,
            confirmation_password: confirmation_password.as_deref(),
            // The sample people chose their passwords themselves.
            set_by: SetBy::TheUser,
            forced_change: user.forced_change || lacks_confirmation,
            token_state: user.token_state,
            token_serial: user.token_serial.as_deref(),
            now: self.now,
        };
        users::add(change, &new).await?;
        if let Some(serial) = &user.token_serial {
            let sharers = self.demo.users.iter().filter(|other| other.token_serial.as_ref() == Some(serial)).count();
            tokens::hand_out(change, serial, self.contract, (sharers == 1).then_some(key.as_str())).await?;
        }
        let others =
            [(PasswordKind::Approval, &user.approval_password), (PasswordKind::Transfer, &user.transfer_password)];
        for (kind, password) in others {
            if let Some(password) = password {
                let hash = self.hash(kind, password).await?;
                users::set_other_password(change, &key, kind, Some(&hash), SetBy::TheUser).await?;
            }
        }
        companies::choose(change, &key, self.demo.companies.first().map(|company| company.code.as_str())).await?;
        let rules = &self.profile.certificate;
        if !rules.self_issue {
            let deadline = rules.acquisition_deadline(self.now);
            let issue = Issue { issue_number: 1, registered: self.now, deadline, reissue: false, open: true };
            issues::open(change, &key, &issue).await?;
        }
        Ok(())
    }

    async fn reveal(&self, connection: &mut Connection, user: &DemoUser) -> Result<DemoUserAccess, StartError> {
        let known = users::find(connection, &self.key(user)).await?;
        let serial = known.as_ref().and_then(|user| user.token_serial()).map(str::to_owned);
        let secret = match &serial {
            Some(serial) => match tokens::find(connection, serial).await? {
                Some(token) => Some(self.secret_box.unseal(serial, &token.sealed_secret)?),
                None => None,
            },
            None => None,
        };
        Ok(DemoUserAccess {
            id: user.id.clone(),
            name: user.name.clone(),
            role: user.role.clone(),
            login_password: Secret::from(user.login_password.clone()),
            confirmation_password: user.confirmation_password.clone().map(Secret::from),
            token_step_seconds: secret.as_ref().map(|_| self.profile.token.step_seconds),
            token_secret_base32: secret.map(|secret| Secret::from(data_encoding::BASE32_NOPAD.encode(&secret))),
            token_state: known.map_or(user.token_state, |user| user.token(self.now).state),
            token_serial: serial,
        })
    }

    fn key(&self, user: &DemoUser) -> String {
        user_key(self.profile, Some(self.contract), &user.id)
    }

    fn has_password(&self, role: &RoleId, kind: PasswordKind) -> bool {
        self.profile.role(role).is_some_and(|role| role.has_password(kind))
    }

    async fn hash(&self, kind: PasswordKind, password: &str) -> Result<String, StartError> {
        let password = Secret::from(password.to_owned());
        Ok(self.hashing.hash("demo", new_password(&password, kind, Some(&self.profile.passwords))).await?)
    }
}
