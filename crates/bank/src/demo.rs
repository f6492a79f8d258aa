//! The sample people of a profile, in a bank that is started to be tried.

use inkan_profile::{Demo, DemoUser, RoleId, TokenState};
use inkan_protocol::{Notice, Person, Secret, Transaction};
use serde::Serialize;
use time::{Duration, OffsetDateTime};

use crate::database::users::NewUser;
use crate::database::{Connection, Database, contract, notices, tokens, transactions, users};
use crate::hashing::Hashing;
use crate::options::StartError;
use crate::seal::Seal;
use crate::secrets;

/// The one contract of the sample people.
const CONTRACT: &str = "demo";

/// With whom a bank can be tried.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccess {
    /// In the order of the profile.
    pub users: Vec<DemoUserAccess>,
}

/// One sample person with all that opens their account. Passwords as they were seeded.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names of the published JSON line say it")]
pub struct DemoUserAccess {
    pub id: String,
    pub name: String,
    pub role: RoleId,
    pub login_password: Secret,
    pub confirmation_password: Option<Secret>,
    pub token_serial: Option<String>,
    /// RFC 4648 §6, without padding.
    pub token_secret_base32: Option<Secret>,
    pub token_step_seconds: Option<u32>,
    pub token_state: TokenState,
}

/// Seeds the sample people where they are not there yet, and says how to be them.
pub(crate) async fn seed(
    demo: &Demo,
    step_seconds: u32,
    database: &Database,
    seal: &Seal,
    hashing: &Hashing,
    now: OffsetDateTime,
) -> Result<DemoAccess, StartError> {
    if contract::company(&mut *database.read().await?, CONTRACT).await?.is_none() {
        plant(demo, database, seal, hashing, now).await?;
    }
    let mut connection = database.read().await?;
    let mut access = Vec::new();
    for user in &demo.users {
        access.push(reveal(&mut connection, user, step_seconds, seal, now).await?);
    }
    Ok(DemoAccess { users: access })
}

/// All at once or nothing, so that a start that was cut short is begun again.
async fn plant(
    demo: &Demo,
    database: &Database,
    seal: &Seal,
    hashing: &Hashing,
    now: OffsetDateTime,
) -> Result<(), StartError> {
    let mut change = database.write().await?;
    contract::add(&mut change, CONTRACT, &demo.company).await?;
    for user in &demo.users {
        plant_user(&mut change, user, seal, hashing, now).await?;
    }
    for (number, sample) in (1..).zip(&demo.notices) {
        let published = now - Duration::days(i64::from(sample.days_ago));
        let notice = Notice { title: sample.title.clone(), body: sample.body.clone(), published };
        notices::add(&mut change, CONTRACT, &format!("{CONTRACT}-{number}"), &notice).await?;
    }
    for (number, sample) in (1..).zip(&demo.transactions) {
        let transaction = Transaction {
            kind: sample.kind.clone(),
            count: sample.count,
            amount_yen: sample.amount_yen,
            awaits_approval: sample.awaits_approval,
        };
        transactions::add(&mut change, CONTRACT, &format!("{CONTRACT}-{number}"), &transaction).await?;
    }
    Ok(change.commit().await?)
}

async fn plant_user(
    change: &mut Connection,
    user: &DemoUser,
    seal: &Seal,
    hashing: &Hashing,
    now: OffsetDateTime,
) -> Result<(), StartError> {
    if let Some(serial) = &user.token_serial
        && tokens::sealed_secret(change, serial).await?.is_none()
    {
        let sealed_secret = seal.seal(serial, secrets::token_secret().as_slice())?;
        let expires = now + Duration::days(user.token_expires_days.unwrap_or(0));
        tokens::add(change, &tokens::NewToken { serial, sealed_secret: &sealed_secret, expires }).await?;
    }
    let login_password = hashing.hash(Secret::from(user.login_password.clone())).await?;
    let confirmation_password = match &user.confirmation_password {
        Some(password) => Some(hashing.hash(Secret::from(password.clone())).await?),
        None => None,
    };
    let person = Person { id: user.id.clone(), name: user.name.clone(), role: user.role.clone() };
    let user = NewUser {
        person: &person,
        contract: CONTRACT,
        login_password: &login_password,
        confirmation_password: confirmation_password.as_deref(),
        forced_change: user.forced_change || confirmation_password.is_none(),
        token_state: user.token_state,
        token_serial: user.token_serial.as_deref(),
    };
    Ok(users::add(change, &user).await?)
}

async fn reveal(
    connection: &mut Connection,
    sample: &DemoUser,
    step_seconds: u32,
    seal: &Seal,
    now: OffsetDateTime,
) -> Result<DemoUserAccess, StartError> {
    let known = users::find(connection, &sample.id).await?;
    let serial = known.as_ref().and_then(|user| user.token_serial()).map(str::to_owned);
    let secret = match &serial {
        Some(serial) => match tokens::sealed_secret(connection, serial).await? {
            Some(sealed) => Some(seal.unseal(serial, &sealed)?),
            None => None,
        },
        None => None,
    };
    Ok(DemoUserAccess {
        id: sample.id.clone(),
        name: sample.name.clone(),
        role: sample.role.clone(),
        login_password: Secret::from(sample.login_password.clone()),
        confirmation_password: sample.confirmation_password.clone().map(Secret::from),
        token_step_seconds: secret.as_ref().map(|_| step_seconds),
        token_secret_base32: secret.map(|secret| Secret::from(data_encoding::BASE32_NOPAD.encode(&secret))),
        token_state: known.map_or(sample.token_state, |user| user.token(now).state),
        token_serial: serial,
    })
}
