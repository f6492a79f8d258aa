//! One commit for all changes that wait for each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::Executor;
use sqlx::any::Any;
use sqlx::pool::PoolConnection;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::patience::PATIENCE;

/// The most changes of one commit.
const CHANGES: usize = 64;
/// The longest time that a group stays open for further changes.
const OPEN: Duration = Duration::from_millis(20);
/// The most changes that wait for their turn. Some 4 ms for each on PostgreSQL make half a second for the last one.
const WAITING: usize = 128;

/// Gives the turn to one change at a time.
#[derive(Debug, Clone, Default)]
pub(super) struct Writer {
    group: Arc<Mutex<Group>>,
    waiting: Arc<AtomicUsize>,
}

/// The changes that have ended and wait for the commit of their common transaction.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The connection inside the transaction; none if no transaction is open.
    pub(super) connection: Option<PoolConnection<Any>>,
    /// Number and hash of the last record of the audit log, if this transaction has written it.
    pub(super) last_record: Option<(u64, String)>,
    began: Option<Instant>,
    ended: Vec<oneshot::Sender<Result<(), CommitFailed>>>,
}

/// So many changes wait that one more would wait too long. It is the cause of an error of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many changes wait for the database")]
pub(crate) struct TooManyWait;

/// The commit of a group failed. Nothing of its changes is written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(super) struct CommitFailed(#[source] Arc<sqlx::Error>);

impl Writer {
    /// Waits for the turn.
    ///
    /// # Errors
    /// [`TooManyWait`] at once; [`sqlx::Error::PoolTimedOut`] after [`PATIENCE`].
    pub(super) async fn turn(&self) -> Result<OwnedMutexGuard<Group>, sqlx::Error> {
        let waiting = Waiting::begin(self).ok_or_else(|| sqlx::Error::AnyDriverError(TooManyWait.into()))?;
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.group).lock_owned()).await;
        let group = turn.map_err(|_| sqlx::Error::PoolTimedOut)?;
        waiting.end();
        Ok(group)
    }
}

impl Group {
    /// Returns whether no change waits for the commit.
    pub(super) fn is_empty(&self) -> bool {
        self.ended.is_empty()
    }

    /// Begins a transaction on `connection` with `statements`.
    pub(super) async fn begin(
        &mut self,
        connection: PoolConnection<Any>,
        statements: &[&'static str],
    ) -> Result<(), sqlx::Error> {
        self.last_record = None;
        let connection = self.connection.insert(connection);
        for statement in statements {
            connection.execute(*statement).await?;
        }
        self.began = Some(Instant::now());
        Ok(())
    }

    /// Adds a change that has ended. `committed` gets the result of the commit.
    pub(super) fn join(&mut self, committed: oneshot::Sender<Result<(), CommitFailed>>) {
        self.ended.push(committed);
    }

    /// Returns whether the group is committed now, and not together with the next change.
    pub(super) fn is_due(&self, writer: &Writer) -> bool {
        writer.waiting.load(Ordering::SeqCst) == 0
            || self.ended.len() >= CHANGES
            || self.began.is_none_or(|began| began.elapsed() >= OPEN)
    }

    /// Rolls back the whole transaction, with the changes that wait for the commit.
    pub(super) async fn roll_back(&mut self) {
        // Dropping the senders tells the changes that they failed.
        self.ended.clear();
        if let Some(connection) = self.connection.take() {
            roll_back(connection).await;
        }
    }
}

/// Commits the transaction, and tells each of its changes.
pub(super) async fn flush(group: &mut Group) {
    let Some(mut connection) = group.connection.take() else { return };
    let result = match connection.execute("COMMIT").await {
        Ok(_) => {
            drop(connection);
            Ok(())
        }
        Err(error) => {
            roll_back(connection).await;
            Err(CommitFailed(Arc::new(error)))
        }
    };
    for ended in group.ended.drain(..) {
        // Fails if the caller is gone.
        ended.send(result.clone()).ok();
    }
}

/// Ends the transaction of `connection`, or closes the connection.
///
/// The pool gets a connection back only if the connection is outside a transaction. On a full disk, for example, SQLite
/// may have ended the transaction by itself or not.
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

/// A change that waits for its turn.
struct Waiting<'a>(Option<&'a Writer>);

