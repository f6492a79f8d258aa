use inkan_profile::{RoleId, TokenState};
use inkan_protocol::{Person, TokenRecord};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Connection, columns};

/// A user as the bank keeps them.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) person: Person,
    pub(crate) contract: String,
    pub(crate) forced_change: bool,
    /// As it was set; [`User::token`] says what that means now.
    token_state: TokenState,
    token_serial: Option<String>,
    token_expires: Option<OffsetDateTime>,
}

impl User {
    /// The token as it stands now: one in use ends by its date (S2-12), and one revoked shows nothing (S2-14).
    pub(crate) fn token(&self, now: OffsetDateTime) -> TokenRecord {
        let over = self.token_expires.is_some_and(|end| end < now);
        let state = match self.token_state {
            TokenState::Active if over => TokenState::Expired,
            state => state,
        };
        let shown = !matches!(state, TokenState::NotRequired | TokenState::Revoked);
        TokenRecord {
            state,
            serial: self.token_serial.clone().filter(|_| shown),
            expires: self.token_expires.filter(|_| shown),
        }
    }

    /// The serial of the token, shown or not.
    pub(crate) fn token_serial(&self) -> Option<&str> {
        self.token_serial.as_deref()
    }
}

/// The two passwords, which are locked apart from each other (M5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Login,
    Confirmation,
}

/// A password as it is kept.
#[derive(Debug, FromRow)]
pub(crate) struct StoredPassword {
    /// In PHC string format; none where none is registered.
    pub(crate) hash: Option<String>,
    /// Wrong tries since the last right one.
    pub(crate) failures: i64,
}

/// A user to be.
#[derive(Debug)]
pub(crate) struct NewUser<'a> {
    pub(crate) person: &'a Person,
    pub(crate) contract: &'a str,
    pub(crate) login_password: &'a str,
    pub(crate) confirmation_password: Option<&'a str>,
    pub(crate) forced_change: bool,
    pub(crate) token_state: TokenState,
    pub(crate) token_serial: Option<&'a str>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    role: String,
    contract: String,
    forced_change: bool,
    token_state: String,
    token_serial: Option<String>,
    expires: Option<i64>,
}

impl TryFrom<Row> for User {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            person: Person { id: row.id, name: row.name, role: RoleId(row.role) },
            contract: row.contract,
            forced_change: row.forced_change,
            token_state: columns::named(row.token_state)?,
            token_serial: row.token_serial,
            token_expires: row.expires.map(columns::time).transpose()?,
        })
    }
}

/// The user of that login ID.
pub(crate) async fn find(connection: &mut Connection, id: &str) -> Result<Option<User>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT u.id, u.name, u.role, u.contract, u.forced_change, u.token_state, u.token_serial, t.expires \
         FROM users u LEFT JOIN tokens t ON t.serial = u.token_serial WHERE u.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(User::try_from).transpose()
}

/// The users of that contract, by login ID.
pub(crate) async fn of_contract(connection: &mut Connection, contract: &str) -> Result<Vec<User>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT u.id, u.name, u.role, u.contract, u.forced_change, u.token_state, u.token_serial, t.expires \
         FROM users u LEFT JOIN tokens t ON t.serial = u.token_serial WHERE u.contract = $1 ORDER BY u.id",
    )
    .bind(contract)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(User::try_from).collect()
}

/// A new user.
pub(crate) async fn add(connection: &mut Connection, user: &NewUser<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO users (id, contract, name, role, login_password, confirmation_password, forced_change, \
         token_state, token_serial) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&user.person.id)
    .bind(user.contract)
    .bind(&user.person.name)
    .bind(&user.person.role.0)
    .bind(user.login_password)
    .bind(user.confirmation_password)
    .bind(user.forced_change)
    .bind(columns::name(&user.token_state)?)
    .bind(user.token_serial)
    .execute(connection)
    .await?;
    Ok(())
}

/// One password of that user; none where there is no such user.
pub(crate) async fn password(
    connection: &mut Connection,
    id: &str,
    kind: Kind,
) -> Result<Option<StoredPassword>, sqlx::Error> {
    let sql = match kind {
        Kind::Login => "SELECT login_password AS hash, login_failures AS failures FROM users WHERE id = $1",
        Kind::Confirmation => {
            "SELECT confirmation_password AS hash, confirmation_failures AS failures FROM users WHERE id = $1"
        }
    };
    sqlx::query_as(sql).bind(id).fetch_optional(connection).await
}

/// Sets how often that password was wrong in a row.
pub(crate) async fn set_failures(
    connection: &mut Connection,
    id: &str,
    kind: Kind,
    failures: i64,
) -> Result<(), sqlx::Error> {
    let sql = match kind {
        Kind::Login => "UPDATE users SET login_failures = $2 WHERE id = $1",
        Kind::Confirmation => "UPDATE users SET confirmation_failures = $2 WHERE id = $1",
    };
    sqlx::query(sql).bind(id).bind(failures).execute(connection).await?;
    Ok(())
}

/// Sets both passwords, which ends a forced change.
pub(crate) async fn set_passwords(
    connection: &mut Connection,
    id: &str,
    login: &str,
    confirmation: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE users SET login_password = $2, confirmation_password = $3, confirmation_failures = 0, \
         forced_change = FALSE WHERE id = $1",
    )
    .bind(id)
    .bind(login)
    .bind(confirmation)
    .execute(connection)
    .await?;
    Ok(())
}
