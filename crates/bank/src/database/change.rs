use std::ops::{Deref, DerefMut};

use sqlx::any::Any;
use sqlx::pool::PoolConnection;
use sqlx::{AnyConnection, Executor};
use tokio::runtime::Handle;

/// A transaction that writes. Without [`Change::commit`] it changes nothing.
///
/// The pool gets a connection back only if the connection is outside a transaction. On a full disk, for example, SQLite
/// may have ended the transaction by itself or not.
pub(crate) struct Change {
    /// None only in [`Change::commit`] and in `drop`, which both end the value.
    connection: Option<PoolConnection<Any>>,
}

impl Change {
    /// Begins a transaction on `connection` by `begin`.
    ///
    /// # Errors
    /// The database does not begin a transaction.
    pub(super) async fn begin(connection: PoolConnection<Any>, begin: &'static str) -> Result<Self, sqlx::Error> {
        // The value exists before the statement: if the caller is cancelled meanwhile, the transaction is rolled back.
        let mut change = Self { connection: Some(connection) };
        change.execute(begin).await?;
        Ok(change)
    }

    /// Writes the changes. When this returns, they outlive a power cut.
    ///
    /// # Errors
    /// The database does not commit, and nothing is changed.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        self.execute("COMMIT").await?;
        self.connection = None;
        Ok(())
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(roll_back(connection))),
            Err(_) => connection.close_on_drop(),
        }
    }
}

/// Ends the transaction of `connection`, or closes the connection.
async fn roll_back(mut connection: PoolConnection<Any>) {
    if connection.execute("ROLLBACK").await.is_ok() {
        return;
    }
    // SQLite refuses to roll back a transaction that it has ended by itself. Only then another one can begin.
    let outside = match connection.execute("BEGIN").await {
        Ok(_) => connection.execute("ROLLBACK").await,
        Err(error) => Err(error),
    };
    if let Err(error) = outside {
        tracing::warn!(%error, "the rollback failed, the connection to the database is closed");
        connection.close_on_drop();
    }
}

#[expect(clippy::expect_used, reason = "only the ends of the value take the connection out of it")]
impl Deref for Change {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().expect("a transaction that has not ended")
    }
}

#[expect(clippy::expect_used, reason = "only the ends of the value take the connection out of it")]
impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("a transaction that has not ended")
    }
}