impl<'a> Waiting<'a> {
    /// Begins to wait; `None` if too many wait.
    fn begin(writer: &'a Writer) -> Option<Self> {
        if writer.waiting.fetch_add(1, Ordering::SeqCst) >= WAITING {
            writer.waiting.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        Some(Self(Some(writer)))
    }

    /// Ends the wait with the turn.
    fn end(mut self) {
        if let Some(writer) = self.0.take() {
            writer.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Waiting<'_> {
    /// Ends the wait without the turn. A group may have stayed open for this change alone.
    fn drop(&mut self) {
        let Some(writer) = self.0.take() else { return };
        writer.waiting.fetch_sub(1, Ordering::SeqCst);
        if let Ok(runtime) = Handle::try_current() {
            let writer = writer.clone();
            runtime.spawn(async move {
                let mut group = Arc::clone(&writer.group).lock_owned().await;
                if !group.is_empty() && group.is_due(&writer) {
                    flush(&mut group).await;
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sqlx::Executor;
    use tokio::task::JoinSet;

    use super::super::Database;
    use super::*;

    async fn database(directory: &Path) -> Database {
        let database = Database::open(&directory.join("bank.sqlite")).await.unwrap();
        let mut change = database.write().await.unwrap();
        change.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY)").await.unwrap();
        change.commit().await.unwrap();
        database
    }

    async fn insert(database: &Database, number: i64) -> Result<super::super::Change, sqlx::Error> {
        let mut change = database.write().await?;
        sqlx::query("INSERT INTO numbers VALUES ($1)").bind(number).execute(&mut *change).await?;
        Ok(change)
    }

    async fn numbers(database: &Database) -> Vec<i64> {
        let mut reading = database.read().await.unwrap();
        let query = sqlx::query_scalar("SELECT number FROM numbers ORDER BY number");
        query.fetch_all(&mut *reading).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn each_change_stands_for_itself_though_many_share_a_commit() {
        let directory = tempfile::tempdir().unwrap();
        let database = database(directory.path()).await;
        let mut changes = JoinSet::new();
        for number in 0..100 {
            let database = database.clone();
            changes.spawn(async move {
                let change = insert(&database, number).await.unwrap();
                match number % 4 {
                    // Taken back, by an error of the statement or without one.
                    0 => drop(change),
                    1 => {
                        let mut change = change;
                        change.execute("INSERT INTO no_such_table VALUES (1)").await.unwrap_err();
                    }
                    _ => {
                        change.commit().await.unwrap();
                        assert!(numbers(&database).await.contains(&number), "{number} was acknowledged");
                    }
                }
            });
        }
        while let Some(done) = changes.join_next().await {
            done.unwrap();
        }
        assert_eq!(numbers(&database).await, (0..100).filter(|number| number % 4 > 1).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn changes_that_wait_for_each_other_are_committed_together() {
        let directory = tempfile::tempdir().unwrap();
        let database = database(directory.path()).await;
        let first = insert(&database, 1).await.unwrap();
        let (sender, begun) = oneshot::channel();
        let second = {
            let database = database.clone();
            tokio::spawn(async move {
                let change = insert(&database, 2).await.unwrap();
                sender.send(change).ok();
            })
        };
        tokio::task::yield_now().await;
        let first = tokio::spawn(first.commit());
        let second_change = begun.await.unwrap();
        second.await.unwrap();
        assert!(!first.is_finished() && numbers(&database).await.is_empty(), "the first waits for the second");
        second_change.commit().await.unwrap();
        first.await.unwrap().unwrap();
        assert_eq!(numbers(&database).await, [1, 2]);
    }

    #[tokio::test]
    async fn a_group_that_waits_for_a_change_is_committed_if_that_change_goes_away() {
        let directory = tempfile::tempdir().unwrap();
        let database = database(directory.path()).await;
        // While it waits for its turn, and after it.
        for (number, begins) in [(1, false), (2, true)] {
            let first = insert(&database, number).await.unwrap();
            let (sender, begun) = oneshot::channel();
            let other = database.clone();
            let gone = tokio::spawn(async move {
                let change = insert(&other, 100).await.unwrap();
                sender.send(()).ok();
                std::future::pending::<()>().await;
                drop(change);
            });
            tokio::task::yield_now().await;
            if !begins {
                gone.abort();
            }
            let first = tokio::spawn(first.commit());
            if begins {
                begun.await.unwrap();
                gone.abort();
            }
            first.await.unwrap().unwrap();
        }
        assert_eq!(numbers(&database).await, [1, 2]);
    }

    #[tokio::test]
    async fn more_changes_than_may_wait_are_refused_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let database = database(directory.path()).await;
        let running = insert(&database, 1000).await.unwrap();
        let mut waiting = JoinSet::new();
        for number in 0..i64::try_from(WAITING).unwrap() {
            let database = database.clone();
            waiting.spawn(async move { insert(&database, number).await?.commit().await });
        }
        while database.writer.waiting.load(Ordering::SeqCst) < WAITING {
            tokio::task::yield_now().await;
        }
        let Err(sqlx::Error::AnyDriverError(cause)) = database.write().await.map(drop) else { panic!("refused") };
        assert!(cause.is::<TooManyWait>());
        running.commit().await.unwrap();
        while let Some(done) = waiting.join_next().await {
            done.unwrap().unwrap();
        }
        assert_eq!(numbers(&database).await.len(), WAITING + 1);
    }
}
