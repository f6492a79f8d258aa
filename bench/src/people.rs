//! Fills the bank's tables directly: a hundred thousand users with certificates would take the bank's own interface
//! hours, since each login costs what Argon2 costs.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::call::Call;
use crate::fault::Fault;

/// The sample user whose passwords all added users have.
const PATTERN: &str = "jirodt";
/// The login password of all added users.
pub(crate) const PASSWORD: &str = "Jiro2026";
/// The users of one statement.
const BATCH: usize = 500;
/// A time in the far future, in seconds since 1970.
const LATER: i64 = 4_000_000_000;

/// The users of a bank.
pub(crate) struct People {
    connection: AnyConnection,
    /// Returns a random text of 64 hex digits in SQL.
    random_hex: &'static str,
    /// Returns random bytes of the length of a certificate in SQL.
    random_bytes: &'static str,
}

impl People {
    /// Opens the database in `file`.
    pub(crate) async fn in_sqlite(file: &Path) -> Result<Self, Fault> {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&format!("sqlite://{}", file.display())).await?;
        connection.execute("PRAGMA busy_timeout = 60000").await?;
        Ok(Self { connection, random_hex: "lower(hex(randomblob(32)))", random_bytes: "randomblob(480)" })
    }

    /// Opens the database at `address`.
    pub(crate) async fn in_postgres(address: &str) -> Result<Self, Fault> {
        let connection = AnyConnection::connect(address).await?;
        Ok(Self {
            connection,
            random_hex: "md5(random()::text) || md5(random()::text)",
            random_bytes: "decode(repeat(md5(random()::text), 30), 'hex')",
        })
    }

    /// Adds users with the IDs `u1` … and the password [`PASSWORD`].
    pub(crate) async fn add(&mut self, numbers: std::ops::Range<u64>) -> Result<(), Fault> {
        self.run(format!(
            "WITH RECURSIVE n(i) AS (SELECT {} UNION ALL SELECT i + 1 FROM n WHERE i < {}) \
             INSERT INTO users (id, login_id, contract, name, role, login_password, confirmation_password, token_state) \
             SELECT 'u' || n.i, 'u' || n.i, contract, name, role, login_password, confirmation_password, 'not_required' \
             FROM users CROSS JOIN n WHERE users.id = '{PATTERN}'",
            numbers.start,
            numbers.end - 1
        ))
        .await
    }

    /// Adds a certificate for each of the users. Its content is random.
    pub(crate) async fn add_certificates(&mut self, numbers: std::ops::Range<u64>) -> Result<(), Fault> {
        let (hex, bytes) = (self.random_hex, self.random_bytes);
        self.run(format!(
            "WITH RECURSIVE n(i) AS (SELECT {} UNION ALL SELECT i + 1 FROM n WHERE i < {}) \
             INSERT INTO certificates (fingerprint, user_id, issue_number, serial, public_key, der, issued, not_after, \
             acquired) SELECT {hex}, 'u' || n.i, 1, {hex}, {hex}, {bytes}, 1700000000, {LATER}, 1700000000 FROM n",
            numbers.start,
            numbers.end - 1
        ))
        .await?;
        self.run("ANALYZE".to_owned()).await
    }

    /// Gives each of the users an enrolment code, which is the user's ID after `code-`.
    pub(crate) async fn add_codes(&mut self, numbers: std::ops::Range<u64>) -> Result<(), Fault> {
        let rows: Vec<String> = numbers
            .map(|number| {
                let hash = HEXLOWER.encode(&Sha256::digest(code(number)));
                format!("('{hash}', 'u{number}', {LATER})")
            })
            .collect();
        for batch in rows.chunks(BATCH) {
            let rows = batch.join(", ");
            self.run(format!("INSERT INTO enrolment_codes (code_hash, user_id, expires) VALUES {rows}")).await?;
        }
        Ok(())
    }

    async fn run(&mut self, sql: String) -> Result<(), Fault> {
        self.connection.execute(AssertSqlSafe(sql)).await?;
        Ok(())
    }
}

/// Returns the enrolment code of a user whom [`People::add_codes`] gave one.
pub(crate) fn code(number: u64) -> String {
    format!("code-u{number}")
}

/// Returns the call that enrols the user with the request.
pub(crate) fn enrolment(number: u64, request: &str) -> Call {
    Call::enrolment(inkan_protocol::path::EST_SIMPLE_ENROLL, request).with_code(&format!("u{number}"), &code(number))
}
