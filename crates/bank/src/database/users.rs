use inkan_profile::{PasswordKind, RoleId, TokenState};
use inkan_protocol::{Person, TokenRecord};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::certificates::Certificate;
use super::{Connection, columns};

/// A stored user.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// The key of the user in every other table ([`crate::rules::user_key`]).
    pub(crate) key: String,
    pub(crate) person: Person,
    pub(crate) contract: String,
    /// The company that holds the contract.
    pub(crate) company: String,
    /// Whether the user must change the passwords first (S1-7), as they must if another person set one.
    pub(crate) forced_change: bool,
    /// The passwords that another person set, and that the user has not changed since.
    pub(crate) set_by_another: Vec<PasswordKind>,
    /// When the contract was frozen (M7).
    pub(crate) frozen: Option<OffsetDateTime>,
    /// Wrong login passwords since the last right one.
    pub(crate) login_failures: u32,
    /// Wrong confirmation passwords since the last right one.
    pub(crate) confirmation_failures: u32,
    /// The stored state; [`User::token`] returns the state now.
    token_state: TokenState,
    token_serial: Option<String>,
    token_expires: Option<OffsetDateTime>,
    token_locked: bool,
    token_out_of_step: bool,
    /// From when the next token can be activated, if one was revoked.
    token_opens: Option<OffsetDateTime>,
}

impl User {
    /// Returns the token's record at `now` (M4). A token in use ends by its date (S2-12), and a revoked one shows no
    /// serial number (S2-14).
    pub(crate) fn token(&self, now: OffsetDateTime) -> TokenRecord {
        let over = self.token_expires.is_some_and(|end| end < now);
        let state = match self.token_state {
            TokenState::Active if over => TokenState::Expired,
            TokenState::Active | TokenState::Unregistered if self.token_locked => TokenState::Locked,
            TokenState::Active if self.token_out_of_step => TokenState::OutOfStep,
            state => state,
        };
        let shown = !matches!(state, TokenState::NotRequired | TokenState::Revoked);
        TokenRecord {
            state,
            serial: self.token_serial.clone().filter(|_| shown),
            expires: self.token_expires.filter(|_| shown),
            activation_from: self.token_opens.filter(|opens| state == TokenState::Revoked && *opens > now),
        }
    }

    /// Returns whether the user has no token yet, or one that was never activated.
    pub(crate) fn awaits_token(&self) -> bool {
        matches!(self.token_state, TokenState::NotRequired | TokenState::Unregistered)
    }

    /// Returns whether a token was activated, even if it is locked or expired now.
    pub(crate) fn has_activated_token(&self) -> bool {
        self.token_state == TokenState::Active
    }

    /// Returns the serial number of the token, also if its record shows none.
    pub(crate) fn token_serial(&self) -> Option<&str> {
        self.token_serial.as_deref()
    }
}

#[cfg(test)]
impl User {
    /// Returns a user of that role in the contract `demo`. No password is locked, and the user has no token.
    pub(crate) fn sample(id: &str, role: &str) -> Self {
        Self {
            key: id.to_owned(),
            person: Person { id: id.to_owned(), name: id.to_owned(), role: RoleId(role.to_owned()) },
            contract: "demo".to_owned(),
            company: "demo".to_owned(),
            forced_change: false,
            set_by_another: Vec::new(),
            frozen: None,
            login_failures: 0,
            confirmation_failures: 0,
            token_state: TokenState::NotRequired,
            token_serial: None,
            token_expires: None,
            token_locked: false,
            token_out_of_step: false,
            token_opens: None,
        }
    }
}

/// The two passwords, which are locked apart from each other (M5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Login,
    Confirmation,
}

impl From<Kind> for PasswordKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Login => Self::Login,
            Kind::Confirmation => Self::Confirmation,
        }
    }
}

/// Who set a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetBy {
    /// The user whose password it is.
    TheUser,
    /// An administrator or the branch. The user must change the password before anything else.
    Another,
}

impl SetBy {
    fn is_another(self) -> i64 {
        i64::from(self == Self::Another)
    }
}

/// A stored password.
#[derive(Debug, FromRow)]
pub(crate) struct StoredPassword {
    /// The hash in PHC string format; none if no password is registered.
    pub(crate) hash: Option<String>,
    /// The number of wrong tries since the last right one.
    pub(crate) failures: i64,
}

