use std::ops::{Deref, DerefMut};

use sqlx::{AnyConnection, AnyPool, Executor};
use tokio::runtime::Handle;
use tokio::sync::{OwnedMutexGuard, oneshot};

use super::group::{Group, Writer, flush};

/// The savepoint to which a change goes back if it is not committed, while others wait for the same commit.
const SAVEPOINT: &str = "SAVEPOINT change";
const RELEASE: &str = "RELEASE SAVEPOINT change";
const GO_BACK: &str = "ROLLBACK TO SAVEPOINT change";

/// A transaction that writes. Without [`Change::commit`] it changes nothing.
///
/// Changes run one after the other. Those that wait for each other share one commit, since each commit waits for the
/// disk.
pub(crate) struct Change {
    /// None only in [`Change::commit`] and in `drop`, which both end the value.
    turn: Option<OwnedMutexGuard<Group>>,
    writer: Writer,
    /// Whether the change began at a savepoint, behind another change of the same transaction.
    savepoint: bool,
}

impl Change {
    /// Waits for the turn of a change, and begins it. If no transaction is open, `begin` begins one on a connection of
    /// `pool`.
    ///
    /// # Errors
    /// [`sqlx::Error::PoolTimedOut`] if too many wait, or if no connection is free; the database does not begin.
    pub(super) async fn begin(writer: &Writer, pool: &AnyPool, begin: &[&'static str]) -> Result<Self, sqlx::Error> {
        let turn = writer.turn().await?;
        // The value exists before the statements: if the caller is cancelled meanwhile, the change is taken back.
        let mut change = Self { savepoint: !turn.is_empty(), turn: Some(turn), writer: writer.clone() };
        if change.savepoint {
            change.execute(SAVEPOINT).await?;
        } else {
            let connection = pool.acquire().await?;
            change.group().begin(connection, begin).await?;
        }
        Ok(change)
    }

    /// Writes the changes. When this returns, they outlive a power cut.
    ///
    /// # Errors
    /// The database does not commit, and nothing is changed.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        // The savepoint stays: the common commit releases it, and a later change goes back to its own only.
        let (sender, committed) = oneshot::channel();
        let Some(mut group) = self.turn.take() else { return Err(sqlx::Error::WorkerCrashed) };
        group.join(sender);
        if group.is_due(&self.writer) {
            // In a task of its own: a commit goes on if the caller is cancelled.
            drop(tokio::spawn(async move { flush(&mut group).await }));
        } else {
            drop(group);
        }
        committed
            .await
            .map_err(|_| sqlx::Error::WorkerCrashed)?
            .map_err(|failed| sqlx::Error::AnyDriverError(failed.into()))
    }

    /// Returns number and hash of the last record of the audit log, if this transaction has written it.
    pub(crate) fn last_record(&mut self) -> Option<(u64, String)> {
        self.group().last_record.clone()
    }

    /// Keeps number and hash of the record that was just written. No other transaction writes one before this one ends.
    pub(crate) fn keep_last_record(&mut self, record: (u64, String)) {
        self.group().last_record = Some(record);
    }

    #[expect(clippy::expect_used, reason = "only the ends of the value take the turn out of it")]
    fn group(&mut self) -> &mut Group {
        self.turn.as_mut().expect("a change that has not ended")
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let Some(group) = self.turn.take() else { return };
        let (writer, savepoint) = (self.writer.clone(), self.savepoint);
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(go_back(group, writer, savepoint))),
            // Closing the connection ends its transaction.
            Err(_) => drop(group),
        }
    }
}

/// Takes back a change that was not committed.
async fn go_back(mut group: OwnedMutexGuard<Group>, writer: Writer, savepoint: bool) {
    if !savepoint {
        return group.roll_back().await;
    }
    group.last_record = None;
    let Some(connection) = group.connection.as_mut() else { return };
    let back = match connection.execute(GO_BACK).await {
        Ok(_) => connection.execute(RELEASE).await,
        Err(error) => Err(error),
    };
    match back {
        Ok(_) if group.is_due(&writer) => flush(&mut group).await,
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(%error, "a change cannot be taken back alone: the changes before it are lost with it");
            group.roll_back().await;
        }
    }
}

#[expect(clippy::expect_used, reason = "a change that has begun has a connection until it ends")]
impl Deref for Change {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        let group = self.turn.as_ref().expect("a change that has not ended");
        group.connection.as_ref().expect("a change that has begun")
    }
}

#[expect(clippy::expect_used, reason = "a change that has begun has a connection until it ends")]
impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.group().connection.as_mut().expect("a change that has begun")
    }
}
