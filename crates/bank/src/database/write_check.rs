use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Database, crls};

/// How long a successful [`Database::check_write`] holds.
const WRITTEN: Duration = Duration::from_secs(1);

impl Database {
    /// Checks that a change can be written, by a change that leaves every value as it is. On a full disk queries still
    /// work, and this fails. A success holds for [`WRITTEN`], since each check waits for the disk, or until a request
    /// fails.
    ///
    /// # Errors
    /// The database cannot be reached, or cannot write.
    pub(crate) async fn check_write(&self) -> Result<(), sqlx::Error> {
        if self.last_written().is_some_and(|at| at.elapsed() < WRITTEN) {
            return Ok(());
        }
        let mut change = self.write().await?;
        crls::write_last_again(&mut change).await?;
        change.commit().await?;
        *self.last_written() = Some(Instant::now());
        Ok(())
    }

    /// Makes the next [`Database::check_write`] write, since the database has failed after the last one.
    pub(crate) fn forget_written(&self) {
        *self.last_written() = None;
    }

    fn last_written(&self) -> MutexGuard<'_, Option<Instant>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