/// A user to add.
#[derive(Debug)]
pub(crate) struct NewUser<'a> {
    pub(crate) key: &'a str,
    pub(crate) person: &'a Person,
    pub(crate) contract: &'a str,
    pub(crate) login_password: &'a str,
    pub(crate) confirmation_password: Option<&'a str>,
    /// Who set the login password.
    pub(crate) set_by: SetBy,
    pub(crate) forced_change: bool,
    pub(crate) token_state: TokenState,
    pub(crate) token_serial: Option<&'a str>,
    pub(crate) now: OffsetDateTime,
}

#[derive(FromRow)]
struct Row {
    id: String,
    login_id: String,
    name: String,
    role: String,
    contract: String,
    company: String,
    forced_change: i64,
    login_by_another: i64,
    confirmation_by_another: i64,
    approval_by_another: i64,
    transfer_by_another: i64,
    frozen: Option<i64>,
    login_failures: i64,
    confirmation_failures: i64,
    token_state: String,
    token_serial: Option<String>,
    token_opens: Option<i64>,
    expires: Option<i64>,
    locked: Option<i64>,
    out_of_step: Option<i64>,
}

impl Row {
    fn set_by_another(&self) -> Vec<PasswordKind> {
        let kinds = [
            (self.login_by_another, PasswordKind::Login),
            (self.confirmation_by_another, PasswordKind::Confirmation),
            (self.approval_by_another, PasswordKind::Approval),
            (self.transfer_by_another, PasswordKind::Transfer),
        ];
        kinds.into_iter().filter_map(|(by_another, kind)| (by_another != 0).then_some(kind)).collect()
    }
}

impl TryFrom<Row> for User {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let set_by_another = row.set_by_another();
        Ok(Self {
            key: row.id,
            person: Person { id: row.login_id, name: row.name, role: RoleId(row.role) },
            contract: row.contract,
            company: row.company,
            forced_change: row.forced_change != 0 || !set_by_another.is_empty(),
            set_by_another,
            frozen: row.frozen.map(columns::time).transpose()?,
            login_failures: columns::number(row.login_failures)?,
            confirmation_failures: columns::number(row.confirmation_failures)?,
            token_state: columns::named(row.token_state)?,
            token_serial: row.token_serial,
            token_expires: row.expires.map(columns::time).transpose()?,
            token_locked: row.locked.is_some_and(|locked| locked != 0),
            token_out_of_step: row.out_of_step.is_some_and(|out| out != 0),
            token_opens: row.token_opens.map(columns::time).transpose()?,
        })
    }
}

/// Returns the SQL query for the users that fulfil a condition, with more columns before the condition.
macro_rules! selected {
    ($which:literal) => {
        selected!("", $which)
    };
    ($more:literal, $which:literal) => {
        concat!(
            "SELECT u.id, u.login_id, u.name, u.role, u.contract, u.forced_change, u.login_by_another, \
             u.confirmation_by_another, u.approval_by_another, u.transfer_by_another, u.login_failures, \
             u.confirmation_failures, u.token_state, u.token_serial, u.token_opens, t.expires, t.locked, \
             t.out_of_step, c.company, c.frozen",
            $more,
            " FROM users u JOIN contracts c ON c.id = u.contract LEFT JOIN tokens t ON t.serial = u.token_serial ",
            $which
        )
    };
}

/// Returns the user of a key.
pub(crate) async fn find(connection: &mut Connection, id: &str) -> Result<Option<User>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(selected!("WHERE u.id = $1")).bind(id).fetch_optional(connection).await?;
    row.map(User::try_from).transpose()
}

/// Returns the user of a key who has that enrolment code, if the code has not expired.
pub(crate) async fn of_enrolment_code(
    connection: &mut Connection,
    id: &str,
    code_hash: &str,
    now: OffsetDateTime,
) -> Result<Option<User>, sqlx::Error> {
    let query =
        selected!("JOIN enrolment_codes e ON e.user_id = u.id WHERE u.id = $1 AND e.code_hash = $2 AND e.expires > $3");
    let query = sqlx::query_as(query).bind(id).bind(code_hash).bind(now.unix_timestamp());
    let row: Option<Row> = query.fetch_optional(connection).await?;
    row.map(User::try_from).transpose()
}

