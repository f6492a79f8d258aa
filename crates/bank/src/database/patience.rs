use std::time::Duration;

/// The longest wait for a connection, if the database is stopped.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