/// Returns the certificate of that fingerprint and its user.
pub(crate) async fn with_certificate(
    connection: &mut Connection,
    fingerprint: &str,
) -> Result<Option<(Certificate, User)>, sqlx::Error> {
    let query = selected!(", f.*", "JOIN certificates f ON f.user_id = u.id WHERE f.fingerprint = $1");
    let row = sqlx::query(query).bind(fingerprint).fetch_optional(connection).await?;
    row.map(|row| Ok((Certificate::from_row(&row)?, Row::from_row(&row)?.try_into()?))).transpose()
}

/// Returns the users of a contract, ordered by login ID.
pub(crate) async fn of_contract(connection: &mut Connection, contract: &str) -> Result<Vec<User>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(selected!("WHERE u.contract = $1 ORDER BY u.login_id"))
        .bind(contract)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(User::try_from).collect()
}

/// Adds a user.
pub(crate) async fn add(connection: &mut Connection, user: &NewUser<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO users (id, login_id, contract, name, role, login_password, confirmation_password, forced_change, \
         login_by_another, token_state, token_serial, password_set) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(user.key)
    .bind(&user.person.id)
    .bind(user.contract)
    .bind(&user.person.name)
    .bind(&user.person.role.0)
    .bind(user.login_password)
    .bind(user.confirmation_password)
    .bind(i64::from(user.forced_change))
    .bind(user.set_by.is_another())
    .bind(columns::name(&user.token_state)?)
    .bind(user.token_serial)
    .bind(user.now.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns a password of a user; none if the user is unknown.
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

/// Sets the number of wrong attempts at a password.
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

/// Returns the stored hash of a password of any kind; none if no password is registered.
pub(crate) async fn hash(
    connection: &mut Connection,
    id: &str,
    kind: PasswordKind,
) -> Result<Option<String>, sqlx::Error> {
    let sql = match kind {
        PasswordKind::Login => "SELECT login_password FROM users WHERE id = $1",
        PasswordKind::Confirmation => "SELECT confirmation_password FROM users WHERE id = $1",
        PasswordKind::Approval => "SELECT approval_password FROM users WHERE id = $1",
        PasswordKind::Transfer => "SELECT transfer_password FROM users WHERE id = $1",
    };
    let found: Option<Option<String>> = sqlx::query_scalar(sql).bind(id).fetch_optional(connection).await?;
    Ok(found.flatten())
}

/// Sets the login password, and with it the time from which the change period counts (S4-8).
pub(crate) async fn set_login_password(
    connection: &mut Connection,
    id: &str,
    hash: &str,
    by: SetBy,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE users SET login_password = $2, login_failures = 0, login_by_another = $3, password_set = $4 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(hash)
    .bind(by.is_another())
    .bind(now.unix_timestamp())
    .execute(connection)
    .await?;
    Ok(())
}

/// Sets or removes a password other than the login password.
pub(crate) async fn set_other_password(
    connection: &mut Connection,
    id: &str,
    kind: PasswordKind,
    hash: Option<&str>,
    by: SetBy,
) -> Result<(), sqlx::Error> {
    let sql = match kind {
        PasswordKind::Login => return Err(sqlx::Error::Protocol("nobody is without a login password".into())),
        PasswordKind::Confirmation => {
            "UPDATE users SET confirmation_password = $2, confirmation_by_another = $3, confirmation_failures = 0 \
             WHERE id = $1"
        }
        PasswordKind::Approval => "UPDATE users SET approval_password = $2, approval_by_another = $3 WHERE id = $1",
        PasswordKind::Transfer => "UPDATE users SET transfer_password = $2, transfer_by_another = $3 WHERE id = $1",
    };
    sqlx::query(sql).bind(id).bind(hash).bind(by.is_another()).execute(connection).await?;
    Ok(())
}

/// Sets whether the next login must change the passwords (S1-7).
pub(crate) async fn set_forced_change(connection: &mut Connection, id: &str, forced: bool) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET forced_change = $2 WHERE id = $1")
        .bind(id)
        .bind(i64::from(forced))
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends the demand for a change, after the user has changed the passwords. None counts as set by another person then,
/// not even one that the role of the user no longer has.
pub(crate) async fn end_forced_change(connection: &mut Connection, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE users SET forced_change = 0, login_by_another = 0, confirmation_by_another = 0, \
         approval_by_another = 0, transfer_by_another = 0 WHERE id = $1",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}
